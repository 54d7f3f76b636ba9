//! Tests of `trial`.

use kpi::rule_set::RuleSet;
use kpi::scoring::{ItemKind, Leadership, ScoringRole, score};

use super::*;

fn number(text: &str) -> Decimal {
    text.parse().expect("a number")
}

fn deliverable(quantity: &str, delays: u32, excused_delays: u32) -> DeliverableInput {
    DeliverableInput {
        quantity: number(quantity),
        delays,
        excused_delays,
        ..DeliverableInput::default()
    }
}

/// Two planned items: 4 of which 3 are done in two parts, and 1 of which nothing is; 20 common points.
fn start(role: ScoringRole) -> Start {
    let rules = RuleSet::nd_335_2025();
    let item = |assigned: &str, deliverables| Item {
        reference: None,
        title: None,
        kind: ItemKind::Plan,
        coefficient: number("3"),
        assigned: number(assigned),
        handed_over: Decimal::ZERO,
        deliverables,
    };
    let common = rules.criteria.iter().map(|criterion| CommonPoint {
        criterion: criterion.code.clone(),
        points: criterion.max - Decimal::ONE,
    });
    let input = PeriodInput {
        role,
        common: common.collect(),
        items: vec![
            item("4", vec![deliverable("2", 2, 1), deliverable("1", 1, 0)]),
            item("1", Vec::new()),
        ],
        leadership: role.is_leader().then(|| Leadership {
            subordinate_scores: Vec::new(),
            organising: 100,
            unity: 100,
        }),
        cap: None,
    };
    Start { rules, input }
}

#[test]
fn nothing_changed_is_the_month_as_it_is() {
    for role in [ScoringRole::Staff, ScoringRole::Head] {
        let start = start(role);
        assert_eq!(Change::none(&start).applied(&start), start.input);
    }
}

#[test]
fn quantity_comes_as_one_more_deliverable_and_goes_from_the_last() {
    let start = start(ScoringRole::Staff);
    let with = |quantity: &str| {
        let mut change = Change::none(&start);
        change.items[0].quantity = number(quantity);
        change.applied(&start).items[0].deliverables.clone()
    };
    let more = with("3.5");
    assert_eq!(more[..2], start.input.items[0].deliverables[..]);
    assert_eq!(more[2], deliverable("0.5", 0, 0));
    // The fault of the part that is gone stays with the item, as the reader sees it counted.
    assert_eq!(with("1.5"), [deliverable("1.5", 3, 1)]);
    assert_eq!(with("0"), []);
}

#[test]
fn faults_rise_on_the_first_deliverable_and_those_that_count_go_first() {
    let start = start(ScoringRole::Staff);
    let with = |delays: u32| {
        let mut change = Change::none(&start);
        change.items[0].delays = delays;
        let given = change.applied(&start).items[0].deliverables.clone();
        [
            (given[0].delays, given[0].excused_delays),
            (given[1].delays, given[1].excused_delays),
        ]
    };
    assert_eq!(with(5), [(4, 1), (1, 0)]);
    assert_eq!(with(2), [(1, 1), (1, 0)]);
    assert_eq!(with(0), [(0, 0), (0, 0)]);
}

#[test]
fn rules_that_count_days_are_tried_by_days() {
    let mut start = start(ScoringRole::Staff);
    start.rules.deductions.delay_unit = DelayUnit::WorkingDays;
    start.input.items[0].deliverables[0].days_late = 4;
    let mut change = Change::none(&start);
    assert_eq!(change.items[0].delays, 4);
    change.items[0].delays = 6;
    let given = &change.applied(&start).items[0].deliverables[0];
    assert_eq!((given.days_late, given.delays), (6, 2));
}

#[test]
fn common_points_stay_within_every_criterion() {
    let start = start(ScoringRole::Staff);
    for points in ["0", "7.25", "20", "29.99", "30"] {
        let mut change = Change::none(&start);
        change.common = number(points);
        let input = change.applied(&start);
        let sum: Decimal = input.common.iter().map(|point| point.points).sum();
        assert_eq!(sum, number(points));
        let scored = score(&start.rules, &input).expect("within bounds");
        let common = scored.scored.expect("planned work").common_points;
        assert_eq!(common, number(points), "{points}");
    }
}

#[test]
fn a_trial_gives_what_the_rules_give() {
    let start = start(ScoringRole::Head);
    let total = |change: &Change| {
        let outcome = score(&start.rules, &change.applied(&start)).expect("within bounds");
        outcome.scored.expect("planned work").total
    };
    let mut change = Change::none(&start);
    // a = b = 60, c = (2 × 0,75 + 1 × 0,75) × 3 ÷ 15 = 45; d = đ = e = 100: 465 ÷ 6 × 0,7 + 20.
    assert_eq!(total(&change), number("74.25"));
    change.organising = Some(50);
    assert_eq!(total(&change), number("68.42"));
    change.items[1].quantity = Decimal::ONE;
    // a = b = 80, c = 65: 475 ÷ 6 × 0,7 + 20.
    assert_eq!(total(&change), number("75.42"));
}

#[test]
fn a_difference_carries_its_sign() {
    assert_eq!(signed(number("1.25")), "+1,25");
    assert_eq!(signed(number("-3.00")), "−3");
    assert_eq!(signed(Decimal::ZERO), "0");
}
