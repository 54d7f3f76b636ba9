//! "Nếu thì": a month's input with a few things changed, computed by the rules wherever the reader is.

use kpi::rule_set::{DelayUnit, RuleSet};
use kpi::scoring::{CommonPoint, DeliverableInput, Item, MAX_FAULTS, PeriodInput};
use rust_decimal::Decimal;

use super::wire::Start;

/// What the reader changes of one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// Completed, all deliverables together.
    pub quantity: Decimal,
    /// Reviews failed for a major error.
    pub failed_reviews: u32,
    /// Due dates missed, or working days late where the rules count days.
    pub delays: u32,
}

/// What the reader changes; as it begins, nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// By position of the item.
    pub items: Vec<ItemChange>,
    /// Points of the common criteria, all together.
    pub common: Decimal,
    /// đ in percent; a leader's only.
    pub organising: Option<u32>,
    /// e in percent; a leader's only.
    pub unity: Option<u32>,
}

impl Change {
    /// The month as it is.
    pub fn none(start: &Start) -> Self {
        let (rules, input) = (&start.rules, &start.input);
        let leadership = input.leadership.as_ref();
        Self {
            items: input.items.iter().map(|item| as_is(rules, item)).collect(),
            common: input.common.iter().map(|point| point.points).sum(),
            organising: leadership.map(|given| given.organising),
            unity: leadership.map(|given| given.unity),
        }
    }

    /// The input with the change in it. Faults go to the first deliverable of their item, completed quantity comes as
    /// one more deliverable without faults; common points rise from the first criterion and fall from the last.
    pub fn applied(&self, start: &Start) -> PeriodInput {
        let mut input = start.input.clone();
        for (item, change) in input.items.iter_mut().zip(&self.items) {
            if as_is(&start.rules, item) != *change {
                quantity(&mut item.deliverables, change.quantity);
                let counts_days = start.rules.deductions.delay_unit == DelayUnit::WorkingDays;
                let late: Counter = if counts_days { DAYS_LATE } else { DELAYS };
                faults(
                    &mut item.deliverables,
                    FAILED_REVIEWS,
                    change.failed_reviews,
                );
                faults(&mut item.deliverables, late, change.delays);
            }
        }
        common(&start.rules, &mut input.common, self.common);
        if let Some(leadership) = &mut input.leadership {
            leadership.organising = self.organising.unwrap_or(leadership.organising);
            leadership.unity = self.unity.unwrap_or(leadership.unity);
        }
        input
    }
}

/// The most that may be completed of an item.
pub fn room(item: &Item) -> Decimal {
    item.assigned - item.handed_over
}

/// "+1,25", "−3", "0".
pub fn signed(difference: Decimal) -> String {
    let sign = if difference > Decimal::ZERO { "+" } else { "" };
    let number = crate::format::number(difference, difference.scale());
    format!("{sign}{}", number.replace('-', "−"))
}

/// Faults of one kind, and how many of them are excused.
type Counter = fn(&mut DeliverableInput) -> (&mut u32, &mut u32);

const FAILED_REVIEWS: Counter =
    |given| (&mut given.failed_reviews, &mut given.excused_failed_reviews);
const DELAYS: Counter = |given| (&mut given.delays, &mut given.excused_delays);
const DAYS_LATE: Counter = |given| (&mut given.days_late, &mut given.excused_days_late);

fn as_is(rules: &RuleSet, item: &Item) -> ItemChange {
    let sum = |count: fn(&DeliverableInput) -> u32| item.deliverables.iter().map(count).sum();
    ItemChange {
        quantity: item.deliverables.iter().map(|given| given.quantity).sum(),
        failed_reviews: sum(|given| given.failed_reviews),
        delays: match rules.deductions.delay_unit {
            DelayUnit::MissedDates => sum(|given| given.delays),
            DelayUnit::WorkingDays => sum(|given| given.days_late),
        },
    }
}

fn quantity(deliverables: &mut Vec<DeliverableInput>, wanted: Decimal) {
    let now: Decimal = deliverables.iter().map(|given| given.quantity).sum();
    if wanted > now {
        deliverables.push(DeliverableInput {
            quantity: wanted - now,
            ..DeliverableInput::default()
        });
    }
    let mut surplus = now - wanted;
    while surplus > Decimal::ZERO {
        let Some(last) = deliverables.last_mut() else {
            break;
        };
        let cut = surplus.min(last.quantity);
        last.quantity -= cut;
        surplus -= cut;
        if last.quantity == Decimal::ZERO {
            deliverables.pop();
        }
    }
}

/// Excused ones are the last to go.
fn faults(deliverables: &mut [DeliverableInput], counter: Counter, wanted: u32) {
    let now: u32 = deliverables.iter_mut().map(|given| *counter(given).0).sum();
    if let Some(first) = deliverables.first_mut() {
        let happened = counter(first).0;
        *happened = (*happened + wanted.saturating_sub(now)).min(MAX_FAULTS);
    }
    let mut surplus = now.saturating_sub(wanted);
    for given in deliverables.iter_mut() {
        let (happened, excused) = counter(given);
        let cut = surplus.min(*happened);
        *happened -= cut;
        *excused = (*excused).min(*happened);
        surplus -= cut;
    }
}

fn common(rules: &RuleSet, points: &mut Vec<CommonPoint>, wanted: Decimal) {
    let now: Decimal = points.iter().map(|point| point.points).sum();
    let mut missing = (wanted - now).max(Decimal::ZERO);
    for criterion in &rules.criteria {
        if missing == Decimal::ZERO {
            break;
        }
        let found = points
            .iter_mut()
            .find(|point| point.criterion == criterion.code);
        let has = found.as_ref().map_or(Decimal::ZERO, |point| point.points);
        let more = missing.min(criterion.max - has);
        missing -= more;
        match found {
            Some(point) => point.points += more,
            None if more > Decimal::ZERO => points.push(CommonPoint {
                criterion: criterion.code.clone(),
                points: more,
            }),
            None => {}
        }
    }
    let mut surplus = (now - wanted).max(Decimal::ZERO);
    for point in points.iter_mut().rev() {
        let less = surplus.min(point.points);
        point.points -= less;
        surplus -= less;
    }
}

#[cfg(test)]
mod tests;
