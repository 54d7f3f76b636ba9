//! How many may be "xuất sắc" (Điều 20 khoản 5): a count, never a choice.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    RuleError,
    exact::{self, Overflow},
    level::Level,
    rule_set::{CapBase, CapFraction, YearRules},
};

/// The cap of "xuất sắc" in one scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quota {
    /// Those who have a level.
    pub rated: u32,
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
    pub fn of(
        rules: &YearRules,
        ratio: Decimal,
        levels: impl IntoIterator<Item = Level>,
    ) -> Result<Self, RuleError> {
        let (mut rated, mut good_or_better, mut candidates) = (0, 0, 0);
        for level in levels {
            rated += 1;
            good_or_better += u32::from(level >= Level::Good);
            candidates += u32::from(level == Level::Excellent);
        }
        let max_excellent = max_excellent(rules, ratio, good_or_better, rated)?;
        Ok(Self {
            rated,
            good_or_better,
            candidates,
            max_excellent,
            surplus: candidates.saturating_sub(max_excellent),
        })
    }
}

/// Most that may be "xuất sắc" of so many rated, so many of them "tốt" or
/// better (điểm a khoản 5 Điều 20). Read literally, the largest X with
/// X ≤ `ratio` × (`good_or_better` − X): those not chosen are the "tốt" the
/// ratio is of; a rule set may take another base (choice A21). `ratio` is 0 to
/// 1; a fraction of a person is cut, or what the rule set says (choice A22).
///
/// # Errors
/// A ratio outside 0 to 1.
pub fn max_excellent(
    rules: &YearRules,
    ratio: Decimal,
    good_or_better: u32,
    rated: u32,
) -> Result<u32, RuleError> {
    if ratio < Decimal::ZERO || ratio > Decimal::ONE {
        return Err(RuleError::new(
            "excellent_ratio",
            "Tỷ lệ hoàn thành xuất sắc phải từ 0 đến 1.",
        ));
    }
    let ratio = exact::from_decimal(ratio)?;
    let of = |count| exact::mul(&ratio, &exact::whole(count));
    let most = match rules.cap_base {
        CapBase::Good => exact::div(&of(good_or_better)?, &exact::add(&ratio, &exact::whole(1))?)?,
        CapBase::GoodAndExcellent => of(good_or_better)?,
        CapBase::AllRated => of(rated)?,
    };
    let most = match rules.cap_fraction {
        CapFraction::Floor => most.floor(),
        CapFraction::Round => most.round(),
        CapFraction::Ceil => most.ceil(),
    };
    let most = u32::try_from(most.to_integer()).map_err(|_| Overflow)?;
    Ok(most.min(good_or_better))
}
