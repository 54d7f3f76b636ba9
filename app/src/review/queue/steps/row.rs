//! One person of the queue: what was claimed, what was computed, what is prepared, and why it asks for a look.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::number::parse_number;
use kpi::review::{MonthSeen, attention};
use kpi::rule_set::RuleSet;
use kpi::scoring::Outcome;
use kpi::wording::explain_gap;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::assignment::figures::Basis;
use crate::error::AppError;
use crate::format::{moment, vietnam};
use crate::review::queue::store::Recorded;
use crate::review::queue::wire::{DoneRow, LeaderChoice, PreparedBy, QueueRow, Said};
use crate::review::steps::{Conclusion, components, outcome, role, status, total, whole};
use crate::review::store::prepared::Prepared;
use crate::review::store::sheet::SheetRow;
use crate::review::store::work::{self, ReviewedWork};
use crate::review::wire::CriterionRow;

/// What is known besides the sheet.
pub struct Known<'a> {
    /// The viewer.
    pub me: Uuid,
    /// The rules of the sheet.
    pub rules: &'a RuleSet,
    /// The work.
    pub work: Vec<ReviewedWork>,
    /// Scores of a leader's subordinates.
    pub below: Vec<Decimal>,
    /// The last day of self-assessment.
    pub due: Option<NaiveDate>,
    /// Mean of the months before.
    pub before: Option<Decimal>,
    /// What is recorded about the unit.
    pub recorded: Option<&'a Recorded>,
    /// What is prepared.
    pub prepared: Option<&'a Prepared>,
    /// What meetings said.
    pub said: Vec<Said>,
}

/// A sheet that is confirmed already.
pub fn done(sheet: &SheetRow) -> Option<DoneRow> {
    let status = status(sheet.status.as_deref());
    status.is_concluded().then(|| DoneRow {
        officer: sheet.officer,
        name: sheet.name.clone(),
        total: sheet.confirmed_total,
        level: level(sheet.confirmed_level.as_deref()),
        status,
    })
}

fn level(stored: Option<&str>) -> Option<Level> {
    stored.and_then(|level| level.parse().ok())
}

/// A sheet that waits.
///
/// # Errors
/// A rule's refusal of what is stored.
pub fn row(mut sheet: SheetRow, known: Known<'_>) -> Result<QueueRow, AppError> {
    let rows = work::rows(&known.work);
    let of =
        |sheet: &SheetRow, basis| outcome(sheet, known.rules, &rows, known.below.clone(), basis);
    let computed = of(&sheet, Basis::Accepted)?;
    let reported = of(&sheet, Basis::Reported)?;
    let components = components(&known.work, known.rules, &computed, &reported);
    let typed = known
        .prepared
        .map(|prepared| serde_json::from_value::<Conclusion>(prepared.content.clone()))
        .transpose()
        .map_err(AppError::inner)?;
    let leader = role(&sheet)?
        .is_leader()
        .then(|| choice(&known, typed.as_ref()));
    let seen = seen(&sheet, &known, &computed, leader.is_some());
    if let Some(typed) = &typed {
        apply(&mut sheet, typed);
    }
    let concluded = of(&sheet, Basis::Accepted)?;
    let parts: Vec<(&str, Decimal, Decimal)> = components
        .iter()
        .map(|part| (part.name.as_str(), part.reported, part.percent))
        .collect();
    let difference = match sheet.self_total.zip(total(&computed)) {
        Some((own, computed)) => explain_gap(own, computed, &parts),
        None => String::new(),
    };
    Ok(QueueRow {
        prepares: known.me != sheet.officer,
        officer: sheet.officer,
        version: sheet.version.unwrap_or_default(),
        sent: seen.sent,
        own: sheet.self_total,
        computed: total(&computed),
        concluded: total(&concluded),
        level: concluded.scored.as_ref().map(|scored| scored.level),
        difference,
        attention: attention(&known.rules.attention, &seen)
            .into_iter()
            .map(|why| why.sentence())
            .collect(),
        waiting: seen.waiting,
        criteria: criteria(&sheet, known.rules, typed.as_ref()),
        components,
        remark: typed
            .as_ref()
            .map_or_else(String::new, |typed| typed.remark.clone()),
        leader,
        prepared: known.prepared.map(|prepared| PreparedBy {
            by: (prepared.by != known.me).then(|| prepared.by_name.clone()),
            at: moment(prepared.at),
            ready: prepared.ready,
            fits: sheet.version == Some(prepared.sheet_version),
            version: prepared.version,
        }),
        said: known.said,
        key: Uuid::now_v7(),
        name: sheet.name,
        title: sheet.title,
        strengths: sheet.strengths.unwrap_or_default(),
        shortcomings: sheet.shortcomings.unwrap_or_default(),
    })
}

fn seen(sheet: &SheetRow, known: &Known<'_>, computed: &Outcome, leader: bool) -> MonthSeen {
    let count = |of: fn(&ReviewedWork) -> i32| whole(known.work.iter().map(of).sum::<i32>());
    let left = |happened: Option<i32>, excused: Option<i32>| {
        (happened.unwrap_or(0) - excused.unwrap_or(0)).max(0)
    };
    let with_status = |status: &str| {
        let found = known
            .work
            .iter()
            .filter(|work| work.row.status.as_deref() == Some(status));
        u32::try_from(found.count()).unwrap_or(u32::MAX)
    };
    let causes: usize = known.work.iter().map(|work| work.causes.len()).sum();
    let bare = known
        .work
        .iter()
        .filter(|work| work.row.status.as_deref() == Some("accepted") && work.evidence.is_empty());
    let mut bare: Vec<Uuid> = bare.map(|work| work.row.assignment).collect();
    bare.dedup();
    MonthSeen {
        sent: sheet.submitted_at.is_some(),
        sent_late: sheet
            .submitted_at
            .zip(known.due)
            .is_some_and(|(at, due)| vietnam(at).date() > due),
        own: sheet.self_total,
        computed: total(computed),
        before: known.before,
        waiting: with_status("delivered") + u32::try_from(causes).unwrap_or(u32::MAX),
        delays: count(|work| {
            (work.row.delays.unwrap_or(0) - work.row.excused_delays.unwrap_or(0)).max(0)
        }),
        failed_reviews: whole(
            known
                .work
                .iter()
                .map(|work| left(work.row.failed_reviews, work.row.excused_failed_reviews))
                .sum::<i32>(),
        ),
        returned: with_status("returned"),
        without_evidence: u32::try_from(bare.len()).unwrap_or(u32::MAX),
        leader_open: leader,
    }
}

/// đ and e: as prepared, else what the records speak for; nothing where they say nothing (choice A14).
fn choice(known: &Known<'_>, typed: Option<&Conclusion>) -> LeaderChoice {
    let allowed = known.rules.leadership.allowed.clone();
    let best = allowed.iter().max().copied();
    let initiative = known.recorded.and_then(|one| one.initiative.clone());
    let complaints = known.recorded.map_or(0, |one| one.complaints);
    let initiatives = known.recorded.map_or(0, |one| one.initiatives);
    let recorded = format!("Đã ghi nhận: {initiatives} sáng kiến, {complaints} phản ánh.");
    match typed {
        Some(typed) => LeaderChoice {
            allowed,
            organising: typed.organising.parse().ok(),
            organising_reason: typed.organising_reason.clone(),
            unity: typed.unity.parse().ok(),
            unity_reason: typed.unity_reason.clone(),
            recorded,
        },
        None => LeaderChoice {
            allowed,
            organising: best.filter(|_| initiative.is_some()),
            organising_reason: initiative
                .map_or_else(String::new, |text| format!("Sáng kiến: {text}")),
            unity: best.filter(|_| complaints == 0),
            unity_reason: String::new(),
            recorded,
        },
    }
}

/// Lays what is prepared over the sheet, so that it is scored as it would be signed.
fn apply(sheet: &mut SheetRow, typed: &Conclusion) {
    for (code, points) in &typed.points {
        let value = parse_number(points).ok();
        if let Some(row) = sheet.criteria.iter_mut().find(|row| row.code == *code) {
            row.confirmed = value;
        }
    }
    let percent = |typed: &str| typed.trim().parse::<i32>().ok();
    sheet.organising = percent(&typed.organising);
    sheet.unity = percent(&typed.unity);
}

fn criteria(sheet: &SheetRow, rules: &RuleSet, typed: Option<&Conclusion>) -> Vec<CriterionRow> {
    let rows = rules.criteria.iter().map(|criterion| {
        let stored = sheet.criteria.iter().find(|row| row.code == criterion.code);
        let reason = typed.and_then(|typed| typed.reasons.get(&criterion.code));
        CriterionRow {
            code: criterion.code.clone(),
            label: criterion.label.clone(),
            group: criterion.group.clone(),
            max: criterion.max,
            own: stored.and_then(|row| row.own),
            confirmed: stored.and_then(|row| row.confirmed),
            reason: reason.cloned().unwrap_or_default(),
        }
    });
    rows.collect()
}
