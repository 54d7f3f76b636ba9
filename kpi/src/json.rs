//! The exchange formats: one JSON value in, one out. Numbers with a fraction
//! travel as text, so nothing is lost to floating point. A refused input names
//! the first offending value in reading order; nothing panics.

mod object;
mod rate;
mod score;
mod strict;
mod unit;

use serde_json::{Value, json};

use crate::RuleError;

/// Scores an object, or each element of an array in its place.
///
/// A refused input gives `{"error": true, "field", "message"}` in its place.
#[must_use]
pub fn score_value(value: &Value) -> Value {
    in_place(value, score::answer)
}

/// Scores JSON text; the second value is false if the answer as a whole is an
/// error: the text is no JSON, or a single object was refused.
#[must_use]
pub fn score_text(text: &str) -> (String, bool) {
    of_text(text, score::answer)
}

/// Rates the year of an organisation's people, in the manner of [`score_value`].
#[must_use]
pub fn rate_value(value: &Value) -> Value {
    in_place(value, rate::answer)
}

/// Rates JSON text, in the manner of [`score_text`].
#[must_use]
pub fn rate_text(text: &str) -> (String, bool) {
    of_text(text, rate::answer)
}

/// Scores an organisation itself, in the manner of [`score_value`].
#[must_use]
pub fn unit_value(value: &Value) -> Value {
    in_place(value, unit::answer)
}

/// Scores an organisation itself from JSON text, in the manner of [`score_text`].
#[must_use]
pub fn unit_text(text: &str) -> (String, bool) {
    of_text(text, unit::answer)
}

/// What answers one object.
type Answer = fn(&Value) -> Result<Value, RuleError>;

fn in_place(value: &Value, answer: Answer) -> Value {
    let one = |value| answer(value).unwrap_or_else(|error| refusal(&error));
    match value {
        Value::Array(inputs) => inputs.iter().map(one).collect(),
        single => one(single),
    }
}

fn of_text(text: &str, answer: Answer) -> (String, bool) {
    let answer = match strict::parse(text) {
        Ok(value) => in_place(&value, answer),
        Err(error) => refusal(&error),
    };
    let sound = answer.get("error").is_none();
    (format!("{answer:#}"), sound)
}

fn refusal(error: &RuleError) -> Value {
    json!({ "error": true, "field": error.field, "message": error.message })
}
