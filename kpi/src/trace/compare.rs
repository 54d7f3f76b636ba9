//! Two traces side by side: self-assessed and confirmed, June and July. Only
//! what differs is told, step by step, with the items and criteria behind it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Fraction, Line, Operand, OperandLabel, Step, StepKey, Trace};
use crate::wording::item_name;

/// A step whose value, items or inputs differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepDifference {
    /// The step.
    pub key: StepKey,
    /// Its published value in the first trace; `None` where it has no such step.
    pub before: Option<Decimal>,
    /// Its published value in the second.
    pub after: Option<Decimal>,
    /// Items whose lines differ, by name.
    pub items: Vec<ItemDifference>,
    /// Inputs that differ: criteria, chosen percentages, thresholds, weights.
    pub inputs: Vec<InputDifference>,
}

/// An item whose lines differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemDifference {
    /// Its title in quotes, or its position.
    pub name: String,
    /// Its lines in the first trace; empty where it has none.
    pub before: Vec<Line>,
    /// Its lines in the second.
    pub after: Vec<Line>,
}

/// An input of a step that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputDifference {
    /// What it is.
    pub label: OperandLabel,
    /// The step or the code of the criterion it belongs to.
    pub reference: Option<String>,
    /// Its value in the first trace.
    pub before: Option<Fraction>,
    /// Its value in the second.
    pub after: Option<Fraction>,
    /// Its weight in the first trace, in a mean.
    pub weight_before: Option<Fraction>,
    /// Its weight in the second.
    pub weight_after: Option<Fraction>,
}

/// What differs between two traces (Điều 17 khoản 2: what was self-assessed and
/// what was confirmed), in the order of the steps; empty for equal ones. Items
/// are the same by reference, else by title, else by position.
#[must_use]
pub fn compare(a: &Trace, b: &Trace) -> Vec<StepDifference> {
    StepKey::ALL
        .iter()
        .filter_map(|key| step(*key, a.step(*key), b.step(*key)))
        .collect()
}

fn step(key: StepKey, a: Option<&Step>, b: Option<&Step>) -> Option<StepDifference> {
    let lines = |step: Option<&Step>| step.map_or_else(Vec::new, |step| step.lines.clone());
    let items = items(lines(a), lines(b));
    let inputs = inputs(a, b);
    let value = |step: Option<&Step>| step.map(|step| step.value);
    if value(a) == value(b) && items.is_empty() && inputs.is_empty() {
        return None;
    }
    Some(StepDifference {
        key,
        before: a.map(|step| step.published),
        after: b.map(|step| step.published),
        items,
        inputs,
    })
}

/// By what an item of one trace is found in the other.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Reference(String),
    Title(String),
    Position(u32),
}

fn identity(line: &Line) -> Identity {
    match (&line.reference, &line.title) {
        (Some(reference), _) => Identity::Reference(reference.clone()),
        (None, Some(title)) if !title.trim().is_empty() => Identity::Title(title.clone()),
        _ => Identity::Position(line.item),
    }
}

fn items(before: Vec<Line>, after: Vec<Line>) -> Vec<ItemDifference> {
    let mut pairs: BTreeMap<Identity, (Vec<Line>, Vec<Line>)> = BTreeMap::new();
    for line in before {
        pairs.entry(identity(&line)).or_default().0.push(line);
    }
    for line in after {
        pairs.entry(identity(&line)).or_default().1.push(line);
    }
    let mut found: Vec<_> = pairs
        .into_values()
        .filter(|(before, after)| !same(before, after))
        .collect();
    let place = |(before, after): &(Vec<Line>, Vec<Line>)| {
        before.first().or(after.first()).map(|line| line.item)
    };
    found.sort_by_key(place);
    found
        .into_iter()
        .map(|(before, after)| ItemDifference {
            name: before
                .first()
                .or(after.first())
                .map_or_else(String::new, item_name),
            before,
            after,
        })
        .collect()
}

/// Whether the same work counts the same, wherever it stands in the input.
fn same(before: &[Line], after: &[Line]) -> bool {
    let in_place = |line: &Line, item| Line {
        item,
        ..line.clone()
    };
    before.len() == after.len()
        && before
            .iter()
            .zip(after)
            .all(|(one, other)| *one == in_place(other, one.item))
}

/// Operands of both, paired by what they are and which one of its kind; those
/// that come from an earlier step differ with it, so only their weight is told.
fn inputs(a: Option<&Step>, b: Option<&Step>) -> Vec<InputDifference> {
    type Pair<'a> = (Option<&'a Operand>, Option<&'a Operand>);
    let mut pairs: BTreeMap<(OperandLabel, Option<String>, usize), Pair<'_>> = BTreeMap::new();
    for (step, second) in [(a, false), (b, true)] {
        let mut seen: BTreeMap<(OperandLabel, Option<String>), usize> = BTreeMap::new();
        for operand in step.map_or(&[][..], |step| &step.operands) {
            let reference = operand.reference.clone().or_else(|| {
                let step = operand.step?;
                Some(step.as_str().to_owned())
            });
            let count = seen.entry((operand.label, reference.clone())).or_default();
            let pair = pairs.entry((operand.label, reference, *count)).or_default();
            *(if second { &mut pair.1 } else { &mut pair.0 }) = Some(operand);
            *count += 1;
        }
    }
    let told = |label, pair: Option<&Operand>| {
        pair.filter(|_| label != OperandLabel::Step)
            .map(|operand| operand.value)
    };
    let weight = |pair: Option<&Operand>| pair.and_then(|operand| operand.weight);
    pairs
        .into_iter()
        .map(|((label, reference, _), (one, other))| InputDifference {
            label,
            reference,
            before: told(label, one),
            after: told(label, other),
            weight_before: weight(one),
            weight_after: weight(other),
        })
        .filter(|input| input.before != input.after || input.weight_before != input.weight_after)
        .collect()
}

#[cfg(test)]
mod tests;
