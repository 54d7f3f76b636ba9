//! Random JSON, and the places in a JSON value where it can be put.

use proptest::{prelude::*, sample::select};
use serde_json::Value;

/// The pointer of every value in a JSON value.
pub fn leaves(value: &Value, path: String, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            map.iter()
                .for_each(|(key, value)| leaves(value, format!("{path}/{key}"), out));
        }
        Value::Array(list) => {
            list.iter()
                .enumerate()
                .for_each(|(i, value)| leaves(value, format!("{path}/{i}"), out));
        }
        _ => {}
    }
    if !path.is_empty() {
        out.push(path);
    }
}

/// JSON with the keys and values of the format, in the wrong places.
pub fn json_value() -> impl Strategy<Value = Value> {
    let words: &'static [&'static str] = &[
        "nd-335-2025",
        "staff",
        "head",
        "plan",
        "ad_hoc",
        "I.1",
        "III.4",
        "1",
        "0.5",
        "-1",
        "1e9",
        "999999999999999",
        "block",
        "maternity_leave",
        "unit_corruption",
        "lower",
        "",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        select(words).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let keys = [
            "rule_set",
            "role",
            "common",
            "criterion",
            "points",
            "items",
            "kind",
            "coefficient",
            "assigned",
            "handed_over",
            "deliverables",
            "quantity",
            "delays",
            "leadership",
            "cap",
            "year",
            "excellent_ratio",
            "organisation_level",
            "people",
            "id",
            "group",
            "months",
            "month",
            "score",
            "absent",
            "worked_months",
            "absence",
            "blockers",
            "basic",
            "max",
            "functional",
            "name",
            "direction",
            "target",
            "actual",
            "weight",
            "tasks",
            "completed",
            "late",
            "wrongdoing",
        ];
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((select(keys.to_vec()), inner), 0..8).prop_map(|entries| {
                Value::Object(
                    entries
                        .into_iter()
                        .map(|(k, v)| (k.to_owned(), v))
                        .collect(),
                )
            }),
        ]
    })
}
