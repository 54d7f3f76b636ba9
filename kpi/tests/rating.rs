//! Properties of the yearly rating over random organisations.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "cases/year.rs"]
mod cases;
mod support;

use cases::year;
use kpi::{
    level::{Level, level_of},
    rating::{
        Blocker, MonthResult, Quota, RatingReason, YearInput, YearOutcome, max_excellent, rate,
    },
    rule_set::RuleSet,
    scoring::ScoringRole,
};
use proptest::{prelude::*, sample::select};
use rust_decimal::Decimal;
use support::config;

fn rated(input: &YearInput) -> YearOutcome {
    rate(&RuleSet::nd_335_2025(), input).unwrap()
}

/// The largest X with X ≤ ratio × (those at good or better − X), by trying each.
fn by_trying(ratio: Decimal, good_or_better: u32) -> u32 {
    (0..=good_or_better)
        .rev()
        .find(|most| Decimal::from(*most) <= ratio * Decimal::from(good_or_better - most))
        .unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn max_excellent_of_article_20_clause_5_is_the_largest(ratio in 0_i64..=10_000, size in 0_u32..400) {
        let ratio = Decimal::new(ratio, 4);
        let rules = RuleSet::nd_335_2025().year;
        prop_assert_eq!(max_excellent(&rules, ratio, size, size), Ok(by_trying(ratio, size)));
    }

    #[test]
    fn the_order_of_people_is_irrelevant(input in year(), turn in 0_usize..25) {
        let mut turned = input.clone();
        let count = turned.people.len().max(1);
        turned.people.rotate_left(turn % count);
        turned.people.iter_mut().for_each(|person| person.months.reverse());
        let (mut a, mut b) = (rated(&input), rated(&turned));
        a.people.sort_by(|one, other| one.id.cmp(&other.id));
        b.people.sort_by(|one, other| one.id.cmp(&other.id));
        prop_assert_eq!(a, b);
    }

    #[test]
    fn a_blocker_never_raises_a_level(
        input in year(), at in any::<prop::sample::Index>(), blocker in select(&[Blocker::Degradation, Blocker::Discipline][..]),
    ) {
        prop_assume!(!input.people.is_empty());
        let at = at.index(input.people.len());
        let mut blocked = input.clone();
        blocked.people[at].blockers.push(blocker);
        let (before, after) = (rated(&input), rated(&blocked));
        match (before.people[at].level, after.people[at].level) {
            (before, None) => prop_assert_eq!(before, None),
            (_, after) => prop_assert_eq!(after, Some(Level::NotCompleted)),
        }
        prop_assert!(after.organisation.candidates <= before.organisation.candidates);
        prop_assert!(after.organisation.max_excellent <= before.organisation.max_excellent);
    }

    #[test]
    fn a_head_is_never_above_his_organisation(input in year()) {
        for (person, rated) in input.people.iter().zip(rated(&input).people) {
            if let (ScoringRole::Head, Some(most), Some(level)) =
                (person.role, input.organisation_level, rated.level)
            {
                prop_assert!(level <= most);
            }
        }
    }

    #[test]
    fn rate_gives_the_level_of_the_mean_unless_a_reason_says_otherwise(input in year()) {
        let rules = RuleSet::nd_335_2025();
        for (person, rated) in input.people.iter().zip(rated(&input).people) {
            prop_assert_eq!(&person.id, &rated.id);
            let own = rated.mean.map(|mean| level_of(&rules, mean));
            match rated.reason {
                RatingReason::Score => prop_assert_eq!(rated.level, own),
                RatingReason::Quarter => prop_assert!(false, "the decree has no such rule"),
                RatingReason::Organisation => prop_assert!(rated.level < own),
                RatingReason::Blocker => prop_assert!(!person.blockers.is_empty()),
                RatingReason::TooFewMonths => prop_assert!(person.worked_months < 6),
                RatingReason::NoScore => prop_assert!(rated.mean.is_none() && rated.level.is_none()),
            }
            prop_assert!(rated.article().label().contains("Điều"));
        }
    }

    #[test]
    fn a_mean_lies_between_the_lowest_and_the_highest_month(input in year()) {
        for (person, rated) in input.people.iter().zip(rated(&input).people) {
            let scores = person.months.iter().filter_map(|month| match month.result {
                MonthResult::Score(score) => Some(score),
                MonthResult::Absent(_) => None,
            });
            let bounds = scores.clone().min().zip(scores.max());
            if let (Some(mean), Some((low, high))) = (rated.mean, bounds) {
                prop_assert!(low <= mean && mean <= high);
            }
        }
    }

    #[test]
    fn the_groups_add_up_to_the_organisation(input in year()) {
        let outcome = rated(&input);
        let sum = |part: fn(&Quota) -> u32| -> u32 {
            outcome.groups.iter().map(|group| part(&group.quota)).sum()
        };
        prop_assert_eq!(sum(|quota| quota.good_or_better), outcome.organisation.good_or_better);
        prop_assert_eq!(sum(|quota| quota.candidates), outcome.organisation.candidates);
        prop_assert!(sum(|quota| quota.max_excellent) <= outcome.organisation.max_excellent);
        for quota in outcome.groups.iter().map(|group| group.quota).chain([outcome.organisation]) {
            prop_assert_eq!(quota.surplus, quota.candidates.saturating_sub(quota.max_excellent));
        }
    }
}
