//! An agency with a root unit and a department: a chief, a head, a deputy, two officers; and a second agency.

use app::assignment::steps::{self, NewWork};
use app::auth::Access;
use app::error::AppError;
use app::progress::steps::{Report, Scene};
use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::Period;
use kpi::permission::{Permission, Role};
use kpi::scoring::ItemKind;
use rust_decimal::Decimal;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::actor::{access, actor};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-24")
}

pub fn november() -> Period {
    "2026-11".parse().unwrap()
}

/// One agency with its people and an approved catalogue of two products.
pub struct Agency {
    pub agency: AgencyId,
    pub root: UnitId,
    pub department: UnitId,
    pub chief: OfficerId,
    pub head: OfficerId,
    pub deputy: OfficerId,
    pub first: OfficerId,
    pub second: OfficerId,
    pub report: Uuid,
    pub letter: Uuid,
}

async fn run(pool: &PgPool, sql: &'static str, ids: &[Uuid], words: &[&str]) {
    let mut query = sqlx::query(sql);
    for id in ids {
        query = query.bind(*id);
    }
    for word in words {
        query = query.bind((*word).to_owned());
    }
    query.execute(pool).await.unwrap();
}

impl Agency {
    pub async fn new(pool: &PgPool, code: &str) -> Self {
        let id = Uuid::now_v7;
        let made = Self {
            agency: AgencyId(id()),
            root: UnitId(id()),
            department: UnitId(id()),
            chief: OfficerId(id()),
            head: OfficerId(id()),
            deputy: OfficerId(id()),
            first: OfficerId(id()),
            second: OfficerId(id()),
            report: id(),
            letter: id(),
        };
        let agency = made.agency.0;
        run(
            pool,
            "insert into agency (agency_id, name, code) values ($1, $2, $2)",
            &[agency],
            &[code],
        )
        .await;
        run(pool, "insert into unit (agency_id, unit_id, path, code, name) values ($1, $2, '/A/', 'A', 'Ban')", &[agency, made.root.0], &[]).await;
        run(pool, "insert into unit (agency_id, unit_id, parent_id, path, code, name) values ($1, $2, $3, '/A/B/', 'B', 'Vụ')",
            &[agency, made.department.0, made.root.0], &[]).await;
        let people = [
            (made.chief, made.root, "head", "Trưởng ban"),
            (made.head, made.department, "head", "Vụ trưởng"),
            (made.deputy, made.department, "deputy", "Phó Vụ trưởng"),
            (made.first, made.department, "staff", "Chuyên viên Một"),
            (made.second, made.department, "staff", "Chuyên viên Hai"),
        ];
        for (officer, unit, kind, name) in people {
            run(pool, "insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $3, $3)",
                &[agency, officer.0], &[name]).await;
            run(
                pool,
                "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day)
                       values ($1, $2, $3, $4, $5, $6, '2020-01-01')",
                &[agency, id(), officer.0, unit.0],
                &[kind, name],
            )
            .await;
        }
        let catalogue = id();
        run(pool, "insert into catalogue (agency_id, catalogue_id, version_number, name, status) values ($1, $2, 1, 'Danh mục', 'approved')",
            &[agency, catalogue], &[]).await;
        for (product, code, coefficient) in [(made.report, "BC", "3"), (made.letter, "CV", "0.5")] {
            run(pool, "insert into product (agency_id, catalogue_id, product_id, code, task, points, coefficient, ordinal)
                       values ($1, $2, $3, $4, $4, 1, $5::numeric, 1)",
                &[agency, catalogue, product], &[code, coefficient]).await;
        }
        made
    }

    /// What the permission table gives one of the people.
    pub fn access(&self, officer: OfficerId, permission: Permission) -> Access {
        let (path, unit, kind) = match officer {
            chief if chief == self.chief => ("/A/", self.root, "head"),
            head if head == self.head => ("/A/B/", self.department, "head"),
            deputy if deputy == self.deputy => ("/A/B/", self.department, "deputy"),
            _ => ("/A/B/", self.department, "staff"),
        };
        let roles = match kind {
            "head" => vec![Role::Officer, Role::Head],
            "deputy" => vec![Role::Officer, Role::Deputy],
            _ => vec![Role::Officer],
        };
        let actor = actor(self.agency, officer, (unit, path, kind), roles);
        access(actor, permission)
    }

    /// Planned work in November for one of the two officers, due on the 20th unless said otherwise.
    pub fn work(&self, officers: &[OfficerId], quantity: &str) -> NewWork {
        NewWork {
            period: november(),
            product: self.report,
            quantity: number(quantity),
            due_day: day("2026-11-20"),
            expected_output: String::new(),
            kind: ItemKind::Plan,
            officers: officers.to_vec(),
            key: Uuid::now_v7(),
        }
    }

    /// Assigns and returns the new assignment of the first named officer.
    pub async fn assign(&self, pool: &PgPool, work: &NewWork) -> Uuid {
        let by = self.access(self.head, Permission::Assign);
        assert!(steps::assign(pool, &by, today(), work).await.unwrap());
        sqlx::query("select assignment_id from assignment where agency_id = $1 and officer_id = $2 order by assignment_id desc limit 1")
            .bind(self.agency.0)
            .bind(work.officers[0].0)
            .fetch_one(pool)
            .await
            .unwrap()
            .get(0)
    }

    /// The version of an assignment now.
    pub async fn version(&self, pool: &PgPool, assignment: Uuid) -> i32 {
        sqlx::query("select version from assignment where agency_id = $1 and assignment_id = $2")
            .bind(self.agency.0)
            .bind(assignment)
            .fetch_one(pool)
            .await
            .unwrap()
            .get(0)
    }

    /// Holds every stored figure against a fresh computation, and against the sum of the change rows.
    pub async fn figures_add_up(&self, pool: &PgPool) {
        figures_add_up(pool, self.agency).await;
    }
}

/// A scene of an act in November with a fresh key.
pub fn scene(access: &Access) -> Scene<'_> {
    Scene {
        access,
        today: today(),
        period: november(),
        key: Uuid::now_v7(),
    }
}

/// A progress report on the 18th.
pub fn done(assignment: Uuid, quantity: &str, version: i32) -> Report {
    Report {
        assignment,
        quantity_done: number(quantity),
        work_day: day("2026-11-18"),
        note: String::new(),
        version,
    }
}

/// The refused field.
pub fn field_of<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    match result {
        Err(AppError::Invalid { field, .. }) => field,
        other => panic!("not refused as invalid: {other:?}"),
    }
}

/// A number out of the database.
pub async fn figure(pool: &PgPool, sql: &'static str, agency: AgencyId, id: Uuid) -> Decimal {
    sqlx::query(sql)
        .bind(agency.0)
        .bind(id)
        .fetch_one(pool)
        .await
        .unwrap()
        .get(0)
}

async fn figures_add_up(pool: &PgPool, agency: AgencyId) {
    use app::assignment::figures;
    use app::assignment::month_lock::Month;
    let people = sqlx::query("select officer_id from person_month where agency_id = $1")
        .bind(agency.0)
        .fetch_all(pool)
        .await
        .unwrap();
    assert!(!people.is_empty());
    for person in people {
        let officer = OfficerId(person.get(0));
        let mut db = pool.begin().await.unwrap();
        let month = Month::lock(&mut db, agency, november(), officer, today())
            .await
            .unwrap();
        let stored = month.before.unwrap();
        let outcome = figures::recompute(&mut db, &month, "test").await.unwrap();
        let rows = figures::load_work(&mut db, agency, november().first_day(), officer)
            .await
            .unwrap();
        assert_eq!(
            stored,
            figures::figures(&rows, &outcome, false),
            "stored figures are stale"
        );
        db.rollback().await.unwrap();
    }
    let sums = sqlx::query(
        "with p as (
             select unit_id, count(*) as people, count(score) as scored, sum(assignments)::bigint as assignments,
                 sum(assigned) as assigned, sum(volume) as volume, sum(quality) as quality, sum(progress) as progress,
                 coalesce(sum(score), 0) as score_sum, count(*) filter (where level = 'excellent') as excellent,
                 count(*) filter (where level = 'not_completed') as not_completed, sum(waiting)::bigint as waiting
             from person_month where agency_id = $1 group by unit_id),
         c as (
             select unit_id, sum(people)::bigint as people, sum(scored)::bigint as scored, sum(assignments)::bigint as assignments,
                 sum(assigned) as assigned, sum(volume) as volume, sum(quality) as quality, sum(progress) as progress,
                 sum(score_sum) as score_sum, sum(excellent)::bigint as excellent,
                 sum(not_completed)::bigint as not_completed, sum(waiting)::bigint as waiting
             from change where agency_id = $1 group by unit_id)
         select count(*) from (select * from p except select * from c) wrong",
    )
    .bind(agency.0)
    .fetch_one(pool)
    .await
    .unwrap();
    assert_eq!(
        sums.get::<i64, _>(0),
        0,
        "the change rows do not add up to the figures"
    );
}
