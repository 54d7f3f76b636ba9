//! From the rows of a month to its score: the one place where work becomes a `PeriodInput`, and figures are stored.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::level::Level;
use kpi::period::working_days_late;
use kpi::scoring::{
    CommonPoint, DeliverableInput, Item, ItemKind, Leadership, MAX_FAULTS, Outcome, PeriodInput,
    ScoringRole, score,
};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use super::month_lock::{Figures, Month};
use crate::error::AppError;
use crate::live::store::{Delta, Moved, append};

/// Which work counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// What the officer reports: the provisional score.
    Reported,
    /// What the head accepted: the confirmed score.
    Accepted,
}

/// One assignment with one of its deliverables, or none.
#[derive(Clone, Debug)]
pub struct WorkRow {
    /// The assignment.
    pub assignment: Uuid,
    /// Name of the product.
    pub product: String,
    /// plan, ad_hoc or taken_over.
    pub kind: String,
    /// Conversion coefficient.
    pub coefficient: Decimal,
    /// Assigned quantity.
    pub quantity: Decimal,
    /// Part handed over to a colleague.
    pub handed_over: Decimal,
    /// Quantity reported as done.
    pub quantity_done: Decimal,
    /// Day of the work last reported.
    pub work_day: Option<NaiveDate>,
    /// Due day.
    pub due_day: NaiveDate,
    /// The deliverable's quantity.
    pub delivered: Option<Decimal>,
    /// The deliverable's status; withdrawn ones are left out.
    pub status: Option<String>,
    /// Returns for major errors.
    pub failed_reviews: Option<i32>,
    /// Of these excused.
    pub excused_failed_reviews: Option<i32>,
    /// Missed due days.
    pub delays: Option<i32>,
    /// Of these excused.
    pub excused_delays: Option<i32>,
    /// Working days late.
    pub days_late: Option<i32>,
}

/// Rows of a month's active work, in the order in which it was assigned.
///
/// # Errors
/// The database's failure.
pub async fn load_work(
    db: &mut PgConnection,
    agency: AgencyId,
    period: NaiveDate,
    officer: OfficerId,
) -> Result<Vec<WorkRow>, AppError> {
    Ok(sqlx::query_as!(
        WorkRow,
        r#"select a.assignment_id as assignment, a.product_name as product, a.kind, a.coefficient, a.quantity,
            a.handed_over, a.quantity_done, a.work_day, a.due_day, d.quantity as "delivered?", d.status as "status?",
            d.failed_reviews as "failed_reviews?", d.excused_failed_reviews as "excused_failed_reviews?",
            d.delays as "delays?", d.excused_delays as "excused_delays?", d.days_late as "days_late?"
        from assignment a
        left join deliverable d on d.agency_id = a.agency_id and d.period = a.period
            and d.assignment_id = a.assignment_id and d.status <> 'withdrawn'
        where a.agency_id = $1 and a.period = $2 and a.officer_id = $3 and a.status = 'active'
        order by a.created_at, a.assignment_id, d.created_at, d.deliverable_id"#,
        agency.0,
        period,
        officer.0
    )
    .fetch_all(db)
    .await?)
}

fn count(value: Option<i32>) -> u32 {
    value
        .and_then(|value| u32::try_from(value).ok())
        .unwrap_or(0)
}

/// Turns work rows into items of the engine.
///
/// On the reported basis every deliverable counts, and what is reported beyond the deliverables counts as one more
/// without failed reviews, late when the reported day of the work is past the due day.
pub fn items(rows: &[WorkRow], basis: Basis) -> Vec<Item> {
    let mut order: Vec<Uuid> = Vec::new();
    let mut grouped: BTreeMap<Uuid, Vec<&WorkRow>> = BTreeMap::new();
    for row in rows {
        let group = grouped.entry(row.assignment).or_default();
        if group.is_empty() {
            order.push(row.assignment);
        }
        group.push(row);
    }
    order
        .iter()
        .filter_map(|id| grouped.get(id))
        .filter_map(|group| item(group, basis))
        .collect()
}

/// Days late that a confirmed cause excuses: all of them once every delay is excused, else the excused delays' share,
/// rounded up.
fn excused_days(row: &WorkRow) -> u32 {
    let (days, delays) = (count(row.days_late), count(row.delays));
    (days * count(row.excused_delays).min(delays))
        .checked_add(delays.saturating_sub(1))
        .and_then(|sum| sum.checked_div(delays))
        .unwrap_or(0)
}

fn item(group: &[&WorkRow], basis: Basis) -> Option<Item> {
    let first = group.first()?;
    let mut deliverables = Vec::new();
    let mut delivered = Decimal::ZERO;
    for row in group {
        let (Some(quantity), Some(status)) = (row.delivered, row.status.as_deref()) else {
            continue;
        };
        delivered += quantity;
        if basis == Basis::Accepted && status != "accepted" {
            continue;
        }
        deliverables.push(DeliverableInput {
            quantity,
            failed_reviews: count(row.failed_reviews),
            excused_failed_reviews: count(row.excused_failed_reviews),
            delays: count(row.delays),
            excused_delays: count(row.excused_delays),
            days_late: count(row.days_late),
            excused_days_late: excused_days(row),
        });
    }
    if basis == Basis::Reported && first.quantity_done > delivered {
        deliverables.push(DeliverableInput {
            quantity: first.quantity_done - delivered,
            failed_reviews: 0,
            excused_failed_reviews: 0,
            delays: u32::from(first.work_day.is_some_and(|day| day > first.due_day)),
            excused_delays: 0,
            // Provisional: holidays are left out once the work is delivered.
            days_late: first.work_day.map_or(0, |day| {
                working_days_late(first.due_day, day, &[]).min(MAX_FAULTS)
            }),
            excused_days_late: 0,
        });
    }
    Some(Item {
        reference: Some(first.assignment.to_string()),
        title: Some(first.product.clone()),
        kind: first.kind.parse().unwrap_or(ItemKind::Plan),
        coefficient: first.coefficient,
        assigned: first.quantity,
        handed_over: first.handed_over,
        deliverables,
    })
}

/// Points of the common criteria: the head's where there are any, the officer's own else.
///
/// # Errors
/// The database's failure.
pub async fn load_common(
    db: &mut PgConnection,
    agency: AgencyId,
    period: NaiveDate,
    officer: OfficerId,
) -> Result<Vec<CommonPoint>, AppError> {
    let rows = sqlx::query!(
        r#"select criterion, coalesce(confirmed_points, self_points) as "points!" from sheet_criterion
           where agency_id = $1 and period = $2 and officer_id = $3
             and coalesce(confirmed_points, self_points) is not null
           order by criterion"#,
        agency.0,
        period,
        officer.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| CommonPoint {
            criterion: row.criterion,
            points: row.points,
        })
        .collect())
}

/// Current scores of a leader's direct subordinates (điểm a khoản 3 Điều 15): of a head, the deputies and staff of
/// the unit and the heads of the units directly below; of a deputy, the staff of the unit. Unscored ones are left out.
///
/// # Errors
/// The database's failure.
pub async fn subordinate_scores(
    db: &mut PgConnection,
    agency: AgencyId,
    period: NaiveDate,
    unit: UnitId,
    officer: OfficerId,
    role: ScoringRole,
) -> Result<Vec<Decimal>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select p.score as "score!" from sheet s
           join unit u on u.agency_id = s.agency_id and u.unit_id = s.unit_id
           join person_month p on p.agency_id = s.agency_id and p.period = s.period and p.officer_id = s.officer_id
           where s.agency_id = $1 and s.period = $2 and s.officer_id <> $4 and p.score is not null
             and case when $5 then (s.unit_id = $3 and s.role <> 'head') or (u.parent_id = $3 and s.role = 'head')
                      else s.unit_id = $3 and s.role = 'staff' end
           order by p.officer_id"#,
        agency.0,
        period,
        unit.0,
        officer.0,
        role == ScoringRole::Head
    )
    .fetch_all(db)
    .await?)
}

/// Everything that the score of a month depends on.
///
/// # Errors
/// The database's failure.
pub async fn load_input(
    db: &mut PgConnection,
    month: &Month,
    rows: &[WorkRow],
    basis: Basis,
) -> Result<PeriodInput, AppError> {
    let (agency, period, officer) = (month.agency, month.period.first_day(), month.officer);
    let common = load_common(db, agency, period, officer).await?;
    let leadership = if month.role.is_leader() {
        let scores =
            subordinate_scores(db, agency, period, month.unit, officer, month.role).await?;
        // Until the superior chooses, the provisional score supposes no limitation.
        let (organising, unity) = (month.organising.unwrap_or(100), month.unity.unwrap_or(100));
        Some(Leadership {
            subordinate_scores: scores,
            organising,
            unity,
        })
    } else {
        None
    };
    Ok(PeriodInput {
        role: month.role,
        common,
        items: items(rows, basis),
        leadership,
        cap: None,
    })
}

/// Recomputes the figures of a locked month on the reported basis, stores them and appends the change row;
/// when the score crosses the line of "hoàn thành", the leaders above are recomputed too.
///
/// # Errors
/// A rule's refusal; the database's failure.
pub async fn recompute(
    db: &mut PgConnection,
    month: &Month,
    kind: &str,
) -> Result<Outcome, AppError> {
    let (outcome, crossed) = recompute_one(db, month, kind).await?;
    if crossed {
        recompute_leaders(db, std::slice::from_ref(month)).await?;
    }
    Ok(outcome)
}

/// As [`recompute`] for several locked months of one period: the leaders above them come once, after all of them.
///
/// # Errors
/// As [`recompute`].
pub async fn recompute_all(
    db: &mut PgConnection,
    months: &[Month],
    kind: &str,
) -> Result<(), AppError> {
    let mut moved = Vec::new();
    for month in months {
        if recompute_one(db, month, kind).await?.1 {
            moved.push(month.clone());
        }
    }
    recompute_leaders(db, &moved).await
}

async fn recompute_one(
    db: &mut PgConnection,
    month: &Month,
    kind: &str,
) -> Result<(Outcome, bool), AppError> {
    let rows = load_work(db, month.agency, month.period.first_day(), month.officer).await?;
    let input = load_input(db, month, &rows, Basis::Reported).await?;
    let outcome = score(&month.rules, &input)?;
    let after = figures(&rows, &outcome, false);
    let crossed = put(db, month, after, kind).await?;
    Ok((outcome, crossed))
}

/// The figures that an outcome and its rows give.
pub fn figures(rows: &[WorkRow], outcome: &Outcome, confirmed: bool) -> Figures {
    let scored = outcome.scored.as_ref();
    let mut seen = Vec::new();
    let (mut assigned, mut accepted, mut waiting) = (Decimal::ZERO, Decimal::ZERO, 0);
    for row in rows {
        if !seen.contains(&row.assignment) {
            seen.push(row.assignment);
            if row.kind == ItemKind::Plan.as_str() {
                assigned += row.quantity * row.coefficient;
            }
        }
        match row.status.as_deref() {
            Some("accepted") => accepted += row.delivered.unwrap_or_default() * row.coefficient,
            Some("delivered") => waiting += 1,
            _ => {}
        }
    }
    Figures {
        assignments: seen.len().try_into().unwrap_or(i32::MAX),
        assigned,
        volume: scored.map_or(Decimal::ZERO, |scored| scored.volume),
        quality: scored.map_or(Decimal::ZERO, |scored| scored.quality),
        progress: scored.map_or(Decimal::ZERO, |scored| scored.progress),
        accepted,
        common: scored.map_or(Decimal::ZERO, |scored| scored.common_points),
        score: scored.map(|scored| scored.total),
        level: scored.map(|scored| scored.level),
        waiting,
        confirmed,
    }
}

/// Stores the figures of a locked month and appends the change row with new minus old; recomputes the leaders above
/// when the score crossed the line of "hoàn thành".
///
/// # Errors
/// The database's failure.
pub async fn store(
    db: &mut PgConnection,
    month: &Month,
    after: Figures,
    kind: &str,
) -> Result<(), AppError> {
    if put(db, month, after, kind).await? {
        recompute_leaders(db, std::slice::from_ref(month)).await?;
    }
    Ok(())
}

/// Stores the figures; whether the score crossed the line of "hoàn thành".
async fn put(
    db: &mut PgConnection,
    month: &Month,
    after: Figures,
    kind: &str,
) -> Result<bool, AppError> {
    let period = month.period.first_day();
    sqlx::query!(
        "insert into person_month (agency_id, period, officer_id, unit_id, assignments, assigned, volume, quality,
            progress, accepted, common, score, level, waiting, sheet_status)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, s.status from sheet s
         where s.agency_id = $1 and s.period = $2 and s.officer_id = $3
         on conflict (agency_id, period, officer_id) do update set
            assignments = excluded.assignments, assigned = excluded.assigned, volume = excluded.volume,
            quality = excluded.quality, progress = excluded.progress, accepted = excluded.accepted,
            common = excluded.common, score = excluded.score, level = excluded.level, waiting = excluded.waiting,
            sheet_status = excluded.sheet_status, computed_at = now()",
        month.agency.0,
        period,
        month.officer.0,
        month.unit.0,
        after.assignments,
        after.assigned,
        after.volume,
        after.quality,
        after.progress,
        after.accepted,
        after.common,
        after.score,
        after.level.map(Level::as_str),
        after.waiting
    )
    .execute(&mut *db)
    .await?;
    let moved = Moved {
        agency: month.agency,
        period,
        unit: month.unit,
        officer: month.officer,
        kind,
    };
    append(db, moved, delta(month.before, after)).await?;
    let line = |figures: Option<Figures>| {
        figures
            .and_then(|figures| figures.score)
            .map(|score| score >= Level::Completed.threshold(&month.rules))
    };
    Ok(line(month.before) != line(Some(after)))
}

/// Place of a month in the order of locks: deeper units first, then staff, deputies, heads, then ids.
type LockOrder = (Reverse<i32>, u8, Uuid);

/// Recomputes the leaders whose d depends on these months: those of the same unit, or of the unit above for a head.
/// A leader stands after his subordinates in the order of locks, so two transactions never wait in a circle.
async fn recompute_leaders(db: &mut PgConnection, moved: &[Month]) -> Result<(), AppError> {
    let mut waiting: BTreeSet<LockOrder> = BTreeSet::new();
    for month in moved {
        waiting.extend(leaders_above(db, month).await?);
    }
    while let Some((_, _, leader)) = waiting.pop_first() {
        let Some(first) = moved.first() else { break };
        let above = Month::lock(
            db,
            first.agency,
            first.period,
            OfficerId(leader),
            first.period.last_day(),
        )
        .await?;
        // Signed meanwhile: a confirmed figure changes only by a superseding record.
        if above.status.is_concluded() {
            continue;
        }
        if recompute_one(db, &above, "subordinate").await?.1 {
            waiting.extend(leaders_above(db, &above).await?);
        }
    }
    Ok(())
}

async fn leaders_above(db: &mut PgConnection, month: &Month) -> Result<Vec<LockOrder>, AppError> {
    let rows = sqlx::query!(
        r#"select s.officer_id, s.role, length(l.path) as "depth!" from sheet s
           join unit u on u.agency_id = $1 and u.unit_id = $3
           join unit l on l.agency_id = $1 and l.unit_id = s.unit_id
           where s.agency_id = $1 and s.period = $2 and s.officer_id <> $4
             and s.status in ('draft', 'self_assessed')
             and case $5 when 'head' then s.unit_id = u.parent_id and s.role = 'head'
                         when 'deputy' then s.unit_id = $3 and s.role = 'head'
                         else s.unit_id = $3 and s.role in ('head', 'deputy') end"#,
        month.agency.0,
        month.period.first_day(),
        month.unit.0,
        month.officer.0,
        month.role.as_str()
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let rank = match row.role.parse().map_err(AppError::inner)? {
                ScoringRole::Staff => 0,
                ScoringRole::Deputy => 1,
                ScoringRole::Head => 2,
            };
            Ok((Reverse(row.depth), rank, row.officer_id))
        })
        .collect()
}

/// New minus old, as `unit_month` adds it up.
pub fn delta(before: Option<Figures>, after: Figures) -> Delta {
    let old = before.unwrap_or_default();
    let at = |figures: Figures, level: Level| i32::from(figures.level == Some(level));
    let step = |level: Level| at(after, level) - at(old, level);
    Delta {
        people: i32::from(before.is_none()),
        scored: i32::from(after.score.is_some()) - i32::from(old.score.is_some()),
        assignments: after.assignments - old.assignments,
        assigned: after.assigned - old.assigned,
        volume: after.volume - old.volume,
        quality: after.quality - old.quality,
        progress: after.progress - old.progress,
        score_sum: after.score.unwrap_or_default() - old.score.unwrap_or_default(),
        excellent: step(Level::Excellent),
        good: step(Level::Good),
        completed: step(Level::Completed),
        not_completed: step(Level::NotCompleted),
        waiting: after.waiting - old.waiting,
        confirmed: i32::from(after.confirmed) - i32::from(old.confirmed),
    }
}
