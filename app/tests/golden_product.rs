//! The golden cases of one person and period, played through the product itself: assigned, handed over, reported,
//! delivered, returned, excused, self-assessed, confirmed, locked, and read back from the database.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a case that cannot be played must fail"
)]

#[path = "month_state/mod.rs"]
mod month_state;

use std::collections::BTreeMap;

use app::assignment::steps::{HandOver, NewWork, assign, hand_over};
use app::auth::Access;
use app::error::AppError;
use app::period::steps::{Announcement, announce, lock};
use app::progress::steps::{
    CauseRequest, Concerns, Report, Scene, deliver, redeliver, report, request_cause,
};
use app::review::steps::{self, Conclusion, Decision, Draft};
use app::review::store::sheet::Remarks;
use app::sign::Signer;
use chrono::{Days, NaiveDate};
use kpi::assignment::{CauseAction, DeliverableAction};
use kpi::criterion::criteria_of_form_01;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::Period;
use kpi::period::life::PeriodStatus;
use kpi::permission::{Permission, Role};
use kpi::rule_set::CapMode;
use kpi::scoring::{DeliverableInput, Item, ItemKind, PeriodInput, ScoringRole};
use kpi::trace::{StepKey, Trace};
use month_state::bring;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use sqlx::{PgPool, Row};
use uuid::Uuid;

mod actor;

use actor::{access, actor};

#[derive(Deserialize)]
struct Case {
    name: String,
    input: PeriodInput,
    expected: BTreeMap<String, Value>,
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

/// Work is due on the 10th; it is done on the 9th, or on the 11th when it is late.
const DUE: u32 = 10;

fn november() -> Period {
    "2026-11".parse().unwrap()
}

/// A small agency of its own for one case.
struct Stage<'a> {
    pool: &'a PgPool,
    agency: AgencyId,
    root: UnitId,
    unit: UnitId,
    chief: OfficerId,
    head: OfficerId,
    subject: OfficerId,
    colleague: OfficerId,
    catalogue: Uuid,
}

impl Stage<'_> {
    async fn run(
        &self,
        sql: &'static str,
        ids: &[Uuid],
        words: &[&str],
    ) -> Result<(), sqlx::Error> {
        let mut query = sqlx::query(sql).bind(self.agency.0);
        for id in ids {
            query = query.bind(*id);
        }
        for word in words {
            query = query.bind((*word).to_owned());
        }
        query.execute(self.pool).await.map(|_| ())
    }

    async fn person(&self, officer: OfficerId, unit: UnitId, kind: &str) {
        let name = format!("{kind} {officer}");
        self.run(
            "insert into officer (agency_id, officer_id, code, full_name, sort_key) values ($1, $2, $3, $3, $3)",
            &[officer.0],
            &[&name],
        )
        .await
        .unwrap();
        self.run(
            "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day)
             values ($1, $2, $3, $4, $5, $5, '2020-01-01')",
            &[Uuid::now_v7(), officer.0, unit.0],
            &[kind],
        )
        .await
        .unwrap();
    }

    /// Root with a chief, a unit with a head; the subject is that head, his deputy, or staff.
    async fn new<'a>(pool: &'a PgPool, number: usize, input: &PeriodInput) -> Stage<'a> {
        let id = Uuid::now_v7;
        let head = OfficerId(id());
        let stage = Stage {
            pool,
            agency: AgencyId(id()),
            root: UnitId(id()),
            unit: UnitId(id()),
            chief: OfficerId(id()),
            head,
            subject: if input.role == ScoringRole::Head {
                head
            } else {
                OfficerId(id())
            },
            colleague: OfficerId(id()),
            catalogue: id(),
        };
        let code = format!("case-{number}");
        stage
            .run(
                "insert into agency (agency_id, name, code) values ($1, $2, $2)",
                &[],
                &[&code],
            )
            .await
            .unwrap();
        bring(
            stage.pool,
            stage.agency.0,
            "2026-11",
            PeriodStatus::Confirmation,
        )
        .await;
        stage
            .run(
                "insert into unit (agency_id, unit_id, path, code, name) values ($1, $2, '/A/', 'A', 'Ban')",
                &[stage.root.0],
                &[],
            )
            .await
            .unwrap();
        stage
            .run(
                "insert into unit (agency_id, unit_id, parent_id, path, code, name) values ($1, $2, $3, '/A/B/', 'B', 'Vụ')",
                &[stage.unit.0, stage.root.0],
                &[],
            )
            .await
            .unwrap();
        stage.person(stage.chief, stage.root, "head").await;
        stage.person(stage.head, stage.unit, "head").await;
        if stage.subject != stage.head {
            stage
                .person(stage.subject, stage.unit, input.role.as_str())
                .await;
        }
        if input.role == ScoringRole::Staff {
            stage.person(stage.colleague, stage.unit, "staff").await;
        }
        stage
            .run(
                "insert into catalogue (agency_id, catalogue_id, version_number, name, status)
                 values ($1, $2, 1, 'Danh mục', 'approved')",
                &[stage.catalogue],
                &[],
            )
            .await
            .unwrap();
        stage
    }

    fn superior(&self) -> OfficerId {
        if self.subject == self.head {
            self.chief
        } else {
            self.head
        }
    }

    fn access(&self, officer: OfficerId, permission: Permission) -> Access {
        let (path, unit, kind, roles) = match officer {
            one if one == self.chief => {
                ("/A/", self.root, "head", vec![Role::Head, Role::Personnel])
            }
            one if one == self.head => {
                ("/A/B/", self.unit, "head", vec![Role::Officer, Role::Head])
            }
            _ => ("/A/B/", self.unit, "staff", vec![Role::Officer]),
        };
        let actor = actor(self.agency, officer, (unit, path, kind), roles);
        access(actor, permission)
    }

    /// Subordinates whose month stands at these scores.
    async fn subordinates(&self, scores: &[Decimal]) {
        for score in scores {
            let officer = OfficerId(Uuid::now_v7());
            self.person(officer, self.unit, "staff").await;
            self.run(
                "insert into sheet (agency_id, period, officer_id, unit_id, role, status, rule_set, confirmed_by, confirmed_at)
                 values ($1, '2026-11-01', $2, $3, 'staff', 'confirmed', 'nd-335-2025', $2, now())",
                &[officer.0, self.unit.0],
                &[],
            )
            .await
            .unwrap();
            self.run(
                "insert into person_month (agency_id, period, officer_id, unit_id, score, level, sheet_status)
                 values ($1, '2026-11-01', $2, $3, $4::numeric, 'good', 'confirmed')",
                &[officer.0, self.unit.0],
                &[&score.to_string()],
            )
            .await
            .unwrap();
        }
    }

    /// Assigns one item; what was handed over goes to the colleague, what was taken over comes from him.
    async fn assign(&self, item: &Item) -> Result<Uuid, AppError> {
        let product = Uuid::now_v7();
        self.run(
            "insert into product (agency_id, catalogue_id, product_id, code, task, points, coefficient, ordinal)
             values ($1, $2, $3, $4, $4, 1, $5::numeric, 1)",
            &[self.catalogue, product],
            &[&product.to_string(), &item.coefficient.to_string()],
        )
        .await
        .map_err(|refused| AppError::invalid("coefficient", refused.to_string(), ""))?;
        let taken = item.kind == ItemKind::TakenOver;
        let giver = if taken { self.colleague } else { self.subject };
        let work = NewWork {
            period: november(),
            product,
            quantity: item.assigned,
            due_day: day(DUE),
            expected_output: String::new(),
            kind: if taken { ItemKind::Plan } else { item.kind },
            officers: vec![giver],
            key: Uuid::now_v7(),
        };
        let superior = self.access(self.superior(), Permission::Assign);
        assign(self.pool, &superior, day(2), &work).await?;
        let assignment = self.newest("assignment", giver).await;
        let over = |quantity, to| HandOver {
            period: november(),
            assignment,
            quantity,
            to,
            due_day: day(DUE),
            reason: "Đi công tác".into(),
            key: Uuid::now_v7(),
        };
        if taken {
            hand_over(
                self.pool,
                &superior,
                day(3),
                &over(item.assigned, self.subject),
            )
            .await?;
            return Ok(self.newest("assignment", self.subject).await);
        }
        if !item.handed_over.is_zero() {
            hand_over(
                self.pool,
                &superior,
                day(3),
                &over(item.handed_over, self.colleague),
            )
            .await?;
        }
        Ok(assignment)
    }

    async fn newest(&self, what: &str, officer: OfficerId) -> Uuid {
        let sql = match what {
            "assignment" => {
                "select assignment_id from assignment where agency_id = $1 and officer_id = $2 order by assignment_id desc limit 1"
            }
            "deliverable" => {
                "select deliverable_id from deliverable where agency_id = $1 and officer_id = $2 order by deliverable_id desc limit 1"
            }
            _ => {
                "select cause_id from cause where agency_id = $1 and officer_id = $2 order by cause_id desc limit 1"
            }
        };
        sqlx::query_scalar(sql)
            .bind(self.agency.0)
            .bind(officer.0)
            .fetch_one(self.pool)
            .await
            .unwrap()
    }

    fn scene<'s>(&self, access: &'s Access, today: NaiveDate) -> Scene<'s> {
        Scene {
            access,
            today,
            period: november(),
            key: Uuid::now_v7(),
        }
    }

    /// Reports half, delivers, is returned and delivers again until the counts are those of the case; then accepted.
    async fn deliver(&self, assignment: Uuid, given: &DeliverableInput) -> Result<(), AppError> {
        let me = self.access(self.subject, Permission::Deliver);
        let rounds = given.failed_reviews.max(given.delays.saturating_sub(1)) + 1;
        let mut work_day = day(if given.delays > 0 { DUE + 1 } else { DUE - 1 });
        deliver(
            self.pool,
            self.scene(&me, work_day),
            (assignment, given.quantity),
            work_day,
            "",
        )
        .await?;
        let id = self.newest("deliverable", self.subject).await;
        for round in 1..rounds {
            let action = if round <= given.failed_reviews {
                DeliverableAction::ReturnMajor
            } else {
                DeliverableAction::ReturnMinor
            };
            let today = work_day;
            let due = today + Days::new(1);
            self.decide(id, action, today, &due.to_string()).await?;
            work_day = if round < given.delays {
                due + Days::new(1)
            } else {
                due
            };
            redeliver(self.pool, self.scene(&me, work_day), id, work_day, "").await?;
        }
        self.excuse(id, Concerns::Delay, given.excused_delays, work_day)
            .await?;
        self.decide(id, DeliverableAction::Accept, work_day, "")
            .await?;
        self.excuse(
            id,
            Concerns::FailedReview,
            given.excused_failed_reviews,
            work_day,
        )
        .await
    }

    async fn decide(
        &self,
        deliverable: Uuid,
        action: DeliverableAction,
        today: NaiveDate,
        new_due_day: &str,
    ) -> Result<(), AppError> {
        let version: i32 = sqlx::query_scalar(
            "select version from deliverable where agency_id = $1 and deliverable_id = $2",
        )
        .bind(self.agency.0)
        .bind(deliverable)
        .fetch_one(self.pool)
        .await
        .unwrap();
        let returns = action != DeliverableAction::Accept;
        let given = Decision {
            deliverable,
            version,
            action,
            confirmed_day: String::new(),
            reason: if returns { "Cần sửa" } else { "" }.into(),
            new_due_day: new_due_day.into(),
        };
        let superior = self.access(self.superior(), Permission::DecideDelivery);
        steps::decide_delivery(
            self.pool,
            &superior,
            today,
            november(),
            (given, Uuid::now_v7()),
        )
        .await
    }

    async fn excuse(
        &self,
        deliverable: Uuid,
        concerns: Concerns,
        occurrences: u32,
        today: NaiveDate,
    ) -> Result<(), AppError> {
        if occurrences == 0 {
            return Ok(());
        }
        let me = self.access(self.subject, Permission::RequestCause);
        let request = CauseRequest {
            deliverable,
            concerns,
            occurrences: i32::try_from(occurrences).unwrap(),
            reason: "Bão số 12".into(),
            evidence: "Công điện 15".into(),
        };
        request_cause(self.pool, self.scene(&me, today), &request).await?;
        let cause = self.newest("cause", self.subject).await;
        let superior = self.access(self.superior(), Permission::DecideCause);
        let given = (cause, CauseAction::Confirm, "", Uuid::now_v7());
        steps::decide_cause(self.pool, &superior, today, november(), given).await
    }

    /// The officer reports what he delivered as done: nothing more is left over for the provisional score.
    async fn report(&self, assignment: Uuid, item: &Item) -> Result<(), AppError> {
        let done: Decimal = item.deliverables.iter().map(|given| given.quantity).sum();
        let me = self.access(self.subject, Permission::ReportProgress);
        let version: i32 = sqlx::query_scalar(
            "select version from assignment where agency_id = $1 and assignment_id = $2",
        )
        .bind(self.agency.0)
        .bind(assignment)
        .fetch_one(self.pool)
        .await
        .unwrap();
        let given = Report {
            assignment,
            quantity_done: done,
            work_day: day(DUE - 1),
            note: "Xong".into(),
            version,
        };
        report(self.pool, self.scene(&me, day(DUE)), &given)
            .await
            .map(|_| ())
    }

    /// The own points of all ten criteria; one that the case does not name counts 0.
    fn points(input: &PeriodInput) -> BTreeMap<String, String> {
        criteria_of_form_01()
            .into_iter()
            .map(|criterion| {
                let given = input
                    .common
                    .iter()
                    .find(|given| given.criterion == criterion.code);
                let points = given.map_or(Decimal::ZERO, |given| given.points);
                (criterion.code, app::format::number(points, 4))
            })
            .collect()
    }

    async fn play(&self, input: &PeriodInput) -> Result<(), AppError> {
        if let Some(leadership) = &input.leadership {
            self.subordinates(&leadership.subordinate_scores).await;
        }
        for item in &input.items {
            let assignment = self.assign(item).await?;
            if !item.deliverables.is_empty() {
                self.report(assignment, item).await?;
            }
            for given in &item.deliverables {
                self.deliver(assignment, given).await?;
            }
        }
        let me = self.access(self.subject, Permission::SelfAssess);
        let draft = Draft {
            points: Self::points(input),
            remarks: Remarks::default(),
            version: self.version().await,
            submit: true,
        };
        steps::save_sheet(self.pool, &me, day(24), november(), (draft, Uuid::now_v7())).await?;
        let percent = |pick: fn(&kpi::scoring::Leadership) -> u32| {
            input
                .leadership
                .as_ref()
                .map_or_else(String::new, |given| pick(given).to_string())
        };
        let conclusion = Conclusion {
            officer: self.subject.0,
            version: self.version().await,
            points: Self::points(input),
            organising: percent(|given| given.organising),
            organising_reason: "Theo kết quả của đơn vị".into(),
            unity: percent(|given| given.unity),
            unity_reason: "Theo phản ánh của đơn vị".into(),
            ..Conclusion::default()
        };
        let superior = self.access(self.superior(), Permission::ConfirmReview);
        let signer = Signer::of_record(&superior.actor)?;
        steps::confirm(
            self.pool,
            (&superior, &signer),
            day(24),
            november(),
            (conclusion, Uuid::now_v7()),
        )
        .await?;
        let personnel = self.access(self.chief, Permission::LockMonth);
        let signer = Signer::of_record(&personnel.actor)?;
        let announcement = Announcement {
            version: self.period_version().await,
            reason: "Chưa đến kỳ".into(),
            ..Announcement::default()
        };
        announce(
            self.pool,
            (&personnel, &signer),
            november(),
            (announcement, Uuid::now_v7()),
        )
        .await?;
        let version = self.period_version().await;
        lock(
            self.pool,
            &personnel,
            day(30),
            november(),
            (version, Uuid::now_v7()),
        )
        .await?;
        Ok(())
    }

    async fn period_version(&self) -> i32 {
        sqlx::query_scalar("select version from period where agency_id = $1")
            .bind(self.agency.0)
            .fetch_one(self.pool)
            .await
            .unwrap()
    }

    async fn version(&self) -> i32 {
        sqlx::query_scalar("select version from sheet where agency_id = $1 and officer_id = $2")
            .bind(self.agency.0)
            .bind(self.subject.0)
            .fetch_optional(self.pool)
            .await
            .unwrap()
            .unwrap_or(0)
    }

    /// What the database says afterwards, in the words of the golden file.
    async fn read_back(&self) -> BTreeMap<String, String> {
        let row = sqlx::query(
            "select s.status, s.confirmed_total::text, s.confirmed_level, m.score::text, m.level, s.confirmed_trace, m.assigned::text
             from sheet s join person_month m using (agency_id, period, officer_id)
             where s.agency_id = $1 and s.officer_id = $2",
        )
        .bind(self.agency.0)
        .bind(self.subject.0)
        .fetch_one(self.pool)
        .await
        .unwrap();
        assert_eq!(row.get::<String, _>(0), "locked");
        let (total, level): (Option<String>, Option<String>) = (row.get(1), row.get(2));
        assert_eq!(
            total,
            row.get::<Option<String>, _>(3),
            "sheet and figures agree"
        );
        assert_eq!(level, row.get::<Option<String>, _>(4));
        let mut found = BTreeMap::new();
        let Some(total) = total else {
            found.insert("status".to_owned(), "insufficient_data".to_owned());
            return found;
        };
        found.insert("status".to_owned(), "scored".to_owned());
        found.insert("total".to_owned(), total);
        found.insert("level".to_owned(), level.unwrap_or_default());
        let trace: Trace = serde_json::from_value(row.get(5)).unwrap();
        for (key, step) in [
            ("assigned", StepKey::Assigned),
            ("quantity_percent", StepKey::QuantityPercent),
            ("quality_percent", StepKey::QualityPercent),
            ("progress_percent", StepKey::ProgressPercent),
            ("results_percent", StepKey::Results),
            ("organising_percent", StepKey::Organising),
            ("unity_percent", StepKey::Unity),
            ("task_percent", StepKey::TaskPercent),
            ("task_points", StepKey::TaskPoints),
            ("common_points", StepKey::CommonPoints),
        ] {
            if let Some(step) = trace.step(step) {
                found.insert(key.to_owned(), step.published.to_string());
            }
        }
        assert_eq!(trace.recompute().unwrap().to_string(), found["total"]);
        found
    }
}

fn cases() -> Vec<Case> {
    let text = include_str!("../../kpi/tests/golden/period.json");
    serde_json::from_str(text).unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_product_scores_every_golden_case_as_the_engine_does(pool: PgPool) {
    let mut wrong = Vec::new();
    let mut played = 0;
    for (number, case) in cases().iter().enumerate() {
        let stage = Stage::new(&pool, number, &case.input).await;
        if case.input.cap == Some(CapMode::Component) {
            // The rule set that caps each component, chosen before the month begins.
            stage
                .run(
                    "insert into sheet (agency_id, period, officer_id, unit_id, role, rule_set)
                     values ($1, '2026-11-01', $2, $3, 'staff', 'nd-335-2025-component')",
                    &[stage.subject.0, stage.unit.0],
                    &[],
                )
                .await
                .unwrap();
        }
        let result = stage.play(&case.input).await;
        played += 1;
        if case.expected.contains_key("error") {
            if !matches!(result, Err(AppError::Invalid { .. })) {
                wrong.push(format!("{}: not refused: {result:?}", case.name));
            }
            continue;
        }
        if let Err(error) = result {
            wrong.push(format!("{}: {error:?}", case.name));
            continue;
        }
        let found = stage.read_back().await;
        for (key, expected) in &case.expected {
            let expected = expected.as_str().unwrap();
            if found.get(key).map(String::as_str) != Some(expected) {
                wrong.push(format!(
                    "{}: {key} {expected}, not {:?}",
                    case.name,
                    found.get(key)
                ));
            }
        }
    }
    assert!(played >= 28, "{played}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
