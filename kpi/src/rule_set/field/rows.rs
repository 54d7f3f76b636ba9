//! Lists of a rule set as rows of text: criteria, steps, allowed percentages.

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::{Field, Slot, filled};
use crate::{
    RuleError,
    criterion::{Criterion, CriterionGroup, UnitCriterion},
    number::{format_vi, parse_number},
    rule_set::{FaultStep, RuleSet},
};

/// What sets the cells of a row apart.
pub(in crate::rule_set) const SEPARATOR: char = '|';

/// The rows of a list, cell by cell; none for a field that is no list.
#[must_use]
pub fn read_rows(set: &RuleSet, field: &Field) -> Vec<Vec<String>> {
    match field.slot {
        Slot::Rows { get, .. } if !set.is_unfilled(field.path) => get(set),
        _ => Vec::new(),
    }
}

/// Takes the rows of a list, cell by cell; a row of blanks is not seen.
///
/// # Errors
/// [`RuleError`] at the field's path, naming the row and what is wrong with it;
/// the rule set is then as it was.
pub fn write_rows(set: &mut RuleSet, field: &Field, rows: &[Vec<String>]) -> Result<(), RuleError> {
    let Slot::Rows { set: put, .. } = field.slot else {
        return Err(RuleError::new(
            field.path,
            "Mục này không phải là danh sách.",
        ));
    };
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect())
        .filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty()))
        .collect();
    put(set, &rows).map_err(|error| RuleError::new(field.path, error.message))?;
    filled(set, field);
    Ok(())
}

pub(super) fn joined(rows: &[Vec<String>]) -> String {
    let lines: Vec<String> = rows.iter().map(|row| row.join(" | ")).collect();
    lines.join("\n")
}

pub(super) fn split(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .map(|line| line.split(SEPARATOR).map(str::to_owned).collect())
        .collect()
}

/// Reads each row of `N` cells.
fn each<const N: usize, T>(
    rows: &[Vec<String>],
    read: impl Fn([&str; N]) -> Result<T, String>,
) -> Result<Vec<T>, RuleError> {
    let row = |(index, row): (usize, &Vec<String>)| {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        let cells: Result<[&str; N], _> = cells
            .try_into()
            .map_err(|cells: Vec<&str>| format!("cần {N} ô, đang có {}.", cells.len()));
        cells
            .and_then(&read)
            .map_err(|why| RuleError::new("", format!("Dòng {}: {why}", index + 1)))
    };
    rows.iter().enumerate().map(row).collect()
}

fn decimal(text: &str) -> Result<Decimal, String> {
    parse_number(text).map_err(|error| error.to_string())
}

fn whole(text: &str) -> Result<u32, String> {
    let value = decimal(text)?;
    value
        .to_u32()
        .filter(|whole| Decimal::from(*whole) == value)
        .ok_or_else(|| "phải là số nguyên không âm.".to_owned())
}

pub(super) fn groups(set: &RuleSet) -> Vec<Vec<String>> {
    let row = |group: &CriterionGroup| vec![group.code.clone(), group.label.clone()];
    set.criterion_groups.iter().map(row).collect()
}

pub(super) fn set_groups(set: &mut RuleSet, rows: &[Vec<String>]) -> Result<(), RuleError> {
    set.criterion_groups = each(rows, |[code, label]| {
        Ok(CriterionGroup {
            code: code.to_owned(),
            label: label.to_owned(),
        })
    })?;
    Ok(())
}

pub(super) fn criteria(set: &RuleSet) -> Vec<Vec<String>> {
    let row = |criterion: &Criterion| {
        vec![
            criterion.code.clone(),
            criterion.group.clone(),
            criterion.label.clone(),
            format_vi(criterion.max, 4),
        ]
    };
    set.criteria.iter().map(row).collect()
}

pub(super) fn set_criteria(set: &mut RuleSet, rows: &[Vec<String>]) -> Result<(), RuleError> {
    set.criteria = each(rows, |[code, group, label, max]| {
        Ok(Criterion {
            code: code.to_owned(),
            group: group.to_owned(),
            label: label.to_owned(),
            max: decimal(max)?,
        })
    })?;
    Ok(())
}

pub(super) fn unit_criteria(set: &RuleSet) -> Vec<Vec<String>> {
    let row = |given: &UnitCriterion| {
        vec![
            given.code.clone(),
            given.label.clone(),
            format_vi(given.max, 4),
        ]
    };
    set.unit_criteria.iter().map(row).collect()
}

pub(super) fn set_unit_criteria(set: &mut RuleSet, rows: &[Vec<String>]) -> Result<(), RuleError> {
    set.unit_criteria = each(rows, |[code, label, max]| {
        Ok(UnitCriterion {
            code: code.to_owned(),
            label: label.to_owned(),
            max: decimal(max)?,
        })
    })?;
    Ok(())
}

pub(super) fn allowed(set: &RuleSet) -> Vec<Vec<String>> {
    let row = |percent: &u32| vec![percent.to_string()];
    set.leadership.allowed.iter().map(row).collect()
}

pub(super) fn set_allowed(set: &mut RuleSet, rows: &[Vec<String>]) -> Result<(), RuleError> {
    set.leadership.allowed = each(rows, |[percent]| whole(percent))?;
    Ok(())
}

pub(super) fn steps(steps: &[FaultStep]) -> Vec<Vec<String>> {
    let row = |step: &FaultStep| {
        vec![
            step.up_to.to_string(),
            format_vi(step.kept * Decimal::ONE_HUNDRED, 4),
        ]
    };
    steps.iter().map(row).collect()
}

pub(super) fn steps_of(rows: &[Vec<String>]) -> Result<Vec<FaultStep>, RuleError> {
    each(rows, |[up_to, kept]| {
        Ok(FaultStep {
            up_to: whole(up_to)?,
            kept: decimal(kept)? / Decimal::ONE_HUNDRED,
        })
    })
}
