//! One organisation's own score: reads the input value by value in the order
//! the format documents, and writes the answer.

use serde_json::{Value, json};

use super::object::{Object, Read, each, text};
use crate::{
    bounds,
    level::Level,
    rule_set::RuleSet,
    unit::{BasicPoint, Indicator, Tasks, UnitInput, UnitOutcome, assess, check},
};

/// Scores one organisation (Điều 6–8).
pub(super) fn answer(value: &Value) -> Read<Value> {
    let (rule_set, input) = read(value)?;
    Ok(written(&assess(&rule_set, &input)?))
}

fn read(value: &Value) -> Read<(RuleSet, UnitInput)> {
    let root = Object::new(value)?;
    let rule_set = root.rule_set()?;
    let basic = root.array("basic")?;
    check::count("basic", basic.len())?;
    let basic = each("basic", basic, |before, value| {
        basic_point(&rule_set, before, value)
    })?;
    check::basic_sum(&rule_set, &basic)?;
    let functional = root.array("functional")?;
    check::count("functional", functional.len())?;
    let functional = each("functional", functional, indicator)?;
    check::weight_sum(&functional)?;
    let tasks = tasks(root.required("tasks")?).map_err(|error| error.within("tasks"))?;
    let weak_subunits = root.flag("weak_subunits", false)?;
    let shortcomings_fixed = root.flag("shortcomings_fixed", true)?;
    let wrongdoing = root.flag("wrongdoing", false)?;
    let force_majeure = root.flag("force_majeure", false)?;
    root.no_other(&[
        "rule_set",
        "basic",
        "functional",
        "tasks",
        "weak_subunits",
        "shortcomings_fixed",
        "wrongdoing",
        "force_majeure",
    ])?;
    let input = UnitInput {
        basic,
        functional,
        tasks,
        weak_subunits,
        shortcomings_fixed,
        wrongdoing,
        force_majeure,
    };
    Ok((rule_set, input))
}

fn basic_point(rule_set: &RuleSet, before: &[BasicPoint], value: &Value) -> Read<BasicPoint> {
    let object = Object::new(value)?;
    let criterion = text(object.required("criterion")?, "criterion")?.to_owned();
    check::criterion(before, &criterion)?;
    let max = object.number("max")?;
    check::max(rule_set, max)?;
    let points = object.number("points")?;
    bounds::up_to("points", points, max)?;
    object.no_other(&["criterion", "max", "points"])?;
    Ok(BasicPoint {
        criterion,
        max,
        points,
    })
}

fn indicator(before: &[Indicator], value: &Value) -> Read<Indicator> {
    let object = Object::new(value)?;
    let name = text(object.required("name")?, "name")?.to_owned();
    check::indicator_name(before, &name)?;
    let direction = object.one_of("direction")?;
    let target = object.number("target")?;
    check::target(target)?;
    let actual = object.number("actual")?;
    check::actual(actual)?;
    let weight = object.number("weight")?;
    check::weight(weight)?;
    object.no_other(&["name", "direction", "target", "actual", "weight"])?;
    Ok(Indicator {
        name,
        direction,
        target,
        actual,
        weight,
    })
}

fn tasks(value: &Value) -> Read<Tasks> {
    let object = Object::new(value)?;
    let assigned = object.count("assigned")?;
    check::assigned(assigned)?;
    let completed = object.count("completed")?;
    check::of_assigned("completed", completed, assigned)?;
    let late = object.count("late")?;
    check::of_assigned("late", late, assigned)?;
    let exceeded = object.count("exceeded")?;
    check::exceeded(exceeded, completed)?;
    let quality_failed = object.count("quality_failed")?;
    check::of_assigned("quality_failed", quality_failed, assigned)?;
    object.no_other(&[
        "assigned",
        "completed",
        "late",
        "exceeded",
        "quality_failed",
    ])?;
    Ok(Tasks {
        assigned,
        completed,
        late,
        exceeded,
        quality_failed,
    })
}

fn written(outcome: &UnitOutcome) -> Value {
    json!({
        "basic_points": outcome.basic_points.to_string(),
        "functional_points": outcome.functional_points.to_string(),
        "total": outcome.total.to_string(),
        "level": outcome.level.map_or("manual", Level::as_str),
        "reason": outcome.reason.as_str(),
        "article": outcome.article().label(),
    })
}
