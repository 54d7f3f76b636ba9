//! The level of an organisation (Điều 8): score and conditions, the next level
//! down where a condition fails, and the authority where no level fits.

use rust_decimal::Decimal;

use super::{Tasks, UnitInput, UnitReason};
use crate::{
    level::Level,
    rule_set::{OrgCascade, RuleSet},
};

/// The level of an organisation that is at `by_score` by its total, under the
/// conditions of khoản 1–4 Điều 8, before the cap of khoản 5, with the first
/// reason that decided it. `None` where no level fits, a cause beyond control
/// is for the authority to weigh, or the rule set leaves every failed condition
/// to it (choice A30).
#[must_use]
pub fn level_of_unit(
    rule_set: &RuleSet,
    input: &UnitInput,
    by_score: Level,
) -> (Option<Level>, UnitReason) {
    use UnitReason as R;
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
    let down = |level| Some(level).filter(|_| rules.cascade == OrgCascade::Cascade);
    if by_score == Level::Completed {
        return (Some(Level::Completed), R::Score);
    }
    if tasks.late > 0 {
        return (down(Level::Completed), R::Late);
    }
    if tasks.quality_failed > 0 {
        return (down(Level::Completed), R::QualityFailed);
    }
    if by_score == Level::Good {
        return (Some(Level::Good), R::Score);
    }
    if Decimal::from(tasks.exceeded) < share(rules.exceeded_share) {
        return (down(Level::Good), R::TooFewExceeded);
    }
    if input.weak_subunits {
        return (down(Level::Good), R::WeakSubunit);
    }
    if !input.shortcomings_fixed {
        return (down(Level::Good), R::ShortcomingsOpen);
    }
    (Some(Level::Excellent), R::Score)
}

/// How many tasks a share of the assigned is, exactly.
fn share_of(tasks: &Tasks, share: Decimal) -> Decimal {
    share * Decimal::from(tasks.assigned)
}
