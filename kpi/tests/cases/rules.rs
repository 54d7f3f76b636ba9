//! Random rule sets: the decree with other choices.

use kpi::rule_set::{
    DeductionShape, DelayUnit, FaultBase, FaultStep, Rounding, RuleSet, ZeroAssigned,
};
use proptest::{prelude::*, sample::select};
use rust_decimal::Decimal;

fn steps() -> impl Strategy<Value = Vec<FaultStep>> {
    proptest::collection::btree_map(1_u32..8, 0_i64..=10_000, 1..4).prop_map(|rows| {
        let mut kept: Vec<i64> = rows.values().copied().collect();
        kept.sort_unstable_by(|one, other| other.cmp(one));
        rows.into_keys()
            .zip(kept)
            .map(|(up_to, kept)| FaultStep {
                up_to,
                kept: Decimal::new(kept, 4),
            })
            .collect()
    })
}

pub fn rules() -> impl Strategy<Value = RuleSet> {
    (
        select(DeductionShape::ALL),
        (0_i64..=10_000, 0_i64..=10_000),
        (steps(), steps()),
        select(DelayUnit::ALL),
        select(FaultBase::ALL),
        select(Rounding::ALL),
        select(ZeroAssigned::ALL),
        (1_i64..=300, 1_i64..=300),
    )
        .prop_map(
            |(shape, rates, steps, delay_unit, fault_base, rounding, zero_assigned, position)| {
                let mut rules = RuleSet::nd_335_2025();
                rules.deductions.shape = shape;
                rules.deductions.per_failed_review = Decimal::new(rates.0, 4);
                rules.deductions.per_delay = Decimal::new(rates.1, 4);
                (
                    rules.deductions.quality_steps,
                    rules.deductions.progress_steps,
                ) = steps;
                rules.deductions.delay_unit = delay_unit;
                rules.fault_base = fault_base;
                rules.rounding = rounding;
                rules.zero_assigned = zero_assigned;
                rules.position.head = Decimal::new(position.0, 2);
                rules.position.staff = Decimal::new(position.1, 2);
                rules
            },
        )
}
