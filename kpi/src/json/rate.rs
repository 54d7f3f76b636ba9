//! The year of an organisation's people: reads the input value by value in the
//! order the format documents, and writes the answer.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::object::{Object, Read, each, one_of, text};
use crate::{
    RuleError, bounds,
    level::Level,
    quarter::{self, QuarterTasks},
    rating::{Month, MonthResult, Person, Quota, RatedPerson, YearInput, YearOutcome, check, rate},
    rule_set::RuleSet,
};

/// Rates one organisation (Điều 11, 17, 20).
pub(super) fn answer(value: &Value) -> Read<Value> {
    let (rule_set, input) = read(value)?;
    Ok(written(&rate(&rule_set, &input)?))
}

fn read(value: &Value) -> Read<(RuleSet, YearInput)> {
    let root = Object::new(value)?;
    let rule_set = root.rule_set()?;
    let year = root.count("year")?;
    check::year(year)?;
    let excellent_ratio = root.optional_number("excellent_ratio")?;
    if let Some(ratio) = excellent_ratio {
        check::excellent_ratio(&rule_set, ratio)?;
    }
    let organisation_level = root.optional_one_of("organisation_level")?;
    let people = root.array("people")?;
    check::people_count(people.len())?;
    let mut ids = BTreeSet::new();
    let people = each("people", people, |_, value| person(&mut ids, value))?;
    root.no_other(&[
        "rule_set",
        "year",
        "excellent_ratio",
        "organisation_level",
        "people",
    ])?;
    let input = YearInput {
        year,
        excellent_ratio,
        organisation_level,
        people,
    };
    Ok((rule_set, input))
}

fn person<'a>(ids: &mut BTreeSet<&'a str>, value: &'a Value) -> Read<Person> {
    let object = Object::new(value)?;
    let id = text(object.required("id")?, "id")?;
    check::id(ids, id)?;
    let group = text(object.required("group")?, "group")?;
    bounds::name("group", group)?;
    let role = object.one_of("role")?;
    let months = each("months", object.array("months")?, month)?;
    let worked_months = object.count("worked_months")?;
    check::worked_months(worked_months)?;
    let absence = object.optional_one_of("absence")?;
    let blockers = each(
        "blockers",
        object.optional_array("blockers")?,
        |_, value| {
            let blocker = one_of(value, "")?;
            check::blocker(role, blocker)?;
            Ok(blocker)
        },
    )?;
    let quarters = each("quarters", object.optional_array("quarters")?, quarter)?;
    object.no_other(&[
        "id",
        "group",
        "role",
        "months",
        "worked_months",
        "absence",
        "blockers",
        "quarters",
    ])?;
    Ok(Person {
        id: id.to_owned(),
        group: group.to_owned(),
        role,
        months,
        worked_months,
        absence,
        blockers,
        quarters,
    })
}

fn quarter(before: &[QuarterTasks], value: &Value) -> Read<QuarterTasks> {
    let object = Object::new(value)?;
    let quarter = object.count("quarter")?;
    quarter::new_quarter(before, quarter)?;
    let assigned = object.count("assigned")?;
    quarter::assigned(assigned)?;
    let completed = object.count("completed")?;
    quarter::completed(completed, assigned)?;
    let excused = object.optional_count("excused")?;
    quarter::excused(excused, completed, assigned)?;
    object.no_other(&["quarter", "assigned", "completed", "excused"])?;
    Ok(QuarterTasks {
        quarter,
        assigned,
        completed,
        excused,
    })
}

fn month(before: &[Month], value: &Value) -> Read<Month> {
    let object = Object::new(value)?;
    let month = object.count("month")?;
    check::month_number(before, month)?;
    let result = match (object.optional("score"), object.optional("absent")) {
        (Some(_), Some(_)) => {
            return Err(RuleError::new(
                "absent",
                "Một tháng có điểm thì không ghi vắng mặt.",
            ));
        }
        (None, Some(_)) => MonthResult::Absent(object.one_of("absent")?),
        _ => {
            let score = object.number("score")?;
            bounds::period_score("score", score)?;
            MonthResult::Score(score)
        }
    };
    object.no_other(&["month", "score", "absent"])?;
    Ok(Month { month, result })
}

fn written(outcome: &YearOutcome) -> Value {
    let groups = outcome.groups.iter().map(|group| {
        let mut out = quota(&group.quota);
        out["group"] = group.group.as_str().into();
        out
    });
    json!({
        "people": outcome.people.iter().map(person_written).collect::<Value>(),
        "groups": groups.collect::<Value>(),
        "organisation": quota(&outcome.organisation),
    })
}

fn person_written(person: &RatedPerson) -> Value {
    let mut out = json!({
        "id": person.id,
        "level": person.level.map_or("unrated", Level::as_str),
    });
    if let Some(mean) = person.mean {
        out["mean"] = mean.to_string().into();
    }
    out
}

fn quota(quota: &Quota) -> Value {
    json!({
        "good_or_better": quota.good_or_better,
        "candidates": quota.candidates,
        "max_excellent": quota.max_excellent,
        "surplus": quota.surplus,
    })
}
