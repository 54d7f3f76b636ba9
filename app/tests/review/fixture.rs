//! An agency with a root unit and two departments, work that was delivered, and what the figures must add up to.

use std::collections::BTreeMap;

use app::assignment::figures;
use app::assignment::month_lock::Month;
use app::auth::{Access, Actor};
use app::error::AppError;
use app::review::steps::{self, Conclusion, Decision, Draft};
use app::review::store::sheet::Remarks;
use app::sign::Signer;
use chrono::NaiveDate;
use kpi::assignment::DeliverableAction;
use kpi::criterion::criteria_of_form_01;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::Period;
use kpi::period::life::PeriodStatus;
use kpi::permission::{Permission, Role};
use rust_decimal::Decimal;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::actor::{access, actor};
use crate::month_state::bring;

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

/// The refused field.
pub fn field_of<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
    match result {
        Err(AppError::Invalid { field, .. }) => field,
        other => panic!("not refused as invalid: {other:?}"),
    }
}

pub struct Agency {
    pub agency: AgencyId,
    pub root: UnitId,
    pub department: UnitId,
    pub chief: OfficerId,
    pub head: OfficerId,
    pub deputy: OfficerId,
    pub first: OfficerId,
    pub second: OfficerId,
    pub neighbour: OfficerId,
    pub neighbour_head: OfficerId,
}

/// A delivered product: the assignment, and the deliverable with its version.
#[derive(Clone, Copy)]
pub struct Delivered {
    pub assignment: Uuid,
    pub deliverable: Uuid,
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
            neighbour: OfficerId(id()),
            neighbour_head: OfficerId(id()),
        };
        let other = UnitId(id());
        sqlx::query("insert into agency (agency_id, name, code) values ($1, $2, $2)")
            .bind(made.agency.0)
            .bind(code.to_owned())
            .execute(pool)
            .await
            .unwrap();
        let units = [
            (made.root, None, "/A/", "A", "Ban"),
            (made.department, Some(made.root.0), "/A/B/", "B", "Vụ Một"),
            (other, Some(made.root.0), "/A/C/", "C", "Vụ Hai"),
        ];
        for (unit, parent, path, code, name) in units {
            sqlx::query("insert into unit (agency_id, unit_id, parent_id, path, code, name) values ($1, $2, $3, $4, $5, $6)")
                .bind(made.agency.0)
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
            (made.chief, made.root, "head", "Trưởng Ban"),
            (made.head, made.department, "head", "Nguyễn Văn Vụ"),
            (made.deputy, made.department, "deputy", "Trần Thị Phó"),
            (made.first, made.department, "staff", "Lê Thị An"),
            (made.second, made.department, "staff", "Phạm Văn Bình"),
            (made.neighbour, other, "staff", "Vũ Văn Cường"),
            (made.neighbour_head, other, "head", "Đỗ Thị Dung"),
        ];
        for (officer, unit, kind, name) in people {
            sqlx::query("insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $3, $4)")
                .bind(made.agency.0)
                .bind(officer.0)
                .bind(name)
                .bind(app::format::sort_key(name))
                .execute(pool)
                .await
                .unwrap();
            sqlx::query(
                "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day)
                 values ($1, $2, $3, $4, $5, $5, '2020-01-01')",
            )
            .bind(made.agency.0)
            .bind(id())
            .bind(officer.0)
            .bind(unit.0)
            .bind(kind)
            .execute(pool)
            .await
            .unwrap();
        }
        bring(pool, made.agency.0, "2026-11", PeriodStatus::SelfAssessment).await;
        made
    }

    fn place(&self, officer: OfficerId) -> (UnitId, &'static str, &'static str) {
        match officer {
            one if one == self.chief => (self.root, "/A/", "head"),
            one if one == self.head => (self.department, "/A/B/", "head"),
            one if one == self.deputy => (self.department, "/A/B/", "deputy"),
            one if one == self.neighbour_head => (self.department, "/A/C/", "head"),
            one if one == self.neighbour => (self.department, "/A/C/", "staff"),
            _ => (self.department, "/A/B/", "staff"),
        }
    }

    /// The actor, without asking the permission table.
    pub fn actor(&self, officer: OfficerId, more: &[Role]) -> Actor {
        let (unit, path, kind) = self.place(officer);
        let mut roles = vec![Role::Officer];
        roles.extend(more);
        match kind {
            "head" => roles.push(Role::Head),
            "deputy" => roles.push(Role::Deputy),
            _ => {}
        }
        actor(self.agency, officer, (unit, path, kind), roles)
    }

    /// What the permission table gives one of the people.
    pub fn access(&self, officer: OfficerId, permission: Permission) -> Access {
        access(self.actor(officer, &[]), permission)
    }

    /// A planned product of coefficient 3, due on the 20th, delivered in full on `work_day`.
    pub async fn deliver(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        name: &str,
        work_day: &str,
    ) -> Delivered {
        let made = Delivered {
            assignment: Uuid::now_v7(),
            deliverable: Uuid::now_v7(),
        };
        let (unit, ..) = self.place(officer);
        sqlx::query(
            "insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code,
                product_name, coefficient, kind, quantity, due_day, quantity_done, work_day, assigned_by)
             values ($1, '2026-11-01', $2, $3, $4, $2, 'BC', $5, 3, 'plan', 1, '2026-11-20', 1, $6::date, $3)",
        )
        .bind(self.agency.0)
        .bind(made.assignment)
        .bind(officer.0)
        .bind(unit.0)
        .bind(name.to_owned())
        .bind(day(work_day))
        .execute(pool)
        .await
        .unwrap();
        sqlx::query(
            "insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity,
                status, due_day, delays)
             values ($1, '2026-11-01', $2, $3, $4, $5, 1, 'delivered', '2026-11-20', ($6::date > '2026-11-20')::int)",
        )
        .bind(self.agency.0)
        .bind(made.deliverable)
        .bind(made.assignment)
        .bind(officer.0)
        .bind(unit.0)
        .bind(day(work_day))
        .execute(pool)
        .await
        .unwrap();
        self.round(pool, made.deliverable, 1, work_day, "2026-11-20")
            .await;
        self.recompute(pool, officer).await;
        made
    }

    async fn round(&self, pool: &PgPool, deliverable: Uuid, round: i32, work_day: &str, due: &str) {
        sqlx::query(
            "insert into delivery (agency_id, period, delivery_id, deliverable_id, round, work_day, due_day)
             values ($1, '2026-11-01', $2, $3, $4, $5, $6)",
        )
        .bind(self.agency.0)
        .bind(Uuid::now_v7())
        .bind(deliverable)
        .bind(round)
        .bind(day(work_day))
        .bind(day(due))
        .execute(pool)
        .await
        .unwrap();
    }

    /// A returned product comes again, against the due day in force.
    pub async fn redeliver(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        deliverable: Uuid,
        work_day: &str,
    ) {
        let row = sqlx::query(
            "update deliverable set status = 'delivered', version = version + 1
             where agency_id = $1 and deliverable_id = $2 returning due_day",
        )
        .bind(self.agency.0)
        .bind(deliverable)
        .fetch_one(pool)
        .await
        .unwrap();
        let due: NaiveDate = row.get(0);
        self.round(pool, deliverable, 2, work_day, &due.to_string())
            .await;
        self.recompute(pool, officer).await;
    }

    /// A request to confirm an objective cause.
    pub async fn ask_cause(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        deliverable: Uuid,
        (concerns, occurrences): (&str, i32),
    ) -> Uuid {
        let cause = Uuid::now_v7();
        sqlx::query(
            "insert into cause (agency_id, period, cause_id, deliverable_id, officer_id, concerns, occurrences, reason)
             values ($1, '2026-11-01', $2, $3, $4, $5, $6, 'Bão')",
        )
        .bind(self.agency.0)
        .bind(cause)
        .bind(deliverable)
        .bind(officer.0)
        .bind(concerns.to_owned())
        .bind(occurrences)
        .execute(pool)
        .await
        .unwrap();
        cause
    }

    pub async fn recompute(&self, pool: &PgPool, officer: OfficerId) {
        let mut db = pool.begin().await.unwrap();
        let month = Month::lock(&mut db, self.agency, november(), officer, today())
            .await
            .unwrap();
        figures::recompute(&mut db, &month, "test").await.unwrap();
        db.commit().await.unwrap();
    }

    /// Status, version, failed reviews, delays, excused failed reviews, excused delays of a deliverable.
    pub async fn counts(&self, pool: &PgPool, deliverable: Uuid) -> (String, i32, [i32; 4]) {
        let row = sqlx::query(
            "select status, version, failed_reviews, delays, excused_failed_reviews, excused_delays from deliverable
             where agency_id = $1 and deliverable_id = $2",
        )
        .bind(self.agency.0)
        .bind(deliverable)
        .fetch_one(pool)
        .await
        .unwrap();
        (
            row.get(0),
            row.get(1),
            [row.get(2), row.get(3), row.get(4), row.get(5)],
        )
    }

    /// Decides about a delivery as one of the people, in the version that is stored now.
    pub async fn decide(
        &self,
        pool: &PgPool,
        by: OfficerId,
        deliverable: Uuid,
        action: DeliverableAction,
    ) -> Result<(), AppError> {
        let (_, version, _) = self.counts(pool, deliverable).await;
        let given = Decision {
            reason: if action == DeliverableAction::Accept {
                ""
            } else {
                "Sai số liệu"
            }
            .into(),
            ..decision(deliverable, version, action)
        };
        let access = self.access(by, Permission::DecideDelivery);
        steps::decide_delivery(pool, &access, today(), november(), (given, Uuid::now_v7())).await
    }

    /// Saves the own sheet with these points everywhere, and sends it.
    pub async fn submit(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        points: &BTreeMap<String, String>,
    ) -> Result<(), AppError> {
        let access = self.access(officer, Permission::SelfAssess);
        let version = self.version(pool, officer).await;
        let draft = Draft {
            points: points.clone(),
            remarks: Remarks {
                strengths: "Hoàn thành sớm".into(),
                shortcomings: "Không".into(),
            },
            version,
            submit: true,
        };
        steps::save_sheet(pool, &access, today(), november(), (draft, Uuid::now_v7())).await
    }

    pub async fn version(&self, pool: &PgPool, officer: OfficerId) -> i32 {
        sqlx::query("select version from sheet where agency_id = $1 and officer_id = $2")
            .bind(self.agency.0)
            .bind(officer.0)
            .fetch_optional(pool)
            .await
            .unwrap()
            .map_or(0, |row| row.get(0))
    }

    /// Confirms a sheet with these points.
    pub async fn confirm(
        &self,
        pool: &PgPool,
        by: OfficerId,
        conclusion: Conclusion,
    ) -> Result<(), AppError> {
        let access = self.access(by, Permission::ConfirmReview);
        let signer = Signer::of_record(&access.actor).unwrap();
        steps::confirm(
            pool,
            (&access, &signer),
            today(),
            november(),
            (conclusion, Uuid::now_v7()),
        )
        .await
    }

    /// A conclusion with these points, in the version that is stored now.
    pub async fn conclusion(
        &self,
        pool: &PgPool,
        officer: OfficerId,
        points: &BTreeMap<String, String>,
    ) -> Conclusion {
        Conclusion {
            officer: officer.0,
            version: self.version(pool, officer).await,
            points: points.clone(),
            ..Conclusion::default()
        }
    }

    /// A figure of the database.
    pub async fn one<T>(&self, pool: &PgPool, sql: &'static str) -> T
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres> + Send + Unpin,
    {
        sqlx::query_scalar(sql)
            .bind(self.agency.0)
            .fetch_one(pool)
            .await
            .unwrap()
    }

    /// The change rows add up to the figures of the people.
    pub async fn figures_add_up(&self, pool: &PgPool) {
        let wrong: i64 = self
            .one(
                pool,
                "with p as (
                     select unit_id, count(*) as people, count(score) as scored, sum(volume) as volume, sum(quality) as quality,
                         sum(progress) as progress, coalesce(sum(score), 0) as score_sum, sum(waiting)::bigint as waiting,
                         count(*) filter (where sheet_status in ('confirmed', 'announced', 'locked')) as confirmed
                     from person_month where agency_id = $1 group by unit_id),
                 c as (
                     select unit_id, sum(people)::bigint as people, sum(scored)::bigint as scored, sum(volume) as volume,
                         sum(quality) as quality, sum(progress) as progress, sum(score_sum) as score_sum,
                         sum(waiting)::bigint as waiting, sum(confirmed)::bigint as confirmed
                     from change where agency_id = $1 group by unit_id)
                 select count(*) from (select * from p except select * from c) wrong",
            )
            .await;
        assert_eq!(wrong, 0, "the change rows do not add up to the figures");
    }
}

pub fn decision(deliverable: Uuid, version: i32, action: DeliverableAction) -> Decision {
    Decision {
        deliverable,
        version,
        action,
        confirmed_day: String::new(),
        reason: String::new(),
        new_due_day: String::new(),
    }
}

/// The maximum of every criterion, as typed.
pub fn all_points() -> BTreeMap<String, String> {
    criteria_of_form_01()
        .into_iter()
        .map(|criterion| (criterion.code, app::format::number(criterion.max, 2)))
        .collect()
}
