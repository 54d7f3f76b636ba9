//! Means of months (Điều 17 khoản 1, 3): the year here, quarter and half year
//! in `quarter`. A month of absence leaves the divisor (Điều 11 khoản 2).

use rust_decimal::Decimal;

use super::{Month, MonthResult, RuleError};
use crate::{
    exact::{self, Exact},
    period::quarter_of_month,
    rule_set::{DecemberRule, Rounding, RuleSet, YearMean},
};

/// The mean of the months that have a score; `None` if none has.
pub(crate) fn mean<'a>(
    months: impl IntoIterator<Item = &'a Month>,
) -> Result<Option<Exact>, RuleError> {
    let scores = months.into_iter().filter_map(|month| match month.result {
        MonthResult::Score(score) => Some(exact::from_decimal(score)),
        MonthResult::Absent(_) => None,
    });
    let mut sum = exact::whole(0);
    let mut count = 0;
    for score in scores {
        sum = exact::add(&sum, &score?)?;
        count += 1;
    }
    quotient(&sum, count)
}

fn quotient(sum: &Exact, count: u32) -> Result<Option<Exact>, RuleError> {
    if count == 0 {
        return Ok(None);
    }
    Ok(Some(exact::div(sum, &exact::whole(count))?))
}

/// The published mean of a year, 0 to 100 (khoản 3 Điều 17): of the months
/// that have a score, or of the published means of the quarters that have one
/// (choice A26), with or without December (choice A27). `None` if no month has
/// a score.
///
/// # Errors
/// A sum beyond 128 bits, which checked scores cannot reach.
pub fn mean_of_year(rule_set: &RuleSet, months: &[Month]) -> Result<Option<Decimal>, RuleError> {
    let mean = exact_mean_of_year(rule_set, months)?;
    Ok(mean.map(|mean| rule_set.publish(&mean)).transpose()?)
}

pub(super) fn exact_mean_of_year(
    rule_set: &RuleSet,
    months: &[Month],
) -> Result<Option<Exact>, RuleError> {
    let counts =
        |month: &&Month| month.month != 12 || rule_set.year.december == DecemberRule::Provisional;
    let months = months.iter().filter(counts);
    match rule_set.year.mean {
        YearMean::Months => mean(months),
        YearMean::QuarterMeans => {
            let mut sum = exact::whole(0);
            let mut count = 0;
            for quarter in 1..=4 {
                let own = months
                    .clone()
                    .filter(|month| quarter_of_month(month.month) == quarter);
                if let Some(value) = mean(own)? {
                    sum = exact::add(&sum, &counted(rule_set, value)?)?;
                    count += 1;
                }
            }
            quotient(&sum, count)
        }
    }
}

/// What goes on into a further mean: the published figure, which a reader can
/// follow by hand, unless the rule set compares before rounding.
fn counted(rule_set: &RuleSet, value: Exact) -> Result<Exact, RuleError> {
    match rule_set.rounding {
        Rounding::Exact => Ok(value),
        Rounding::HalfUp | Rounding::Truncate => {
            Ok(exact::from_decimal(rule_set.publish(&value)?)?)
        }
    }
}
