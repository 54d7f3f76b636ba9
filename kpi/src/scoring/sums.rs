//! The sums a score rests on: converted work assigned, completed, of quality
//! and on time (Điều 14), and the points of the common block (Điều 12).

use rust_decimal::Decimal;

use super::{
    ItemKind, PeriodInput, RuleError,
    writer::{Faults, Writer, grouped, line, operand},
};
use crate::{
    exact::{self, Exact},
    trace::{Article, Operand, OperandLabel, Operation, StepKey},
};

/// The four sums everything else rests on, in standard units.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sums {
    pub(crate) assigned: Exact,
    pub(crate) volume: Exact,
    pub(crate) quality: Exact,
    pub(crate) progress: Exact,
}

impl Writer<'_> {
    /// Assigned, volume, quality, progress (Điều 14; Điều 18 khoản 1 điểm d).
    pub(crate) fn sums(&mut self, input: &PeriodInput) -> Result<Sums, RuleError> {
        let deductions = self.rule_set.deductions.clone();
        let mut lines = Vec::new();
        for (index, item) in (0_u32..).zip(&input.items) {
            if item.kind == ItemKind::Plan {
                lines.push(line(index, item, item.assigned, (0, 0), Decimal::ZERO)?);
            }
        }
        let assigned = self.lines(StepKey::Assigned, Article::A14Clause1, lines)?;
        let mut sum = |key, article, faults, rate| {
            let mut lines = Vec::new();
            for (index, item) in (0_u32..).zip(&input.items) {
                for (counts, quantity) in grouped(item, faults) {
                    lines.push(line(index, item, quantity, counts, rate)?);
                }
            }
            self.lines(key, article, lines)
        };
        Ok(Sums {
            assigned,
            volume: sum(
                StepKey::Volume,
                Article::A14Clause2A,
                Faults::None,
                Decimal::ZERO,
            )?,
            quality: sum(
                StepKey::Quality,
                Article::A14Clause2B,
                Faults::FailedReviews,
                deductions.per_failed_review,
            )?,
            progress: sum(
                StepKey::Progress,
                Article::A14Clause2C,
                Faults::Delays,
                deductions.per_delay,
            )?,
        })
    }

    /// The common block (Điều 12 khoản 2); a criterion not given counts 0.
    pub(crate) fn common(&mut self, input: &PeriodInput) -> Result<Exact, RuleError> {
        let mut operands = Vec::with_capacity(self.rule_set.criteria.len());
        let mut sum = exact::whole(0);
        for criterion in &self.rule_set.criteria {
            let points = input
                .common
                .iter()
                .find(|point| point.criterion == criterion.code)
                .map_or(Decimal::ZERO, |point| point.points);
            let value = exact::from_decimal(points)?;
            sum = exact::add(&sum, &value)?;
            operands.push(Operand {
                reference: Some(criterion.code.clone()),
                ..operand(OperandLabel::Criterion, value)
            });
        }
        self.step(
            StepKey::CommonPoints,
            Operation::Sum,
            Article::A12Clause2,
            operands,
            sum,
        )?;
        Ok(sum)
    }
}
