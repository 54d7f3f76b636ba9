//! The `score` exchange format: one JSON value in, one out. Numbers with a
//! fraction travel as text, so nothing is lost to floating point. A refused
//! input names the first offending value in reading order; nothing panics.

mod reader;
mod strict;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::{
    RuleError,
    scoring::{Outcome, Scored, score},
};

/// Scores an object, or each element of an array in its place.
///
/// A refused input gives `{"error": true, "field", "message"}` in its place.
#[must_use]
pub fn score_value(value: &Value) -> Value {
    match value {
        Value::Array(inputs) => inputs.iter().map(score_one).collect(),
        one => score_one(one),
    }
}

/// Scores JSON text; the second value is false if the answer as a whole is an
/// error: the text is no JSON, or a single object was refused.
#[must_use]
pub fn score_text(text: &str) -> (String, bool) {
    let answer = match strict::parse(text) {
        Ok(value) => score_value(&value),
        Err(error) => refusal(&error),
    };
    let sound = answer.get("error").is_none();
    (format!("{answer:#}"), sound)
}

fn score_one(value: &Value) -> Value {
    let outcome = reader::read(value).and_then(|(rule_set, input)| score(&rule_set, &input));
    match outcome {
        Ok(outcome) => answer(&outcome),
        Err(error) => refusal(&error),
    }
}

fn refusal(error: &RuleError) -> Value {
    json!({ "error": true, "field": error.field, "message": error.message })
}

fn answer(outcome: &Outcome) -> Value {
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
