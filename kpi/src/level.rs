//! The four levels of Điều 20, decided on the published score.

use rust_decimal::Decimal;

use crate::{
    code::code_enum,
    exact::{self, Exact, Overflow, Wide},
    rule_set::{Rounding, RuleSet},
    trace::Article,
};

code_enum! {
    /// A level of quality; a better level is greater.
    pub enum Level {
        /// Below 50 points (Điều 20 khoản 4).
        NotCompleted = "not_completed", "Không hoàn thành nhiệm vụ";
        /// 50 to below 70 points (Điều 20 khoản 3).
        Completed = "completed", "Hoàn thành nhiệm vụ";
        /// 70 to below 90 points (Điều 20 khoản 2).
        Good = "good", "Hoàn thành tốt nhiệm vụ";
        /// 90 points and above (Điều 20 khoản 1).
        Excellent = "excellent", "Hoàn thành xuất sắc nhiệm vụ";
    }
}

impl Level {
    /// The short wording for narrow places.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Excellent => "Xuất sắc",
            Self::Good => "Tốt",
            Self::Completed => "Hoàn thành",
            Self::NotCompleted => "Không hoàn thành",
        }
    }

    /// The next better level, if there is one.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::NotCompleted => Some(Self::Completed),
            Self::Completed => Some(Self::Good),
            Self::Good => Some(Self::Excellent),
            Self::Excellent => None,
        }
    }

    /// The clause of Điều 20 that gives this level by score.
    #[must_use]
    pub const fn article(self) -> Article {
        match self {
            Self::Excellent => Article::A20Clause1,
            Self::Good => Article::A20Clause2,
            Self::Completed => Article::A20Clause3,
            Self::NotCompleted => Article::A20Clause4A,
        }
    }

    /// The least published score of this level under a rule set (Điều 20 khoản
    /// 1–3); 0 for the lowest.
    #[must_use]
    pub fn threshold(self, rule_set: &RuleSet) -> Decimal {
        match self {
            Self::Excellent => rule_set.thresholds.excellent,
            Self::Good => rule_set.thresholds.good,
            Self::Completed => rule_set.thresholds.completed,
            Self::NotCompleted => Decimal::ZERO,
        }
    }
}

/// The level of a published score (0 to 100, already rounded), before any
/// blocker or cap of the year (Điều 20 khoản 1–4a).
#[must_use]
pub fn level_of(rule_set: &RuleSet, published: Decimal) -> Level {
    highest(rule_set, |threshold| published >= threshold)
}

/// The published figure of a score and its level: of that figure, or, where
/// the rule set compares before rounding (choice A1), of the score itself.
pub(crate) fn decide(rule_set: &RuleSet, score: &Exact) -> Result<(Decimal, Level), Overflow> {
    match rule_set.rounding {
        Rounding::HalfUp | Rounding::Truncate => {
            let published = rule_set.publish(score)?;
            Ok((published, level_of(rule_set, published)))
        }
        Rounding::Exact => decide_wide(rule_set, &exact::widen(score)),
    }
}

/// As [`decide`], for a score of any size.
pub(crate) fn decide_wide(rule_set: &RuleSet, score: &Wide) -> Result<(Decimal, Level), Overflow> {
    let published = exact::wide_publish(score, rule_set.decimals, rule_set.rounding)?;
    let level = match rule_set.rounding {
        Rounding::HalfUp | Rounding::Truncate => level_of(rule_set, published),
        Rounding::Exact => highest(rule_set, |threshold| {
            exact::from_decimal(threshold).is_ok_and(|threshold| *score >= exact::widen(&threshold))
        }),
    };
    Ok((published, level))
}

fn highest(rule_set: &RuleSet, reaches: impl Fn(Decimal) -> bool) -> Level {
    [Level::Excellent, Level::Good, Level::Completed]
        .into_iter()
        .find(|level| reaches(level.threshold(rule_set)))
        .unwrap_or(Level::NotCompleted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_of_article_20_begins_at_each_level_threshold() {
        let rules = RuleSet::nd_335_2025();
        for (score, level) in [
            (4999, Level::NotCompleted),
            (5000, Level::Completed),
            (6999, Level::Completed),
            (7000, Level::Good),
            (8999, Level::Good),
            (9000, Level::Excellent),
            (10000, Level::Excellent),
            (0, Level::NotCompleted),
        ] {
            assert_eq!(level_of(&rules, Decimal::new(score, 2)), level, "{score}");
        }
    }

    #[test]
    fn a_better_level_is_greater() {
        assert!(Level::Excellent > Level::Good && Level::Completed > Level::NotCompleted);
        assert_eq!("good".parse(), Ok(Level::Good));
        assert!("best".parse::<Level>().is_err());
    }
}
