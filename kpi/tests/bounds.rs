//! The largest inputs that are let in, and the variants that a rule set as
//! data must express.

use kpi::{
    rule_set::{DeductionShape, RuleSet},
    scoring::{
        DeliverableInput, Item, ItemKind, Leadership, MAX_ITEMS, PeriodInput, ScoringRole, score,
    },
};
use rust_decimal::Decimal;

fn delivered(quantity: Decimal, faults: u32) -> DeliverableInput {
    DeliverableInput {
        quantity,
        failed_reviews: faults,
        excused_failed_reviews: 0,
        delays: faults,
        excused_delays: 0,
        ..DeliverableInput::default()
    }
}

fn item(coefficient: Decimal, assigned: Decimal, deliverables: Vec<DeliverableInput>) -> Item {
    Item {
        reference: None,
        title: None,
        kind: ItemKind::Plan,
        coefficient,
        assigned,
        handed_over: Decimal::ZERO,
        deliverables,
    }
}

fn staff(items: Vec<Item>) -> PeriodInput {
    PeriodInput {
        role: ScoringRole::Staff,
        common: vec![],
        items,
        leadership: None,
        cap: None,
    }
}

#[test]
fn the_largest_month_is_computed_without_overflow() {
    let mut rules = RuleSet::nd_335_2025();
    rules.deductions.per_failed_review = Decimal::new(1111, 4);
    rules.deductions.per_delay = Decimal::new(777, 4);
    rules.staff_weights.quantity = Decimal::new(3333, 2);
    rules.staff_weights.quality = Decimal::new(3331, 2);
    rules.staff_weights.progress = Decimal::new(3336, 2);
    let most = Decimal::new(9_999_999_999, 4);
    let items = (0..MAX_ITEMS)
        .map(|_| {
            item(
                Decimal::new(99_999_999_999, 6),
                most,
                vec![delivered(most, 3)],
            )
        })
        .collect();
    let input = staff(items);
    let outcome = score(&rules, &input).unwrap();
    let scored = outcome.scored.unwrap();
    assert_eq!(scored.quantity_percent.to_string(), "100.00");
    assert_eq!(scored.quality_percent.to_string(), "66.67");
    assert_eq!(outcome.trace.recompute(), Ok(scored.total));

    // Six decimals of what is kept, and a post's coefficient that divides nothing.
    rules.deductions.shape = DeductionShape::Compound;
    rules.position.staff = Decimal::new(179, 2);
    rules.decimals = 4;
    let outcome = score(&rules, &input).unwrap();
    let scored = outcome.scored.unwrap();
    assert_eq!(scored.quality_percent.to_string(), "70.2358");
    assert_eq!(outcome.trace.recompute(), Ok(scored.total));
}

#[test]
fn the_smallest_month_is_computed_exactly() {
    let least = Decimal::new(1, 4);
    let input = staff(vec![item(
        Decimal::new(1, 6),
        least,
        vec![delivered(least, 1)],
    )]);
    let scored = score(&RuleSet::nd_335_2025(), &input)
        .unwrap()
        .scored
        .unwrap();
    assert_eq!(scored.volume, Decimal::new(1, 10));
    assert_eq!(scored.quality, Decimal::new(75, 12));
    assert_eq!(scored.total.to_string(), "58.33");
}

#[test]
fn counts_beyond_the_bounds_are_refused() {
    let one = item(Decimal::ONE, Decimal::ONE, vec![]);
    let refused = |input: &PeriodInput| score(&RuleSet::nd_335_2025(), input).unwrap_err().field;
    assert_eq!(refused(&staff(vec![one.clone(); MAX_ITEMS + 1])), "items");
    let mut many = one.clone();
    many.deliverables = vec![delivered(Decimal::ZERO, 0); 100_001];
    assert_eq!(refused(&staff(vec![many])), "items[0].deliverables[100000]");
    let mut faulty = one;
    faulty.deliverables = vec![delivered(Decimal::ONE, 1001)];
    assert_eq!(
        refused(&staff(vec![faulty])),
        "items[0].deliverables[0].failed_reviews"
    );
}

#[test]
fn weights_of_20_32_18_shift_the_points_between_the_components() {
    let mut rules = RuleSet::nd_335_2025();
    rules.staff_weights.quantity = Decimal::from(20);
    rules.staff_weights.quality = Decimal::from(32);
    rules.staff_weights.progress = Decimal::from(18);
    let mut failed = delivered(Decimal::from(6), 0);
    failed.failed_reviews = 1;
    let input = staff(vec![item(
        Decimal::ONE,
        Decimal::from(10),
        vec![delivered(Decimal::from(3), 0), failed],
    )]);
    let scored = score(&rules, &input).unwrap().scored.unwrap();
    assert_eq!(scored.quantity_percent.to_string(), "90.00");
    // 3 + 6 × 0.75 = 7.5 of 10.
    assert_eq!(scored.quality_percent.to_string(), "75.00");
    // (90 × 20 + 75 × 32 + 90 × 18) ÷ 100 points.
    assert_eq!(scored.task_points.to_string(), "58.20");
}

#[test]
fn a_leader_without_scored_subordinates_is_not_held_to_account_for_them() {
    let mut input = staff(vec![item(
        Decimal::ONE,
        Decimal::ONE,
        vec![delivered(Decimal::ONE, 0)],
    )]);
    input.role = ScoringRole::Head;
    input.leadership = Some(Leadership {
        subordinate_scores: vec![],
        organising: 100,
        unity: 100,
    });
    let scored = score(&RuleSet::nd_335_2025(), &input)
        .unwrap()
        .scored
        .unwrap();
    assert_eq!(scored.results_percent, Some(Decimal::from(100)));
    let refused = |scores: Vec<Decimal>| {
        let mut input = input.clone();
        input.leadership.as_mut().unwrap().subordinate_scores = scores;
        score(&RuleSet::nd_335_2025(), &input).unwrap_err().field
    };
    assert_eq!(
        refused(vec![Decimal::ZERO, Decimal::from(101)]),
        "leadership.subordinate_scores[1]"
    );
}

#[test]
fn a_broken_rule_set_is_refused_not_computed_with() {
    let mut rules = RuleSet::nd_335_2025();
    rules.task_points = Decimal::from(80);
    let error = score(&rules, &staff(vec![])).unwrap_err();
    assert_eq!(error.field, "rule_set.task_points");
}
