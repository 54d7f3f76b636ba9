//! Bounds that several rules share, each refusing at the path it is given.

use rust_decimal::Decimal;

use crate::{RuleError, number::format_vi, scoring::QUANTITY_DECIMALS};

/// Longest identifier or name, in characters.
const MAX_NAME: usize = 200;

/// An identifier or name: not blank, at most 200 characters.
pub(crate) fn name(field: &str, text: &str) -> Result<(), RuleError> {
    if text.trim().is_empty() || text.chars().count() > MAX_NAME {
        return Err(RuleError::new(
            field,
            "Phải có nội dung và không dài quá 200 ký tự.",
        ));
    }
    Ok(())
}

/// Refuses more than `most` decimals.
pub(crate) fn decimals(field: &str, value: Decimal, most: u32) -> Result<(), RuleError> {
    if value.normalize().scale() > most {
        return Err(RuleError::new(
            field,
            format!("Chỉ được tối đa {most} chữ số thập phân."),
        ));
    }
    Ok(())
}

/// A period score: 0 to 100, at most four decimals.
pub(crate) fn period_score(field: &str, score: Decimal) -> Result<(), RuleError> {
    if score < Decimal::ZERO || score > Decimal::ONE_HUNDRED {
        return Err(RuleError::new(
            field,
            "Điểm theo dõi, đánh giá phải từ 0 đến 100.",
        ));
    }
    decimals(field, score, QUANTITY_DECIMALS)
}

/// 0 to `most`, at most four decimals.
pub(crate) fn up_to(field: &str, value: Decimal, most: Decimal) -> Result<(), RuleError> {
    if value < Decimal::ZERO || value > most {
        return Err(RuleError::new(
            field,
            format!("Giá trị phải từ 0 đến {}.", format_vi(most, 4)),
        ));
    }
    decimals(field, value, QUANTITY_DECIMALS)
}
