//! Tests of `unit`, each named after the rule it holds.

use super::*;
use crate::rule_set::{OrgCascade, RuleSet};

fn indicator(direction: Direction, target: u32, actual: u32, weight: u32) -> Indicator {
    Indicator {
        name: format!("{target} {actual} {weight}"),
        direction,
        target: target.into(),
        actual: actual.into(),
        weight: weight.into(),
    }
}

/// A unit that meets every condition, with `points` of 100 in all, from 30.
fn unit(points: u32) -> UnitInput {
    UnitInput {
        basic: vec![BasicPoint {
            criterion: "c".to_owned(),
            max: 30.into(),
            points: 30.into(),
        }],
        functional: vec![indicator(Direction::Higher, 70, points - 30, 100)],
        tasks: Tasks {
            assigned: 100,
            completed: 100,
            late: 0,
            exceeded: 30,
            quality_failed: 0,
        },
        weak_subunits: false,
        shortcomings_fixed: true,
        wrongdoing: false,
        force_majeure: false,
    }
}

fn assessed(input: &UnitInput) -> UnitOutcome {
    assess(&RuleSet::nd_335_2025(), input).unwrap()
}

fn level(input: &UnitInput) -> (Option<Level>, UnitReason) {
    let outcome = assessed(input);
    (outcome.level, outcome.reason)
}

fn refused(change: fn(&mut UnitInput)) -> String {
    let mut input = unit(90);
    change(&mut input);
    assess(&RuleSet::nd_335_2025(), &input).unwrap_err().field
}

#[test]
fn level_of_unit_of_article_8_where_every_condition_is_met() {
    for (points, expected, article) in [
        (90, Level::Excellent, Article::A8Clause1),
        (89, Level::Good, Article::A8Clause2),
        (70, Level::Good, Article::A8Clause2),
        (69, Level::Completed, Article::A8Clause3),
        (50, Level::Completed, Article::A8Clause3),
        (49, Level::NotCompleted, Article::A8Clause4),
    ] {
        let outcome = assessed(&unit(points));
        assert_eq!(outcome.total, Decimal::from(points));
        assert_eq!(outcome.level, Some(expected), "{points}");
        assert_eq!(outcome.reason, UnitReason::Score);
        assert_eq!(outcome.article(), article);
    }
}

#[test]
fn each_condition_of_article_8_clause_1_gives_good_with_its_reason() {
    let falls = |change: fn(&mut UnitInput), reason, article| {
        let mut input = unit(95);
        change(&mut input);
        let outcome = assessed(&input);
        assert_eq!((outcome.level, outcome.reason), (Some(Level::Good), reason));
        assert_eq!(outcome.article(), article);
    };
    use UnitReason as R;
    falls(
        |unit| unit.tasks.exceeded = 29,
        R::TooFewExceeded,
        Article::A8Clause1A,
    );
    falls(
        |unit| unit.weak_subunits = true,
        R::WeakSubunit,
        Article::A8Clause1B,
    );
    falls(
        |unit| unit.shortcomings_fixed = false,
        R::ShortcomingsOpen,
        Article::A8Clause1C,
    );
}

#[test]
fn level_of_unit_leaves_every_failed_condition_to_the_authority_under_a30_manual() {
    let mut rules = RuleSet::nd_335_2025();
    rules.unit.cascade = OrgCascade::Manual;
    let manual = |change: fn(&mut UnitInput)| {
        let mut input = unit(95);
        change(&mut input);
        let outcome = assess(&rules, &input).unwrap();
        (outcome.level, outcome.reason)
    };
    use UnitReason as R;
    assert_eq!(manual(|_| ()), (Some(Level::Excellent), R::Score));
    assert_eq!(
        manual(|unit| unit.tasks.exceeded = 29),
        (None, R::TooFewExceeded)
    );
    assert_eq!(
        manual(|unit| unit.weak_subunits = true),
        (None, R::WeakSubunit)
    );
    assert_eq!(
        manual(|unit| unit.shortcomings_fixed = false),
        (None, R::ShortcomingsOpen)
    );
    assert_eq!(manual(|unit| unit.tasks.late = 1), (None, R::Late));
    assert_eq!(
        manual(|unit| unit.tasks.quality_failed = 1),
        (None, R::QualityFailed)
    );
}

#[test]
fn lateness_and_quality_of_article_8_clause_2_give_completed() {
    let mut late = unit(75);
    late.tasks.late = 1;
    late.tasks.quality_failed = 1;
    assert_eq!(level(&late), (Some(Level::Completed), UnitReason::Late));
    late.tasks.late = 0;
    assert_eq!(
        level(&late),
        (Some(Level::Completed), UnitReason::QualityFailed)
    );
    assert_eq!(assessed(&late).article(), Article::A8Clause2);
}

#[test]
fn what_article_8_clause_3_does_not_allow_is_for_the_authority() {
    let mut unit = unit(60);
    unit.tasks.late = 20;
    assert_eq!(level(&unit), (Some(Level::Completed), UnitReason::Score));
    unit.tasks.late = 21;
    assert_eq!(level(&unit), (None, UnitReason::TooManyLate));
    unit.tasks.completed = 99;
    assert_eq!(level(&unit), (None, UnitReason::Unfinished));
    assert_eq!(assessed(&unit).article(), Article::A8Clause3);
}

#[test]
fn article_8_clause_4_is_not_completed_whatever_else_holds() {
    let mut unit = unit(95);
    unit.tasks.completed = 70;
    assert_eq!(level(&unit), (None, UnitReason::Unfinished));
    unit.tasks.completed = 69;
    let not = Some(Level::NotCompleted);
    assert_eq!(level(&unit), (not, UnitReason::Unfulfilled));
    unit.force_majeure = true;
    assert_eq!(level(&unit), (None, UnitReason::ForceMajeure));
    assert_eq!(assessed(&unit).article(), Article::A8Clause4B);
    unit.wrongdoing = true;
    assert_eq!(level(&unit), (not, UnitReason::Wrongdoing));
    assert_eq!(assessed(&unit).article(), Article::A8Clause4A);
}

#[test]
fn force_majeure_does_not_lift_a_score_below_50() {
    let mut unit = unit(49);
    unit.tasks.completed = 60;
    unit.force_majeure = true;
    assert_eq!(level(&unit), (Some(Level::NotCompleted), UnitReason::Score));
}

#[test]
fn without_tasks_all_of_them_are_done() {
    let mut unit = unit(95);
    unit.tasks = Tasks {
        assigned: 0,
        completed: 0,
        late: 0,
        exceeded: 0,
        quality_failed: 0,
    };
    assert_eq!(level(&unit).0, Some(Level::Excellent));
}

#[test]
fn indicator_achievement_of_article_7_never_passes_the_whole() {
    let reached = |direction, target, actual| {
        let share = indicator(direction, target, actual, 100).achievement();
        share.unwrap().to_string()
    };
    assert_eq!(reached(Direction::Higher, 90, 88), "44/45");
    assert_eq!(reached(Direction::Higher, 2, 3), "1/1");
    assert_eq!(reached(Direction::Higher, 2, 0), "0/1");
    assert_eq!(reached(Direction::Lower, 5, 8), "5/8");
    assert_eq!(reached(Direction::Lower, 5, 4), "1/1");
    assert_eq!(reached(Direction::Lower, 5, 0), "1/1");
    let nothing = indicator(Direction::Higher, 0, 1, 100);
    assert_eq!(nothing.achievement().unwrap_err().field, "target");
}

#[test]
fn expected_grows_with_the_year_and_a_limit_holds_from_the_first_day() {
    let of = |direction, gone| expected(Decimal::from(90), direction, gone).unwrap();
    assert_eq!(of(Direction::Higher, (0, 365)), Decimal::ZERO);
    assert_eq!(of(Direction::Higher, (73, 365)), Decimal::from(18));
    assert_eq!(of(Direction::Higher, (100, 365)), Decimal::new(246_575, 4));
    assert_eq!(of(Direction::Higher, (365, 365)), Decimal::from(90));
    assert_eq!(of(Direction::Lower, (73, 365)), Decimal::from(90));
    let refused = |target: i64, gone| {
        let target = Decimal::from(target);
        expected(target, Direction::Higher, gone).unwrap_err().field
    };
    assert_eq!(refused(0, (1, 365)), "target");
    assert_eq!(refused(1, (366, 365)), "gone");
    assert_eq!(refused(1, (0, 0)), "gone");
}

#[test]
fn is_behind_holds_an_indicator_against_what_is_expected() {
    let behind = |direction, actual| {
        indicator(direction, 90, actual, 100)
            .is_behind((73, 365))
            .unwrap()
    };
    assert!(behind(Direction::Higher, 17) && !behind(Direction::Higher, 18));
    assert!(behind(Direction::Lower, 91) && !behind(Direction::Lower, 90));
}

#[test]
fn a_hundred_indicators_that_share_no_divisor_are_summed_exactly() {
    let mut unit = unit(90);
    unit.functional = (0..100)
        .map(|index| Indicator {
            name: index.to_string(),
            direction: Direction::Lower,
            target: Decimal::new(9_999_999_999_999_999 - index, 4),
            actual: MAX_FIGURE.into(),
            weight: Decimal::ONE,
        })
        .collect();
    let outcome = assessed(&unit);
    assert_eq!(outcome.functional_points.to_string(), "70.00");
    assert_eq!(outcome.basic_points.to_string(), "30.00");
    for (indicator, prime) in unit.functional.iter_mut().zip([
        999_999_999_989_u64,
        999_999_999_961,
        999_999_999_937,
        999_999_999_899,
    ]) {
        indicator.target = Decimal::ONE;
        indicator.actual = prime.into();
    }
    // Four of a hundred reach as good as nothing: 70 × 0.96.
    assert_eq!(assessed(&unit).functional_points.to_string(), "67.20");
}

#[test]
fn values_out_of_bounds_are_refused_at_their_path() {
    assert_eq!(
        refused(|unit| unit.basic[0].max = 31.into()),
        "basic[0].max"
    );
    assert_eq!(
        refused(|unit| unit.basic[0].points = 31.into()),
        "basic[0].points"
    );
    assert_eq!(
        refused(|unit| unit.basic.push(unit.basic[0].clone())),
        "basic[1].criterion"
    );
    assert_eq!(refused(|unit| unit.basic.clear()), "basic");
    assert_eq!(refused(|unit| unit.functional.clear()), "functional");
    assert_eq!(
        refused(|unit| unit.functional[0].weight = 99.into()),
        "functional"
    );
    assert_eq!(
        refused(|unit| unit.functional.push(unit.functional[0].clone())),
        "functional[1].name"
    );
    assert_eq!(
        refused(|unit| unit.functional[0].target = Decimal::ZERO),
        "functional[0].target"
    );
    assert_eq!(
        refused(|unit| unit.functional[0].actual = Decimal::NEGATIVE_ONE),
        "functional[0].actual"
    );
    assert_eq!(
        refused(|unit| unit.tasks.assigned = MAX_TASKS + 1),
        "tasks.assigned"
    );
    assert_eq!(
        refused(|unit| unit.tasks.completed = 101),
        "tasks.completed"
    );
    assert_eq!(refused(|unit| unit.tasks.late = 101), "tasks.late");
    assert_eq!(refused(|unit| unit.tasks.completed = 29), "tasks.exceeded");
    assert_eq!(
        refused(|unit| unit.tasks.quality_failed = 101),
        "tasks.quality_failed"
    );
}

#[test]
fn indicator_validate_refuses_what_the_engine_refuses() {
    let refused = |change: fn(&mut Indicator)| {
        let mut given = indicator(Direction::Lower, 10, 5, 40);
        change(&mut given);
        given.validate().unwrap_err().field
    };
    assert_eq!(indicator(Direction::Lower, 10, 0, 0).validate(), Ok(()));
    assert_eq!(refused(|given| given.name = " ".to_owned()), "name");
    assert_eq!(refused(|given| given.target = Decimal::ZERO), "target");
    assert_eq!(
        refused(|given| given.actual = Decimal::NEGATIVE_ONE),
        "actual"
    );
    assert_eq!(refused(|given| given.weight = 101.into()), "weight");
}

#[test]
fn basic_point_validate_holds_points_within_their_maximum() {
    let rules = RuleSet::nd_335_2025();
    let point = |max: u32, points: i64| BasicPoint {
        criterion: "c".to_owned(),
        max: max.into(),
        points: points.into(),
    };
    assert_eq!(point(10, 10).validate(&rules), Ok(()));
    for given in [point(10, 11), point(10, -1)] {
        assert_eq!(given.validate(&rules).unwrap_err().field, "points");
    }
    assert_eq!(point(31, 1).validate(&rules).unwrap_err().field, "max");
}
