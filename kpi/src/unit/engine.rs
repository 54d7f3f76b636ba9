//! The points of both blocks (Điều 6, Điều 7), in exact fractions.

use rust_decimal::Decimal;

use super::{Direction, Indicator, RuleError, UnitInput, UnitOutcome, check, level_of_unit};
use crate::{
    exact::{self, Exact, Wide},
    level::decide_wide,
    rule_set::RuleSet,
    scoring::QUANTITY_DECIMALS,
    trace::Fraction,
};

/// Scores one organisation and gives its level (Điều 6–8).
///
/// Points are published with the rule set's decimals (2), rounded once, from
/// the exact value, as the rule set says (half up); the level is decided on the
/// published total, unless the rule set compares before rounding (choice A1).
///
/// # Errors
/// The first value that breaks a rule, with its path and a Vietnamese
/// sentence. Nothing here panics.
pub fn assess(rule_set: &RuleSet, input: &UnitInput) -> Result<UnitOutcome, RuleError> {
    rule_set
        .validate()
        .map_err(|error| error.within("rule_set"))?;
    check::input(rule_set, input)?;
    let mut basic = exact::whole(0);
    for given in &input.basic {
        basic = exact::add(&basic, &exact::from_decimal(given.points)?)?;
    }
    let functional = functional_points(rule_set, &input.functional)?;
    let (total, by_score) = decide_wide(rule_set, &(exact::widen(&basic) + &functional))?;
    let (level, reason) = level_of_unit(rule_set, input, by_score);
    Ok(UnitOutcome {
        basic_points: rule_set.publish(&basic)?,
        functional_points: exact::wide_publish(&functional, rule_set.decimals, rule_set.rounding)?,
        total,
        level,
        reason,
    })
}

/// The block of Điều 7: the achievements by their weights, of at most 70 points.
fn functional_points(rule_set: &RuleSet, indicators: &[Indicator]) -> Result<Wide, RuleError> {
    let mut sum = exact::widen(&exact::whole(0));
    for indicator in indicators {
        let weight = exact::from_decimal(indicator.weight)?;
        sum += exact::widen(&weight) * exact::widen(&achieved(indicator)?);
    }
    let of_weights = exact::div(
        &exact::from_decimal(rule_set.task_points)?,
        &exact::whole(100),
    )?;
    Ok(sum * exact::widen(&of_weights))
}

impl Indicator {
    /// The share of the target reached, 0 to 1 (Điều 7; what is beyond the
    /// target does not count): actual ÷ target, or target ÷ actual where less
    /// is better, which is 1 at 0.
    ///
    /// # Errors
    /// The first figure out of bounds, with its path in the indicator.
    pub fn achievement(&self) -> Result<Fraction, RuleError> {
        check::target(self.target)?;
        check::actual(self.actual)?;
        Ok(achieved(self)?.into())
    }
}

/// What an indicator should have reached by now, in the unit of its target
/// (Điều 7 khoản 1): with more being better, the target's part of the year
/// gone, to four decimals; with less being better, the target itself, which is
/// a limit on every day. `gone` is `(days gone, days in all)`.
///
/// # Errors
/// [`RuleError`] at `target` (0, out of bounds) or `gone` (no days, more gone
/// than there are).
pub fn expected(
    target: Decimal,
    direction: Direction,
    gone: (u32, u32),
) -> Result<Decimal, RuleError> {
    check::target(target)?;
    let (done, total) = gone;
    if total == 0 || done > total {
        return Err(RuleError::new(
            "gone",
            "Số ngày đã qua phải từ 0 đến số ngày của năm.",
        ));
    }
    match direction {
        Direction::Lower => Ok(target),
        Direction::Higher => {
            let share = exact::div(&exact::whole(done), &exact::whole(total))?;
            let part = exact::mul(&exact::from_decimal(target)?, &share)?;
            Ok(exact::to_decimal(&part, QUANTITY_DECIMALS)?.normalize())
        }
    }
}

impl Indicator {
    /// Whether it is behind what is expected by now (Điều 7 khoản 1; [`expected`]).
    ///
    /// # Errors
    /// As [`expected`], and a figure out of bounds at `actual`.
    pub fn is_behind(&self, gone: (u32, u32)) -> Result<bool, RuleError> {
        check::actual(self.actual)?;
        let expected = expected(self.target, self.direction, gone)?;
        Ok(match self.direction {
            Direction::Higher => self.actual < expected,
            Direction::Lower => self.actual > expected,
        })
    }
}

fn achieved(indicator: &Indicator) -> Result<Exact, RuleError> {
    let full = exact::whole(1);
    let target = exact::from_decimal(indicator.target)?;
    let actual = exact::from_decimal(indicator.actual)?;
    let share = match indicator.direction {
        Direction::Higher => exact::div(&actual, &target)?,
        Direction::Lower if indicator.actual.is_zero() => full,
        Direction::Lower => exact::div(&target, &actual)?,
    };
    Ok(share.min(full))
}
