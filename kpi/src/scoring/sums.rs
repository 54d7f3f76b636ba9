//! The sums a score rests on: converted work assigned, completed, of quality
//! and on time (Điều 14), and the points of the common block (Điều 12).

use rust_decimal::Decimal;

use super::{
    Item, ItemKind, PeriodInput, RuleError, ScoringRole,
    writer::{Faults, Writer, operand},
};
use crate::{
    exact::{self, Exact},
    rule_set::{FaultBase, RuleSet, ZeroAssigned},
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

impl Sums {
    /// What quality and progress are measured against (choice A6): the
    /// assigned work, or what of it is done, if anything is.
    pub(crate) fn base(&self, rules: &RuleSet) -> (StepKey, Exact) {
        if rules.fault_base == FaultBase::Completed && self.volume != exact::whole(0) {
            (StepKey::Volume, self.volume)
        } else {
            (StepKey::Assigned, self.assigned)
        }
    }
}

/// The post's coefficient (choice A17), where it is not 1.
pub(crate) fn position_of(rules: &RuleSet, role: ScoringRole) -> Option<Decimal> {
    Some(rules.position.of(role)).filter(|position| *position != Decimal::ONE)
}

/// Whether an item is in the denominator: planned work is, and extra work
/// stands in where nothing is planned (Điều 18 khoản 1 điểm d; choices A8, A9).
pub(crate) fn is_base(rules: &RuleSet, input: &PeriodInput, item: &Item) -> bool {
    let planned = |item: &Item| item.kind == ItemKind::Plan;
    planned(item)
        || (rules.zero_assigned == ZeroAssigned::ExtraWork && !input.items.iter().any(planned))
}

impl Writer<'_> {
    /// Assigned, volume, quality, progress (Điều 14; Điều 18 khoản 1 điểm d).
    pub(crate) fn sums(&mut self, input: &PeriodInput) -> Result<Sums, RuleError> {
        let rules = self.rule_set;
        let position = position_of(rules, input.role);
        let none = Faults::none();
        let mut lines = Vec::new();
        for (index, item) in (0_u32..).zip(&input.items) {
            if is_base(rules, input, item) {
                lines.push(none.line(index, item, item.assigned, (0, 0), position)?);
            }
        }
        let assigned = self.lines(StepKey::Assigned, Article::A14Clause1, lines, &[])?;
        let mut sum = |key, article, faults: Faults<'_>| {
            let mut lines = Vec::new();
            for (index, item) in (0_u32..).zip(&input.items) {
                for (counts, quantity) in faults.grouped(item) {
                    lines.push(faults.line(index, item, quantity, counts, position)?);
                }
            }
            self.lines(key, article, lines, faults.table())
        };
        let reviews = Faults::reviews(&rules.deductions);
        let delays = Faults::delays(&rules.deductions);
        Ok(Sums {
            assigned,
            volume: sum(StepKey::Volume, Article::A14Clause2A, none)?,
            quality: sum(StepKey::Quality, Article::A14Clause2B, reviews)?,
            progress: sum(StepKey::Progress, Article::A14Clause2C, delays)?,
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
