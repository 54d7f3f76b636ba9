//! An agency with a head, a personnel officer and a department; months of 2025 as they are stored once confirmed.

use app::auth::Access;
use app::error::AppError;
use app::rating::steps::{self, Asked};
use app::rating::wire::{AbsenceForm, BlockerForm, OutsideForm, PersonLine, PersonYear, YearView};
use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::permission::{Permission, Role};
use sqlx::PgPool;
use uuid::Uuid;

use crate::actor::{access, actor};

pub const YEAR: i32 = 2025;

pub fn today() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

pub struct Agency {
    pub agency: AgencyId,
    root: UnitId,
    pub department: UnitId,
    pub group: Uuid,
    pub chief: OfficerId,
    pub head: OfficerId,
    pub personnel: OfficerId,
}

impl Agency {
    /// Everybody but those added later has no months, so the chief and the department's head are stopped.
    pub async fn new(pool: &PgPool, code: &str) -> Self {
        let id = Uuid::now_v7;
        let mut made = Self {
            agency: AgencyId(id()),
            root: UnitId(id()),
            department: UnitId(id()),
            group: id(),
            chief: OfficerId(id()),
            head: OfficerId(id()),
            personnel: OfficerId(id()),
        };
        run(
            pool,
            "insert into agency (agency_id, name, code) values ($1, 'Ban', $2::text)",
            &[made.agency.0],
            &[code],
        )
        .await;
        run(
            pool,
            "insert into unit (agency_id, unit_id, parent_id, path, code, name)
             values ($1, $2, null, '/A/', 'A', 'Ban'), ($1, $3, $2, '/A/B/', 'B', 'Vụ Một')",
            &[made.agency.0, made.root.0, made.department.0],
            &[],
        )
        .await;
        run(
            pool,
            "insert into task_group (agency_id, task_group_id, name) values ($1, $2, 'Chuyên viên')",
            &[made.agency.0, made.group],
            &[],
        )
        .await;
        made.chief = made
            .person(pool, "Trưởng Ban", "head", made.root, "2020-01-01")
            .await;
        made.head = made
            .person(pool, "Nguyễn Văn Vụ", "head", made.department, "2020-01-01")
            .await;
        made.personnel = made
            .person(pool, "Tổ chức", "staff", made.root, "2020-01-01")
            .await;
        made
    }

    /// Somebody with a post from a day on, without months.
    pub async fn person(
        &self,
        pool: &PgPool,
        name: &str,
        kind: &str,
        unit: UnitId,
        from: &str,
    ) -> OfficerId {
        let officer = OfficerId(Uuid::now_v7());
        run(
            pool,
            "insert into officer (agency_id, officer_id, code, full_name, sort_key, task_group_id)
             values ($1, $2, $4::text, $4::text, $4::text, $3)",
            &[self.agency.0, officer.0, self.group],
            &[name],
        )
        .await;
        self.post(pool, officer, kind, unit, (from, None)).await;
        officer
    }

    pub async fn post(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        kind: &str,
        unit: UnitId,
        (from, until): (&str, Option<&str>),
    ) {
        run(
            pool,
            "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day, until_day)
             values ($1, $2, $3, $4, $5::text, 'Chức danh', $6::text::date, nullif($7::text, '')::date)",
            &[self.agency.0, Uuid::now_v7(), officer.0, unit.0],
            &[kind, from, until.unwrap_or("")],
        )
        .await;
    }

    /// A member of the department's staff with these scores, January first; "–" for a month without one.
    pub async fn staff(&self, pool: &PgPool, name: &str, scores: &str) -> OfficerId {
        let officer = self
            .person(pool, name, "staff", self.department, "2020-01-01")
            .await;
        self.months(pool, officer, scores).await;
        officer
    }

    pub async fn months(&self, pool: &PgPool, officer: OfficerId, scores: &str) {
        for (month, score) in (1..=12).zip(scores.split(' ')) {
            if score != "–" {
                self.month(pool, officer, month, score, "locked").await;
            }
        }
    }

    pub async fn month(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        month: u32,
        score: &str,
        status: &str,
    ) {
        let period = format!("{YEAR}-{month:02}-01");
        run(
            pool,
            "with s as (
                 insert into sheet (agency_id, period, officer_id, unit_id, role, status, rule_set, confirmed_total,
                     confirmed_by, confirmed_at)
                 values ($1, $4::text::date, $2, $3, 'staff', $6::text, 'nd-335-2025',
                     case when $6::text in ('confirmed', 'locked') then $5::text::numeric end,
                     case when $6::text in ('confirmed', 'locked') then $2 end,
                     case when $6::text in ('confirmed', 'locked') then now() end))
             insert into person_month (agency_id, period, officer_id, unit_id, score, sheet_status)
             values ($1, $4::text::date, $2, $3, $5::text::numeric, $6::text)",
            &[self.agency.0, officer.0, self.department.0],
            &[&period, score, status],
        )
        .await;
    }

    pub fn access(&self, officer: OfficerId, permission: Permission) -> Access {
        let (place, more): (_, &[Role]) = match officer {
            one if one == self.chief => ((self.root, "/A/", "head"), &[Role::Head, Role::Leader]),
            one if one == self.head => ((self.department, "/A/B/", "head"), &[Role::Head]),
            one if one == self.personnel => ((self.root, "/A/", "staff"), &[Role::Personnel]),
            _ => ((self.department, "/A/B/", "staff"), &[]),
        };
        let mut roles = vec![Role::Officer];
        roles.extend(more);
        access(actor(self.agency, officer, place, roles), permission)
    }

    pub async fn view(&self, pool: &PgPool, by: OfficerId) -> YearView {
        let access = self.access(by, Permission::ViewRating);
        steps::load_year(pool, &access, (YEAR, today()), &Asked::default())
            .await
            .unwrap()
    }

    /// Somebody's line as the head of the agency sees it.
    pub async fn line(&self, pool: &PgPool, officer: OfficerId) -> PersonLine {
        let view = self.view(pool, self.chief).await;
        view.people
            .into_iter()
            .find(|line| line.officer == officer.0)
            .unwrap()
    }

    pub async fn year(&self, pool: &PgPool, officer: OfficerId) -> PersonYear {
        let access = self.access(officer, Permission::ViewRating);
        steps::load_person(pool, &access, (YEAR, today()), officer)
            .await
            .unwrap()
    }

    pub async fn absence(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        kind: &str,
        (from, until): (&str, &str),
    ) -> Result<(), AppError> {
        let access = self.access(self.personnel, Permission::RecordYear);
        let form = AbsenceForm {
            officer: officer.0.to_string(),
            kind: kind.into(),
            from_day: from.into(),
            until_day: until.into(),
            document: "Giấy số 12".into(),
        };
        steps::record_absence(pool, &access, &form).await
    }

    pub fn outside(&self, officer: OfficerId, period: &str, score: &str) -> OutsideForm {
        OutsideForm {
            officer: officer.0.to_string(),
            period: period.into(),
            score: score.into(),
            origin: "Sở Tài chính".into(),
            document: "Công văn 7".into(),
            reason: String::new(),
        }
    }

    pub async fn bring(&self, pool: &PgPool, form: &OutsideForm) -> Result<(), AppError> {
        let access = self.access(self.personnel, Permission::RecordYear);
        steps::record_outside_month(pool, &access, form, today()).await
    }

    pub fn blocker(&self, officer: OfficerId, year: &str, act: &str) -> BlockerForm {
        BlockerForm {
            officer: officer.0.to_string(),
            year: year.into(),
            kind: "discipline".into(),
            act: act.into(),
            document: "Quyết định 45".into(),
            decided_on: "2026-02-03".into(),
        }
    }

    pub async fn block(&self, pool: &PgPool, form: &BlockerForm) -> Result<(), AppError> {
        let access = self.access(self.personnel, Permission::RecordYear);
        steps::record_blocker(pool, &access, form, today()).await
    }

    pub async fn choose(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        chosen: &str,
        reason: &str,
    ) -> Result<(), AppError> {
        let access = self.access(self.chief, Permission::DecideRating);
        steps::choose(pool, &access, (YEAR, today()), (officer.0, chosen, reason)).await
    }
}

/// The refused field.
pub fn field_of<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    match result {
        Err(AppError::Invalid { field, message, .. }) => {
            assert!(message.ends_with('.'), "{message}");
            field
        }
        other => panic!("not refused as invalid: {other:?}"),
    }
}

/// A statement with ids, then texts, as its parameters.
pub async fn run(pool: &PgPool, sql: &'static str, ids: &[Uuid], texts: &[&str]) {
    let mut query = sqlx::query(sql);
    for id in ids {
        query = query.bind(*id);
    }
    for text in texts {
        query = query.bind((*text).to_owned());
    }
    query.execute(pool).await.unwrap();
}
