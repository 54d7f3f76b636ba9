//! Tests of `advice`.

use super::*;
use crate::scoring::{CommonPoint, ScoringRole};

fn delivered(quantity: i64, delays: u32) -> DeliverableInput {
    DeliverableInput {
        quantity: quantity.into(),
        failed_reviews: 0,
        excused_failed_reviews: 0,
        delays,
        excused_delays: 0,
        ..DeliverableInput::default()
    }
}

fn month(items: Vec<Item>) -> PeriodInput {
    let rules = RuleSet::nd_335_2025();
    PeriodInput {
        role: ScoringRole::Staff,
        common: rules
            .criteria
            .iter()
            .map(|criterion| CommonPoint {
                criterion: criterion.code.clone(),
                points: criterion.max,
            })
            .collect(),
        items,
        leadership: None,
        cap: None,
    }
}

fn item(title: &str, assigned: i64, deliverables: Vec<DeliverableInput>) -> Item {
    Item {
        reference: None,
        title: Some(title.into()),
        kind: ItemKind::Plan,
        coefficient: Decimal::ONE,
        assigned: assigned.into(),
        handed_over: Decimal::ZERO,
        deliverables,
    }
}

#[test]
fn what_would_raise_most_is_finishing_work_with_the_points_it_brings() {
    let input = month(vec![
        item("Đề án", 2, vec![]),
        item("Báo cáo", 8, vec![delivered(8, 0)]),
    ]);
    let advice = what_would_raise_most(&RuleSet::nd_335_2025(), &input).unwrap();
    assert_eq!(
        advice.sentence,
        "Cần thêm 4 điểm để đạt mức xuất sắc: hoàn thành “Đề án” đúng hạn sẽ đưa điểm lên 100."
    );
    assert_eq!(advice.new_level, Level::Excellent);
    assert_eq!(advice.points_missing, Some(Decimal::from(4)));
}

#[test]
fn an_objective_cause_is_advised_when_all_is_done() {
    let input = month(vec![item("Báo cáo", 1, vec![delivered(1, 1)])]);
    let advice = what_would_raise_most(&RuleSet::nd_335_2025(), &input).unwrap();
    assert_eq!(
        advice.sentence,
        "Đang ở mức xuất sắc: được xác nhận nguyên nhân khách quan cho một lần chậm của \
         “Báo cáo” sẽ đưa điểm lên 100."
    );
}

#[test]
fn a_full_score_or_an_empty_month_needs_no_advice() {
    let rules = RuleSet::nd_335_2025();
    let full = month(vec![item("Báo cáo", 1, vec![delivered(1, 0)])]);
    assert_eq!(what_would_raise_most(&rules, &full), None);
    assert_eq!(what_would_raise_most(&rules, &month(vec![])), None);
}

#[test]
fn what_is_still_missing_after_the_action_is_told() {
    let mut input = month(vec![item("Đề án", 1, vec![]), item("Báo cáo", 9, vec![])]);
    input.common.clear();
    let advice = what_would_raise_most(&RuleSet::nd_335_2025(), &input).unwrap();
    assert_eq!(
        advice.sentence,
        "Cần thêm 50 điểm để đạt mức hoàn thành: hoàn thành “Báo cáo” đúng hạn sẽ đưa điểm lên 63."
    );
    input.items[1].assigned = Decimal::from(2);
    input.items.push(item("Tờ trình", 2, vec![]));
    let advice = what_would_raise_most(&RuleSet::nd_335_2025(), &input).unwrap();
    assert!(
        advice
            .sentence
            .ends_with("đưa điểm lên 28, còn thiếu 22 điểm."),
        "{}",
        advice.sentence
    );
}
