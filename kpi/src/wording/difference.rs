//! An input that differs between two traces, in words.

use serde::{Deserialize, Serialize};

use super::figure;
use crate::trace::{Fraction, InputDifference, OperandLabel, StepKey};

/// An input that differs, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputWords {
    /// "Tiêu chí II.3", "Trọng số: Tỷ lệ số lượng (a)".
    pub name: String,
    /// Its value in the first trace; a dash where it has none.
    pub before: String,
    /// Its value in the second.
    pub after: String,
}

/// What differs of an input, in words: its value, its weight, or both.
#[must_use]
pub fn explain_input(input: &InputDifference) -> Vec<InputWords> {
    let name = name(input);
    let mut words = Vec::new();
    if input.before != input.after {
        words.push(InputWords {
            name: name.clone(),
            before: shown(input.before),
            after: shown(input.after),
        });
    }
    if input.weight_before != input.weight_after {
        words.push(InputWords {
            name: format!("Trọng số: {name}"),
            before: shown(input.weight_before),
            after: shown(input.weight_after),
        });
    }
    words
}

fn shown(value: Option<Fraction>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| figure(&value))
}

fn name(input: &InputDifference) -> String {
    let reference = input.reference.as_deref().unwrap_or_default();
    match input.label {
        OperandLabel::Criterion => format!("Tiêu chí {reference}"),
        OperandLabel::Step => reference
            .parse::<StepKey>()
            .map_or_else(|_| reference.to_owned(), |key| key.label().to_owned()),
        label => {
            let mut letters = label.label().chars();
            letters.next().map_or_else(String::new, |first| {
                format!("{}{}", first.to_uppercase(), letters.as_str())
            })
        }
    }
}
