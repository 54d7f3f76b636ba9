//! Writes the steps of a trace: sums over lines, and steps with operands.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Item, RuleError};
use crate::{
    exact::{self, Exact},
    rule_set::RuleSet,
    trace::{
        Article, Fraction, Line, Operand, OperandLabel, Operation, Step, StepKey, Trace,
        recompute::line_parts,
    },
};

/// Adds up the sums and writes the steps.
pub(crate) struct Writer<'a> {
    pub(super) rule_set: &'a RuleSet,
    pub(super) trace: Trace,
}

impl<'a> Writer<'a> {
    pub(crate) const fn new(rule_set: &'a RuleSet) -> Self {
        Self {
            rule_set,
            trace: Trace {
                decimals: rule_set.decimals,
                steps: Vec::new(),
            },
        }
    }

    /// Writes a sum over lines and gives its exact value.
    pub(super) fn lines(
        &mut self,
        key: StepKey,
        article: Article,
        lines: Vec<Line>,
    ) -> Result<Exact, RuleError> {
        let mut sum = exact::whole(0);
        for line in &lines {
            let kept = exact::sub(&line.converted.to_ratio(), &line.deducted.to_ratio())?;
            sum = exact::add(&sum, &kept)?;
        }
        self.step(key, Operation::SumOfLines, article, Vec::new(), sum)?;
        if let Some(step) = self.trace.steps.last_mut() {
            step.lines = lines;
        }
        Ok(sum)
    }

    /// Writes a step and gives its published value.
    pub(super) fn step(
        &mut self,
        key: StepKey,
        operation: Operation,
        article: Article,
        operands: Vec<Operand>,
        value: Exact,
    ) -> Result<Decimal, RuleError> {
        let published = exact::to_decimal(&value, self.rule_set.decimals)?;
        self.trace.steps.push(Step {
            key,
            operation,
            operands,
            lines: Vec::new(),
            cap: None,
            value: Fraction::from(value),
            published,
            article,
            rule_set: self.rule_set.code.clone(),
        });
        Ok(published)
    }
}

/// Which faults a sum looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Faults {
    None,
    FailedReviews,
    Delays,
}

pub(super) fn operand(label: OperandLabel, value: Exact) -> Operand {
    Operand {
        label,
        step: None,
        reference: None,
        weight: None,
        value: value.into(),
    }
}

pub(super) fn of_step(key: StepKey, value: Exact) -> Operand {
    Operand {
        step: Some(key),
        ..operand(OperandLabel::Step, value)
    }
}

/// Quantities of an item by `(faults, excused)`.
pub(super) fn grouped(item: &Item, faults: Faults) -> BTreeMap<(u32, u32), Decimal> {
    let mut groups = BTreeMap::new();
    for given in &item.deliverables {
        let counts = match faults {
            Faults::None => (0, 0),
            Faults::FailedReviews => (given.failed_reviews, given.excused_failed_reviews),
            Faults::Delays => (given.delays, given.excused_delays),
        };
        *groups.entry(counts).or_insert(Decimal::ZERO) += given.quantity;
    }
    groups
}

pub(super) fn line(
    index: u32,
    item: &Item,
    quantity: Decimal,
    (faults, excused): (u32, u32),
    rate: Decimal,
) -> Result<Line, RuleError> {
    let (converted, deducted) = line_parts(
        exact::from_decimal(quantity)?,
        exact::from_decimal(item.coefficient)?,
        exact::from_decimal(rate)?,
        faults.saturating_sub(excused),
    )?;
    Ok(Line {
        item: index,
        reference: item.reference.clone(),
        title: item.title.clone(),
        kind: item.kind,
        quantity,
        coefficient: item.coefficient,
        faults,
        excused,
        rate,
        converted: converted.into(),
        deducted: deducted.into(),
    })
}
