//! What would raise a score most: one action, with the score it would give.
//! Every action is tried on the exact sums, so the answer is the engine's own.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    exact::{self, Exact},
    level::{Level, decide},
    number::format_vi,
    rule_set::{DelayUnit, RuleSet},
    scoring::{
        DeliverableInput, Item, ItemKind, PeriodInput, RuleError, check,
        engine::total_of,
        sums::{Sums, position_of},
        writer::{Faults, Writer},
    },
    trace::recompute::converted,
    wording::{delay_name, named},
};

/// One thing that can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Deliver what is left of a planned item, without fault.
    FinishItem {
        /// Position of the item, from 0.
        item: u32,
        /// Its reference.
        reference: Option<String>,
        /// Its title.
        title: Option<String>,
        /// What is left.
        quantity: Decimal,
    },
    /// Have one failed review confirmed as caused objectively.
    ExcuseFailedReview {
        /// Position of the item, from 0.
        item: u32,
        /// Its reference.
        reference: Option<String>,
        /// Its title.
        title: Option<String>,
        /// Position of the deliverable in the item, from 0.
        deliverable: u32,
    },
    /// Have one delay confirmed as caused objectively.
    ExcuseDelay {
        /// Position of the item, from 0.
        item: u32,
        /// Its reference.
        reference: Option<String>,
        /// Its title.
        title: Option<String>,
        /// Position of the deliverable in the item, from 0.
        deliverable: u32,
    },
    /// Reach the maximum of a common criterion.
    MaximiseCriterion {
        /// Its code.
        criterion: String,
        /// Its maximum.
        points: Decimal,
    },
}

/// The best single action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advice {
    /// What to do.
    pub action: Action,
    /// Published score now.
    pub total: Decimal,
    /// Published score after the action.
    pub new_total: Decimal,
    /// Level after the action.
    pub new_level: Level,
    /// The next better level than now.
    pub next_level: Option<Level>,
    /// Points from now to that level.
    pub points_missing: Option<Decimal>,
    /// All of this in one Vietnamese sentence.
    pub sentence: String,
}

/// The single action that raises the score most: finishing a planned item,
/// having one fault excused, or one common criterion at its maximum. Work
/// comes before causes and causes before criteria where they are worth the
/// same, all by the formulae of Điều 14–17. `None` if nothing raises it, nothing
/// was assigned, or the input is refused.
#[must_use]
pub fn what_would_raise_most(rule_set: &RuleSet, input: &PeriodInput) -> Option<Advice> {
    best(rule_set, input).ok().flatten()
}

fn best(rule_set: &RuleSet, input: &PeriodInput) -> Result<Option<Advice>, RuleError> {
    rule_set.validate()?;
    check::input(rule_set, input)?;
    let mut writer = Writer::new(rule_set);
    let sums = writer.sums(input)?;
    let common = writer.common(input)?;
    if sums.assigned == exact::whole(0) {
        return Ok(None);
    }
    let now = total_of(rule_set, input, &sums, &common)?;
    let mut search = Search {
        rule_set,
        input,
        sums,
        common,
        best: now,
        action: None,
    };
    search.unfinished_items()?;
    search.faults()?;
    search.criteria()?;
    let (best, action) = (search.best, search.action);
    let Some(action) = action else {
        return Ok(None);
    };
    let (before, after) = (decide(rule_set, &now)?, decide(rule_set, &best)?);
    if before.0 == after.0 {
        return Ok(None);
    }
    Ok(Some(advice(rule_set, action, before, after)))
}

struct Search<'a> {
    rule_set: &'a RuleSet,
    input: &'a PeriodInput,
    sums: Sums,
    common: Exact,
    best: Exact,
    action: Option<Action>,
}

impl<'a> Search<'a> {
    /// Keeps the action if its total is better than the best so far.
    fn try_action(
        &mut self,
        sums: &Sums,
        common: &Exact,
        action: impl FnOnce() -> Action,
    ) -> Result<(), RuleError> {
        let total = total_of(self.rule_set, self.input, sums, common)?;
        if total > self.best {
            self.best = total;
            self.action = Some(action());
        }
        Ok(())
    }

    fn items(&self) -> impl Iterator<Item = (u32, &'a Item)> + use<'a> {
        (0_u32..).zip(&self.input.items)
    }

    fn unfinished_items(&mut self) -> Result<(), RuleError> {
        for (index, item) in self.items().filter(|(_, item)| item.kind == ItemKind::Plan) {
            let delivered: Decimal = item.deliverables.iter().map(|given| given.quantity).sum();
            let left = item.assigned - item.handed_over - delivered;
            if left <= Decimal::ZERO {
                continue;
            }
            let gain = self.converted(item, left)?;
            let sums = Sums {
                assigned: self.sums.assigned,
                volume: exact::add(&self.sums.volume, &gain)?,
                quality: exact::add(&self.sums.quality, &gain)?,
                progress: exact::add(&self.sums.progress, &gain)?,
            };
            let common = self.common;
            self.try_action(&sums, &common, || Action::FinishItem {
                item: index,
                reference: item.reference.clone(),
                title: item.title.clone(),
                quantity: left,
            })?;
        }
        Ok(())
    }

    fn faults(&mut self) -> Result<(), RuleError> {
        let reviews = Faults::reviews(&self.rule_set.deductions);
        let delays = Faults::delays(&self.rule_set.deductions);
        let common = self.common;
        for (index, item) in self.items() {
            for (position, given) in (0_u32..).zip(&item.deliverables) {
                let counted = reviews.counted(given);
                if counted > 0 {
                    let gain = self.excuse(item, given, reviews, counted)?;
                    let mut sums = self.sums;
                    sums.quality = exact::add(&sums.quality, &gain)?;
                    self.try_action(&sums, &common, || Action::ExcuseFailedReview {
                        item: index,
                        reference: item.reference.clone(),
                        title: item.title.clone(),
                        deliverable: position,
                    })?;
                }
                let counted = delays.counted(given);
                if counted > 0 {
                    let gain = self.excuse(item, given, delays, counted)?;
                    let mut sums = self.sums;
                    sums.progress = exact::add(&sums.progress, &gain)?;
                    self.try_action(&sums, &common, || Action::ExcuseDelay {
                        item: index,
                        reference: item.reference.clone(),
                        title: item.title.clone(),
                        deliverable: position,
                    })?;
                }
            }
        }
        Ok(())
    }

    fn converted(&self, item: &Item, quantity: Decimal) -> Result<Exact, RuleError> {
        let position = position_of(self.rule_set, self.input.role);
        Ok(converted(quantity, item.coefficient, position)?)
    }

    /// Standard units regained when one of `counted` faults is excused.
    fn excuse(
        &self,
        item: &Item,
        given: &DeliverableInput,
        faults: Faults<'_>,
        counted: u32,
    ) -> Result<Exact, RuleError> {
        let with = faults.lost(counted)?;
        let without = faults.lost(counted.saturating_sub(1))?;
        let regained = exact::sub(&with, &without)?;
        Ok(exact::mul(
            &self.converted(item, given.quantity)?,
            &regained,
        )?)
    }

    fn criteria(&mut self) -> Result<(), RuleError> {
        let rule_set = self.rule_set;
        for criterion in &rule_set.criteria {
            let points = self
                .input
                .common
                .iter()
                .find(|point| point.criterion == criterion.code)
                .map_or(Decimal::ZERO, |point| point.points);
            if points >= criterion.max {
                continue;
            }
            let common = exact::add(&self.common, &exact::from_decimal(criterion.max - points)?)?;
            let sums = self.sums;
            self.try_action(&sums, &common, || Action::MaximiseCriterion {
                criterion: criterion.code.clone(),
                points: criterion.max,
            })?;
        }
        Ok(())
    }
}

fn advice(
    rule_set: &RuleSet,
    action: Action,
    (total, level): (Decimal, Level),
    (new_total, new_level): (Decimal, Level),
) -> Advice {
    let next_level = level.next();
    let points_missing = next_level.map(|next| next.threshold(rule_set) - total);
    let act = act(&action, rule_set.deductions.delay_unit);
    let shown = |value: Decimal| format_vi(value, rule_set.decimals);
    let sentence = match (next_level, points_missing) {
        (Some(next), Some(missing)) => {
            let still = next.threshold(rule_set) - new_total;
            let rest = if still > Decimal::ZERO {
                format!(", còn thiếu {} điểm", shown(still))
            } else {
                String::new()
            };
            format!(
                "Cần thêm {} điểm để đạt mức {}: {act} sẽ đưa điểm lên {}{rest}.",
                shown(missing),
                next.short().to_lowercase(),
                shown(new_total)
            )
        }
        _ => format!(
            "Đang ở mức xuất sắc: {act} sẽ đưa điểm lên {}.",
            shown(new_total)
        ),
    };
    Advice {
        action,
        total,
        new_total,
        new_level,
        next_level,
        points_missing,
        sentence,
    }
}

fn act(action: &Action, delay_unit: DelayUnit) -> String {
    match action {
        Action::FinishItem { item, title, .. } => {
            format!("hoàn thành {} đúng hạn", named(title.as_deref(), *item))
        }
        Action::ExcuseFailedReview { item, title, .. } => format!(
            "được xác nhận nguyên nhân khách quan cho một lần chưa đạt của {}",
            named(title.as_deref(), *item)
        ),
        Action::ExcuseDelay { item, title, .. } => format!(
            "được xác nhận nguyên nhân khách quan cho một {} của {}",
            delay_name(delay_unit),
            named(title.as_deref(), *item)
        ),
        Action::MaximiseCriterion { criterion, points } => {
            format!(
                "đạt tối đa {} điểm ở tiêu chí {criterion}",
                format_vi(*points, 2)
            )
        }
    }
}

#[cfg(test)]
mod tests;
