//! The demo agency with a session a role, and a second agency whose ids are tried too.

use std::collections::BTreeMap;

use app::state::Clock;
use sqlx::PgPool;
use uuid::Uuid;

use crate::site::Site;

pub const LOGINS: &[&str] = &[
    "canbo",
    "truongphong",
    "phophong",
    "lanhdao",
    "tochuc",
    "quantri",
];

/// Code of a print of the colleague's sheet.
pub const PRINT: &str = "7K3M9-2XQ4T";

pub struct World {
    pub site: Site,
    pool: PgPool,
    pub cookies: BTreeMap<&'static str, String>,
    /// The officer behind `canbo` and behind `truongphong`.
    pub officer: Uuid,
    pub head: Uuid,
    pub colleague: Uuid,
    /// Somebody in another unit.
    pub outsider: Uuid,
    pub own_assignment: (Uuid, i32),
    pub colleagues_assignment: (Uuid, i32),
    pub outsiders_assignment: (Uuid, i32),
    pub own_unit: Uuid,
    /// An indicator of this year that the officer owns, with the number of its reports, and one of another unit.
    pub own_indicator: (Uuid, i32),
    pub outsiders_indicator: Uuid,
    /// The unit that the leader heads.
    pub root: Uuid,
    pub other_unit: Uuid,
    /// A deliverable of the head himself, waiting.
    pub heads_deliverable: (Uuid, i32),
    /// A waiting one in another unit, and one in the own unit that was accepted already.
    pub outsiders_deliverable: (Uuid, i32),
    pub accepted_deliverable: (Uuid, i32),
    pub own_accepted: Uuid,
    pub colleagues_evidence: Uuid,
    pub product: Uuid,
    pub catalogue: Uuid,
    pub account: Uuid,
    pub own_admin: Uuid,
    pub post: Uuid,
    /// A colleague's petition that waits, and the login of who answers it.
    pub others_petition: Uuid,
    pub petition_login: &'static str,
    /// Ids of the other agency.
    pub foreign: Foreign,
}

pub struct Foreign {
    pub unit: Uuid,
    pub officer: Uuid,
    pub assignment: Uuid,
    pub deliverable: Uuid,
    pub cause: Uuid,
    pub product: Uuid,
    pub catalogue: Uuid,
    pub account: Uuid,
    pub session: Uuid,
    pub post: Uuid,
    pub preview: Uuid,
}

impl World {
    pub async fn new(pool: PgPool) -> Self {
        let clock = Clock::fixed("2026-11-18".parse().unwrap());
        server::command::demo::create(&pool, clock).await.unwrap();
        // `Site::new` adds the other agency.
        let site = Site::new(pool.clone()).await;
        let foreign = foreign(&pool, site.agency).await;
        sqlx::query(
            "insert into print_record (agency_id, code, kind, officer_id, period, content_hash, format, file_hash, account_id, printed_by)
             select s.agency_id, $1, 'sheet', s.officer_id, s.period, sha256(''), 'pdf', sha256(''), a.account_id, 'Tổ chức'
             from sheet s join sheet o on o.unit_id = s.unit_id and o.period = s.period and o.agency_id = s.agency_id
             join account a on a.officer_id = o.officer_id and a.login = 'canbo'
             where s.period = '2026-11-01' and s.officer_id <> o.officer_id and s.role = 'staff' order by s.officer_id limit 1",
        )
        .bind(PRINT.replace('-', ""))
        .execute(&pool)
        .await
        .unwrap();
        let mut cookies = BTreeMap::new();
        for login in LOGINS {
            cookies.insert(
                *login,
                site.sign_in(login, "cong-tam-demo-2026").await.unwrap(),
            );
        }
        let one = |sql: &'static str| {
            let pool = pool.clone();
            async move {
                sqlx::query_scalar::<_, Uuid>(sql)
                    .fetch_one(&pool)
                    .await
                    .unwrap_or_else(|error| panic!("{sql}: {error}"))
            }
        };
        let versioned = |sql: &'static str| {
            let pool = pool.clone();
            async move {
                sqlx::query_as::<_, (Uuid, i32)>(sql)
                    .fetch_one(&pool)
                    .await
                    .unwrap_or_else(|error| panic!("{sql}: {error}"))
            }
        };
        Self {
            officer: one("select officer_id from account where login = 'canbo'").await,
            head: one("select officer_id from account where login = 'truongphong'").await,
            colleague: one(
                "select s.officer_id from sheet s join sheet o on o.unit_id = s.unit_id and o.period = s.period and o.agency_id = s.agency_id
                 join account a on a.officer_id = o.officer_id and a.login = 'canbo'
                 where s.period = '2026-11-01' and s.officer_id <> o.officer_id and s.role = 'staff' order by 1 limit 1",
            )
            .await,
            outsider: one(
                "select s.officer_id from sheet s join sheet o on o.unit_id <> s.unit_id and o.period = s.period and o.agency_id = s.agency_id
                 join account a on a.officer_id = o.officer_id and a.login = 'canbo'
                 where s.period = '2026-11-01' and s.role = 'staff' order by 1 limit 1",
            )
            .await,
            own_assignment: versioned(
                "select s.assignment_id, s.version from assignment s join account a on a.officer_id = s.officer_id and a.login = 'canbo'
                 where s.period = '2026-11-01' and s.status = 'active' order by 1 limit 1",
            )
            .await,
            colleagues_assignment: versioned(
                "select s.assignment_id, s.version from assignment s
                 join sheet h on h.unit_id = s.unit_id and h.period = s.period join account a on a.officer_id = h.officer_id and a.login = 'canbo'
                 where s.period = '2026-11-01' and s.status = 'active' and s.officer_id <> h.officer_id order by 1 limit 1",
            )
            .await,
            outsiders_assignment: versioned(
                "select s.assignment_id, s.version from assignment s
                 join sheet h on h.unit_id <> s.unit_id and h.period = s.period join account a on a.officer_id = h.officer_id and a.login = 'canbo'
                 where s.period = '2026-11-01' and s.status = 'active' and s.agency_id = h.agency_id order by 1 limit 1",
            )
            .await,
            own_unit: one(
                "select s.unit_id from sheet s join account a on a.officer_id = s.officer_id and a.login = 'canbo' where s.period = '2026-11-01'",
            )
            .await,
            own_indicator: versioned(
                "select i.indicator_id, (select count(*)::int from indicator_actual r where r.indicator_id = i.indicator_id)
                 from indicator i join account a on a.officer_id = i.owner_id and a.login = 'canbo' where i.year = 2026 and i.accumulates",
            )
            .await,
            outsiders_indicator: one(
                "select i.indicator_id from indicator i join unit u using (agency_id, unit_id) where i.year = 2026 and u.code = 'XH' order by 1 limit 1",
            )
            .await,
            root: one(
                "select p.unit_id from post p join account a on a.officer_id = p.officer_id and a.login = 'lanhdao' where p.kind = 'head'",
            )
            .await,
            other_unit: one(
                "select u.unit_id from unit u join account a on a.login = 'canbo' and a.agency_id = u.agency_id
                 where u.parent_id is not null and u.unit_id not in (select s.unit_id from sheet s where s.officer_id = a.officer_id) order by 1 limit 1",
            )
            .await,
            heads_deliverable: heads_deliverable(&pool).await,
            outsiders_deliverable: versioned(
                "select d.deliverable_id, d.version from deliverable d
                 join sheet h on h.period = d.period and h.agency_id = d.agency_id and h.unit_id <> d.unit_id
                 join account a on a.officer_id = h.officer_id and a.login = 'truongphong'
                 where d.period = '2026-11-01' and d.status = 'delivered' order by 1 limit 1",
            )
            .await,
            accepted_deliverable: versioned(
                "select d.deliverable_id, d.version from deliverable d
                 join sheet h on h.period = d.period and h.agency_id = d.agency_id and h.unit_id = d.unit_id
                 join account a on a.officer_id = h.officer_id and a.login = 'truongphong'
                 where d.period = '2026-11-01' and d.status = 'accepted' and d.officer_id <> h.officer_id order by 1 limit 1",
            )
            .await,
            own_accepted: one(
                "select d.deliverable_id from deliverable d join account a on a.officer_id = d.officer_id and a.login = 'canbo'
                 where d.status = 'accepted' and d.failed_reviews = 0 and d.delays = 0 and d.period = '2026-11-01' order by 1 limit 1",
            )
            .await,
            colleagues_evidence: one(
                "select e.evidence_id from evidence e join account a on a.login = 'canbo' and a.agency_id = e.agency_id
                 where e.period = '2026-11-01' and e.officer_id <> a.officer_id order by 1 limit 1",
            )
            .await,
            product: one("select p.product_id from product p join catalogue c using (agency_id, catalogue_id) where c.status = 'approved' order by 1 limit 1").await,
            catalogue: one("select catalogue_id from catalogue where status = 'approved' order by 1 limit 1").await,
            account: one("select account_id from account where login = 'canbo'").await,
            own_admin: one("select account_id from account where login = 'quantri'").await,
            post: one("select p.post_id from post p join account a on a.officer_id = p.officer_id and a.login = 'canbo' order by 1 limit 1").await,
            others_petition: one(
                "select p.petition_id from petition p join account a on a.officer_id = p.authority_id and a.login = 'truongphong'
                 where p.status = 'lodged' order by 1 limit 1",
            )
            .await,
            petition_login: "truongphong",
            site,
            pool,
            cookies,
            foreign,
        }
    }

    /// Rows and newest writer of each table, sessions and sign-in failures apart: whatever is written moves one of them.
    pub async fn digest(&self) -> Vec<(String, String)> {
        let tables: Vec<String> = sqlx::query_scalar(
            "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
               and c.relname not in ('session', 'sign_in_failure', '_sqlx_migrations') order by 1",
        )
        .fetch_all(&self.pool)
        .await
        .unwrap();
        let mut digests = Vec::new();
        for table in tables {
            let sql = format!(
                "select count(*)::text || ' ' || coalesce(max(xmin::text::bigint), 0)::text from {table}"
            );
            let digest: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_one(&self.pool)
                .await
                .unwrap();
            digests.push((table, digest));
        }
        digests
    }
}

/// The head's own work, waiting for his superior: he must not decide it himself.
async fn heads_deliverable(pool: &PgPool) -> (Uuid, i32) {
    let (agency, officer, unit, assignment): (Uuid, Uuid, Uuid, Uuid) = sqlx::query_as(
        "select s.agency_id, s.officer_id, s.unit_id, s.assignment_id from assignment s
         join account a on a.officer_id = s.officer_id and a.login = 'truongphong'
         where s.period = '2026-11-01' and s.status = 'active' order by 4 limit 1",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity, status, due_day)
         values ($1, '2026-11-01', $2, $3, $4, $5, 0.0001, 'delivered', '2026-11-20')",
    )
    .bind(agency)
    .bind(id)
    .bind(assignment)
    .bind(officer)
    .bind(unit)
    .execute(pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into delivery (agency_id, period, delivery_id, deliverable_id, round, work_day, due_day)
         values ($1, '2026-11-01', $2, $3, 1, '2026-11-17', '2026-11-20')",
    )
    .bind(agency)
    .bind(Uuid::now_v7())
    .bind(id)
    .execute(pool)
    .await
    .unwrap();
    (id, 1)
}

/// A unit, a person and one of everything in the other agency.
async fn foreign(pool: &PgPool, agency: Uuid) -> Foreign {
    let id = Uuid::now_v7;
    let made = Foreign {
        unit: id(),
        officer: id(),
        assignment: id(),
        deliverable: id(),
        cause: id(),
        product: id(),
        catalogue: id(),
        account: id(),
        session: id(),
        post: id(),
        preview: id(),
    };
    let statements: &[(&'static str, Vec<Uuid>)] = &[
        ("insert into unit (agency_id, unit_id, path, code, name) values ($1, $2, '/KHAC/', 'KHAC', 'Cơ quan khác')", vec![made.unit]),
        ("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, 'K1', 'Người Khác', 'Khác Người')", vec![made.officer]),
        ("insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $3, $4, 'staff', 'Chuyên viên', '2020-01-01')", vec![made.post, made.officer, made.unit]),
        ("insert into account (agency_id, account_id, login, password_hash) values ($1, $2, 'khac', 'x')", vec![made.account]),
        ("insert into session (agency_id, session_id, account_id, token_hash, data, expires_at) values ($1, $2, $3, 'x', '{}', now() + interval '1 hour')", vec![made.session, made.account]),
        ("insert into catalogue (agency_id, catalogue_id, version_number, name, status) values ($1, $2, 1, 'Danh mục', 'draft')", vec![made.catalogue]),
        ("insert into product (agency_id, product_id, catalogue_id, code, task, points, coefficient, ordinal) values ($1, $2, $3, 'A', 'Việc', 5, 1, 1)", vec![made.product, made.catalogue]),
        ("insert into sheet (agency_id, period, officer_id, unit_id, role, rule_set) values ($1, '2026-11-01', $2, $3, 'staff', 'nd-335-2025')", vec![made.officer, made.unit]),
        ("insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code, product_name, coefficient, kind, quantity, due_day, assigned_by)
          values ($1, '2026-11-01', $2, $3, $4, $5, 'A', 'Việc', 1, 'plan', 5, '2026-11-20', $3)", vec![made.assignment, made.officer, made.unit, made.product]),
        ("insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity, status, due_day)
          values ($1, '2026-11-01', $2, $3, $4, $5, 1, 'delivered', '2026-11-20')", vec![made.deliverable, made.assignment, made.officer, made.unit]),
        ("insert into cause (agency_id, period, cause_id, deliverable_id, officer_id, concerns, occurrences, reason) values ($1, '2026-11-01', $2, $3, $4, 'delay', 1, 'Mưa lũ')", vec![made.cause, made.deliverable, made.officer]),
    ];
    for (statement, ids) in statements {
        let mut query = sqlx::query(*statement).bind(agency);
        for id in ids {
            query = query.bind(id);
        }
        query
            .execute(pool)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    made
}
