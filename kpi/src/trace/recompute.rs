//! Computes a trace again from its own operands: the proof that what is shown
//! is what was counted, and the tool that finds an altered figure.

use rust_decimal::Decimal;

use super::{Fraction, Line, Operand, OperandLabel, Operation, Step, StepKey, Trace};
use crate::{
    exact::{self, Exact, Overflow},
    rule_set::{CapMode, DeductionShape, FaultStep, Rounding},
    scoring::MAX_FAULTS,
};

/// The largest denominator of a number with twelve decimals.
const TWELVE_DECIMALS: u128 = 1_000_000_000_000;

/// Why a trace does not stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TraceError {
    /// It has no total: there was not enough data for a score.
    #[error("Chưa có tổng điểm: chưa đủ dữ liệu.")]
    NoTotal,
    /// A step lacks an operand or refers to one that does not come before it.
    #[error("Bước “{}” thiếu số liệu đầu vào.", .0.label())]
    Incomplete(StepKey),
    /// A step's stored value is not what its operands give.
    #[error("Bước “{}” không khớp với số liệu đầu vào.", .0.label())]
    Differs(StepKey),
    /// The arithmetic left its range.
    #[error("Phép tính vượt quá giới hạn số học.")]
    Overflow,
}

impl From<Overflow> for TraceError {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl Trace {
    /// The published total, computed from the operands of the steps alone;
    /// stored values are compared, never used (Điều 4 khoản 4: results can be verified).
    ///
    /// # Errors
    /// [`TraceError`] if there is no total or any stored value differs from
    /// what its operands give.
    pub fn recompute(&self) -> Result<Decimal, TraceError> {
        let mut known: Vec<(StepKey, Exact)> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let value = self.evaluate(step, &known)?;
            let published = self.publish(&value)?;
            if Fraction::from(value) != step.value || published != step.published {
                return Err(TraceError::Differs(step.key));
            }
            known.push((step.key, value));
        }
        let total = find(&known, StepKey::Total).ok_or(TraceError::NoTotal)?;
        Ok(self.publish(&total)?)
    }
}

fn find(known: &[(StepKey, Exact)], key: StepKey) -> Option<Exact> {
    known
        .iter()
        .find(|(other, _)| *other == key)
        .map(|(_, value)| *value)
}

/// The operand's value; one that names a step must equal that step's value.
fn resolve(
    step: &Step,
    operand: &Operand,
    known: &[(StepKey, Exact)],
) -> Result<Exact, TraceError> {
    let stored = operand.value.to_ratio();
    match operand.step {
        None => Ok(stored),
        Some(key) => match find(known, key) {
            None => Err(TraceError::Incomplete(step.key)),
            Some(value) if value == stored => Ok(value),
            Some(_) => Err(TraceError::Differs(step.key)),
        },
    }
}

impl Trace {
    fn publish(&self, value: &Exact) -> Result<Decimal, Overflow> {
        exact::publish(value, self.decimals, self.rounding)
    }

    fn evaluate(&self, step: &Step, known: &[(StepKey, Exact)]) -> Result<Exact, TraceError> {
        let mut values = Vec::with_capacity(step.operands.len());
        for operand in &step.operands {
            values.push((operand, resolve(step, operand, known)?));
        }
        let nth = |index: usize| {
            values
                .get(index)
                .map(|(_, value)| *value)
                .ok_or(TraceError::Incomplete(step.key))
        };
        match step.operation {
            Operation::SumOfLines => step.lines.iter().try_fold(exact::whole(0), |sum, line| {
                Ok(exact::add(&sum, &line_value(step, line)?)?)
            }),
            Operation::Percent => {
                let share = exact::div(&nth(0)?, &nth(1)?)?;
                Ok(exact::mul(&share, &exact::whole(100))?)
            }
            Operation::AllAtLeast => {
                let labelled = |label| {
                    values
                        .iter()
                        .find(|(operand, _)| operand.label == label)
                        .map(|(_, value)| *value)
                };
                let missing = TraceError::Incomplete(step.key);
                let threshold = labelled(OperandLabel::CompletedThreshold).ok_or(missing)?;
                let below = values.iter().any(|(operand, value)| {
                    operand.label == OperandLabel::SubordinateScore && *value < threshold
                });
                let wanted = if below {
                    OperandLabel::WhenBelow
                } else {
                    OperandLabel::WhenAll
                };
                labelled(wanted).ok_or(missing)
            }
            Operation::Given => nth(0),
            Operation::CappedMean => {
                let mut weighted = Vec::with_capacity(values.len());
                for (operand, value) in &values {
                    let weight = operand.weight.ok_or(TraceError::Incomplete(step.key))?;
                    weighted.push((*value, weight.to_ratio()));
                }
                Ok(capped_mean(&weighted, step.cap.unwrap_or(CapMode::Block))?)
            }
            Operation::PercentOf => {
                let product = exact::mul(&nth(0)?, &nth(1)?)?;
                Ok(exact::div(&product, &exact::whole(100))?)
            }
            Operation::Sum => values.iter().try_fold(exact::whole(0), |sum, (_, value)| {
                Ok(exact::add(&sum, value)?)
            }),
            // A level is decided on the published number, unless it is compared before rounding.
            Operation::Classify if self.rounding == Rounding::Exact => nth(0),
            Operation::Classify => Ok(exact::from_decimal(self.publish(&nth(0)?)?)?),
        }
    }
}

/// What a line adds, computed from its quantity, coefficients and faults.
fn line_value(step: &Step, line: &Line) -> Result<Exact, TraceError> {
    let converted = converted(line.quantity, line.coefficient, line.position)?;
    let lost = lost_share(line.shape, line.rate, &step.table, line.counted())?;
    let deducted = exact::mul(&converted, &lost)?;
    let stepped = line.shape != DeductionShape::Steps || exact::from_decimal(line.rate)? == lost;
    if Fraction::from(converted) != line.converted
        || Fraction::from(deducted) != line.deducted
        || !stepped
    {
        return Err(TraceError::Differs(step.key));
    }
    Ok(exact::sub(&converted, &deducted)?)
}

/// `quantity × coefficient`, by the post's coefficient where there is one.
pub(crate) fn converted(
    quantity: Decimal,
    coefficient: Decimal,
    position: Option<Decimal>,
) -> Result<Exact, Overflow> {
    let product = exact::mul(
        &exact::from_decimal(quantity)?,
        &exact::from_decimal(coefficient)?,
    )?;
    match position {
        None => Ok(product),
        Some(position) => exact::mul(&product, &exact::from_decimal(position)?),
    }
}

/// Share lost to `counted` faults, 0 to 1 (Điều 14 khoản 2 điểm b, c; choice A2).
pub(crate) fn lost_share(
    shape: DeductionShape,
    rate: Decimal,
    table: &[FaultStep],
    counted: u32,
) -> Result<Exact, Overflow> {
    let whole = exact::whole(1);
    if counted == 0 {
        return Ok(exact::whole(0));
    }
    let rate = exact::from_decimal(rate)?;
    match shape {
        DeductionShape::Linear => Ok(exact::mul(&rate, &exact::whole(counted))?.min(whole)),
        DeductionShape::Compound => {
            let kept = compounded(&exact::sub(&whole, &rate)?, counted)?;
            exact::sub(&whole, &kept)
        }
        DeductionShape::Steps => {
            let kept = table
                .iter()
                .find(|step| counted <= step.up_to)
                .map_or(Decimal::ZERO, |step| step.kept);
            exact::sub(&whole, &exact::from_decimal(kept)?)
        }
    }
}

/// `share^times` to six decimals. Each product is held to twelve, so that
/// neither digits nor denominators grow with the faults.
fn compounded(share: &Exact, times: u32) -> Result<Exact, Overflow> {
    if times > MAX_FAULTS {
        return Err(Overflow);
    }
    let mut kept = exact::whole(1);
    for _ in 0..times {
        kept = exact::mul(&kept, share)?;
        if kept.denom().unsigned_abs() > TWELVE_DECIMALS {
            kept = exact::from_decimal(exact::to_decimal(&kept, 12)?)?;
        }
    }
    exact::from_decimal(exact::to_decimal(&kept, 6)?)
}

/// The mean of percentages by weight, cut at 100: the whole, or each first.
pub(crate) fn capped_mean(parts: &[(Exact, Exact)], cap: CapMode) -> Result<Exact, Overflow> {
    let full = exact::whole(100);
    let mut sum = exact::whole(0);
    let mut weights = exact::whole(0);
    for (value, weight) in parts {
        let value = match cap {
            CapMode::Block => *value,
            CapMode::Component => (*value).min(full),
        };
        sum = exact::add(&sum, &exact::mul(&value, weight)?)?;
        weights = exact::add(&weights, weight)?;
    }
    Ok(exact::div(&sum, &weights)?.min(full))
}
