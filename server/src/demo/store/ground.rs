//! SQL that stores the agency: organisation, calendar, catalogue.

use kpi::period::life::PeriodStatus;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::CHUNK;
use crate::demo::rows::{
    AccountRow, AgencyRow, CatalogueRow, HolidayRow, LeftOutRow, OfficerRow, PeriodRow, PostRow,
    ProductGroupRow, ProductRow, TaskGroupRow, UnitRow,
};

pub(super) async fn agency(db: &mut PgConnection, rows: &[AgencyRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into agency (agency_id, name, code, created_at)
             select agency_id, name, code, created_at
             from jsonb_populate_recordset(null::agency, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn unit(db: &mut PgConnection, rows: &[UnitRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into unit (agency_id, unit_id, parent_id, path, code, name, ordinal, active)
             select agency_id, unit_id, parent_id, path, code, name, ordinal, active
             from jsonb_populate_recordset(null::unit, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn task_group(db: &mut PgConnection, rows: &[TaskGroupRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into task_group (agency_id, task_group_id, name)
             select agency_id, task_group_id, name
             from jsonb_populate_recordset(null::task_group, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn officer(db: &mut PgConnection, rows: &[OfficerRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into officer (agency_id, officer_id, code, full_name, sort_key, task_group_id, active, version)
             select agency_id, officer_id, code, full_name, sort_key, task_group_id, active, version
             from jsonb_populate_recordset(null::officer, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn post(db: &mut PgConnection, rows: &[PostRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, arrangement, from_day, until_day)
             select agency_id, post_id, officer_id, unit_id, kind, title, arrangement, from_day, until_day
             from jsonb_populate_recordset(null::post, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn holiday(db: &mut PgConnection, rows: &[HolidayRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into holiday (agency_id, day, name)
             select agency_id, day, name
             from jsonb_populate_recordset(null::holiday, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn catalogue(db: &mut PgConnection, rows: &[CatalogueRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into catalogue (agency_id, catalogue_id, version_number, name, status, decision, standard_points,
             standard_product_id, effective_from, created_by, created_at, approved_by, approved_at)
             select agency_id, catalogue_id, version_number, name, status, decision, standard_points,
             standard_product_id, effective_from, created_by, created_at, approved_by, approved_at
             from jsonb_populate_recordset(null::catalogue, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn product_group(
    db: &mut PgConnection,
    rows: &[ProductGroupRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into product_group (agency_id, catalogue_id, code, min_points, max_points, ordinal)
             select agency_id, catalogue_id, code, min_points, max_points, ordinal
             from jsonb_populate_recordset(null::product_group, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn product(db: &mut PgConnection, rows: &[ProductRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into product (agency_id, catalogue_id, product_id, code, task, detail, output, group_code, points, coefficient,
             unit_of_measure, unit_name, ordinal)
             select agency_id, catalogue_id, product_id, code, task, detail, output, group_code, points, coefficient,
             unit_of_measure, unit_name, ordinal
             from jsonb_populate_recordset(null::product, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// A month begins open and goes through every state up to its own, as the database wants it.
pub(super) async fn period(db: &mut PgConnection, rows: &[PeriodRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into period (agency_id, period, self_from, self_until, confirm_until, announce_on, lock_on, opened_at)
             select agency_id, period, self_from, self_until, confirm_until, announce_on, lock_on, period::timestamptz
             from jsonb_populate_recordset(null::period, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
        let states: Vec<&str> = PeriodStatus::ALL
            .iter()
            .map(|state| state.as_str())
            .collect();
        for (passed, state) in states.iter().enumerate().skip(1) {
            let reached = states.get(passed..).unwrap_or_default();
            sqlx::query!(
                "update period p set status = $2,
                    announced_at = case when $2 in ('announced', 'locked') then p.announce_on + interval '30 minutes' end,
                    locked_at = case when $2 = 'locked' then p.lock_on + interval '30 minutes' end
                 from jsonb_populate_recordset(null::period, $1) r
                 where p.agency_id = r.agency_id and p.period = r.period and r.status = any($3)",
                Json(rows) as _,
                state,
                reached as _
            )
            .execute(&mut *db)
            .await?;
        }
    }
    Ok(())
}

pub(super) async fn left_out(db: &mut PgConnection, rows: &[LeftOutRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into period_left_out (agency_id, period, officer_id, reason, left_out_at)
             select agency_id, period, officer_id, reason, left_out_at
             from jsonb_populate_recordset(null::period_left_out, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// `hash` is that of the one password.
pub(super) async fn account(
    db: &mut PgConnection,
    rows: &[AccountRow],
    hash: &str,
) -> sqlx::Result<()> {
    for row in rows {
        sqlx::query!(
            "insert into account (agency_id, account_id, officer_id, login, password_hash, roles, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            row.agency_id,
            row.account_id,
            row.officer_id,
            row.login,
            hash,
            &row.roles,
            row.created_at
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
