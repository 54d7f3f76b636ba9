//! Computes a trace again from its own operands: the proof that what is shown
//! is what was counted, and the tool that finds an altered figure.

use rust_decimal::Decimal;

use super::{Fraction, Line, Operand, OperandLabel, Operation, Step, StepKey, Trace};
use crate::{
    exact::{self, Exact, Overflow},
    rule_set::CapMode,
};

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
    /// stored values are compared, never used.
    ///
    /// # Errors
    /// [`TraceError`] if there is no total or any stored value differs from
    /// what its operands give.
    pub fn recompute(&self) -> Result<Decimal, TraceError> {
        let mut known: Vec<(StepKey, Exact)> = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let value = evaluate(step, &known, self.decimals)?;
            let published = exact::to_decimal(&value, self.decimals)?;
            if Fraction::from(value) != step.value || published != step.published {
                return Err(TraceError::Differs(step.key));
            }
            known.push((step.key, value));
        }
        let total = find(&known, StepKey::Total).ok_or(TraceError::NoTotal)?;
        Ok(exact::to_decimal(&total, self.decimals)?)
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

fn evaluate(step: &Step, known: &[(StepKey, Exact)], decimals: u32) -> Result<Exact, TraceError> {
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
            Ok(exact::add(&sum, &line_value(step.key, line)?)?)
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
        // A level is decided on the published number.
        Operation::Classify => Ok(exact::from_decimal(exact::to_decimal(&nth(0)?, decimals)?)?),
    }
}

/// What a line adds, computed from its quantity, coefficient and faults.
fn line_value(key: StepKey, line: &Line) -> Result<Exact, TraceError> {
    let (converted, deducted) = line_parts(
        exact::from_decimal(line.quantity)?,
        exact::from_decimal(line.coefficient)?,
        exact::from_decimal(line.rate)?,
        line.counted(),
    )?;
    if Fraction::from(converted) != line.converted || Fraction::from(deducted) != line.deducted {
        return Err(TraceError::Differs(key));
    }
    Ok(exact::sub(&converted, &deducted)?)
}

/// `(quantity × coefficient, of that lost to the faults)`; never loses more
/// than all (Điều 14 khoản 2 điểm b, c; linear).
pub(crate) fn line_parts(
    quantity: Exact,
    coefficient: Exact,
    rate: Exact,
    counted: u32,
) -> Result<(Exact, Exact), Overflow> {
    let converted = exact::mul(&quantity, &coefficient)?;
    let share = exact::mul(&rate, &exact::whole(counted))?.min(exact::whole(1));
    let deducted = exact::mul(&converted, &share)?;
    Ok((converted, deducted))
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
