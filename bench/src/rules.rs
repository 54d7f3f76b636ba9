//! The rules alone: one person's month again and again, and the year of a large agency.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kpi::rating::{Absence, Month, MonthResult, Person, YearInput, rate};
use kpi::rule_set::RuleSet;
use kpi::scoring::{
    CommonPoint, DeliverableInput, Item, ItemKind, Leadership, PeriodInput, ScoringRole, score,
};
use rust_decimal::Decimal;

/// How often one person is scored.
const SCORES: u32 = 10_000;
/// People of the agency whose year is rated.
const PEOPLE: u32 = 10_000;
/// What the year of such an agency may take.
const YEAR_WITHIN: Duration = Duration::from_secs(1);

/// Prints the time of one case; a year that takes too long is an error.
pub fn measure() -> Result<(), String> {
    let rules = RuleSet::nd_335_2025();
    println!("\n== the rules alone");
    for (name, role) in [("officer", ScoringRole::Staff), ("head", ScoringRole::Head)] {
        let input = month(&rules, role);
        let began = Instant::now();
        for _ in 0..SCORES {
            black_box(
                score(black_box(&rules), black_box(&input)).map_err(|error| error.to_string())?,
            );
        }
        println!(
            "score of one {name}, {} items, {SCORES} times: {} a case",
            input.items.len(),
            micros(began.elapsed(), SCORES)
        );
    }
    let input = year();
    let began = Instant::now();
    let outcome = rate(&rules, &input).map_err(|error| error.to_string())?;
    let took = began.elapsed();
    println!(
        "year of {PEOPLE} people in {} groups: {:.1} ms, {} a person",
        outcome.groups.len(),
        took.as_secs_f64() * 1_000.0,
        micros(took, PEOPLE)
    );
    if took >= YEAR_WITHIN {
        return Err(format!(
            "the year of {PEOPLE} people took {took:?}, more than {YEAR_WITHIN:?}"
        ));
    }
    Ok(())
}

fn micros(all: Duration, cases: u32) -> String {
    format!("{:.1} µs", (all / cases).as_secs_f64() * 1_000_000.0)
}

/// A busy month: 24 items of every kind with faults; for a leader 30 subordinates.
fn month(rules: &RuleSet, role: ScoringRole) -> PeriodInput {
    let items = (0..24_u32)
        .map(|index| Item {
            reference: Some(format!("item-{index}")),
            title: None,
            kind: match index % 8 {
                0 => ItemKind::AdHoc,
                1 => ItemKind::TakenOver,
                _ => ItemKind::Plan,
            },
            coefficient: Decimal::new(i64::from(60 + index * 35), 2),
            assigned: Decimal::from(4),
            handed_over: Decimal::ZERO,
            deliverables: (0..2)
                .map(|part| DeliverableInput {
                    quantity: Decimal::from(2),
                    failed_reviews: u32::from(index % 5 == part),
                    excused_failed_reviews: 0,
                    delays: u32::from(index % 7 == part),
                    excused_delays: 0,
                    days_late: 0,
                    excused_days_late: 0,
                })
                .collect(),
        })
        .collect();
    PeriodInput {
        role,
        common: rules
            .criteria
            .iter()
            .map(|criterion| CommonPoint {
                criterion: criterion.code.clone(),
                points: criterion.max,
            })
            .collect(),
        items,
        leadership: role.is_leader().then(|| Leadership {
            subordinate_scores: (0..30).map(|n| Decimal::new(6_000 + n * 100, 2)).collect(),
            organising: 100,
            unity: 50,
        }),
        cap: None,
    }
}

fn year() -> YearInput {
    let people = (0..PEOPLE)
        .map(|n| Person {
            id: format!("officer-{n}"),
            group: format!("group-{}", n % 40),
            role: if n % 20 == 0 {
                ScoringRole::Head
            } else {
                ScoringRole::Staff
            },
            months: (1..=12)
                .map(|month| Month {
                    month,
                    result: if n % 50 == 0 && month < 4 {
                        MonthResult::Absent(Absence::SickLeave)
                    } else {
                        MonthResult::Score(Decimal::new(
                            i64::from(6_500 + (n * 7 + month * 13) % 3_500),
                            2,
                        ))
                    },
                })
                .collect(),
            worked_months: 12,
            absence: None,
            blockers: Vec::new(),
            quarters: Vec::new(),
        })
        .collect();
    YearInput {
        year: 2_026,
        excellent_ratio: None,
        organisation_level: None,
        people,
    }
}
