//! What the recognising authority may decide (Điều 5, Điều 8): the level the law gives, or one of those it leaves open.

use super::{UnitOutcome, UnitReason};
use crate::{
    level::{Level, level_of},
    rule_set::RuleSet,
};

/// A level that may be recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The level.
    pub level: Level,
    /// Whether the law does not give it by itself, so that a reason must be recorded.
    pub needs_reason: bool,
}

/// The levels an authority may recognise for an outcome, best first.
///
/// A level that the law gives stands; "xuất sắc" may become "tốt" under the cap of khoản 5 Điều 8, with a reason.
/// Where the law leaves the level open, none above what the score allows, and never "xuất sắc", which asks for every
/// task (khoản 1 Điều 8).
#[must_use]
pub fn choices(rule_set: &RuleSet, outcome: &UnitOutcome) -> Vec<Choice> {
    let given = |level| Choice {
        level,
        needs_reason: false,
    };
    let chosen = |level| Choice {
        level,
        needs_reason: true,
    };
    match outcome.level {
        Some(Level::Excellent) => vec![given(Level::Excellent), chosen(Level::Good)],
        Some(level) => vec![given(level)],
        None => {
            let most = level_of(rule_set, outcome.total).min(Level::Good);
            Level::ALL
                .iter()
                .rev()
                .filter(|level| **level <= most)
                .map(|level| chosen(*level))
                .collect()
        }
    }
}

impl UnitReason {
    /// Whether the law leaves the level to the authority (khoản 1–4 Điều 8 give none).
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::ForceMajeure | Self::Unfinished | Self::TooManyLate
        )
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn outcome(total: u32, level: Option<Level>, reason: UnitReason) -> UnitOutcome {
        UnitOutcome {
            basic_points: Decimal::ZERO,
            functional_points: Decimal::ZERO,
            total: total.into(),
            level,
            reason,
        }
    }

    fn levels(outcome: &UnitOutcome) -> Vec<(Level, bool)> {
        choices(&RuleSet::nd_335_2025(), outcome)
            .into_iter()
            .map(|choice| (choice.level, choice.needs_reason))
            .collect()
    }

    #[test]
    fn choices_are_the_level_that_clauses_1_to_4_of_article_8_give() {
        let good = outcome(80, Some(Level::Good), UnitReason::Score);
        assert_eq!(levels(&good), [(Level::Good, false)]);
    }

    #[test]
    fn choices_under_the_cap_of_clause_5_of_article_8_need_a_reason() {
        let best = outcome(95, Some(Level::Excellent), UnitReason::Score);
        assert_eq!(
            levels(&best),
            [(Level::Excellent, false), (Level::Good, true)]
        );
    }

    #[test]
    fn choices_that_article_8_leaves_open_are_bounded_by_the_score() {
        let high = outcome(95, None, UnitReason::Unfinished);
        assert_eq!(
            levels(&high),
            [
                (Level::Good, true),
                (Level::Completed, true),
                (Level::NotCompleted, true)
            ]
        );
        let low = outcome(60, None, UnitReason::TooManyLate);
        assert_eq!(
            levels(&low),
            [(Level::Completed, true), (Level::NotCompleted, true)]
        );
        assert!(UnitReason::ForceMajeure.is_open() && !UnitReason::Late.is_open());
    }
}
