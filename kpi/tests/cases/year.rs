//! Random years of random organisations.

use kpi::{
    level::Level,
    rating::{Absence, Blocker, Month, MonthResult, Person, YearInput},
    scoring::ScoringRole,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use rust_decimal::Decimal;

fn months() -> impl Strategy<Value = Vec<Month>> {
    let result = prop_oneof![
        4 => (0_i64..=10_000).prop_map(|score| MonthResult::Score(Decimal::new(score, 2))),
        1 => select(Absence::ALL).prop_map(MonthResult::Absent),
    ];
    vec(result, 0..=12).prop_map(|results| {
        (1..)
            .zip(results)
            .map(|(month, result)| Month { month, result })
            .collect()
    })
}

/// Everybody but the name; names follow from the place.
pub fn person() -> impl Strategy<Value = Person> {
    (
        select(&["a", "b", "c"][..]),
        select(ScoringRole::ALL),
        months(),
        0_u32..=12,
        option::of(select(Absence::ALL)),
        option::weighted(0.2, select(Blocker::ALL)),
    )
        .prop_map(|(group, role, months, worked_months, absence, blocker)| {
            let fits = |blocker: &Blocker| role.is_leader() || *blocker != Blocker::UnitCorruption;
            Person {
                id: String::new(),
                group: group.to_owned(),
                role,
                months,
                worked_months,
                absence,
                blockers: blocker.into_iter().filter(fits).collect(),
                quarters: vec![],
            }
        })
}

pub fn year() -> impl Strategy<Value = YearInput> {
    (
        option::of(0_i64..=2500),
        option::of(select(Level::ALL)),
        vec(person(), 0..25),
    )
        .prop_map(|(ratio, organisation_level, mut people)| {
            for (index, person) in people.iter_mut().enumerate() {
                person.id = format!("p{index}");
            }
            YearInput {
                year: 2026,
                excellent_ratio: ratio.map(|ratio| Decimal::new(ratio, 4)),
                organisation_level,
                people,
            }
        })
}
