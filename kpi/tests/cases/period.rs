//! Random months of random people.

use kpi::{
    rule_set::{CapMode, RuleSet},
    scoring::{
        CommonPoint, DeliverableInput, Item, ItemKind, Leadership, PeriodInput, ScoringRole,
    },
};
use proptest::{prelude::*, sample::select};
use rust_decimal::Decimal;

pub fn deliverable() -> impl Strategy<Value = DeliverableInput> {
    let faults = || (0_u32..=6, 0_u32..=6);
    (0_i64..=30_000, faults(), faults(), faults()).prop_map(
        |(quantity, (f, ef), (d, ed), (days, excused_days))| DeliverableInput {
            quantity: Decimal::new(quantity, 4),
            failed_reviews: f,
            excused_failed_reviews: ef.min(f),
            delays: d,
            excused_delays: ed.min(d),
            days_late: days,
            excused_days_late: excused_days.min(days),
        },
    )
}

pub fn item() -> impl Strategy<Value = Item> {
    (
        select(ItemKind::ALL),
        1_i64..=200_000_000,
        0_i64..=50_000,
        0_i64..=20_000,
        proptest::collection::vec(deliverable(), 0..5),
        proptest::option::of("[a-zA-Zđạ ]{0,12}"),
    )
        .prop_map(
            |(kind, coefficient, spare, handed_over, deliverables, title)| {
                let delivered: Decimal = deliverables.iter().map(|d| d.quantity).sum();
                let handed_over = Decimal::new(handed_over, 4);
                Item {
                    reference: None,
                    title,
                    kind,
                    coefficient: Decimal::new(coefficient, 6),
                    assigned: delivered + handed_over + Decimal::new(spare, 4),
                    handed_over,
                    deliverables,
                }
            },
        )
}

fn common() -> impl Strategy<Value = Vec<CommonPoint>> {
    proptest::collection::vec(0_i64..=100, 10).prop_map(|shares| {
        let rules = RuleSet::nd_335_2025();
        let criteria = rules.criteria.iter().zip(shares);
        criteria
            .map(|(criterion, share)| CommonPoint {
                criterion: criterion.code.clone(),
                points: criterion.max * Decimal::new(share, 2),
            })
            .collect()
    })
}

pub fn input() -> impl Strategy<Value = PeriodInput> {
    let leadership = (
        proptest::collection::vec(0_i64..=10_000, 0..6),
        select(&[50_u32, 100][..]),
        select(&[50_u32, 100][..]),
    );
    (
        select(ScoringRole::ALL),
        common(),
        proptest::collection::vec(item(), 0..7),
        leadership,
        proptest::option::of(select(CapMode::ALL)),
    )
        .prop_map(
            |(role, common, items, (scores, organising, unity), cap)| PeriodInput {
                role,
                common,
                items,
                leadership: role.is_leader().then(|| Leadership {
                    subordinate_scores: scores.into_iter().map(|s| Decimal::new(s, 2)).collect(),
                    organising,
                    unity,
                }),
                cap,
            },
        )
}
