//! Tests of `wording`.

use rust_decimal::Decimal;

use super::*;
use crate::{
    rule_set::RuleSet,
    scoring::{
        CommonPoint, DeliverableInput, Item, ItemKind, Leadership, PeriodInput, ScoringRole, score,
    },
};

fn item(title: &str, coefficient: i64, quantity: i64, reviews: u32, delays: u32) -> Item {
    Item {
        reference: None,
        title: Some(title.into()),
        kind: ItemKind::Plan,
        coefficient: coefficient.into(),
        assigned: quantity.into(),
        handed_over: Decimal::ZERO,
        deliverables: vec![DeliverableInput {
            quantity: quantity.into(),
            failed_reviews: reviews,
            excused_failed_reviews: 0,
            delays,
            excused_delays: 0,
            ..DeliverableInput::default()
        }],
    }
}

/// The mixed month of the golden case G14, with 27 common points.
fn mixed_month() -> PeriodInput {
    let points = [
        ("I.1", 50),
        ("I.2", 50),
        ("II.1", 25),
        ("II.2", 25),
        ("II.3", 25),
        ("II.4", 25),
    ];
    let more = [("III.1", 25), ("III.2", 25), ("III.3", 20)];
    PeriodInput {
        role: ScoringRole::Staff,
        common: points
            .into_iter()
            .chain(more)
            .map(|(code, tenths)| CommonPoint {
                criterion: code.into(),
                points: Decimal::new(tenths, 1),
            })
            .collect(),
        items: vec![
            item("Văn bản", 1, 8, 0, 0),
            item("Báo cáo", 12, 1, 1, 0),
            item("Kế hoạch", 9, 1, 0, 0),
            item("Quyết định", 9, 1, 0, 1),
        ],
        leadership: None,
        cap: None,
    }
}

fn words(input: &PeriodInput, key: StepKey) -> Sentence {
    let outcome = score(&RuleSet::nd_335_2025(), input).unwrap();
    explain(outcome.trace.step(key).unwrap())
}

#[test]
fn formulas_can_be_checked_by_hand() {
    let month = mixed_month();
    let formula = |key| words(&month, key).formula;
    assert_eq!(
        formula(StepKey::Assigned),
        "8 × 1 + 1 × 12 + 1 × 9 + 1 × 9 = 38"
    );
    assert_eq!(
        formula(StepKey::Quality),
        "8 × 1 + 1 × 12 × (1 − 25 % × 1) + 1 × 9 + 1 × 9 = 35"
    );
    assert_eq!(
        formula(StepKey::ProgressPercent),
        "35,75 ÷ 38 × 100 = 94,08 %"
    );
    assert_eq!(
        formula(StepKey::TaskPercent),
        "(100 % + 92,1053 % + 94,0789 %) ÷ 3 = 95,39 %"
    );
    assert_eq!(formula(StepKey::TaskPoints), "95,3947 % × 70 = 66,78");
    assert_eq!(formula(StepKey::Total), "27 + 66,7763 = 93,78");
    assert_eq!(
        formula(StepKey::Level),
        "93,78 ≥ 90 → Hoàn thành xuất sắc nhiệm vụ"
    );
}

#[test]
fn a_fault_is_named_with_its_article() {
    let sentence = words(&mixed_month(), StepKey::Quality);
    assert_eq!(sentence.article, "điểm b khoản 2 Điều 14 NĐ 335/2025/NĐ-CP");
    assert_eq!(
        sentence.reason,
        "Mỗi lần đánh giá chưa đạt trừ 25 % điểm của chính sản phẩm đó. \
         “Báo cáo”: 1 lần đánh giá chưa đạt, trừ 3."
    );
    let outcome = score(&RuleSet::nd_335_2025(), &mixed_month()).unwrap();
    let step = outcome.trace.step(StepKey::Progress).unwrap();
    assert_eq!(
        explain_line(step.key, &step.lines[3]),
        "“Quyết định”: 1 × 9 = 9; 1 lần chậm, trừ 25 % mỗi lần, còn 6,75"
    );
}

#[test]
fn a_cap_and_a_leader_without_scored_subordinates_are_told() {
    let mut month = mixed_month();
    month.role = ScoringRole::Deputy;
    month.leadership = Some(Leadership {
        subordinate_scores: vec![],
        organising: 100,
        unity: 50,
    });
    let results = words(&month, StepKey::Results);
    assert_eq!(results.formula, "chưa có ai được chấm điểm → 100 %");
    assert_eq!(results.article, "khoản 4 Điều 15 NĐ 335/2025/NĐ-CP");
    let mut extra = mixed_month();
    extra.items.push(Item {
        kind: ItemKind::AdHoc,
        ..item("Việc đột xuất", 38, 1, 0, 0)
    });
    let capped = words(&extra, StepKey::TaskPercent).formula;
    assert_eq!(
        capped,
        "(200 % + 192,1053 % + 194,0789 %) ÷ 3 = 195,3947 % → chặn ở 100 %"
    );
}

#[test]
fn a_level_below_every_threshold_says_so() {
    let mut month = mixed_month();
    month
        .items
        .iter_mut()
        .for_each(|item| item.deliverables.clear());
    let sentence = words(&month, StepKey::Level);
    assert_eq!(sentence.formula, "27 < 50 → Không hoàn thành nhiệm vụ");
}

#[test]
fn explain_input_tells_values_and_weights_apart() {
    let mut heavier = RuleSet::nd_335_2025();
    heavier.staff_weights.quantity = 25.into();
    heavier.staff_weights.quality = 50.into();
    heavier.staff_weights.progress = 25.into();
    let mut less = mixed_month();
    less.common[0].points = 4.into();
    let one = score(&RuleSet::nd_335_2025(), &mixed_month())
        .unwrap()
        .trace;
    let other = score(&heavier, &less).unwrap().trace;
    let words: Vec<(String, String, String)> = crate::trace::compare(&one, &other)
        .iter()
        .flat_map(|step| &step.inputs)
        .flat_map(explain_input)
        .map(|words| (words.name, words.before, words.after))
        .collect();
    let told = |name: &str, before: &str, after: &str| (name.into(), before.into(), after.into());
    assert_eq!(
        words,
        [
            told("Trọng số: Tỷ lệ tiến độ (c)", "1", "25"),
            told("Trọng số: Tỷ lệ chất lượng (b)", "1", "50"),
            told("Trọng số: Tỷ lệ số lượng (a)", "1", "25"),
            told("Tiêu chí I.1", "5", "4"),
        ]
    );
}

#[test]
fn explain_gap_names_what_differs_and_nothing_else() {
    let of = |value: i64| Decimal::new(value, 1);
    let parts = [
        ("Số lượng", of(1000), of(925)),
        ("Chất lượng", of(970), of(970)),
        ("Tiến độ", of(950), of(1000)),
    ];
    assert_eq!(
        explain_gap(of(900), of(868), &parts),
        "Thấp hơn tự chấm 3,2 điểm: số lượng 92,5 % thay vì 100 %, tiến độ 100 % thay vì 95 %."
    );
    assert_eq!(explain_gap(of(900), of(900), &parts), "Bằng điểm tự chấm.");
    assert!(explain_gap(of(800), of(900), &[]).starts_with("Cao hơn tự chấm 10 điểm: số liệu"));
}
