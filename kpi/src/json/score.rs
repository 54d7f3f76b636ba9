//! One score: reads the input value by value in the order the format
//! documents, and writes the answer.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::object::{Object, Read, each, number, text};
use crate::{
    bounds,
    rule_set::RuleSet,
    scoring::{
        CommonPoint, DeliverableInput, Item, ItemKind, Leadership, Outcome, PeriodInput, Scored,
        ScoringRole, check, score,
    },
};

/// Scores one input (Điều 12–17).
pub(super) fn answer(value: &Value) -> Read<Value> {
    let (rule_set, input) = read(value)?;
    Ok(written(&score(&rule_set, &input)?))
}

/// The rule set and the input of one score.
fn read(value: &Value) -> Read<(RuleSet, PeriodInput)> {
    let root = Object::new(value)?;
    let rule_set = root.rule_set()?;
    let role: ScoringRole = root.one_of("role")?;
    let common = each("common", root.array("common")?, |before, value| {
        common_point(&rule_set, before, value)
    })?;
    let items = items(root.array("items")?)?;
    let leadership = match (root.optional("leadership"), role.is_leader()) {
        (Some(value), true) => {
            Some(leadership(&rule_set, value).map_err(|error| error.within("leadership"))?)
        }
        (given, _) => {
            check::leadership_presence(role, given.is_some())?;
            None
        }
    };
    let cap = root.optional_one_of("cap")?;
    root.no_other(&["rule_set", "role", "common", "items", "leadership", "cap"])?;
    let input = PeriodInput {
        role,
        common,
        items,
        leadership,
        cap,
    };
    Ok((rule_set, input))
}

fn common_point(rule_set: &RuleSet, before: &[CommonPoint], value: &Value) -> Read<CommonPoint> {
    let object = Object::new(value)?;
    let criterion = text(object.required("criterion")?, "criterion")?.to_owned();
    check::criterion_code(rule_set, before, &criterion)?;
    let points = object.number("points")?;
    check::criterion_points(rule_set, &criterion, points)?;
    object.no_other(&["criterion", "points"])?;
    Ok(CommonPoint { criterion, points })
}

fn items(values: &[Value]) -> Read<Vec<Item>> {
    check::item_count(values.len())?;
    let mut delivered = 0;
    each("items", values, |_, value| item(value, &mut delivered))
}

fn item(value: &Value, delivered: &mut usize) -> Read<Item> {
    let object = Object::new(value)?;
    let kind: ItemKind = object.one_of("kind")?;
    let coefficient = object.number("coefficient")?;
    check::coefficient("coefficient", coefficient)?;
    let assigned = object.number("assigned")?;
    check::quantity("assigned", assigned)?;
    let handed_over = object.optional_number("handed_over")?.unwrap_or_default();
    check::quantity("handed_over", handed_over)?;
    check::handed_over(assigned, handed_over)?;
    let mut room = assigned - handed_over;
    let deliverables = each("deliverables", object.array("deliverables")?, |_, value| {
        deliverable(value, delivered, &mut room)
    })?;
    object.no_other(&[
        "kind",
        "coefficient",
        "assigned",
        "handed_over",
        "deliverables",
    ])?;
    Ok(Item {
        reference: None,
        title: None,
        kind,
        coefficient,
        assigned,
        handed_over,
        deliverables,
    })
}

fn deliverable(value: &Value, delivered: &mut usize, room: &mut Decimal) -> Read<DeliverableInput> {
    let object = Object::new(value)?;
    let quantity = object.number("quantity")?;
    check::delivered(quantity, delivered, room)?;
    let failed_reviews = object.count("failed_reviews")?;
    check::faults("failed_reviews", failed_reviews)?;
    let excused_failed_reviews = object.count("excused_failed_reviews")?;
    check::excused(
        "excused_failed_reviews",
        failed_reviews,
        excused_failed_reviews,
    )?;
    let delays = object.count("delays")?;
    check::faults("delays", delays)?;
    let excused_delays = object.count("excused_delays")?;
    check::excused("excused_delays", delays, excused_delays)?;
    let days_late = object.optional_count("days_late")?;
    check::faults("days_late", days_late)?;
    let excused_days_late = object.optional_count("excused_days_late")?;
    check::excused("excused_days_late", days_late, excused_days_late)?;
    object.no_other(&[
        "quantity",
        "failed_reviews",
        "excused_failed_reviews",
        "delays",
        "excused_delays",
        "days_late",
        "excused_days_late",
    ])?;
    Ok(DeliverableInput {
        quantity,
        failed_reviews,
        excused_failed_reviews,
        delays,
        excused_delays,
        days_late,
        excused_days_late,
    })
}

fn leadership(rule_set: &RuleSet, value: &Value) -> Read<Leadership> {
    let object = Object::new(value)?;
    let scores = object.array("subordinate_scores")?;
    check::subordinate_count(scores.len())?;
    let subordinate_scores = each("subordinate_scores", scores, |_, value| {
        let score = number(value, "")?;
        bounds::period_score("", score)?;
        Ok(score)
    })?;
    let organising = object.count("organising")?;
    check::chosen_percent(rule_set, "organising", organising)?;
    let unity = object.count("unity")?;
    check::chosen_percent(rule_set, "unity", unity)?;
    object.no_other(&["subordinate_scores", "organising", "unity"])?;
    Ok(Leadership {
        subordinate_scores,
        organising,
        unity,
    })
}

fn written(outcome: &Outcome) -> Value {
    let mut out = Map::new();
    let assigned = outcome.assigned.to_string();
    match &outcome.scored {
        None => {
            out.insert("status".into(), "insufficient_data".into());
            out.insert("assigned".into(), assigned.into());
        }
        Some(scored) => {
            out.insert("status".into(), "scored".into());
            out.insert("assigned".into(), assigned.into());
            insert_scored(&mut out, scored);
        }
    }
    Value::Object(out)
}

fn insert_scored(out: &mut Map<String, Value>, scored: &Scored) {
    let mut put = |key: &str, value: Decimal| {
        out.insert(key.to_owned(), value.to_string().into());
    };
    put("quantity_percent", scored.quantity_percent);
    put("quality_percent", scored.quality_percent);
    put("progress_percent", scored.progress_percent);
    for (key, value) in [
        ("results_percent", scored.results_percent),
        ("organising_percent", scored.organising_percent),
        ("unity_percent", scored.unity_percent),
    ] {
        if let Some(value) = value {
            put(key, value);
        }
    }
    put("task_percent", scored.task_percent);
    put("task_points", scored.task_points);
    put("common_points", scored.common_points);
    put("total", scored.total);
    out.insert("level".to_owned(), scored.level.as_str().into());
}
