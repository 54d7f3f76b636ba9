//! Bounds that several rules share, each refusing at the path it is given.

use rust_decimal::Decimal;

use crate::{RuleError, scoring::QUANTITY_DECIMALS};

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
