//! The sheet as it is shown and printed, with the trace in words.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::number::round_half_up;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::scoring::{Leadership, Outcome, PeriodInput, ScoringRole, score};
use kpi::trace::{Line, Step, StepKey, Trace};
use kpi::wording::{explain, explain_line};
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::day_in;
use super::load_unit::{closed, status};
use crate::assignment::figures::{Basis, WorkRow, items, load_work, subordinate_scores};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::moment;
use crate::review::store::sheet::{self, SheetRow, StoredCriterion};
use crate::review::version;
use crate::review::wire::{CriterionRow, GroupRow, PrintView, SheetView, TraceStep};
use crate::{rule_set, sign};

/// The rule set of a sheet; of a month without one, the one that a new sheet would get.
pub(super) async fn rules_of(
    pool: &PgPool,
    access: &Access,
    period: Period,
    row: &SheetRow,
) -> Result<RuleSet, AppError> {
    rule_set::store::of_month(pool, access.actor.agency, period, row.rule_set.as_deref()).await
}

/// One's own sheet, in one statement.
///
/// # Errors
/// `Forbidden` without an officer; `NotFound` without a post in this month; the database's failure.
pub async fn load_sheet(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
) -> Result<SheetView, AppError> {
    let officer = access.officer()?;
    let row = row(pool, access, today, period, officer).await?;
    let rules = rules_of(pool, access, period, &row).await?;
    view(access, (period, today), officer, &row, &rules)
}

pub(super) async fn row(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    officer: OfficerId,
) -> Result<SheetRow, AppError> {
    sheet::load(
        pool,
        access.agency(),
        period.first_day(),
        officer.0,
        day_in(period, today),
    )
    .await
}

pub(super) fn view(
    access: &Access,
    (period, today): (Period, NaiveDate),
    officer: OfficerId,
    row: &SheetRow,
    rules: &RuleSet,
) -> Result<SheetView, AppError> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let percent = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    let stored = |code: &str| row.criteria.iter().find(|stored| stored.code == code);
    Ok(SheetView {
        officer: officer.0,
        name: row.name.clone(),
        title: row.title.clone(),
        unit: row.unit_name.clone(),
        agency: access.actor.agency_name.clone(),
        period,
        today,
        role: role(row)?,
        status: status(row.status.as_deref()),
        closed: closed(row.closed.as_deref()),
        version: row.version.unwrap_or_default(),
        groups: rules
            .criterion_groups
            .iter()
            .map(|group| GroupRow {
                code: group.code.clone(),
                label: group.label.clone(),
            })
            .collect(),
        criteria: rules
            .criteria
            .iter()
            .map(|criterion| CriterionRow {
                code: criterion.code.clone(),
                label: criterion.label.clone(),
                group: criterion.group.clone(),
                max: criterion.max,
                own: stored(&criterion.code).and_then(|stored| stored.own),
                confirmed: stored(&criterion.code).and_then(|stored| stored.confirmed),
                reason: stored(&criterion.code)
                    .map_or_else(String::new, |stored| stored.reason.clone()),
            })
            .collect(),
        strengths: text(&row.strengths),
        shortcomings: text(&row.shortcomings),
        remark: text(&row.remark),
        organising: percent(row.organising),
        organising_reason: text(&row.organising_reason),
        unity: percent(row.unity),
        unity_reason: text(&row.unity_reason),
        own_total: row.self_total,
        submitted: row.submitted_at.map(moment),
        confirmed_total: row.confirmed_total,
        confirmed_level: row
            .confirmed_level
            .as_deref()
            .and_then(|level| level.parse().ok()),
        confirmed_by: row.confirmed_by.clone(),
        confirmed: row.confirmed_at.map(moment),
        key: Uuid::now_v7(),
    })
}

pub(in crate::review) fn role(row: &SheetRow) -> Result<ScoringRole, AppError> {
    row.role.parse().map_err(AppError::inner)
}

/// Scores of a leader's subordinates; nothing is asked for staff.
pub(super) async fn subordinates(
    db: &mut PgConnection,
    access: &Access,
    period: Period,
    officer: OfficerId,
    row: &SheetRow,
) -> Result<Vec<Decimal>, AppError> {
    let role = role(row)?;
    if !role.is_leader() {
        return Ok(Vec::new());
    }
    subordinate_scores(
        db,
        access.actor.agency,
        period.first_day(),
        kpi::ids::UnitId(row.unit),
        officer,
        role,
    )
    .await
}

/// The score on one basis, as `assignment::figures` computes it from the same rows.
pub(in crate::review) fn outcome(
    row: &SheetRow,
    rules: &RuleSet,
    work: &[WorkRow],
    subordinates: Vec<Decimal>,
    basis: Basis,
) -> Result<Outcome, AppError> {
    Ok(score(rules, &input(row, work, subordinates, basis)?)?)
}

/// What that score is computed from.
pub(super) fn input(
    row: &SheetRow,
    work: &[WorkRow],
    subordinates: Vec<Decimal>,
    basis: Basis,
) -> Result<PeriodInput, AppError> {
    let role = role(row)?;
    let percent = |value: Option<i32>| value.and_then(|value| u32::try_from(value).ok());
    let point = |stored: &StoredCriterion| {
        stored
            .confirmed
            .or(stored.own)
            .map(|points| kpi::scoring::CommonPoint {
                criterion: stored.code.clone(),
                points,
            })
    };
    Ok(PeriodInput {
        role,
        common: row.criteria.iter().filter_map(point).collect(),
        items: items(work, basis),
        leadership: role.is_leader().then(|| Leadership {
            subordinate_scores: subordinates,
            // Until the superior chooses, the provisional score supposes no limitation.
            organising: percent(row.organising).unwrap_or(100),
            unity: percent(row.unity).unwrap_or(100),
        }),
        cap: None,
    })
}

/// The printable sheet of a person within reach: as confirmed, or provisional.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound` without a post in this month; the database's failure.
pub async fn load_print(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    officer: OfficerId,
) -> Result<PrintView, AppError> {
    let row = row(pool, access, today, period, officer).await?;
    access.reach_person(officer, &row.path)?;
    let rules = rules_of(pool, access, period, &row).await?;
    let sheet = view(access, (period, today), officer, &row, &rules)?;
    let trace = match &row.confirmed_trace {
        Some(stored) => serde_json::from_value(stored.clone()).map_err(AppError::inner)?,
        None => {
            let mut db = pool.acquire().await?;
            let work = load_work(&mut db, access.actor.agency, period.first_day(), officer).await?;
            let scores = subordinates(&mut db, access, period, officer, &row).await?;
            outcome(&row, &rules, &work, scores, Basis::Reported)?.trace
        }
    };
    access.viewed(pool, [officer], "sheet");
    let (first, agency) = (period.first_day(), access.agency());
    let versions = version::store::list(pool, agency, first, officer.0).await?;
    let announcement = match version::store::announcement(pool, agency, first, officer.0).await? {
        Some(id) => {
            let mut db = pool.acquire().await?;
            sign::store::by_id(&mut db, access.actor.agency, id).await?
        }
        None => Vec::new(),
    };
    let published = |key| trace.step(key).map(|step| step.published);
    let announced = matches!(
        sheet.status,
        kpi::review::SheetStatus::Announced | kpi::review::SheetStatus::Locked
    );
    Ok(PrintView {
        contestable: announced && access.actor.officer == Some(officer),
        common_points: published(StepKey::CommonPoints)
            .unwrap_or_else(|| round_half_up(sheet.own_points(), rules.decimals)),
        task_points: published(StepKey::TaskPoints),
        total: published(StepKey::Total),
        level: trace.step(StepKey::Level).map(kpi::wording::level_in),
        sheet,
        rules: (rules.code, rules.name),
        trace: in_words(&trace),
        versions: version::shown(&versions),
        announcement,
    })
}

fn in_words(trace: &Trace) -> Vec<TraceStep> {
    trace
        .steps
        .iter()
        .map(|step| TraceStep {
            sentence: explain(step),
            lines: lines(step),
        })
        .collect()
}

/// The lines of a sum. Of quality and progress only the items with faults: the others count as they do in the completed
/// volume, where they stand, so that the whole trace fits on one page.
fn lines(step: &Step) -> Vec<String> {
    let faulty: Vec<u32> = step
        .lines
        .iter()
        .filter(|line| line.faults > 0)
        .map(|line| line.item)
        .collect();
    let all = matches!(step.key, StepKey::Assigned | StepKey::Volume);
    let told = |line: &&Line| all || faulty.contains(&line.item);
    let mut words: Vec<String> = step
        .lines
        .iter()
        .filter(told)
        .map(|line| explain_line(step.key, line))
        .collect();
    if !words.is_empty() && step.lines.iter().any(|line| !told(&line)) {
        words.push("Các dòng khác như ở khối lượng hoàn thành.".to_owned());
    }
    words
}
