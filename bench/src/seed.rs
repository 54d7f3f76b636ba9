//! An agency of the wanted size, made by SQL. Ids are md5 of their names, so that pgbench finds them too.
//! Officers 1, 1+n, 1+2n … head the units; ten items a person lie in the current month, the rest in the months before.

use sqlx::PgPool;

use crate::Args;
use crate::scene::PASSWORD;

/// Items of one person in one month.
const MONTHLY: i32 = 10;

/// Fills an empty database.
pub async fn agency(pool: &PgPool, args: &Args, items: i32) -> Result<(), sqlx::Error> {
    let hash = app::auth::password::hash_now(PASSWORD)
        .map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
    let months = (items / (args.people * MONTHLY)).max(1);
    let per_month = (items / args.people / months).max(1);
    let mut db = pool.begin().await?;
    for statement in GROUND {
        sqlx::query(*statement)
            .bind(args.units)
            .bind(args.people)
            .bind(&hash)
            .bind(months)
            .bind(per_month)
            .execute(&mut *db)
            .await?;
    }
    db.commit().await?;
    sqlx::query("analyze").execute(pool).await?;
    Ok(())
}

/// $1 units, $2 people, $3 hash, $4 months, $5 items a person and month. Every statement names all five.
const GROUND: &[&str] = &[
    "with given as (select $1::int, $2::int, $3::text, $4::int, $5::int)
     insert into agency (agency_id, name, code) select md5('agency')::uuid, 'Cơ quan đo', 'DO' from given",
    "with given as (select $1::int as units, $2::int, $3::text, $4::int, $5::int)
     insert into unit (agency_id, unit_id, parent_id, path, code, name, ordinal)
     select md5('agency')::uuid, md5('unit0')::uuid, null, '/DO/', 'DO', 'Cơ quan đo', 0 from given
     union all
     select md5('agency')::uuid, md5('unit' || n)::uuid, md5('unit0')::uuid, '/DO/' || n || '/', n::text, 'Vụ số ' || n, n
     from given, generate_series(1, units) n",
    "with given as (select $1::int, $2::int as people, $3::text, $4::int, $5::int)
     insert into officer (agency_id, officer_id, code, full_name, sort_key)
     select md5('agency')::uuid, md5('officer' || n)::uuid, n::text, 'Nguyễn Văn ' || n, n || ' Nguyễn Văn'
     from given, generate_series(1, people) n",
    "with given as (select $1::int as units, $2::int as people, $3::text, $4::int, $5::int)
     insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day)
     select md5('agency')::uuid, md5('post' || n)::uuid, md5('officer' || n)::uuid, md5('unit' || (n - 1) % units + 1)::uuid,
        case when n <= units then 'head' else 'staff' end, 'Chuyên viên', '2020-01-01'
     from given, generate_series(1, people) n",
    "with given as (select $1::int, $2::int as people, $3::text as hash, $4::int, $5::int)
     insert into account (agency_id, account_id, officer_id, login, password_hash)
     select md5('agency')::uuid, md5('account' || n)::uuid, md5('officer' || n)::uuid, 'nguoi' || n, hash
     from given, generate_series(1, people) n",
    "with given as (select $1::int, $2::int, $3::text, $4::int as months, $5::int)
     insert into period (agency_id, period)
     select md5('agency')::uuid, ('2026-11-01'::date - make_interval(months => m))::date
     from given, generate_series(0, months - 1) m",
    "with given as (select $1::int as units, $2::int as people, $3::text, $4::int as months, $5::int)
     insert into sheet (agency_id, period, officer_id, unit_id, role, rule_set)
     select md5('agency')::uuid, ('2026-11-01'::date - make_interval(months => m))::date, md5('officer' || n)::uuid,
        md5('unit' || (n - 1) % units + 1)::uuid, case when n <= units then 'head' else 'staff' end, 'nd-335-2025'
     from given, generate_series(1, people) n, generate_series(0, months - 1) m",
    "with given as (select $1::int as units, $2::int as people, $3::text, $4::int as months, $5::int as items)
     insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code, product_name,
        coefficient, kind, quantity, due_day, quantity_done, work_day, assigned_by)
     select md5('agency')::uuid, start, md5('assignment' || m || '-' || n || '-' || i)::uuid, md5('officer' || n)::uuid,
        md5('unit' || (n - 1) % units + 1)::uuid, md5('product' || i)::uuid, 'SP.' || i, 'Báo cáo chuyên đề số ' || i,
        1.5, 'plan', 4, start + 10 + i % 15, 2, start + 5, md5('officer' || (n - 1) % units + 1)::uuid
     from given, generate_series(1, people) n, generate_series(0, months - 1) m, generate_series(1, items) i,
        lateral (select ('2026-11-01'::date - make_interval(months => m))::date as start) s",
    "with given as (select $1::int, $2::int, $3::text, $4::int, $5::int)
     insert into person_month (agency_id, period, officer_id, unit_id, assignments, assigned, volume, quality, progress, score, level)
     select a.agency_id, a.period, a.officer_id, a.unit_id, count(*), sum(quantity * coefficient),
        sum(quantity_done * coefficient), sum(quantity_done * coefficient), sum(quantity_done * coefficient), 35, 'not_completed'
     from given, assignment a group by 1, 2, 3, 4",
    "with given as (select $1::int, $2::int, $3::text, $4::int, $5::int)
     insert into unit_month (agency_id, period, unit_id, people, scored, assignments, assigned, volume, quality, progress,
        score_sum, not_completed)
     select p.agency_id, p.period, p.unit_id, count(*), count(*), sum(assignments), sum(assigned), sum(volume), sum(quality),
        sum(progress), sum(score), count(*)
     from given, person_month p group by 1, 2, 3",
];
