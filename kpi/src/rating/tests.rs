//! Tests of `rating`, each named after the rule it holds.

use super::*;
use crate::rule_set::{CapScope, Rounding, RuleSet};

fn months(scores: &[i64]) -> Vec<Month> {
    (1..)
        .zip(scores)
        .map(|(month, score)| Month {
            month,
            result: MonthResult::Score(Decimal::new(*score, 2)),
        })
        .collect()
}

fn person(id: &str, scores: &[i64]) -> Person {
    Person {
        id: id.to_owned(),
        group: "g".to_owned(),
        role: ScoringRole::Staff,
        months: months(scores),
        worked_months: 12,
        absence: None,
        blockers: vec![],
        quarters: vec![],
    }
}

fn year(people: Vec<Person>) -> YearInput {
    YearInput {
        year: 2026,
        excellent_ratio: None,
        organisation_level: None,
        people,
    }
}

fn rated(input: &YearInput) -> RatedPerson {
    rate(&RuleSet::nd_335_2025(), input)
        .unwrap()
        .people
        .remove(0)
}

fn refused(input: &YearInput) -> String {
    rate(&RuleSet::nd_335_2025(), input).unwrap_err().field
}

#[test]
fn mean_of_year_of_article_17_clause_3_is_rounded_once() {
    let rules = RuleSet::nd_335_2025();
    let mean = |scores: &[i64]| mean_of_year(&rules, &months(scores)).unwrap();
    let mut scores = [9000; 12];
    scores[11] = 8994;
    assert_eq!(mean(&scores).unwrap().to_string(), "90.00");
    assert_eq!(mean(&[8000, 8000, 8001]).unwrap().to_string(), "80.00");
    assert_eq!(mean(&[]), None);
    let one = rated(&year(vec![person("a", &scores)]));
    assert_eq!(one.level, Some(Level::Excellent));
    assert_eq!(one.article(), Article::A20Clause1);
}

#[test]
fn months_of_absence_leave_the_divisor_by_article_11_clause_2() {
    let mut one = person("a", &[8000, 9000]);
    one.months.push(Month {
        month: 12,
        result: MonthResult::Absent(Absence::Other),
    });
    assert_eq!(rated(&year(vec![one])).mean.unwrap().to_string(), "85.00");
}

#[test]
fn below_six_months_nobody_is_rated_by_article_11_clause_1() {
    let mut one = person("a", &[9200; 5]);
    one.worked_months = 5;
    for absence in [None, Some(Absence::UnpaidLeave), Some(Absence::Other)] {
        one.absence = absence;
        let rated = rated(&year(vec![one.clone()]));
        assert_eq!((rated.level, rated.mean), (None, None));
        assert_eq!(rated.reason, RatingReason::TooFewMonths);
        assert_eq!(rated.article(), Article::A11Clause1);
    }
    one.worked_months = 6;
    assert_eq!(rated(&year(vec![one])).level, Some(Level::Excellent));
}

#[test]
fn sick_and_maternity_leave_are_rated_on_any_time_by_article_11_clause_2() {
    let mut one = person("a", &[8800]);
    one.worked_months = 1;
    for absence in [Absence::SickLeave, Absence::MaternityLeave] {
        one.absence = Some(absence);
        assert_eq!(rated(&year(vec![one.clone()])).level, Some(Level::Good));
    }
}

#[test]
fn without_a_single_score_there_is_no_level_but_a_blocker_stands() {
    let mut one = person("a", &[]);
    let nothing = rated(&year(vec![one.clone()]));
    assert_eq!(
        (nothing.level, nothing.reason),
        (None, RatingReason::NoScore)
    );
    one.blockers = vec![Blocker::Discipline];
    assert_eq!(rated(&year(vec![one])).level, Some(Level::NotCompleted));
}

#[test]
fn every_blocker_of_article_20_clause_4_is_not_completed() {
    for blocker in Blocker::ALL {
        let mut one = person("a", &[9600; 12]);
        one.role = ScoringRole::Deputy;
        one.blockers = vec![*blocker];
        let rated = rated(&year(vec![one]));
        assert_eq!(rated.level, Some(Level::NotCompleted));
        assert_eq!(rated.article(), Article::A20Clause4);
        assert_eq!(rated.mean.unwrap().to_string(), "96.00");
    }
}

#[test]
fn corruption_in_the_unit_is_held_against_leaders_only() {
    let mut one = person("a", &[9600; 12]);
    one.blockers = vec![Blocker::Discipline, Blocker::UnitCorruption];
    assert_eq!(refused(&year(vec![one])), "people[0].blockers[1]");
}

#[test]
fn only_the_head_is_held_to_the_organisation_by_article_20_clause_6() {
    for (role, level) in [
        (ScoringRole::Head, Level::Completed),
        (ScoringRole::Deputy, Level::Excellent),
        (ScoringRole::Staff, Level::Excellent),
    ] {
        let mut one = person("a", &[9500; 12]);
        one.role = role;
        let mut input = year(vec![one]);
        input.organisation_level = Some(Level::Completed);
        assert_eq!(rated(&input).level, Some(level), "{role:?}");
        input.organisation_level = None;
        assert_eq!(rated(&input).level, Some(Level::Excellent));
    }
}

#[test]
fn g29_and_g30_the_cap_of_article_20_clause_5() {
    let rules = RuleSet::nd_335_2025().year;
    let fifth = Decimal::new(20, 2);
    let quarter = Decimal::new(25, 2);
    for (good_or_better, most) in [(5, 0), (6, 1), (10, 1), (11, 1), (12, 2), (30, 5), (31, 5)] {
        assert_eq!(max_excellent(&rules, fifth, good_or_better, 99), Ok(most));
    }
    assert_eq!(max_excellent(&rules, quarter, 30, 99), Ok(6));
    assert_eq!(max_excellent(&rules, Decimal::ZERO, 30, 99), Ok(0));
    assert!(max_excellent(&rules, Decimal::new(-1, 2), 30, 99).is_err());
}

#[test]
fn quota_of_a_scope_tells_a_surplus_and_demotes_nobody() {
    let people = (0..6)
        .map(|index| person(&index.to_string(), &[9500; 12]))
        .collect();
    let outcome = rate(&RuleSet::nd_335_2025(), &year(people)).unwrap();
    let quota = outcome.organisation;
    assert_eq!((quota.candidates, quota.max_excellent), (6, 1));
    assert_eq!(quota.surplus, 5);
    assert!(
        outcome
            .people
            .iter()
            .all(|one| one.level == Some(Level::Excellent))
    );
    assert_eq!(outcome.groups[0].quota, quota);
}

#[test]
fn rate_holds_the_ratio_of_a23_to_groups_or_to_all_only() {
    let people = (0..6).map(|index| person(&index.to_string(), &[9500; 12]));
    let mut rules = RuleSet::nd_335_2025();
    let input = year(people.collect());
    assert_eq!(rate(&rules, &input).unwrap().groups.len(), 1);
    rules.year.cap_scope = CapScope::Organisation;
    let outcome = rate(&rules, &input).unwrap();
    assert!(outcome.groups.is_empty());
    assert_eq!(
        (
            outcome.organisation.rated,
            outcome.organisation.max_excellent
        ),
        (6, 1)
    );
}

#[test]
fn rate_takes_the_mean_before_rounding_under_a1_exact() {
    // G26: 89.995.
    let mut scores = [9000; 12];
    scores[11] = 8994;
    let mut rules = RuleSet::nd_335_2025();
    rules.rounding = Rounding::Exact;
    let input = year(vec![person("a", &scores)]);
    let one = rate(&rules, &input).unwrap().people.remove(0);
    assert_eq!(one.mean.unwrap().to_string(), "90.00");
    assert_eq!(one.level, Some(Level::Good));
}

#[test]
fn values_out_of_bounds_are_refused_at_their_path() {
    let with = |change: fn(&mut YearInput)| {
        let mut input = year(vec![person("a", &[9000; 2]), person("b", &[])]);
        change(&mut input);
        refused(&input)
    };
    assert_eq!(with(|i| i.year = 1999), "year");
    assert_eq!(
        with(|i| i.excellent_ratio = Some(Decimal::new(2501, 4))),
        "excellent_ratio"
    );
    assert_eq!(with(|i| i.people[1].id = "a".into()), "people[1].id");
    assert_eq!(with(|i| i.people[1].group = " ".into()), "people[1].group");
    assert_eq!(
        with(|i| i.people[0].months[1].month = 1),
        "people[0].months[1].month"
    );
    assert_eq!(
        with(|i| i.people[0].months[1].result = MonthResult::Score(Decimal::from(101))),
        "people[0].months[1].score"
    );
    assert_eq!(
        with(|i| i.people[0].worked_months = 13),
        "people[0].worked_months"
    );
    let many = (0..=MAX_PEOPLE)
        .map(|index| person(&index.to_string(), &[]))
        .collect();
    assert_eq!(refused(&year(many)), "people");
}
