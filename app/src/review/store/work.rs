//! SQL of one person's work as a superior reviews it: every assignment with its deliverables and what waits.

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId};
use rust_decimal::Decimal;
use serde::Deserialize;
use sqlx::PgExecutor;
use sqlx::types::Json;
use uuid::Uuid;

use crate::assignment::figures::WorkRow;
use crate::error::AppError;

/// A piece of evidence as stored.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredEvidence {
    /// Its id.
    pub evidence: Uuid,
    /// document, link or file.
    pub kind: String,
    /// Number, address or file name.
    pub label: String,
}

/// An open cause as stored.
#[derive(Clone, Debug, Deserialize)]
pub struct StoredCause {
    /// Its id.
    pub cause: Uuid,
    /// delay or failed_review.
    pub concerns: String,
    /// How many.
    pub occurrences: u32,
    /// The officer's reason.
    pub reason: String,
    /// Document that shows it.
    pub evidence: String,
}

/// One assignment with one of its deliverables, or none.
#[derive(Clone, Debug)]
pub struct ReviewedWork {
    /// As the score counts it.
    pub row: WorkRow,
    /// The deliverable.
    pub deliverable: Option<Uuid>,
    /// Its version.
    pub version: i32,
    /// Rounds so far.
    pub rounds: i32,
    /// Day of the work of the current round.
    pub round_day: Option<NaiveDate>,
    /// Due day of the current round.
    pub round_due: Option<NaiveDate>,
    /// Note of the current round.
    pub note: String,
    /// Evidence of the assignment.
    pub evidence: Vec<StoredEvidence>,
    /// Causes that wait.
    pub causes: Vec<StoredCause>,
}

/// Active work of one person and month with deliverables, current rounds, evidence and open causes, in the order
/// in which it was assigned; at most 10,000 rows.
///
/// # Errors
/// The database's failure.
pub async fn load(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: NaiveDate,
    officer: OfficerId,
) -> Result<Vec<ReviewedWork>, AppError> {
    let rows = load_many(db, agency, period, &[officer.0]).await?;
    Ok(rows.into_iter().map(|(_, work)| work).collect())
}

/// As [`load`], of several people in one statement: each row with whose it is, one person after the other.
///
/// # Errors
/// The database's failure.
pub async fn load_many(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: NaiveDate,
    officers: &[Uuid],
) -> Result<Vec<(Uuid, ReviewedWork)>, AppError> {
    let rows = sqlx::query!(
        r#"select a.officer_id, a.assignment_id, a.product_name, a.kind, a.coefficient, a.quantity, a.handed_over, a.quantity_done,
            a.work_day, a.due_day, d.deliverable_id as "deliverable?", d.quantity as "delivered?", d.status as "status?",
            d.failed_reviews as "failed_reviews?", d.excused_failed_reviews as "excused_failed_reviews?",
            d.delays as "delays?", d.excused_delays as "excused_delays?", d.days_late as "days_late?",
            d.version as "version?",
            r.round as "round?", r.work_day as "round_day?", r.due_day as "round_due?", r.note as "note?",
            (select coalesce(jsonb_agg(jsonb_build_object('evidence', e.evidence_id, 'kind', e.kind, 'label', e.label)
                order by e.at), '[]') from (
                    select * from evidence v where v.agency_id = $1 and v.period = $2 and v.assignment_id = a.assignment_id
                    order by v.at limit 10) e
            ) as "evidence!: Json<Vec<StoredEvidence>>",
            (select coalesce(jsonb_agg(jsonb_build_object('cause', c.cause_id, 'concerns', c.concerns,
                'occurrences', c.occurrences, 'reason', c.reason, 'evidence', c.evidence) order by c.requested_at), '[]')
                from cause c where c.agency_id = $1 and c.period = $2 and c.deliverable_id = d.deliverable_id
                    and c.status = 'requested'
            ) as "causes!: Json<Vec<StoredCause>>"
        from assignment a
        left join deliverable d on d.agency_id = a.agency_id and d.period = a.period
            and d.assignment_id = a.assignment_id and d.status <> 'withdrawn'
        left join lateral (
            select v.round, v.work_day, v.due_day, v.note from delivery v
            where v.agency_id = $1 and v.period = $2 and v.deliverable_id = d.deliverable_id
            order by v.round desc limit 1
        ) r on true
        where a.agency_id = $1 and a.period = $2 and a.officer_id = any($3) and a.status = 'active'
        order by a.officer_id, a.created_at, a.assignment_id, d.created_at, d.deliverable_id
        limit 10000"#,
        agency.0,
        period,
        officers
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.officer_id,
                ReviewedWork {
                    row: WorkRow {
                        assignment: row.assignment_id,
                        product: row.product_name,
                        kind: row.kind,
                        coefficient: row.coefficient,
                        quantity: row.quantity,
                        handed_over: row.handed_over,
                        quantity_done: row.quantity_done,
                        work_day: row.work_day,
                        due_day: row.due_day,
                        delivered: row.delivered,
                        status: row.status,
                        failed_reviews: row.failed_reviews,
                        excused_failed_reviews: row.excused_failed_reviews,
                        delays: row.delays,
                        excused_delays: row.excused_delays,
                        days_late: row.days_late,
                    },
                    deliverable: row.deliverable,
                    version: row.version.unwrap_or_default(),
                    rounds: row.round.unwrap_or_default(),
                    round_day: row.round_day,
                    round_due: row.round_due,
                    note: row.note.unwrap_or_default(),
                    evidence: row.evidence.0,
                    causes: row.causes.0,
                },
            )
        })
        .collect())
}

/// Quantities as the score counts them.
pub fn rows(work: &[ReviewedWork]) -> Vec<WorkRow> {
    work.iter().map(|work| work.row.clone()).collect()
}

/// Converted quantity of a row's deliverable.
pub fn converted(row: &WorkRow) -> Decimal {
    row.delivered.unwrap_or_default() * row.coefficient
}
