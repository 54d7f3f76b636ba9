//! Properties of an organisation's own score over random inputs.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "cases/unit.rs"]
mod cases;
mod support;

use cases::{indicator, unit};
use kpi::{
    level::{Level, level_of},
    rule_set::RuleSet,
    unit::{Direction, UnitInput, UnitOutcome, UnitReason, assess},
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::config;

fn assessed(input: &UnitInput) -> UnitOutcome {
    assess(&RuleSet::nd_335_2025(), input).unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn blocks_and_total_keep_to_their_bounds(input in unit()) {
        let outcome = assessed(&input);
        prop_assert!(outcome.basic_points <= Decimal::from(30));
        prop_assert!(outcome.functional_points <= Decimal::from(70));
        prop_assert!(outcome.functional_points >= Decimal::ZERO);
        let apart = outcome.basic_points + outcome.functional_points - outcome.total;
        // Each is rounded once from its own exact value.
        prop_assert!(apart.abs() <= Decimal::new(1, 2));
    }

    #[test]
    fn an_achievement_follows_the_actual_figure_by_direction(
        indicator in indicator(), more in 0_i64..1_000_000,
    ) {
        let mut further = indicator.clone();
        further.actual += Decimal::new(more, 3);
        let (before, after) = (indicator.achievement().unwrap(), further.achievement().unwrap());
        match indicator.direction {
            Direction::Higher => prop_assert!(before <= after),
            Direction::Lower => prop_assert!(before >= after),
        }
        prop_assert!(after.numerator() >= 0 && after.numerator() <= after.denominator());
    }

    #[test]
    fn weight_moved_to_another_of_the_same_achievement_changes_nothing(
        input in unit(), at in any::<prop::sample::Index>(), part in 0_i64..=100,
    ) {
        let mut split = input.clone();
        let at = at.index(split.functional.len());
        let given = &mut split.functional[at];
        // Twice the target and twice the figure are the same achievement.
        let mut twin = given.clone();
        twin.name = "twin".to_owned();
        twin.target *= Decimal::TWO;
        twin.actual *= Decimal::TWO;
        twin.weight = (given.weight * Decimal::new(part, 2)).round_dp(4);
        given.weight -= twin.weight;
        split.functional.push(twin);
        prop_assert_eq!(assessed(&split), assessed(&input));
    }

    #[test]
    fn the_order_of_criteria_and_indicators_is_irrelevant(input in unit()) {
        let mut turned = input.clone();
        turned.basic.reverse();
        turned.functional.reverse();
        prop_assert_eq!(assessed(&turned), assessed(&input));
    }

    #[test]
    fn a_level_is_never_above_the_score(input in unit()) {
        let outcome = assessed(&input);
        let own = level_of(&RuleSet::nd_335_2025(), outcome.total);
        match (outcome.reason, outcome.level) {
            (UnitReason::Score, level) => prop_assert_eq!(level, Some(own)),
            (_, Some(level)) => prop_assert!(level < own || input.wrongdoing),
            (_, None) => prop_assert!(own > Level::NotCompleted),
        }
        prop_assert!(outcome.article().label().contains("Điều 8"));
    }

    #[test]
    fn a_flaw_never_raises_a_level(input in unit(), which in 0_u8..5) {
        let mut flawed = input.clone();
        match which {
            0 => flawed.weak_subunits = true,
            1 => flawed.shortcomings_fixed = false,
            2 => flawed.wrongdoing = true,
            3 => flawed.tasks.exceeded = 0,
            _ => flawed.tasks.late = flawed.tasks.assigned.min(flawed.tasks.late + 1),
        }
        if let (Some(before), Some(after)) = (assessed(&input).level, assessed(&flawed).level) {
            prop_assert!(after <= before);
        }
    }
}
