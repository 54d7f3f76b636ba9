//! How many may be "xuất sắc" (Điều 20 khoản 5): a count, never a choice.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    RuleError,
    exact::{self, Overflow},
    level::Level,
};

/// The cap of "xuất sắc" in one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Those whose level is "tốt" or better.
    pub good_or_better: u32,
    /// Of these, those at "xuất sắc".
    pub candidates: u32,
    /// Most that may be "xuất sắc".
    pub max_excellent: u32,
    /// Candidates above that, at least 0: for the authority to decide.
    pub surplus: u32,
}

impl Quota {
    /// Counts the levels of everybody rated in one scope (khoản 5 Điều 20).
    ///
    /// # Errors
    /// As [`max_excellent`].
    pub fn of(ratio: Decimal, levels: impl IntoIterator<Item = Level>) -> Result<Self, RuleError> {
        let (mut good_or_better, mut candidates) = (0, 0);
        for level in levels {
            good_or_better += u32::from(level >= Level::Good);
            candidates += u32::from(level == Level::Excellent);
        }
        let max_excellent = max_excellent(ratio, good_or_better)?;
        Ok(Self {
            good_or_better,
            candidates,
            max_excellent,
            surplus: candidates.saturating_sub(max_excellent),
        })
    }
}

/// The largest X with X ≤ `ratio` × (`good_or_better` − X): those not chosen
/// are the "tốt" the ratio is of (điểm a khoản 5 Điều 20, read literally).
/// `ratio` is 0 to 1; a fraction of a person is cut, since X may not pass the ratio.
///
/// # Errors
/// A ratio outside 0 to 1.
pub fn max_excellent(ratio: Decimal, good_or_better: u32) -> Result<u32, RuleError> {
    if ratio < Decimal::ZERO || ratio > Decimal::ONE {
        return Err(RuleError::new(
            "excellent_ratio",
            "Tỷ lệ hoàn thành xuất sắc phải từ 0 đến 1.",
        ));
    }
    let ratio = exact::from_decimal(ratio)?;
    let most = exact::div(
        &exact::mul(&ratio, &exact::whole(good_or_better))?,
        &exact::add(&ratio, &exact::whole(1))?,
    )?;
    Ok(u32::try_from(most.to_integer()).map_err(|_| Overflow)?)
}
