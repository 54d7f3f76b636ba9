//! Mean and level of each person, then the counts of each scope.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    GroupQuota, Month, MonthResult, Person, Quota, RatedPerson, RatingReason, RuleError, YearInput,
    YearOutcome, check,
};
use crate::{
    exact,
    level::{Level, level_of},
    rule_set::RuleSet,
    scoring::ScoringRole,
};

/// Rates an organisation's people for one year (Điều 11, Điều 17 khoản 3, Điều 20).
///
/// Levels are decided on the published mean; "xuất sắc" stays a proposal:
/// each scope says by how many its candidates exceed the cap.
///
/// # Errors
/// The first value that breaks a rule, with its path and a Vietnamese
/// sentence. Nothing here panics.
pub fn rate(rule_set: &RuleSet, input: &YearInput) -> Result<YearOutcome, RuleError> {
    rule_set
        .validate()
        .map_err(|error| error.within("rule_set"))?;
    check::input(rule_set, input)?;
    let mut people = Vec::with_capacity(input.people.len());
    let mut rated = Vec::with_capacity(input.people.len());
    let mut groups: BTreeMap<&str, Vec<Level>> = BTreeMap::new();
    for person in &input.people {
        let one = rate_person(rule_set, input.organisation_level, person)?;
        if let Some(level) = one.level {
            rated.push(level);
            groups.entry(&person.group).or_default().push(level);
        }
        people.push(one);
    }
    let ratio = input
        .excellent_ratio
        .unwrap_or(rule_set.year.excellent_ratio);
    let groups = groups
        .into_iter()
        .map(|(group, levels)| {
            Ok(GroupQuota {
                group: group.to_owned(),
                quota: Quota::of(ratio, levels)?,
            })
        })
        .collect::<Result<_, RuleError>>()?;
    Ok(YearOutcome {
        people,
        groups,
        organisation: Quota::of(ratio, rated)?,
    })
}

fn rate_person(
    rule_set: &RuleSet,
    organisation: Option<Level>,
    person: &Person,
) -> Result<RatedPerson, RuleError> {
    let enough = person.worked_months >= rule_set.year.least_worked_months
        || person.absence.is_some_and(|why| why.rated_on_any_time());
    let mean = if enough {
        mean_of_months(rule_set, &person.months)?
    } else {
        None
    };
    let (level, reason) = match mean {
        _ if !enough => (None, RatingReason::TooFewMonths),
        _ if !person.blockers.is_empty() => (Some(Level::NotCompleted), RatingReason::Blocker),
        None => (None, RatingReason::NoScore),
        Some(mean) => {
            let own = level_of(rule_set, mean);
            match organisation {
                Some(most) if person.role == ScoringRole::Head && own > most => {
                    (Some(most), RatingReason::Organisation)
                }
                _ => (Some(own), RatingReason::Score),
            }
        }
    };
    Ok(RatedPerson {
        id: person.id.clone(),
        group: person.group.clone(),
        mean,
        level,
        reason,
    })
}

/// The mean of the months that have a score (khoản 3 Điều 17), 0 to 100;
/// months of absence leave the divisor (khoản 2 Điều 11). Rounded half up to
/// the rule set's decimals, once. `None` if no month has a score.
///
/// # Errors
/// A sum beyond 128 bits, which checked scores cannot reach.
pub fn mean_of_months(rule_set: &RuleSet, months: &[Month]) -> Result<Option<Decimal>, RuleError> {
    let mut sum = exact::whole(0);
    let mut count = 0;
    for month in months {
        if let MonthResult::Score(score) = month.result {
            sum = exact::add(&sum, &exact::from_decimal(score)?)?;
            count += 1;
        }
    }
    if count == 0 {
        return Ok(None);
    }
    let mean = exact::div(&sum, &exact::whole(count))?;
    Ok(Some(exact::to_decimal(&mean, rule_set.decimals)?))
}
