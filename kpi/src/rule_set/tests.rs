//! Tests of `rule_set`.

use super::*;
use crate::scoring::ScoringRole;

#[test]
fn nd_335_2025_is_valid_and_a_rule_set_builtin() {
    assert_eq!(RuleSet::nd_335_2025().validate(), Ok(()));
    assert_eq!(
        RuleSet::builtin("nd-335-2025"),
        Some(RuleSet::nd_335_2025())
    );
    assert_eq!(RuleSet::builtin("khac"), None);
}

#[test]
fn nd_335_2025_component_differs_in_nothing_but_the_cap() {
    let rules = RuleSet::builtin("nd-335-2025-component").unwrap();
    assert_eq!(rules.validate(), Ok(()));
    assert_eq!(rules.cap, CapMode::Component);
    let plain = RuleSet::nd_335_2025();
    let same = RuleSet {
        code: plain.code.clone(),
        name: plain.name.clone(),
        cap: plain.cap,
        ..rules
    };
    assert_eq!(same, plain);
}

const fn step(up_to: u32, kept: Decimal) -> FaultStep {
    FaultStep { up_to, kept }
}

type Change = fn(&mut RuleSet);

const MORE: &[(&str, Change)] = &[
    ("deductions.quality_steps", |r| {
        r.deductions.shape = DeductionShape::Steps;
    }),
    ("deductions.progress_steps[1].up_to", |r| {
        r.deductions.progress_steps = vec![step(2, Decimal::ONE), step(2, Decimal::ZERO)];
    }),
    ("deductions.progress_steps[0].up_to", |r| {
        r.deductions.progress_steps = vec![step(0, Decimal::ONE)];
    }),
    ("deductions.quality_steps[1].kept", |r| {
        r.deductions.quality_steps = vec![step(1, Decimal::ZERO), step(2, Decimal::ONE)];
    }),
    ("deductions.quality_steps", |r| {
        r.deductions.quality_steps = (1..=21).map(|up_to| step(up_to, Decimal::ZERO)).collect();
    }),
    ("position.head", |r| r.position.head = Decimal::ZERO),
    ("position.staff", |r| {
        r.position.staff = Decimal::new(1234, 3)
    }),
    ("quarter.least_completed", |r| {
        r.quarter.least_completed = Decimal::TWO;
    }),
    ("unit_criteria", |r| {
        r.unit_criteria.pop();
    }),
    ("unit_criteria[2].label", |r| {
        r.unit_criteria[2].label.clear()
    }),
    ("criteria[3].group", |r| r.criteria[3].group = "IX".into()),
    ("criterion_groups[1].code", |r| {
        r.criterion_groups[1].code = "I".into();
    }),
    ("attention.gap", |r| r.attention.gap = Decimal::ZERO),
    ("attention.jump", |r| r.attention.jump = Decimal::from(101)),
    ("petition_days", |r| r.petition_days = 0),
    ("petition_lodging_days", |r| {
        r.petition_lodging_days = Some(366)
    }),
    ("retention_years", |r| r.retention_years = Some(0)),
];

#[test]
fn rule_set_validate_refuses_what_does_not_add_up() {
    let refused = |change: fn(&mut RuleSet)| {
        let mut rules = RuleSet::nd_335_2025();
        change(&mut rules);
        rules.validate().unwrap_err().field
    };
    assert_eq!(
        refused(|r| r.task_points = Decimal::from(60)),
        "task_points"
    );
    assert_eq!(
        refused(|r| r.criteria[0].max = Decimal::from(4)),
        "criteria"
    );
    assert_eq!(
        refused(|r| r.criteria[0].max = Decimal::from(-4)),
        "criteria[0].max"
    );
    assert_eq!(
        refused(|r| r.criteria[1].code = "I.1".into()),
        "criteria[1].code"
    );
    assert_eq!(
        refused(|r| r.staff_weights.unity = Decimal::ONE),
        "staff_weights.unity"
    );
    assert_eq!(
        refused(|r| r.staff_weights.quality = Decimal::TWO),
        "staff_weights.quantity"
    );
    assert_eq!(
        refused(|r| r.thresholds.good = Decimal::from(95)),
        "thresholds.good"
    );
    assert_eq!(
        refused(|r| r.thresholds.completed = Decimal::from(70)),
        "thresholds.completed"
    );
    assert_eq!(
        refused(|r| r.deductions.per_delay = Decimal::from(2)),
        "deductions.per_delay"
    );
    assert_eq!(
        refused(|r| r.leadership.allowed.clear()),
        "leadership.allowed"
    );
    for (field, change) in MORE {
        assert_eq!(refused(*change), *field);
    }
    assert_eq!(
        refused(|r| r.year.least_worked_months = 13),
        "year.least_worked_months"
    );
    assert_eq!(
        refused(|r| r.year.excellent_ratio = Decimal::new(26, 2)),
        "year.excellent_ratio"
    );
    assert_eq!(
        refused(|r| r.unit.late_share = Decimal::from(20)),
        "unit.late_share"
    );
}

#[test]
fn a_rule_set_survives_the_wire() {
    for code in RuleSet::BUILTIN {
        let rules = RuleSet::builtin(code).unwrap();
        assert_eq!(rules.code, *code);
        let text = serde_json::to_string(&rules).unwrap();
        assert_eq!(serde_json::from_str::<RuleSet>(&text).unwrap(), rules);
    }
}

#[test]
fn a_rule_set_stored_by_the_first_version_is_the_decree_still() {
    let stored: RuleSet = serde_json::from_str(include_str!("first_stored.json")).unwrap();
    assert_eq!(stored, RuleSet::nd_335_2025());
}

#[test]
fn validate_content_keeps_the_frame_of_ban_cscl_2025_though_is_unfilled_holds() {
    let mut rules = RuleSet::ban_cscl_2025();
    assert_eq!(rules.validate_content(), Ok(()));
    assert!(rules.is_unfilled("unit_criteria") && !rules.is_unfilled("decimals"));
    assert_eq!(
        rules.validate().unwrap_err().field,
        "staff_weights.quantity"
    );
    let decree = RuleSet::nd_335_2025();
    rules.staff_weights = decree.staff_weights;
    rules.leader_weights = decree.leader_weights;
    rules.unit_criteria = decree.unit_criteria;
    rules.unfilled.clear();
    assert_eq!(rules.validate(), Ok(()));
}

#[test]
fn rule_set_criterion_is_found_by_its_code() {
    let rules = RuleSet::nd_335_2025();
    assert_eq!(rules.criterion("II.3").unwrap().max, Decimal::new(25, 1));
    assert_eq!(rules.criterion("IV.1"), None);
}

#[test]
fn position_coefficients_of_each_post() {
    let position = PositionCoefficients {
        staff: Decimal::ONE,
        deputy: Decimal::TWO,
        head: Decimal::TEN,
    };
    let of = |role| position.of(role);
    assert_eq!(of(ScoringRole::Staff), Decimal::ONE);
    assert_eq!(of(ScoringRole::Deputy), Decimal::TWO);
    assert_eq!(of(ScoringRole::Head), Decimal::TEN);
}
