//! What differs between two rule sets, and what departs from the decree.

use serde::{Deserialize, Serialize};

use super::{Control, Departs, FIELDS, Field, Group, read, read_rows, rows};
use crate::rule_set::RuleSet;

/// One value that differs, in the reader's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Path of the field.
    pub path: String,
    /// Its name.
    pub label: String,
    /// The value before; of a list, the rows that are gone.
    pub before: String,
    /// The value after; of a list, the rows that came.
    pub after: String,
    /// Whether the value after is a reading of what the decree leaves open;
    /// else it departs from the decree's text.
    pub choice: bool,
}

/// Every field whose value differs, in the order of the table (Điều 26 lets
/// agencies issue rules of their own).
#[must_use]
pub fn differences(before: &RuleSet, after: &RuleSet) -> Vec<Difference> {
    FIELDS
        .iter()
        .filter(|field| read(before, field) != read(after, field))
        .map(|field| difference(before, after, field))
        .collect()
}

/// What differs from Nghị định 335/2025/NĐ-CP ("khác NĐ 335"), name and basis
/// apart: with `choice`, where the decree is silent (choices A1–A33); without,
/// where it departs from its text (Điều 6–22).
#[must_use]
pub fn departures(set: &RuleSet) -> Vec<Difference> {
    let decree = RuleSet::nd_335_2025();
    FIELDS
        .iter()
        .filter(|field| field.group != Group::General)
        .filter(|field| read(&decree, field) != read(set, field))
        .map(|field| difference(&decree, set, field))
        .collect()
}

fn difference(before: &RuleSet, after: &RuleSet, field: &Field) -> Difference {
    let (shown_before, shown_after) = match field.control {
        Control::List { .. } => {
            let (old, new) = (read_rows(before, field), read_rows(after, field));
            (
                list(before, field, &old, &new),
                list(after, field, &new, &old),
            )
        }
        _ => (shown(before, field), shown(after, field)),
    };
    let choice = match field.departs {
        Departs::Always => false,
        Departs::Never => true,
        Departs::When(codes) => !codes.contains(&read(after, field).as_str()),
    };
    Difference {
        path: field.path.to_owned(),
        label: field.label.to_owned(),
        before: shown_before,
        after: shown_after,
        choice,
    }
}

/// A value as it is read, not typed.
fn shown(set: &RuleSet, field: &Field) -> String {
    let typed = read(set, field);
    if set.is_unfilled(field.path) {
        return "chưa điền (do đơn vị ban hành)".to_owned();
    }
    match field.control {
        Control::Percent => format!("{typed} %"),
        Control::Choice(choices) => choices
            .iter()
            .find(|(code, _)| *code == typed)
            .map_or(typed, |(_, label)| (*label).to_owned()),
        _ if typed.is_empty() => "không quy định".to_owned(),
        _ => typed,
    }
}

/// The rows that the other list has not; all, where only the order differs.
fn list(set: &RuleSet, field: &Field, rows: &[Vec<String>], others: &[Vec<String>]) -> String {
    let own: Vec<Vec<String>> = rows
        .iter()
        .filter(|row| !others.contains(row))
        .cloned()
        .collect();
    if own.is_empty() && rows.len() == others.len() {
        return shown(set, field);
    }
    if own.is_empty() && !set.is_unfilled(field.path) {
        return "không có dòng khác".to_owned();
    }
    if set.is_unfilled(field.path) {
        return shown(set, field);
    }
    rows::joined(&own)
}
