//! Mean and level of each person, then the counts of each scope.

use std::collections::BTreeMap;

use super::{
    GroupQuota, Person, Quota, RatedPerson, RatingReason, RuleError, YearInput, YearOutcome, check,
    mean::exact_mean_of_year,
};
use crate::{
    level::{Level, decide},
    quarter::{QuarterTasks, assess_quarter},
    rule_set::{CapScope, RuleSet},
    scoring::ScoringRole,
};

/// Rates an organisation's people for one year (Điều 11, Điều 17 khoản 3, Điều 20).
///
/// Levels are decided on the published mean, unless the rule set compares
/// before rounding (choice A1); "xuất sắc" stays a proposal:
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
    let rules = &rule_set.year;
    let groups = groups
        .into_iter()
        .filter(|_| rules.cap_scope == CapScope::GroupAndOrganisation)
        .map(|(group, levels)| {
            Ok(GroupQuota {
                group: group.to_owned(),
                quota: Quota::of(rules, ratio, levels)?,
            })
        })
        .collect::<Result<_, RuleError>>()?;
    Ok(YearOutcome {
        people,
        groups,
        organisation: Quota::of(rules, ratio, rated)?,
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
        exact_mean_of_year(rule_set, &person.months)?
            .map(|mean| decide(rule_set, &mean))
            .transpose()?
    } else {
        None
    };
    let (level, reason) = match mean {
        _ if !enough => (None, RatingReason::TooFewMonths),
        _ if !person.blockers.is_empty() => (Some(Level::NotCompleted), RatingReason::Blocker),
        None => (None, RatingReason::NoScore),
        Some((_, own)) => {
            let (level, reason) = held(rule_set, organisation, person, own)?;
            (Some(level), reason)
        }
    };
    Ok(RatedPerson {
        id: person.id.clone(),
        group: person.group.clone(),
        mean: mean.map(|(published, _)| published),
        level,
        reason,
    })
}

/// The level of the mean, not above "tốt" after a quarter "không hoàn thành",
/// nor above the organisation's for its head (khoản 6 Điều 20).
fn held(
    rule_set: &RuleSet,
    organisation: Option<Level>,
    person: &Person,
    own: Level,
) -> Result<(Level, RatingReason), RuleError> {
    let mut held = (own, RatingReason::Score);
    if own == Level::Excellent && failed_quarter(rule_set, person)? {
        held = (Level::Good, RatingReason::Quarter);
    }
    match organisation {
        Some(most) if person.role == ScoringRole::Head && held.0 > most => {
            Ok((most, RatingReason::Organisation))
        }
        _ => Ok(held),
    }
}

/// Whether a quarter is "không hoàn thành", where the rule set asks (rule of
/// the Party; the decree does not).
fn failed_quarter(rule_set: &RuleSet, person: &Person) -> Result<bool, RuleError> {
    if !rule_set.quarter.blocker {
        return Ok(false);
    }
    for quarter in 1..=4 {
        let given = person
            .quarters
            .iter()
            .find(|tasks| tasks.quarter == quarter);
        let tasks = given.copied().unwrap_or(QuarterTasks {
            quarter,
            assigned: 0,
            completed: 0,
            excused: 0,
        });
        let outcome = assess_quarter(rule_set, &person.months, &tasks)?;
        if outcome.level == Some(Level::NotCompleted) {
            return Ok(true);
        }
    }
    Ok(false)
}
