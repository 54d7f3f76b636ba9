//! Tests of `quarter`.

use super::*;
use crate::rating::{Absence, MonthResult};

fn months(scores: &[i64]) -> Vec<Month> {
    (1..)
        .zip(scores)
        .map(|(month, score)| Month {
            month,
            result: MonthResult::Score(Decimal::new(*score, 2)),
        })
        .collect()
}

fn tasks(assigned: u32, completed: u32, excused: u32) -> QuarterTasks {
    QuarterTasks {
        quarter: 1,
        assigned,
        completed,
        excused,
    }
}

fn party() -> RuleSet {
    let mut rules = RuleSet::nd_335_2025();
    rules.quarter.blocker = true;
    rules
}

#[test]
fn mean_of_quarter_and_mean_of_half_year_are_means_of_months() {
    let mut year = months(&[
        8000, 9000, 10000, 6000, 0, 0, 9000, 9000, 9000, 9000, 9000, 9001,
    ]);
    let absent = MonthResult::Absent(Absence::SickLeave);
    (year[4].result, year[5].result) = (absent, absent);
    let rules = RuleSet::nd_335_2025();
    let quarter = |number| mean_of_quarter(&rules, &year, number).unwrap().unwrap();
    assert_eq!(quarter(1).to_string(), "90.00");
    assert_eq!(quarter(2).to_string(), "60.00");
    assert_eq!(quarter(4).to_string(), "90.00");
    let half = |number| mean_of_half_year(&rules, &year, number).unwrap().unwrap();
    // Of four months: the quarters' means would give 75.00.
    assert_eq!(half(1).to_string(), "82.50");
    assert_eq!(half(2).to_string(), "90.00");
    assert_eq!(mean_of_quarter(&rules, &year[..3], 2), Ok(None));
    let refused = mean_of_quarter(&rules, &year, 5).unwrap_err();
    assert_eq!(refused.field, "quarter");
    assert_eq!(
        mean_of_half_year(&rules, &year, 3).unwrap_err().field,
        "half"
    );
}

#[test]
fn assess_quarter_holds_unfinished_tasks_against_the_score() {
    let year = months(&[9200, 9200, 9200]);
    let assessed = |rules: &RuleSet, tasks| {
        let outcome = assess_quarter(rules, &year, &tasks).unwrap();
        assert_eq!(outcome.mean, Some(Decimal::new(9200, 2)));
        (outcome.level.unwrap(), outcome.reason, outcome.article())
    };
    let not = (
        Level::NotCompleted,
        QuarterReason::Unfulfilled,
        Article::PartyQuarter,
    );
    let excellent = (Level::Excellent, QuarterReason::Score, Article::A20Clause1);
    assert_eq!(assessed(&party(), tasks(100, 99, 0)), not);
    assert_eq!(assessed(&party(), tasks(100, 99, 1)), excellent);
    assert_eq!(assessed(&party(), tasks(0, 0, 0)), excellent);
    let decree = RuleSet::nd_335_2025();
    assert_eq!(assessed(&decree, tasks(100, 99, 0)), excellent);
    let mut lenient = party();
    lenient.quarter.least_completed = Decimal::new(99, 2);
    assert_eq!(assessed(&lenient, tasks(100, 99, 0)), excellent);
    assert_eq!(assessed(&lenient, tasks(100, 98, 0)), not);
    let away = assess_quarter(&party(), &[], &tasks(4, 0, 0)).unwrap();
    assert_eq!((away.level, away.reason), (None, QuarterReason::NoScore));
}

#[test]
fn completed_share_of_tasks_keeps_to_its_bounds() {
    let share = tasks(100, 97, 2).completed_share().unwrap();
    assert_eq!(share.to_string(), "99/100");
    let refused = |tasks: QuarterTasks| tasks.completed_share().unwrap_err().field;
    assert_eq!(refused(tasks(1, 2, 0)), "completed");
    assert_eq!(refused(tasks(3, 2, 2)), "excused");
    assert_eq!(refused(tasks(1_000_001, 0, 0)), "assigned");
    let fifth = QuarterTasks {
        quarter: 5,
        ..tasks(1, 1, 0)
    };
    assert_eq!(refused(fifth), "quarter");
}
