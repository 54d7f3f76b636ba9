//! The choices of a rule set and what each of them does to a score, a year and
//! an organisation; and what holds whatever is chosen.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "cases/period.rs"]
mod cases;
#[path = "cases/rules.rs"]
mod rules;
mod support;

use cases::input;
use kpi::{
    advice::what_would_raise_most,
    level::Level,
    rating::{Month, MonthResult, max_excellent, mean_of_year},
    rule_set::{
        CapBase, CapFraction, DecemberRule, DeductionShape, DelayUnit, FaultBase, FaultStep,
        Rounding, RuleSet, YearMean, ZeroAssigned,
        field::{FIELDS, departures, differences, read, write},
    },
    scoring::{
        CommonPoint, DeliverableInput, Item, ItemKind, PeriodInput, Scored, ScoringRole, score,
    },
    trace::StepKey,
    wording::{explain, explain_line},
};
use proptest::prelude::*;
use rules::rules;
use rust_decimal::Decimal;
use support::config;

fn delivered(quantity: i64) -> DeliverableInput {
    DeliverableInput {
        quantity: quantity.into(),
        ..DeliverableInput::default()
    }
}

fn item(assigned: i64, deliverables: Vec<DeliverableInput>) -> Item {
    Item {
        reference: None,
        title: None,
        kind: ItemKind::Plan,
        coefficient: Decimal::ONE,
        assigned: assigned.into(),
        handed_over: Decimal::ZERO,
        deliverables,
    }
}

/// Staff with all common points.
fn month(items: Vec<Item>) -> PeriodInput {
    let criteria = RuleSet::nd_335_2025().criteria;
    PeriodInput {
        role: ScoringRole::Staff,
        common: criteria
            .into_iter()
            .map(|criterion| CommonPoint {
                criterion: criterion.code,
                points: criterion.max,
            })
            .collect(),
        items,
        leadership: None,
        cap: None,
    }
}

fn decree(change: impl FnOnce(&mut RuleSet)) -> RuleSet {
    let mut rules = RuleSet::nd_335_2025();
    change(&mut rules);
    rules
}

fn scored(rules: &RuleSet, input: &PeriodInput) -> Scored {
    let outcome = score(rules, input).unwrap();
    let scored = outcome.scored.unwrap();
    assert_eq!(outcome.trace.recompute(), Ok(scored.total));
    scored
}

fn failed(reviews: u32) -> PeriodInput {
    month(vec![item(
        1,
        vec![DeliverableInput {
            failed_reviews: reviews,
            ..delivered(1)
        }],
    )])
}

#[test]
fn a2_faults_compound_on_what_is_left() {
    let rules = decree(|rules| rules.deductions.shape = DeductionShape::Compound);
    let twice = scored(&rules, &failed(2));
    assert_eq!(twice.task_points.to_string(), "59.79");
    assert_eq!(twice.total.to_string(), "89.79");
    assert_eq!(twice.quality, Decimal::new(5625, 4));
    let linear = scored(&RuleSet::nd_335_2025(), &failed(2));
    assert_eq!(linear.total.to_string(), "88.33");
    // 0.75⁴ = 0.31640625, to six decimals.
    assert_eq!(scored(&rules, &failed(4)).quality, Decimal::new(316_406, 6));
    assert_eq!(scored(&rules, &failed(1000)).quality, Decimal::ZERO);
    let outcome = score(&rules, &failed(2)).unwrap();
    let step = outcome.trace.step(StepKey::Quality).unwrap();
    assert_eq!(explain(step).formula, "1 × 1 × (1 − 25 %)^2 = 0,56");
    assert!(explain(step).reason.contains("trừ 25 % phần điểm còn lại"));
}

fn hundred_eighty_sixty() -> Vec<FaultStep> {
    [(2, 80), (4, 60)]
        .map(|(up_to, percent)| FaultStep {
            up_to,
            kept: Decimal::new(percent, 2),
        })
        .to_vec()
}

#[test]
fn a2_and_a4_steps_keep_a_share_by_working_days_late() {
    let rules = decree(|rules| {
        rules.deductions.shape = DeductionShape::Steps;
        rules.deductions.quality_steps = hundred_eighty_sixty();
        rules.deductions.progress_steps = hundred_eighty_sixty();
        rules.deductions.delay_unit = DelayUnit::WorkingDays;
    });
    let late = |days, excused| {
        month(vec![item(
            1,
            vec![DeliverableInput {
                delays: 1,
                days_late: days,
                excused_days_late: excused,
                ..delivered(1)
            }],
        )])
    };
    for (days, excused, kept) in [
        (0, 0, 100),
        (1, 0, 80),
        (2, 0, 80),
        (3, 0, 60),
        (5, 0, 0),
        (5, 1, 60),
    ] {
        let scored = scored(&rules, &late(days, excused));
        assert_eq!(scored.progress, Decimal::new(kept, 2), "{days} {excused}");
    }
    let outcome = score(&rules, &late(4, 1)).unwrap();
    let step = outcome.trace.step(StepKey::Progress).unwrap();
    assert_eq!(explain(step).formula, "1 × 1 × (1 − 40 %) = 0,6");
    assert_eq!(
        explain_line(step.key, &step.lines[0]),
        "nhiệm vụ thứ 1: 1 × 1 = 1; 4 ngày làm việc chậm \
         (1 ngày do nguyên nhân khách quan, không trừ), trừ 40 % theo bậc, còn 0,6"
    );
    assert!(explain(step).reason.starts_with(
        "Theo bậc của chính sản phẩm đó: đến 2 ngày làm việc chậm còn 80 %, \
         đến 4 ngày làm việc chậm còn 60 %, nhiều hơn còn 0 %."
    ));
    let mut altered = outcome.trace.clone();
    altered.steps[3].table[1].kept = Decimal::ONE;
    assert!(altered.recompute().is_err());
}

#[test]
fn a6_one_cause_lowers_one_criterion() {
    let half_done = month(vec![item(2, vec![delivered(1)])]);
    let rules = decree(|rules| rules.fault_base = FaultBase::Completed);
    let scored_once = scored(&rules, &half_done);
    assert_eq!(scored_once.quantity_percent.to_string(), "50.00");
    assert_eq!(scored_once.quality_percent.to_string(), "100.00");
    assert_eq!(scored_once.progress_percent.to_string(), "100.00");
    let nothing = scored(&rules, &month(vec![item(2, vec![])]));
    assert_eq!(nothing.task_points, Decimal::ZERO);
    let outcome = score(&rules, &half_done).unwrap();
    let step = outcome.trace.step(StepKey::QualityPercent).unwrap();
    assert_eq!(
        explain(step).reason,
        "Khối lượng đạt chất lượng so với khối lượng đã hoàn thành."
    );
}

#[test]
fn a8_and_a9_extra_work_stands_in_where_nothing_is_planned() {
    let mut extra = month(vec![item(2, vec![delivered(1)])]);
    extra.items[0].kind = ItemKind::AdHoc;
    assert!(
        score(&RuleSet::nd_335_2025(), &extra)
            .unwrap()
            .scored
            .is_none()
    );
    let rules = decree(|rules| rules.zero_assigned = ZeroAssigned::ExtraWork);
    assert_eq!(scored(&rules, &extra).task_points.to_string(), "35.00");
    extra.items.push(item(4, vec![delivered(4)]));
    assert_eq!(
        scored(&rules, &extra),
        scored(&RuleSet::nd_335_2025(), &extra)
    );
    assert!(score(&rules, &month(vec![])).unwrap().scored.is_none());
}

#[test]
fn a17_a_post_multiplies_quantities_and_leaves_ratios() {
    let rules = decree(|rules| rules.position.staff = Decimal::new(18, 1));
    let input = month(vec![item(58, vec![delivered(29)])]);
    let outcome = score(&rules, &input).unwrap();
    assert_eq!(outcome.assigned.to_string(), "104.40");
    let weighted = scored(&rules, &input);
    let plain = scored(&RuleSet::nd_335_2025(), &input);
    assert_eq!(weighted.volume, Decimal::new(522, 1));
    assert_eq!(weighted.total, plain.total);
    let step = outcome.trace.step(StepKey::Assigned).unwrap();
    assert_eq!(explain(step).formula, "58 × 1 × 1,8 = 104,4");
}

/// 89.995 of 100: the task block reaches 59.995 of 70.
fn on_the_edge() -> PeriodInput {
    month(vec![item(14_000, vec![delivered(11_999)])])
}

#[test]
fn a1_rounding_decides_at_the_threshold() {
    for (rounding, total, level) in [
        (Rounding::HalfUp, "90.00", Level::Excellent),
        (Rounding::Truncate, "89.99", Level::Good),
        (Rounding::Exact, "90.00", Level::Good),
    ] {
        let rules = decree(|rules| rules.rounding = rounding);
        let scored = scored(&rules, &on_the_edge());
        assert_eq!(scored.total.to_string(), total);
        assert_eq!(scored.level, level);
    }
    let rules = decree(|rules| rules.rounding = Rounding::Exact);
    let outcome = score(&rules, &on_the_edge()).unwrap();
    let step = outcome.trace.step(StepKey::Level).unwrap();
    assert_eq!(
        explain(step).formula,
        "89,995 ≥ 70 → Hoàn thành tốt nhiệm vụ"
    );
}

fn months(scores: &[i64]) -> Vec<Month> {
    (1..)
        .zip(scores)
        .map(|(month, score)| Month {
            month,
            result: MonthResult::Score((*score).into()),
        })
        .collect()
}

#[test]
fn a26_and_a27_choose_what_mean_of_year_is_of() {
    // G27: two months of sick leave.
    let mut year = months(&[80, 90, 100, 60, 0, 0, 90, 90, 90, 90, 90, 90]);
    year.drain(4..6);
    let mean = |rules: &RuleSet| mean_of_year(rules, &year).unwrap().unwrap().to_string();
    assert_eq!(mean(&RuleSet::nd_335_2025()), "87.00");
    let quarters = decree(|rules| rules.year.mean = YearMean::QuarterMeans);
    assert_eq!(mean(&quarters), "82.50");
    let eleven = decree(|rules| rules.year.december = DecemberRule::ElevenMonths);
    assert_eq!(mean(&eleven), "86.67");
}

#[test]
fn a21_and_a22_choose_base_and_fraction_of_max_excellent() {
    let most = |base, fraction, good, rated| {
        let rules = decree(|rules| {
            rules.year.cap_base = base;
            rules.year.cap_fraction = fraction;
        });
        max_excellent(&rules.year, Decimal::new(20, 2), good, rated).unwrap()
    };
    // G28.
    assert_eq!(most(CapBase::Good, CapFraction::Floor, 30, 40), 5);
    assert_eq!(
        most(CapBase::GoodAndExcellent, CapFraction::Floor, 30, 40),
        6
    );
    assert_eq!(most(CapBase::AllRated, CapFraction::Floor, 30, 40), 8);
    // A sixth of 10 is 1.67, of 8 it is 1.33.
    for (fraction, of_ten, of_eight) in [
        (CapFraction::Floor, 1, 1),
        (CapFraction::Round, 2, 1),
        (CapFraction::Ceil, 2, 2),
    ] {
        assert_eq!(most(CapBase::Good, fraction, 10, 10), of_ten);
        assert_eq!(most(CapBase::Good, fraction, 8, 8), of_eight);
    }
    assert_eq!(most(CapBase::AllRated, CapFraction::Ceil, 1, 400), 1);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_chosen_a_score_keeps_to_its_bounds_and_its_trace(
        rules in rules(), input in input(),
    ) {
        prop_assert_eq!(rules.validate(), Ok(()));
        let outcome = score(&rules, &input).unwrap();
        let text = serde_json::to_string(&outcome.trace).unwrap();
        prop_assert_eq!(&serde_json::from_str::<kpi::trace::Trace>(&text).unwrap(), &outcome.trace);
        for step in &outcome.trace.steps {
            prop_assert!(!explain(step).formula.is_empty());
        }
        if let Some(scored) = outcome.scored {
            prop_assert_eq!(outcome.trace.recompute(), Ok(scored.total));
            prop_assert!(scored.total >= Decimal::ZERO && scored.total <= Decimal::ONE_HUNDRED);
            prop_assert!(scored.quality <= scored.volume && scored.progress <= scored.volume);
        }
        if let Some(advice) = what_would_raise_most(&rules, &input) {
            prop_assert!(advice.new_total > advice.total);
        }
    }

    #[test]
    fn whatever_is_chosen_write_takes_what_read_gives(rules in rules()) {
        let mut again = RuleSet::nd_335_2025();
        for field in FIELDS {
            write(&mut again, field, &read(&rules, field)).unwrap();
        }
        prop_assert_eq!(&again, &rules);
        prop_assert!(differences(&again, &rules).is_empty());
        let decree = RuleSet::nd_335_2025();
        let changed = differences(&decree, &rules);
        prop_assert_eq!(changed.len(), departures(&rules).len());
        for difference in changed {
            prop_assert!(difference.before != difference.after);
        }
    }

    #[test]
    fn whatever_is_typed_write_takes_it_or_refuses_at_the_path(
        at in any::<prop::sample::Index>(), text in "[-0-9, .|%a-z\n]{0,16}",
    ) {
        let field = &FIELDS[at.index(FIELDS.len())];
        let before = RuleSet::nd_335_2025();
        let mut set = before.clone();
        match write(&mut set, field, &text) {
            Ok(()) => prop_assert_eq!(set.clone(), {
                let mut again = before;
                write(&mut again, field, &read(&set, field)).unwrap();
                again
            }),
            Err(refusal) => {
                prop_assert_eq!(refusal.field, field.path);
                prop_assert_eq!(set, before);
            }
        }
    }

    #[test]
    fn whatever_is_chosen_another_fault_never_raises_a_total(
        rules in rules(), input in input(), at in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!input.items.is_empty());
        let mut faulty = input.clone();
        let item = &mut faulty.items[at.index(input.items.len())];
        for given in &mut item.deliverables {
            given.failed_reviews += 1;
            given.delays += 1;
            given.days_late += 1;
        }
        let total = |input| score(&rules, input).unwrap().scored.map(|scored| scored.total);
        prop_assert!(total(&faulty) <= total(&input));
    }
}
