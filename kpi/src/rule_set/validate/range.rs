//! The ranges of single values of a rule set.

use rust_decimal::Decimal;

use crate::{
    RuleError, bounds,
    rule_set::{FaultStep, field},
    scoring::MAX_FAULTS,
    unit::MAX_CRITERIA,
};

/// Most steps of a table.
const MAX_STEPS: usize = 20;
/// Longest wording of a criterion, in characters.
const MAX_LABEL: usize = 500;

/// A row of a list: at most 100, with a code of its own and a name.
pub(super) fn row(
    list: &str,
    index: usize,
    before: &[&str],
    code: &str,
    label: &str,
) -> Result<(), RuleError> {
    if index >= MAX_CRITERIA {
        return Err(RuleError::new(list, "Tối đa 100 dòng."));
    }
    let place = format!("{list}[{index}]");
    bounds::name("code", code).map_err(|error| error.within(&place))?;
    if before.contains(&code) {
        return Err(RuleError::new(
            format!("{place}.code"),
            format!("Mã “{}” bị trùng.", shown(code)),
        ));
    }
    if code.contains(field::SEPARATOR) || label.contains(field::SEPARATOR) {
        return Err(RuleError::new(place, "Mã và tên không chứa dấu “|”."));
    }
    if label.trim().is_empty() || label.chars().count() > MAX_LABEL {
        return Err(RuleError::new(
            format!("{place}.label"),
            "Phải có tên, không dài quá 500 ký tự.",
        ));
    }
    Ok(())
}

/// A text from the rule set, short enough for a message.
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Rows that go up in faults and never up in what is kept.
pub(super) fn fault_steps(field: &str, steps: &[FaultStep]) -> Result<(), RuleError> {
    if steps.len() > MAX_STEPS {
        return Err(RuleError::new(field, "Tối đa 20 bậc."));
    }
    let (mut faults, mut kept) = (0, Decimal::ONE);
    for (index, step) in steps.iter().enumerate() {
        let up_to = format!("{field}[{index}].up_to");
        if step.up_to <= faults {
            return Err(RuleError::new(
                up_to,
                "Số lần của các bậc phải tăng dần, từ 1.",
            ));
        }
        if step.up_to > MAX_FAULTS {
            return Err(RuleError::new(up_to, "Số lần phải từ 1 đến 1.000."));
        }
        let field = format!("{field}[{index}].kept");
        share(&field, step.kept)?;
        if step.kept > kept {
            return Err(RuleError::new(
                field,
                "Phần còn lại không được tăng khi số lần tăng.",
            ));
        }
        (faults, kept) = (step.up_to, step.kept);
    }
    Ok(())
}

/// 0 to 100 with at most two decimals; bounded so that no sum can overflow.
pub(super) fn percentage(field: &str, value: Decimal) -> Result<(), RuleError> {
    if value < Decimal::ZERO || value > Decimal::ONE_HUNDRED || value.normalize().scale() > 2 {
        return Err(RuleError::new(
            field,
            "Giá trị phải từ 0 đến 100 và có tối đa 2 chữ số thập phân.",
        ));
    }
    Ok(())
}

/// 0 to 1 with at most four decimals.
pub(super) fn share(field: &str, value: Decimal) -> Result<(), RuleError> {
    if value < Decimal::ZERO || value > Decimal::ONE || value.normalize().scale() > 4 {
        return Err(RuleError::new(
            field,
            "Giá trị phải từ 0 đến 1 và có tối đa 4 chữ số thập phân.",
        ));
    }
    Ok(())
}
