//! Tests of `rule_set`.

use super::*;

#[test]
fn the_decree_is_a_valid_rule_set() {
    assert_eq!(RuleSet::nd_335_2025().validate(), Ok(()));
    assert_eq!(
        RuleSet::builtin("nd-335-2025"),
        Some(RuleSet::nd_335_2025())
    );
    assert_eq!(RuleSet::builtin("khac"), None);
}

#[test]
fn the_reading_that_caps_each_component_differs_in_nothing_else() {
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

#[test]
fn a_rule_set_that_does_not_add_up_is_refused() {
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
    let rules = RuleSet::nd_335_2025();
    let text = serde_json::to_string(&rules).unwrap();
    assert_eq!(serde_json::from_str::<RuleSet>(&text).unwrap(), rules);
}
