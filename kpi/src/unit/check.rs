//! Bounds of the input, value by value, each with the path of what it refuses.
//! Apart from the engine so that the JSON reader refuses in reading order.

use rust_decimal::Decimal;

use super::{BasicPoint, Indicator, MAX_CRITERIA, MAX_FIGURE, MAX_TASKS, Tasks, UnitInput};
use crate::{
    RuleError,
    bounds::{name, up_to},
    number::format_vi,
    rule_set::RuleSet,
};

/// Refuses an input that the engine must not see, in canonical order.
pub(crate) fn input(rule_set: &RuleSet, input: &UnitInput) -> Result<(), RuleError> {
    count("basic", input.basic.len())?;
    for (index, given) in input.basic.iter().enumerate() {
        basic_point(rule_set, &input.basic[..index], given)
            .map_err(|error| error.within(&format!("basic[{index}]")))?;
    }
    basic_sum(rule_set, &input.basic)?;
    count("functional", input.functional.len())?;
    for (index, given) in input.functional.iter().enumerate() {
        indicator(&input.functional[..index], given)
            .map_err(|error| error.within(&format!("functional[{index}]")))?;
    }
    weight_sum(&input.functional)?;
    tasks(&input.tasks).map_err(|error| error.within("tasks"))
}

pub(crate) fn count(field: &str, count: usize) -> Result<(), RuleError> {
    if count > MAX_CRITERIA {
        return Err(RuleError::new(field, "Tối đa 100 tiêu chí."));
    }
    Ok(())
}

impl Indicator {
    /// Refuses what the engine would refuse of it: a blank name, a target that is not above 0, a figure or weight out
    /// of range (Điều 7).
    ///
    /// # Errors
    /// The first value that breaks a bound, with its field.
    pub fn validate(&self) -> Result<(), RuleError> {
        indicator(&[], self)
    }
}

impl BasicPoint {
    /// Refuses points below 0 or above the criterion's maximum (Điều 6).
    ///
    /// # Errors
    /// The first value that breaks a bound, with its field.
    pub fn validate(&self, rule_set: &RuleSet) -> Result<(), RuleError> {
        basic_point(rule_set, &[], self)
    }
}

fn basic_point(
    rule_set: &RuleSet,
    before: &[BasicPoint],
    given: &BasicPoint,
) -> Result<(), RuleError> {
    criterion(before, &given.criterion)?;
    max(rule_set, given.max)?;
    up_to("points", given.points, given.max)
}

/// A criterion that is not among those before.
pub(crate) fn criterion(before: &[BasicPoint], code: &str) -> Result<(), RuleError> {
    name("criterion", code)?;
    if before.iter().any(|other| other.criterion == code) {
        return Err(RuleError::new("criterion", "Tiêu chí này bị lặp lại."));
    }
    Ok(())
}

/// Most points of one criterion, within the block (Điều 6).
pub(crate) fn max(rule_set: &RuleSet, max: Decimal) -> Result<(), RuleError> {
    up_to("max", max, rule_set.common_points)
}

/// The maxima fill the block of Điều 6.
pub(crate) fn basic_sum(rule_set: &RuleSet, basic: &[BasicPoint]) -> Result<(), RuleError> {
    let sum: Decimal = basic.iter().map(|given| given.max).sum();
    if sum != rule_set.common_points {
        return Err(RuleError::new(
            "basic",
            format!(
                "Điểm tối đa của các tiêu chí chung phải cộng lại bằng {}, đang là {}.",
                format_vi(rule_set.common_points, 4),
                format_vi(sum, 4)
            ),
        ));
    }
    Ok(())
}

fn indicator(before: &[Indicator], given: &Indicator) -> Result<(), RuleError> {
    indicator_name(before, &given.name)?;
    target(given.target)?;
    actual(given.actual)?;
    weight(given.weight)
}

/// An indicator that is not among those before.
pub(crate) fn indicator_name(before: &[Indicator], text: &str) -> Result<(), RuleError> {
    name("name", text)?;
    if before.iter().any(|other| other.name == text) {
        return Err(RuleError::new("name", "Chỉ số này bị lặp lại."));
    }
    Ok(())
}

/// Above 0: nothing can be measured against 0.
pub(crate) fn target(target: Decimal) -> Result<(), RuleError> {
    if target.is_zero() {
        return Err(RuleError::new("target", "Chỉ tiêu phải lớn hơn 0."));
    }
    up_to("target", target, MAX_FIGURE.into())
}

pub(crate) fn actual(actual: Decimal) -> Result<(), RuleError> {
    up_to("actual", actual, MAX_FIGURE.into())
}

pub(crate) fn weight(weight: Decimal) -> Result<(), RuleError> {
    up_to("weight", weight, Decimal::ONE_HUNDRED)
}

/// The weights fill the block of Điều 7.
pub(crate) fn weight_sum(indicators: &[Indicator]) -> Result<(), RuleError> {
    let sum: Decimal = indicators.iter().map(|given| given.weight).sum();
    if sum != Decimal::ONE_HUNDRED {
        return Err(RuleError::new(
            "functional",
            format!(
                "Trọng số của các chỉ số phải cộng lại bằng 100, đang là {}.",
                format_vi(sum, 4)
            ),
        ));
    }
    Ok(())
}

fn tasks(given: &Tasks) -> Result<(), RuleError> {
    assigned(given.assigned)?;
    of_assigned("completed", given.completed, given.assigned)?;
    of_assigned("late", given.late, given.assigned)?;
    exceeded(given.exceeded, given.completed)?;
    of_assigned("quality_failed", given.quality_failed, given.assigned)
}

pub(crate) fn assigned(count: u32) -> Result<(), RuleError> {
    if count > MAX_TASKS {
        return Err(RuleError::new(
            "assigned",
            "Số nhiệm vụ phải từ 0 đến 1.000.000.",
        ));
    }
    Ok(())
}

pub(crate) fn of_assigned(field: &str, count: u32, assigned: u32) -> Result<(), RuleError> {
    if count > assigned {
        return Err(RuleError::new(
            field,
            "Số nhiệm vụ này không được lớn hơn số nhiệm vụ được giao.",
        ));
    }
    Ok(())
}

/// Only what is completed can exceed what was asked.
pub(crate) fn exceeded(count: u32, completed: u32) -> Result<(), RuleError> {
    if count > completed {
        return Err(RuleError::new(
            "exceeded",
            "Số nhiệm vụ vượt mức yêu cầu không được lớn hơn số nhiệm vụ hoàn thành.",
        ));
    }
    Ok(())
}
