//! An agency with a root, two departments and an office below the first, and shorthand for every step.

use std::collections::BTreeMap;

use app::auth::Access;
use app::error::AppError;
use app::unit_kpi::steps::{self, Asked, TypedIndicator, TypedReport};
use app::unit_kpi::{Facts, Shown, UnitKpi};
use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::permission::{Permission, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::actor::{access, actor};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn today() -> NaiveDate {
    day("2026-11-24")
}

/// The refused field.
pub fn field_of<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    match result {
        Err(AppError::Invalid { field, .. }) => field,
        other => panic!("not refused as invalid: {other:?}"),
    }
}

pub fn is_forbidden<T: std::fmt::Debug>(result: Result<T, AppError>) {
    assert!(matches!(result, Err(AppError::Forbidden)), "{result:?}");
}

pub fn is_conflict<T: std::fmt::Debug>(result: Result<T, AppError>) {
    assert!(
        matches!(result, Err(AppError::Conflict { .. })),
        "{result:?}"
    );
}

/// Somebody with his unit, its path, the kind of post and the roles.
#[derive(Clone)]
pub struct Person {
    pub id: OfficerId,
    unit: UnitId,
    path: &'static str,
    kind: &'static str,
    roles: Vec<Role>,
}

pub struct Agency {
    pub agency: AgencyId,
    pub root: UnitId,
    pub department: UnitId,
    pub sibling: UnitId,
    pub office: UnitId,
    pub leader: Person,
    pub head: Person,
    pub deputy: Person,
    pub owner: Person,
    pub clerk: Person,
    pub sibling_head: Person,
    pub personnel: Person,
}

impl Agency {
    pub async fn new(pool: &PgPool, code: &str) -> Self {
        let unit = || UnitId(Uuid::now_v7());
        let (agency, root, department, sibling, office) =
            (AgencyId(Uuid::now_v7()), unit(), unit(), unit(), unit());
        let person = |unit, path, kind, roles: &[Role]| Person {
            id: OfficerId(Uuid::now_v7()),
            unit,
            path,
            kind,
            roles: [&[Role::Officer], roles].concat(),
        };
        let made = Self {
            agency,
            root,
            department,
            sibling,
            office,
            leader: person(root, "/A/", "head", &[Role::Head, Role::Leader]),
            head: person(department, "/A/B/", "head", &[Role::Head]),
            deputy: person(department, "/A/B/", "deputy", &[Role::Deputy]),
            owner: person(department, "/A/B/", "staff", &[]),
            clerk: person(office, "/A/B/D/", "staff", &[]),
            sibling_head: person(sibling, "/A/C/", "head", &[Role::Head]),
            personnel: person(sibling, "/A/C/", "staff", &[Role::Personnel]),
        };
        made.store(pool, code).await;
        made
    }

    async fn store(&self, pool: &PgPool, code: &str) {
        sqlx::query("insert into agency (agency_id, name, code) values ($1, $2, $2)")
            .bind(self.agency.0)
            .bind(code.to_owned())
            .execute(pool)
            .await
            .unwrap();
        let units = [
            (self.root, None, "/A/", "A", "Ban"),
            (self.department, Some(self.root.0), "/A/B/", "B", "Vụ Một"),
            (self.sibling, Some(self.root.0), "/A/C/", "C", "Vụ Hai"),
            (
                self.office,
                Some(self.department.0),
                "/A/B/D/",
                "D",
                "Phòng Một",
            ),
        ];
        for (unit, parent, path, code, name) in units {
            sqlx::query("insert into unit (agency_id, unit_id, parent_id, path, code, name) values ($1, $2, $3, $4, $5, $6)")
                .bind(self.agency.0)
                .bind(unit.0)
                .bind(parent)
                .bind(path)
                .bind(code)
                .bind(name)
                .execute(pool)
                .await
                .unwrap();
        }
        let people = [
            (&self.leader, "Trần Văn Minh"),
            (&self.head, "Đặng Hồng Phúc"),
            (&self.deputy, "Trần Thị Phó"),
            (&self.owner, "Lê Thị An"),
            (&self.clerk, "Phạm Văn Bình"),
            (&self.sibling_head, "Đỗ Thị Dung"),
            (&self.personnel, "Lê Minh Nguyệt"),
        ];
        for (person, name) in people {
            sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $3, $4)")
                .bind(self.agency.0)
                .bind(person.id.0)
                .bind(name)
                .bind(app::format::sort_key(name))
                .execute(pool)
                .await
                .unwrap();
            sqlx::query(
                "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $3, $4, $5, $5, '2020-01-01')",
            )
            .bind(self.agency.0)
            .bind(Uuid::now_v7())
            .bind(person.id.0)
            .bind(person.unit.0)
            .bind(person.kind)
            .execute(pool)
            .await
            .unwrap();
        }
    }

    /// What the permission table gives somebody.
    pub fn access(&self, person: &Person, permission: Permission) -> Access {
        let post = (person.unit, person.path, person.kind);
        access(
            actor(self.agency, person.id, post, person.roles.clone()),
            permission,
        )
    }

    /// An indicator of the department that counts upwards, owned by `owner`.
    pub fn typed(&self, name: &str, target: &str, weight: &str) -> TypedIndicator {
        TypedIndicator {
            unit: self.department.0,
            year: "2026".into(),
            function: "Tham mưu".into(),
            name: name.into(),
            unit_of_measure: "đề án".into(),
            direction: "higher".into(),
            measure: "sum".into(),
            target: target.into(),
            weight: weight.into(),
            owner: self.owner.id.to_string(),
            ..TypedIndicator::default()
        }
    }

    pub async fn save(&self, pool: &PgPool, typed: TypedIndicator) -> Result<Uuid, AppError> {
        let access = self.access(&self.head, Permission::ManageIndicators);
        steps::save_indicator(pool, &access, today(), typed).await
    }

    /// The first report of a month, cut off on its last day or today.
    pub fn figure(&self, indicator: Uuid, seen: i64, period: &str, actual: &str) -> TypedReport {
        let month: kpi::period::Period = period.parse().unwrap();
        TypedReport {
            indicator,
            seen,
            period: period.into(),
            actual: actual.into(),
            source: "Sổ theo dõi".into(),
            cut_off: month.last_day().min(today()).to_string(),
            ..TypedReport::default()
        }
    }

    pub async fn report(&self, pool: &PgPool, typed: TypedReport) -> Result<(Uuid, i32), AppError> {
        let access = self.access(&self.owner, Permission::ReportIndicator);
        steps::report(pool, &access, today(), typed).await
    }

    /// What somebody sees of a unit.
    pub async fn see(
        &self,
        pool: &PgPool,
        person: &Person,
        unit: UnitId,
    ) -> Result<UnitKpi, AppError> {
        let access = self.access(person, Permission::ViewUnitKpi);
        let asked = Asked {
            unit: unit.to_string(),
            year: "2026".into(),
            ..Asked::default()
        };
        match steps::load(pool, &access, today(), asked).await? {
            Shown::One(unit) => Ok(*unit),
            Shown::All(list) => panic!("a list: {list:?}"),
        }
    }

    /// The department as its authority sees it.
    pub async fn department(&self, pool: &PgPool) -> UnitKpi {
        self.see(pool, &self.leader, self.department).await.unwrap()
    }

    async fn version(&self, pool: &PgPool, unit: UnitId) -> i32 {
        self.see(pool, &self.leader, unit).await.unwrap().version
    }

    /// The leader gives each group the same points.
    pub async fn give(&self, pool: &PgPool, unit: UnitId, points: &str) -> Result<i32, AppError> {
        let map = |value: &str| -> BTreeMap<String, String> {
            ["1", "2", "3"]
                .iter()
                .map(|code| ((*code).to_owned(), value.to_owned()))
                .collect()
        };
        let access = self.access(&self.leader, Permission::AssessUnit);
        let of = (unit.0, "2026", self.version(pool, unit).await);
        let (points, reasons) = (map(points), map("Theo báo cáo tổng kết"));
        steps::give_points(pool, &access, today(), of, (&points, &reasons)).await
    }

    pub async fn facts(&self, pool: &PgPool, unit: UnitId, facts: Facts) -> Result<i32, AppError> {
        let access = self.access(&self.leader, Permission::AssessUnit);
        let of = (unit.0, "2026", self.version(pool, unit).await);
        steps::put_facts(pool, &access, today(), of, facts).await
    }

    pub async fn recognise(
        &self,
        pool: &PgPool,
        unit: UnitId,
        level: &str,
        reason: &str,
    ) -> Result<i32, AppError> {
        let access = self.access(&self.leader, Permission::AssessUnit);
        let of = (unit.0, "2026", self.version(pool, unit).await);
        steps::recognise(pool, &access, today(), of, (level, reason)).await
    }

    /// The department with one indicator of the whole weight, its figure and points.
    pub async fn scored(&self, pool: &PgPool, actual: &str, points: &str) -> Uuid {
        let id = self
            .save(pool, self.typed("Đề án trình", "100", "100"))
            .await
            .unwrap();
        self.report(pool, self.figure(id, 0, "2026-10", actual))
            .await
            .unwrap();
        self.give(pool, self.department, points).await.unwrap();
        id
    }

    /// Work of the department in October: kind, due day, day of the work, and what was accepted of quantity 1.
    pub async fn work(&self, pool: &PgPool, person: &Person, work: Work) {
        let assignment = Uuid::now_v7();
        sqlx::query(
            "insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code,
                product_name, coefficient, kind, quantity, due_day, quantity_done, work_day, status, assigned_by)
             values ($1, $2, $3, $4, $5, $3, 'BC', 'Báo cáo', 1, $6, 1, $7, $8, $9, $10, $4)",
        )
        .bind(self.agency.0)
        .bind(day(work.period))
        .bind(assignment)
        .bind(person.id.0)
        .bind(person.unit.0)
        .bind(work.kind)
        .bind(day(work.due))
        .bind(if work.work_day.is_empty() { 0 } else { 1 })
        .bind((!work.work_day.is_empty()).then(|| day(work.work_day)))
        .bind(if work.cancelled { "cancelled" } else { "active" })
        .execute(pool)
        .await
        .unwrap();
        if work.status.is_empty() {
            return;
        }
        sqlx::query(
            "insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity,
                status, due_day, delays, excused_delays, failed_reviews)
             values ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $10, $11)",
        )
        .bind(self.agency.0)
        .bind(day(work.period))
        .bind(Uuid::now_v7())
        .bind(assignment)
        .bind(person.id.0)
        .bind(person.unit.0)
        .bind(work.status)
        .bind(day(work.due))
        .bind(work.delays)
        .bind(work.excused)
        .bind(work.failed)
        .execute(pool)
        .await
        .unwrap();
    }
}

/// One assignment of quantity 1 and what became of it.
#[derive(Clone, Copy)]
pub struct Work {
    pub period: &'static str,
    pub kind: &'static str,
    pub due: &'static str,
    /// Empty: not worked on.
    pub work_day: &'static str,
    /// Status of its deliverable; empty: none.
    pub status: &'static str,
    pub delays: i32,
    pub excused: i32,
    pub failed: i32,
    pub cancelled: bool,
}

/// Planned work of October, done on its due day and accepted.
pub const DONE: Work = Work {
    period: "2026-10-01",
    kind: "plan",
    due: "2026-10-20",
    work_day: "2026-10-20",
    status: "accepted",
    delays: 0,
    excused: 0,
    failed: 0,
    cancelled: false,
};
