//! Tests of `trace::compare`.

use super::*;
use crate::{
    rule_set::RuleSet,
    scoring::{CommonPoint, DeliverableInput, Item, ItemKind, PeriodInput, ScoringRole, score},
};

fn item(reference: &str, quantity: i64, delays: u32) -> Item {
    Item {
        reference: Some(reference.to_owned()),
        title: Some(format!("Việc {reference}")),
        kind: ItemKind::Plan,
        coefficient: Decimal::ONE,
        assigned: Decimal::TEN,
        handed_over: Decimal::ZERO,
        deliverables: vec![DeliverableInput {
            quantity: quantity.into(),
            delays,
            ..DeliverableInput::default()
        }],
    }
}

fn month(items: Vec<Item>, points: i64) -> PeriodInput {
    PeriodInput {
        role: ScoringRole::Staff,
        common: vec![CommonPoint {
            criterion: "I.1".to_owned(),
            points: points.into(),
        }],
        items,
        leadership: None,
        cap: None,
    }
}

fn trace(rules: &RuleSet, input: &PeriodInput) -> Trace {
    score(rules, input).unwrap().trace
}

fn compared(before: &PeriodInput, after: &PeriodInput) -> Vec<StepDifference> {
    let rules = RuleSet::nd_335_2025();
    compare(&trace(&rules, before), &trace(&rules, after))
}

fn keys(found: &[StepDifference]) -> Vec<StepKey> {
    found.iter().map(|step| step.key).collect()
}

#[test]
fn compare_of_equal_traces_is_empty_whatever_the_order_of_items() {
    let month_of = |items| month(items, 5);
    let before = month_of(vec![item("a", 10, 0), item("b", 5, 1)]);
    let after = month_of(vec![item("b", 5, 1), item("a", 10, 0)]);
    assert_eq!(compared(&before, &before), []);
    assert_eq!(compared(&before, &after), []);
}

#[test]
fn compare_names_the_item_and_the_criterion_that_was_confirmed_otherwise() {
    let self_assessed = month(vec![item("a", 10, 0), item("b", 10, 0)], 5);
    let confirmed = month(vec![item("a", 10, 0), item("b", 10, 1)], 4);
    let found = compared(&self_assessed, &confirmed);
    use StepKey as K;
    assert_eq!(
        keys(&found),
        [
            K::Progress,
            K::ProgressPercent,
            K::TaskPercent,
            K::TaskPoints,
            K::CommonPoints,
            K::Total,
            K::Level
        ]
    );
    let progress = &found[0];
    assert_eq!(progress.before, Some(Decimal::new(2000, 2)));
    assert_eq!(progress.after, Some(Decimal::new(1750, 2)));
    assert_eq!(progress.items.len(), 1);
    assert_eq!(progress.items[0].name, "“Việc b”");
    assert_eq!(progress.items[0].after[0].counted(), 1);
    assert_eq!(found[1].inputs, []);
    let common = &found[4].inputs;
    assert_eq!(common.len(), 1);
    assert_eq!(common[0].reference.as_deref(), Some("I.1"));
    assert_eq!(common[0].before.unwrap().to_string(), "5/1");
    assert_eq!(common[0].after.unwrap().to_string(), "4/1");
}

#[test]
fn compare_tells_items_that_came_and_went_and_steps_of_one_side() {
    let june = month(vec![item("a", 10, 0)], 5);
    let july = month(vec![item("c", 10, 0)], 5);
    let found = compared(&june, &july);
    let names = |step: &StepDifference| -> Vec<String> {
        step.items.iter().map(|item| item.name.clone()).collect()
    };
    assert_eq!(names(&found[0]), ["“Việc a”", "“Việc c”"]);
    assert_eq!(found[0].before, found[0].after);
    let nothing = month(vec![], 5);
    let found = compared(&june, &nothing);
    let total = found
        .iter()
        .find(|step| step.key == StepKey::Total)
        .unwrap();
    assert!(total.before.is_some() && total.after.is_none());
}

#[test]
fn compare_tells_other_weights_of_another_rule_set() {
    let input = month(vec![item("a", 5, 1)], 5);
    let mut rules = RuleSet::nd_335_2025();
    let before = trace(&rules, &input);
    rules.staff_weights.progress = Decimal::from(98);
    let found = compare(&before, &trace(&rules, &input));
    assert_eq!(found[0].key, StepKey::TaskPercent);
    let weights = &found[0].inputs;
    assert_eq!(weights.len(), 1);
    assert_eq!(weights[0].reference.as_deref(), Some("progress_percent"));
    assert_eq!(weights[0].weight_after.unwrap().to_string(), "98/1");
}
