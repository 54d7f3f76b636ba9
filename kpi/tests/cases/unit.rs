//! Random organisations with random indicators.

use kpi::unit::{BasicPoint, Direction, Indicator, Tasks, UnitInput};
use proptest::{array::uniform5, collection::vec, prelude::*, sample::select};
use rust_decimal::Decimal;

pub fn indicator() -> impl Strategy<Value = Indicator> {
    (select(Direction::ALL), 1_i64..=1_000_000, 0_i64..=1_000_000).prop_map(
        |(direction, target, actual)| Indicator {
            name: String::new(),
            direction,
            target: Decimal::new(target, 3),
            actual: Decimal::new(actual, 3),
            weight: Decimal::ZERO,
        },
    )
}

/// Names follow from the place; the weights are cut from 100 at random marks.
pub fn functional() -> impl Strategy<Value = Vec<Indicator>> {
    vec((indicator(), 0_i64..=1_000_000), 1..9).prop_map(|given| {
        let (mut indicators, mut marks): (Vec<_>, Vec<_>) = given.into_iter().unzip();
        marks.sort_unstable();
        let mut before = 0;
        let last = indicators.len() - 1;
        for (index, (indicator, mark)) in indicators.iter_mut().zip(marks).enumerate() {
            let mark = if index == last { 1_000_000 } else { mark };
            indicator.name = format!("i{index}");
            indicator.weight = Decimal::new(mark - before, 4);
            before = mark;
        }
        indicators
    })
}

pub fn tasks() -> impl Strategy<Value = Tasks> {
    let share = 0_u32..=100;
    (0_u32..=60, uniform5(share), any::<bool>()).prop_map(|(assigned, shares, done)| {
        let of = |whole: u32, share: u32| whole * share / 100;
        let completed = if done {
            assigned
        } else {
            of(assigned, shares[0])
        };
        Tasks {
            assigned,
            completed,
            late: of(assigned, shares[1].saturating_sub(70)),
            exceeded: of(completed, shares[2]),
            quality_failed: of(assigned, shares[3].saturating_sub(70)),
        }
    })
}

pub fn unit() -> impl Strategy<Value = UnitInput> {
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (
        uniform5(0_i64..=60_000),
        functional(),
        tasks(),
        flags,
        proptest::bool::weighted(0.1),
    )
        .prop_map(
            |(points, functional, tasks, (weak, fixed, majeure), wrongdoing)| {
                let basic = (1..)
                    .zip(points)
                    .map(|(index, points)| BasicPoint {
                        criterion: format!("c{index}"),
                        max: Decimal::from(6),
                        points: Decimal::new(points, 4),
                    })
                    .collect();
                UnitInput {
                    basic,
                    functional,
                    tasks,
                    weak_subunits: weak,
                    shortcomings_fixed: fixed,
                    wrongdoing,
                    force_majeure: majeure,
                }
            },
        )
}
