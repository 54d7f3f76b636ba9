//! Writes the steps of a trace: sums over lines, and steps with operands.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{DeliverableInput, Item, RuleError};
use crate::{
    exact::{self, Exact},
    rule_set::{DeductionShape, Deductions, DelayUnit, FaultStep, RuleSet},
    trace::{
        Article, Fraction, Line, Operand, OperandLabel, Operation, Step, StepKey, Trace,
        recompute::{converted, lost_share},
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
                rounding: rule_set.rounding,
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
        table: &[FaultStep],
    ) -> Result<Exact, RuleError> {
        let mut sum = exact::whole(0);
        for line in &lines {
            let kept = exact::sub(&line.converted.to_ratio(), &line.deducted.to_ratio())?;
            sum = exact::add(&sum, &kept)?;
        }
        self.step(key, Operation::SumOfLines, article, Vec::new(), sum)?;
        if let Some(step) = self.trace.steps.last_mut() {
            step.lines = lines;
            step.table = table.to_vec();
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
        let published = self.rule_set.publish(&value)?;
        self.trace.steps.push(Step {
            key,
            operation,
            operands,
            lines: Vec::new(),
            table: Vec::new(),
            cap: None,
            value: Fraction::from(value),
            published,
            article,
            rule_set: self.rule_set.code.clone(),
        });
        Ok(published)
    }
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

/// Which faults a sum looks at, and what they cost.
#[derive(Clone, Copy)]
pub(crate) struct Faults<'a> {
    shape: DeductionShape,
    rate: Decimal,
    table: &'a [FaultStep],
    delay_unit: DelayUnit,
    /// `(faults, excused)` of a deliverable.
    counts: fn(&DeliverableInput) -> (u32, u32),
}

impl<'a> Faults<'a> {
    /// None: what is done counts in full.
    pub(super) fn none() -> Self {
        Self {
            shape: DeductionShape::Linear,
            rate: Decimal::ZERO,
            table: &[],
            delay_unit: DelayUnit::MissedDates,
            counts: |_| (0, 0),
        }
    }

    /// Failed reviews (Điều 14 khoản 2 điểm b).
    pub(crate) fn reviews(rules: &'a Deductions) -> Self {
        Self {
            shape: rules.shape,
            rate: rules.per_failed_review,
            table: of_shape(rules, &rules.quality_steps),
            counts: |given| (given.failed_reviews, given.excused_failed_reviews),
            ..Self::none()
        }
    }

    /// Delays (Điều 14 khoản 2 điểm c; choice A4).
    pub(crate) fn delays(rules: &'a Deductions) -> Self {
        Self {
            shape: rules.shape,
            rate: rules.per_delay,
            table: of_shape(rules, &rules.progress_steps),
            delay_unit: rules.delay_unit,
            counts: match rules.delay_unit {
                DelayUnit::MissedDates => |given| (given.delays, given.excused_delays),
                DelayUnit::WorkingDays => |given| (given.days_late, given.excused_days_late),
            },
        }
    }

    /// What is kept after how many faults, where it is by steps.
    pub(super) const fn table(&self) -> &'a [FaultStep] {
        self.table
    }

    /// Faults of a deliverable that count.
    pub(crate) fn counted(&self, given: &DeliverableInput) -> u32 {
        let (happened, excused) = (self.counts)(given);
        happened.saturating_sub(excused)
    }

    /// Share lost to so many faults, 0 to 1.
    pub(crate) fn lost(&self, counted: u32) -> Result<Exact, RuleError> {
        Ok(lost_share(self.shape, self.rate, self.table, counted)?)
    }

    /// Quantities of an item by `(faults, excused)`.
    pub(super) fn grouped(&self, item: &Item) -> BTreeMap<(u32, u32), Decimal> {
        let mut groups = BTreeMap::new();
        for given in &item.deliverables {
            *groups.entry((self.counts)(given)).or_insert(Decimal::ZERO) += given.quantity;
        }
        groups
    }

    pub(super) fn line(
        &self,
        index: u32,
        item: &Item,
        quantity: Decimal,
        (faults, excused): (u32, u32),
        position: Option<Decimal>,
    ) -> Result<Line, RuleError> {
        let converted = converted(quantity, item.coefficient, position)?;
        let lost = self.lost(faults.saturating_sub(excused))?;
        let rate = match self.shape {
            DeductionShape::Steps => exact::nearest_decimal(&lost)?,
            DeductionShape::Linear | DeductionShape::Compound => self.rate,
        };
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
            shape: self.shape,
            delay_unit: self.delay_unit,
            position,
            converted: converted.into(),
            deducted: exact::mul(&converted, &lost)?.into(),
        })
    }
}

/// A table of steps, where the deductions go by steps.
fn of_shape<'a>(rules: &Deductions, steps: &'a [FaultStep]) -> &'a [FaultStep] {
    match rules.shape {
        DeductionShape::Steps => steps,
        DeductionShape::Linear | DeductionShape::Compound => &[],
    }
}
