//! A month computed again from its stored inputs under its stored rules, and what is not as it was stored.

use std::collections::HashMap;

use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::scoring::{CommonPoint, Item, Outcome, PeriodInput, score};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::api::Differs;
use super::month::{MonthOf, Sheet, with_other_coefficient};
use crate::assignment::figures::figures;
use crate::assignment::month_lock::Figures;
use crate::error::AppError;
use crate::rule_set;

/// A stored score that does not follow from what is stored.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Whose it is.
    pub officer: Uuid,
    /// The personnel office's number of the person.
    pub code: String,
    /// Full name.
    pub name: String,
    /// The month.
    pub period: Period,
    /// In what; never empty.
    pub what: Vec<Differs>,
    /// The score as it is stored.
    pub stored: Option<Decimal>,
    /// The score as it follows.
    pub computed: Option<Decimal>,
}

/// Computes a month of an agency again: how many stored scores were computed, and which differ.
///
/// # Errors
/// The database's failure.
pub async fn month(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<(u32, Vec<Difference>), AppError> {
    let month = MonthOf::load(db, agency, period).await?;
    let other = with_other_coefficient(db, agency, period).await?;
    let mut rules: HashMap<String, Option<RuleSet>> = HashMap::new();
    for sheet in &month.sheets {
        if !rules.contains_key(&sheet.rule_set) {
            let found = rule_set::store::of(&mut *db, agency, &sheet.rule_set).await;
            rules.insert(sheet.rule_set.clone(), found.ok());
        }
    }
    let mut scores: HashMap<Uuid, Option<Decimal>> = HashMap::new();
    let mut differences = Vec::new();
    let mut checked = 0;
    for sheet in &month.sheets {
        checked += 1 + u32::from(sheet.own.0.is_some());
        let mut seen = Seen::default();
        let found = rules.get(&sheet.rule_set).and_then(Option::as_ref);
        match found {
            Some(rules) => again(&month, sheet, rules, &scores, &mut seen),
            None => seen.what.push(Differs::RuleSet),
        }
        if other.contains(&sheet.officer) {
            seen.what.push(Differs::Coefficient);
        }
        // Where nothing follows, what is stored stands in for those above.
        let stored = sheet.figures.and_then(|figures| figures.score);
        let computed = if found.is_some() { seen.score } else { stored };
        scores.insert(sheet.officer, computed);
        if !seen.what.is_empty() {
            differences.push(Difference {
                officer: sheet.officer,
                code: sheet.code.clone(),
                name: sheet.name.clone(),
                period,
                what: seen.what,
                stored,
                computed,
            });
        }
    }
    Ok((checked, differences))
}

#[derive(Default)]
struct Seen {
    what: Vec<Differs>,
    score: Option<Decimal>,
}

/// A confirmed sheet follows from the input that was stored with it, which must still be what its rows say; another
/// follows from its rows.
fn again(
    month: &MonthOf,
    sheet: &Sheet,
    rules: &RuleSet,
    scores: &HashMap<Uuid, Option<Decimal>>,
    seen: &mut Seen,
) {
    let from_rows = month.input(sheet, scores);
    let stored_input = sheet.concluded.2.as_ref().filter(|_| sheet.confirmed);
    let input = match stored_input.map(parsed) {
        None => from_rows,
        Some(Some(stored)) => {
            if facts(&stored) != facts(&from_rows) {
                seen.what.push(Differs::Input);
            }
            stored
        }
        Some(None) => {
            seen.what.push(Differs::Input);
            from_rows
        }
    };
    let Ok(outcome) = score(rules, &input) else {
        seen.what.push(Differs::Input);
        return;
    };
    let total = total(&outcome);
    seen.score = total;
    if sheet.confirmed && sheet.concluded.0 != total {
        seen.what.push(Differs::Confirmed);
    }
    let level = outcome.scored.as_ref().map(|scored| scored.level.as_str());
    if sheet.confirmed && sheet.concluded.1.as_deref() != level {
        seen.what.push(Differs::Level);
    }
    let computed = figures(month.work(sheet.officer), &outcome, sheet.confirmed);
    match sheet.figures {
        None => {
            if total.is_some() {
                seen.what.push(Differs::Score);
            }
        }
        Some(stored) => compare(stored, computed, seen),
    }
    if let (own, Some(input)) = &sheet.own {
        let own_again = parsed(input).and_then(|input| score(rules, &input).ok());
        if own_again.as_ref().map(self::total) != Some(*own) {
            seen.what.push(Differs::Own);
        }
    }
}

fn parsed(input: &Value) -> Option<PeriodInput> {
    serde_json::from_value(input.clone()).ok()
}

/// The work and the points of an input, whatever their order.
fn facts(input: &PeriodInput) -> (Vec<Item>, Vec<CommonPoint>) {
    let mut items = input.items.clone();
    for item in &mut items {
        item.deliverables.sort_unstable_by_key(|one| {
            (
                one.quantity,
                one.failed_reviews,
                one.excused_failed_reviews,
                one.delays,
                one.excused_delays,
                one.days_late,
            )
        });
    }
    items.sort_by(|one, other| one.reference.cmp(&other.reference));
    let mut common = input.common.clone();
    common.sort_by(|one, other| one.criterion.cmp(&other.criterion));
    (items, common)
}

fn total(outcome: &Outcome) -> Option<Decimal> {
    outcome.scored.as_ref().map(|scored| scored.total)
}

fn compare(stored: Figures, computed: Figures, seen: &mut Seen) {
    if stored.score != computed.score {
        seen.what.push(Differs::Score);
    }
    if stored.level != computed.level && !seen.what.contains(&Differs::Level) {
        seen.what.push(Differs::Level);
    }
    // Sums are stored with six decimals.
    let unit = Decimal::new(1, 6);
    let sums = [
        (stored.assigned, computed.assigned),
        (stored.volume, computed.volume),
        (stored.quality, computed.quality),
        (stored.progress, computed.progress),
        (stored.accepted, computed.accepted),
        (stored.common, computed.common),
    ];
    let counts = (stored.assignments, stored.waiting) != (computed.assignments, computed.waiting);
    if counts
        || sums
            .iter()
            .any(|(one, other)| (*one - *other).abs() >= unit)
    {
        seen.what.push(Differs::Sums);
    }
}
