//! Properties of the engine over random inputs.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "cases/period.rs"]
mod cases;
mod support;

use cases::{deliverable, input};
use kpi::{
    advice::{Action, what_would_raise_most},
    rule_set::RuleSet,
    scoring::{CommonPoint, DeliverableInput, ItemKind, Outcome, PeriodInput, score},
    trace::Trace,
    wording,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use support::config;

fn scored(input: &PeriodInput) -> Outcome {
    score(&RuleSet::nd_335_2025(), input).unwrap()
}

/// Total now; `None` without enough data.
fn total(input: &PeriodInput) -> Option<Decimal> {
    scored(input).scored.map(|scored| scored.total)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_total_lies_between_0_and_100(input in input()) {
        let outcome = scored(&input);
        let planned = input.items.iter().any(|i| i.kind == ItemKind::Plan && !i.assigned.is_zero());
        prop_assert_eq!(outcome.scored.is_some(), planned);
        if let Some(scored) = outcome.scored {
            prop_assert!(scored.total >= Decimal::ZERO && scored.total <= Decimal::ONE_HUNDRED);
            prop_assert!(scored.task_percent <= Decimal::ONE_HUNDRED);
            prop_assert!(scored.quality <= scored.volume && scored.progress <= scored.volume);
        }
    }

    #[test]
    fn more_deliverables_never_lower_a(
        input in input(), at in any::<prop::sample::Index>(), more in deliverable(),
    ) {
        prop_assume!(!input.items.is_empty());
        let mut extended = input.clone();
        let item = &mut extended.items[at.index(input.items.len())];
        // What is added must have been assigned in both.
        let mut base = input.clone();
        let same = &mut base.items[at.index(input.items.len())];
        same.assigned += more.quantity;
        item.assigned += more.quantity;
        item.deliverables.push(more);
        if let (Some(before), Some(after)) = (scored(&base).scored, scored(&extended).scored) {
            prop_assert!(after.quantity_percent >= before.quantity_percent);
            prop_assert!(after.total >= before.total);
        }
    }

    #[test]
    fn an_excuse_never_lowers_the_total(
        input in input(), at in any::<prop::sample::Index>(), which in any::<prop::sample::Index>(),
        review in any::<bool>(),
    ) {
        prop_assume!(!input.items.is_empty());
        let mut excused = input.clone();
        let item = &mut excused.items[at.index(input.items.len())];
        prop_assume!(!item.deliverables.is_empty());
        let count = item.deliverables.len();
        let given = &mut item.deliverables[which.index(count)];
        if review {
            given.excused_failed_reviews = (given.excused_failed_reviews + 1).min(given.failed_reviews);
        } else {
            given.excused_delays = (given.excused_delays + 1).min(given.delays);
        }
        prop_assert!(total(&excused) >= total(&input));
    }

    #[test]
    fn the_order_of_items_is_irrelevant(input in input(), turn in 0_usize..7) {
        let mut turned = input.clone();
        let count = turned.items.len().max(1);
        turned.items.rotate_left(turn % count);
        turned.items.iter_mut().for_each(|item| item.deliverables.reverse());
        turned.common.reverse();
        let (a, b) = (scored(&input), scored(&turned));
        prop_assert_eq!(a.scored, b.scored);
        prop_assert_eq!(a.assigned, b.assigned);
    }

    #[test]
    fn trace_recompute_gives_the_total_also_after_the_wire(input in input()) {
        let outcome = scored(&input);
        let text = serde_json::to_string(&outcome.trace).unwrap();
        let trace: Trace = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&trace, &outcome.trace);
        match &outcome.scored {
            Some(scored) => prop_assert_eq!(trace.recompute(), Ok(scored.total)),
            None => prop_assert!(trace.recompute().is_err()),
        }
        for sentence in wording::explain_all(&trace) {
            prop_assert!(!sentence.title.is_empty() && !sentence.formula.is_empty());
            prop_assert!(!sentence.reason.is_empty() && sentence.article.contains("Điều"));
        }
    }

    #[test]
    fn an_altered_trace_is_found(input in input(), at in any::<prop::sample::Index>(), by in 1_i64..50) {
        let outcome = scored(&input);
        prop_assume!(outcome.scored.is_some());
        let mut trace = outcome.trace;
        let steps = trace.steps.len();
        trace.steps[at.index(steps)].published += Decimal::new(by, 2);
        prop_assert!(trace.recompute().is_err());
    }

    #[test]
    fn advice_gives_the_score_the_engine_would_give(input in input()) {
        let rules = RuleSet::nd_335_2025();
        let Some(advice) = what_would_raise_most(&rules, &input) else { return Ok(()) };
        prop_assert_eq!(Some(advice.total), total(&input));
        prop_assert!(advice.new_total > advice.total);
        let mut done = input.clone();
        match advice.action {
            Action::FinishItem { item, quantity, .. } => {
                done.items[usize::try_from(item).unwrap()].deliverables.push(DeliverableInput {
                    quantity, failed_reviews: 0, excused_failed_reviews: 0, delays: 0, excused_delays: 0,
                    ..DeliverableInput::default()
                });
            }
            Action::ExcuseFailedReview { item, deliverable, .. } => {
                done.items[usize::try_from(item).unwrap()]
                    .deliverables[usize::try_from(deliverable).unwrap()].excused_failed_reviews += 1;
            }
            Action::ExcuseDelay { item, deliverable, .. } => {
                done.items[usize::try_from(item).unwrap()]
                    .deliverables[usize::try_from(deliverable).unwrap()].excused_delays += 1;
            }
            Action::MaximiseCriterion { criterion, points } => {
                done.common.retain(|point| point.criterion != criterion);
                done.common.push(CommonPoint { criterion, points });
            }
        }
        prop_assert_eq!(total(&done), Some(advice.new_total));
    }

    #[test]
    fn numbers_as_typed_never_panic(text in "[-+0-9., \u{a0}eE１]{0,20}") {
        if let Ok(number) = kpi::number::parse_number(&text) {
            let shown = kpi::number::format_vi(number, 12);
            let again = kpi::number::parse_number(&shown);
            // "1,234" is a fraction and "1.234" a group, so what is written is read back.
            prop_assert_eq!(again, Ok(number.normalize()), "{} {}", text, shown);
        }
    }
}
