//! One person's month as the direct superior reviews it: four statements, whatever the number of products; three more for a leader.

use chrono::NaiveDate;
use kpi::ids::{OfficerId, UnitId};
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::scoring::{Outcome, Scored};
use kpi::trace::StepKey;
use kpi::wording::explain;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::day_in;
use super::decide::offered_due_day;
use super::load_sheet::{outcome, role, row, rules_of, subordinates, view};
use super::load_unit::{status, whole};
use crate::assignment::figures::{Basis, figures};
use crate::auth::Access;
use crate::error::AppError;
use crate::review::leader::steps::{Leader, grounds};
use crate::review::reasons;
use crate::review::store::sheet::SheetRow;
use crate::review::store::unit::circle;
use crate::review::store::work::{self, ReviewedWork};
use crate::review::wire::{
    CauseRow, ComponentRow, DeliverableRow, EvidenceRow, ListedPerson, ReviewView,
};

/// Reads one percentage of a score.
type Part = fn(&Scored) -> Decimal;

/// Most deliverables that one page shows in full; those that wait come first.
const MOST_SHOWN: usize = 200;

/// A person's month within the actor's reach.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound` without a post in this month; the database's failure.
pub async fn load_review(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (officer, period): (OfficerId, Period),
) -> Result<ReviewView, AppError> {
    let row = row(pool, access, today, period, officer).await?;
    access.reach_person(officer, &row.path)?;
    let rules = rules_of(pool, access, period, &row).await?;
    let mut db = pool.acquire().await?;
    let work = work::load(&mut *db, access.actor.agency, period.first_day(), officer).await?;
    let scores = subordinates(&mut db, access, period, officer, &row).await?;
    let rows = work::rows(&work);
    let accepted = outcome(&row, &rules, &rows, scores.clone(), Basis::Accepted)?;
    let reported = outcome(&row, &rules, &rows, scores, Basis::Reported)?;
    let role = role(&row)?;
    let leader = if role.is_leader() {
        let leader = Leader {
            officer,
            role,
            unit: UnitId(row.unit),
            path: &row.path,
        };
        Some(grounds(&mut db, access, (period, today), &leader, &rules).await?)
    } else {
        None
    };
    let sums = figures(&rows, &accepted, false);
    let me = access.actor.officer;
    let step = |key| accepted.trace.step(key);
    access.viewed(pool, [officer], "review");
    Ok(ReviewView {
        sheet: view(access, (period, today), officer, &row, &rules)?,
        unit: row.unit,
        assignments: whole(sums.assignments),
        assigned: sums.assigned,
        people: people(pool, access, (period, today), officer, &row).await?,
        reported: total(&reported),
        accepted: total(&accepted),
        level: accepted.scored.as_ref().map(|scored| scored.level),
        task_points: accepted.scored.as_ref().map(|scored| scored.task_points),
        common_points: step(StepKey::CommonPoints).map_or(Decimal::ZERO, |common| common.published),
        components: components(&work, &rules, &accepted, &reported),
        formula: [StepKey::TaskPercent, StepKey::TaskPoints, StepKey::Total]
            .into_iter()
            .filter_map(step)
            .map(explain)
            .collect(),
        deliverables: deliverables(work),
        leader,
        unconfirmed: whole(row.unconfirmed),
        decides: me.is_some_and(|me| row.decider == Some(me.0) && me != officer),
        new_due_day: offered_due_day(period, today, &row.holidays),
        major_costs: rules.deductions.per_failed_review * Decimal::ONE_HUNDRED,
        accept_key: Uuid::now_v7(),
    })
}

pub(in crate::review) fn total(outcome: &Outcome) -> Option<Decimal> {
    outcome.scored.as_ref().map(|scored| scored.total)
}

/// Those who answer to the same superior, when the actor may see them.
async fn people(
    pool: &PgPool,
    access: &Access,
    (period, today): (Period, NaiveDate),
    officer: OfficerId,
    row: &SheetRow,
) -> Result<Vec<ListedPerson>, AppError> {
    let above = if row.role == "head" { row.parent } else { None };
    let unit = UnitId(above.unwrap_or(row.unit));
    let path = if above.is_some() {
        parent_path(&row.path)
    } else {
        row.path.as_str()
    };
    if access.actor.officer == Some(officer) || access.reach_unit(path).is_err() {
        return Ok(Vec::new());
    }
    let days = (period.first_day(), day_in(period, today));
    let listed = circle(pool, access.agency(), days, unit.0).await?;
    Ok(listed
        .into_iter()
        .map(|person| ListedPerson {
            officer: person.officer,
            name: person.name,
            title: person.title,
            score: person.score,
            level: person.level.and_then(|level| level.parse().ok()),
            status: status(person.status.as_deref()),
            waiting: whole(person.waiting),
        })
        .collect())
}

/// "/BAN/VP/" → "/BAN/".
fn parent_path(path: &str) -> &str {
    let inner = path.trim_end_matches('/');
    inner.rfind('/').map_or(path, |at| &path[..=at])
}

pub(in crate::review) fn components(
    work: &[ReviewedWork],
    rules: &RuleSet,
    accepted: &Outcome,
    reported: &Outcome,
) -> Vec<ComponentRow> {
    let lost = &rules.deductions;
    let (Some(now), Some(said)) = (&accepted.scored, &reported.scored) else {
        return Vec::new();
    };
    let own: [(&str, Part, Vec<String>); 3] = [
        (
            "Số lượng",
            |scored| scored.quantity_percent,
            reasons::quantity(work),
        ),
        (
            "Chất lượng",
            |scored| scored.quality_percent,
            reasons::quality(work, lost.per_failed_review),
        ),
        (
            "Tiến độ",
            |scored| scored.progress_percent,
            reasons::progress(work, lost.per_delay),
        ),
    ];
    let mut rows: Vec<ComponentRow> = own
        .into_iter()
        .map(|(name, percent, reasons)| ComponentRow {
            name: name.to_owned(),
            percent: percent(now),
            reported: percent(said),
            reasons,
        })
        .collect();
    for key in [StepKey::Results, StepKey::Organising, StepKey::Unity] {
        if let Some(step) = accepted.trace.step(key) {
            rows.push(ComponentRow {
                name: key.label().to_owned(),
                percent: step.published,
                reported: step.published,
                reasons: vec![explain(step).reason],
            });
        }
    }
    rows
}

fn deliverables(work: Vec<ReviewedWork>) -> Vec<DeliverableRow> {
    let mut rows: Vec<DeliverableRow> = work.into_iter().filter_map(deliverable).collect();
    // Stable: those that wait first, then those with an open cause, then the returned ones, each in order of assignment.
    rows.sort_by_key(|row| (!row.waits, row.causes.is_empty(), !row.returned));
    rows.truncate(MOST_SHOWN);
    rows
}

fn deliverable(work: ReviewedWork) -> Option<DeliverableRow> {
    let deliverable: Uuid = work.deliverable?;
    let row = work.row;
    let status = row.status.as_deref();
    Some(DeliverableRow {
        deliverable,
        assignment: row.assignment,
        product: row.product,
        coefficient: row.coefficient,
        quantity: row.delivered.unwrap_or_default(),
        waits: status == Some("delivered"),
        returned: status == Some("returned"),
        rounds: whole(work.rounds),
        work_day: work.round_day.unwrap_or(row.due_day),
        due_day: work.round_due.unwrap_or(row.due_day),
        note: work.note,
        failed_reviews: whole(row.failed_reviews.unwrap_or_default()),
        excused_failed_reviews: whole(row.excused_failed_reviews.unwrap_or_default()),
        delays: whole(row.delays.unwrap_or_default()),
        excused_delays: whole(row.excused_delays.unwrap_or_default()),
        version: work.version,
        evidence: work
            .evidence
            .into_iter()
            .map(|evidence| EvidenceRow {
                evidence: evidence.evidence,
                kind: evidence.kind,
                label: evidence.label,
            })
            .collect(),
        causes: work
            .causes
            .into_iter()
            .map(|cause| CauseRow {
                cause: cause.cause,
                of_delay: cause.concerns == "delay",
                occurrences: cause.occurrences,
                reason: cause.reason,
                evidence: cause.evidence,
                key: Uuid::now_v7(),
            })
            .collect(),
        key: Uuid::now_v7(),
    })
}
