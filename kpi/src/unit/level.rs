//! The level of an organisation (Điều 8): score and conditions, the next level
//! down where a condition fails, and the authority where no level fits.

use rust_decimal::Decimal;

use super::{Tasks, UnitInput, UnitReason};
use crate::{
    level::{Level, level_of},
    rule_set::RuleSet,
};

/// The level of a published total (0 to 100) under the conditions of khoản 1–4
/// Điều 8, before the cap of khoản 5, with the first reason that decided it.
/// `None` where no level fits, or a cause beyond control is for the authority to weigh.
#[must_use]
pub fn level_of_unit(
    rule_set: &RuleSet,
    input: &UnitInput,
    published: Decimal,
) -> (Option<Level>, UnitReason) {
    use UnitReason as R;
    let by_score = level_of(rule_set, published);
    let rules = &rule_set.unit;
    let tasks = &input.tasks;
    let share = |share| share_of(tasks, share);
    if input.wrongdoing {
        return (Some(Level::NotCompleted), R::Wrongdoing);
    }
    if by_score == Level::NotCompleted {
        return (Some(Level::NotCompleted), R::Score);
    }
    if Decimal::from(tasks.completed) < share(rules.fulfilled_share) {
        return if input.force_majeure {
            (None, R::ForceMajeure)
        } else {
            (Some(Level::NotCompleted), R::Unfulfilled)
        };
    }
    // Khoản 1–3 all ask for every task; khoản 3 is the widest about late ones.
    if tasks.completed < tasks.assigned {
        return (None, R::Unfinished);
    }
    if Decimal::from(tasks.late) > share(rules.late_share) {
        return (None, R::TooManyLate);
    }
    if by_score == Level::Completed {
        return (Some(Level::Completed), R::Score);
    }
    if tasks.late > 0 {
        return (Some(Level::Completed), R::Late);
    }
    if tasks.quality_failed > 0 {
        return (Some(Level::Completed), R::QualityFailed);
    }
    if by_score == Level::Good {
        return (Some(Level::Good), R::Score);
    }
    if Decimal::from(tasks.exceeded) < share(rules.exceeded_share) {
        return (Some(Level::Good), R::TooFewExceeded);
    }
    if input.weak_subunits {
        return (Some(Level::Good), R::WeakSubunit);
    }
    if !input.shortcomings_fixed {
        return (Some(Level::Good), R::ShortcomingsOpen);
    }
    (Some(Level::Excellent), R::Score)
}

/// How many tasks a share of the assigned is, exactly.
fn share_of(tasks: &Tasks, share: Decimal) -> Decimal {
    share * Decimal::from(tasks.assigned)
}
