//! One assignment with its whole history, as its page shows it: four statements.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::{AgencyId, OfficerId};
use kpi::period::Period;
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::month::{self, MonthRow};
use super::wire::{
    AssignmentData, CauseItem, DeliverableItem, EvidenceItem, ReportItem, RoundItem,
};
use crate::auth::Access;
use crate::error::AppError;
use crate::{format, org};

/// Most progress reports of an assignment on its page.
const MOST_REPORTS: i64 = 100;
/// Most deliverables of an assignment on its page.
const MOST_DELIVERABLES: i64 = 200;
/// Forms of the page that are not bound to a deliverable: report, deliver, document, link.
const FORMS: usize = 4;

/// An assignment within the reader's reach, with its deliverables, reports and evidence.
///
/// # Errors
/// `Forbidden` or `NotFound` out of reach; the database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    assignment: Uuid,
) -> Result<AssignmentData, AppError> {
    let agency = access.actor.agency;
    let mut db = pool.acquire().await?;
    let found = find(&mut db, agency, period, assignment).await?;
    let officer = OfficerId(found.officer);
    let header = month::header(&mut db, agency, period, officer, today).await?;
    access.reach_person(officer, header.path.as_deref().unwrap_or(""))?;
    let deliverables = deliverables(&mut db, agency, period, assignment).await?;
    let rows = rows(assignment, &found, &deliverables);
    let item = month::items(&rows, period, today, &header.holidays)
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    let open = header.is_open()? && found.status == "active";
    let own = access.actor.officer == Some(officer);
    let directs = match access.actor.officer {
        Some(actor) if open && !own && actor_leads(access) => {
            org::direct_superior(&mut *db, access.agency(), officer, today).await? == Some(actor)
        }
        _ => false,
    };
    let delivered: Decimal = deliverables
        .iter()
        .filter(|deliverable| deliverable.status != "withdrawn")
        .map(|deliverable| deliverable.quantity)
        .sum();
    access.viewed(pool, [officer], "assignment");
    Ok(AssignmentData {
        period: period.to_string(),
        period_label: period.label(),
        first_day: period.first_day(),
        today,
        left: kpi::assignment::remaining(item.quantity, item.handed_over, delivered),
        item,
        officer: officer.0,
        name: header.name,
        expected_output: found.expected_output,
        cancelled: (found.status != "active").then(|| found.cancel_reason.unwrap_or_default()),
        own,
        editable: own && open && today >= period.first_day(),
        directs,
        keys: (0..FORMS).map(|_| Uuid::now_v7()).collect(),
        deliverables,
        reports: found.reports.0.into_iter().map(ReportItem::from).collect(),
        evidence: found
            .evidence
            .0
            .into_iter()
            .map(EvidenceItem::from)
            .collect(),
    })
}

/// The assignment as the list of the month has it: a row a deliverable, or one without.
fn rows(assignment: Uuid, found: &Found, deliverables: &[DeliverableItem]) -> Vec<MonthRow> {
    let bare = MonthRow {
        assignment,
        version: found.version,
        code: found.code.clone(),
        product: found.product.clone(),
        kind: found.kind.clone(),
        coefficient: found.coefficient,
        quantity: found.quantity,
        handed_over: found.handed_over,
        quantity_done: found.quantity_done,
        work_day: found.work_day,
        due_day: found.due_day,
        evidence: i64::try_from(found.evidence.0.len()).unwrap_or(i64::MAX),
        ..MonthRow::default()
    };
    let count = |value: u32| i32::try_from(value).ok();
    let mut rows: Vec<MonthRow> = deliverables
        .iter()
        .filter(|deliverable| deliverable.status != "withdrawn")
        .map(|deliverable| MonthRow {
            delivered: Some(deliverable.quantity),
            status: Some(deliverable.status.clone()),
            failed_reviews: count(deliverable.failed_reviews.0),
            excused_failed_reviews: count(deliverable.failed_reviews.1),
            delays: count(deliverable.delays.0),
            excused_delays: count(deliverable.delays.1),
            returned: (deliverable.status == "returned")
                .then(|| deliverable.rounds.last().map(|round| round.reason.clone()))
                .flatten(),
            ..bare.clone()
        })
        .collect();
    if rows.is_empty() {
        rows.push(bare);
    }
    rows
}

/// Whether the actor heads a unit at all: others direct nobody, and the question is spared.
fn actor_leads(access: &Access) -> bool {
    access.actor.posts.iter().any(|post| post.kind == "head")
}

struct Found {
    officer: Uuid,
    version: i32,
    code: String,
    product: String,
    kind: String,
    coefficient: Decimal,
    quantity: Decimal,
    handed_over: Decimal,
    quantity_done: Decimal,
    work_day: Option<NaiveDate>,
    due_day: NaiveDate,
    expected_output: String,
    status: String,
    cancel_reason: Option<String>,
    reports: Json<Vec<ReportRow>>,
    evidence: Json<Vec<EvidenceRow>>,
}

#[derive(Deserialize)]
struct ReportRow {
    quantity_done: Decimal,
    work_day: NaiveDate,
    note: String,
    at: DateTime<Utc>,
}

impl From<ReportRow> for ReportItem {
    fn from(row: ReportRow) -> Self {
        Self {
            quantity_done: row.quantity_done.normalize(),
            work_day: row.work_day,
            note: row.note,
            at: format::moment(row.at),
        }
    }
}

#[derive(Deserialize)]
struct EvidenceRow {
    evidence: Uuid,
    kind: String,
    label: String,
    size: i32,
    at: DateTime<Utc>,
}

impl From<EvidenceRow> for EvidenceItem {
    fn from(row: EvidenceRow) -> Self {
        Self {
            evidence: row.evidence,
            kind: row.kind,
            label: row.label,
            size: row.size,
            at: format::moment(row.at),
            key: Uuid::now_v7(),
        }
    }
}

async fn find(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    assignment: Uuid,
) -> Result<Found, AppError> {
    Ok(sqlx::query_as!(
        Found,
        r#"select a.officer_id as officer, a.version, a.product_code as code, a.product_name as product, a.kind,
               a.coefficient, a.quantity, a.handed_over, a.quantity_done, a.work_day, a.due_day, a.expected_output,
               a.status, a.cancel_reason,
               coalesce((select jsonb_agg(jsonb_build_object('quantity_done', r.quantity_done::text,
                       'work_day', r.work_day, 'note', r.note, 'at', r.at) order by r.at desc)
                   from (select * from progress_report r where r.agency_id = $1 and r.period = $2
                       and r.assignment_id = $3 order by r.at desc limit $4) r), '[]') as "reports!: Json<Vec<ReportRow>>",
               coalesce((select jsonb_agg(jsonb_build_object('evidence', e.evidence_id, 'kind', e.kind,
                       'label', e.label, 'size', e.size, 'at', e.at) order by e.at desc)
                   from (select evidence_id, kind, label, size, at from evidence e where e.agency_id = $1
                       and e.period = $2 and e.assignment_id = $3 order by e.at desc limit 50) e), '[]')
                   as "evidence!: Json<Vec<EvidenceRow>>"
           from assignment a where a.agency_id = $1 and a.period = $2 and a.assignment_id = $3"#,
        agency.0,
        period.first_day(),
        assignment,
        MOST_REPORTS
    )
    .fetch_one(db)
    .await?)
}

async fn deliverables(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    assignment: Uuid,
) -> Result<Vec<DeliverableItem>, AppError> {
    let rows = sqlx::query!(
        r#"select d.deliverable_id, d.quantity, d.status, d.due_day, d.failed_reviews, d.excused_failed_reviews,
               d.delays, d.excused_delays,
               coalesce((select jsonb_agg(jsonb_build_object('round', r.round, 'work_day', r.work_day,
                       'confirmed_day', r.confirmed_day, 'due_day', r.due_day, 'note', r.note,
                       'decision', r.decision, 'reason', r.reason) order by r.round)
                   from delivery r where r.agency_id = $1 and r.period = $2 and r.deliverable_id = d.deliverable_id),
                   '[]') as "rounds!: Json<Vec<RoundItem>>",
               coalesce((select jsonb_agg(jsonb_build_object('concerns', c.concerns, 'occurrences', c.occurrences,
                       'reason', c.reason, 'status', c.status, 'decision_reason', c.decision_reason)
                       order by c.requested_at)
                   from cause c where c.agency_id = $1 and c.period = $2 and c.deliverable_id = d.deliverable_id),
                   '[]') as "causes!: Json<Vec<CauseItem>>"
           from deliverable d where d.agency_id = $1 and d.period = $2 and d.assignment_id = $3
           order by d.created_at desc, d.deliverable_id desc limit $4"#,
        agency.0,
        period.first_day(),
        assignment,
        MOST_DELIVERABLES
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let causes = row.causes.0;
            let asked = |concerns: &str| -> i32 {
                causes
                    .iter()
                    .filter(|cause| cause.status == "requested" && cause.concerns == concerns)
                    .map(|cause| cause.occurrences)
                    .sum()
            };
            let count = |value: i32| u32::try_from(value).unwrap_or(0);
            let left = |faults: i32, excused: i32, concerns: &str| {
                if row.status == "withdrawn" {
                    0
                } else {
                    count(faults - excused - asked(concerns))
                }
            };
            DeliverableItem {
                deliverable: row.deliverable_id,
                quantity: row.quantity.normalize(),
                due_day: row.due_day,
                failed_reviews: (count(row.failed_reviews), count(row.excused_failed_reviews)),
                delays: (count(row.delays), count(row.excused_delays)),
                askable: (
                    left(
                        row.failed_reviews,
                        row.excused_failed_reviews,
                        "failed_review",
                    ),
                    left(row.delays, row.excused_delays, "delay"),
                ),
                keys: [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()],
                rounds: row.rounds.0,
                causes,
                status: row.status,
            }
        })
        .collect())
}
