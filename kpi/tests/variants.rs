//! Rule sets of real agencies, stored as an agency stores its own, each with
//! the numbers that its documents give.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kpi::{
    level::Level,
    quarter::{QuarterReason, QuarterTasks, assess_quarter},
    rating::{Month, MonthResult, Person, Quota, RatedPerson, RatingReason, YearInput, rate},
    rule_set::{
        RuleSet,
        field::{FIELDS, departures, read, write},
    },
    scoring::{
        CommonPoint, DeliverableInput, Item, ItemKind, Leadership, Outcome, PeriodInput, Scored,
        ScoringRole, score,
    },
};
use rust_decimal::Decimal;
use serde_json::Value;

const VARIANTS: [(&str, &str); 6] = [
    ("vpdk", include_str!("variants/vpdk.json")),
    ("ktc", include_str!("variants/ktc.json")),
    ("hcm", include_str!("variants/hcm.json")),
    ("05-hd-tu", include_str!("variants/05-hd-tu.json")),
    ("hy", include_str!("variants/hy.json")),
    ("quarter", include_str!("variants/quarter.json")),
];

fn variant(code: &str) -> RuleSet {
    let (_, text) = VARIANTS.iter().find(|(name, _)| *name == code).unwrap();
    serde_json::from_str(text).unwrap()
}

/// Tenths of a point, of a coefficient.
fn tenths(value: i64) -> Decimal {
    Decimal::new(value, 1)
}

/// One planned product, done as a whole.
fn done(coefficient: Decimal, given: DeliverableInput) -> Item {
    Item {
        reference: None,
        title: None,
        kind: ItemKind::Plan,
        coefficient,
        assigned: given.quantity,
        handed_over: Decimal::ZERO,
        deliverables: vec![given],
    }
}

fn pieces(quantity: i64) -> DeliverableInput {
    DeliverableInput {
        quantity: quantity.into(),
        ..DeliverableInput::default()
    }
}

/// Staff with all common points.
fn month(rules: &RuleSet, items: Vec<Item>) -> PeriodInput {
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

fn outcome(rules: &RuleSet, input: &PeriodInput) -> Outcome {
    let outcome = score(rules, input).unwrap();
    let total = outcome.scored.as_ref().unwrap().total;
    assert_eq!(outcome.trace.recompute(), Ok(total));
    outcome
}

fn scored(rules: &RuleSet, input: &PeriodInput) -> Scored {
    outcome(rules, input).scored.unwrap()
}

#[test]
fn every_variant_is_sound_and_survives_storage_and_the_fields() {
    for (code, text) in VARIANTS {
        let rules = variant(code);
        assert_eq!(rules.code, code);
        assert_eq!(rules.validate(), Ok(()), "{code}");
        assert!(rules.legal_basis.chars().count() > 60, "{code}");
        let stored: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_value(&rules).unwrap(), stored, "{code}");
        let mut typed = RuleSet {
            code: rules.code.clone(),
            ..RuleSet::nd_335_2025()
        };
        for field in FIELDS {
            write(&mut typed, field, &read(&rules, field)).unwrap();
        }
        assert_eq!(typed, rules, "{code}");
    }
}

#[test]
fn every_variant_says_where_it_departs_from_the_decree() {
    let departs = |code: &str| -> Vec<String> {
        let found = departures(&variant(code)).into_iter();
        found
            .filter(|difference| !difference.choice)
            .map(|difference| difference.path)
            .collect()
    };
    let weights = ["quantity", "quality", "progress"].map(|part| format!("staff_weights.{part}"));
    assert_eq!(
        departs("vpdk"),
        [
            &["criteria".to_owned()],
            &weights[..],
            &["fault_base".to_owned()]
        ]
        .concat()
    );
    assert_eq!(departs("ktc"), ["criteria", "petition_days"]);
    let steps =
        ["shape", "quality_steps", "progress_steps"].map(|part| format!("deductions.{part}"));
    assert_eq!(departs("hcm"), [&weights[..], &steps[..]].concat());
    assert_eq!(
        departs("05-hd-tu"),
        ["leader_weights.organising", "leader_weights.unity"]
    );
    assert_eq!(
        departs("hy"),
        ["position.deputy", "position.head", "quarter.blocker"]
    );
    assert_eq!(departs("quarter"), ["quarter.blocker"]);
}

#[test]
fn f8_vpdk_weighs_20_32_18() {
    let rules = variant("vpdk");
    // Nine of ten done, each after one failed review, all on time.
    let mut item = done(
        Decimal::ONE,
        DeliverableInput {
            failed_reviews: 1,
            ..pieces(9)
        },
    );
    item.assigned = Decimal::TEN;
    let input = month(&rules, vec![item]);
    let weighted = scored(&rules, &input);
    assert_eq!(weighted.quantity_percent.to_string(), "90.00");
    assert_eq!(weighted.quality_percent.to_string(), "75.00");
    assert_eq!(weighted.progress_percent.to_string(), "100.00");
    assert_eq!(weighted.task_points.to_string(), "60.00");
    let even = RuleSet {
        staff_weights: RuleSet::nd_335_2025().staff_weights,
        ..rules
    };
    assert_eq!(scored(&even, &input).task_points.to_string(), "61.83");
}

#[test]
fn vpdk_splits_the_common_points_9_9_12() {
    assert_eq!(groups(&variant("vpdk")), [9, 9, 12].map(Decimal::from));
}

/// Points of each group of common criteria.
fn groups(rules: &RuleSet) -> Vec<Decimal> {
    let points = |group: &str| -> Decimal {
        let own = rules.criteria.iter().filter(|one| one.group == group);
        own.map(|criterion| criterion.max).sum()
    };
    rules
        .criterion_groups
        .iter()
        .map(|group| points(&group.code))
        .collect()
}

#[test]
fn ktc_has_18_criteria_of_13_12_5() {
    let rules = variant("ktc");
    assert_eq!(rules.criteria.len(), 18);
    assert_eq!(groups(&rules), [13, 12, 5].map(Decimal::from));
    let scored = scored(&rules, &month(&rules, vec![done(tenths(45), pieces(1))]));
    assert_eq!(scored.common_points.to_string(), "30.00");
    assert_eq!(scored.total.to_string(), "100.00");
    // G28: "tốt trở lên" gives 6 of 30.
    let quota = Quota::of(&rules.year, Decimal::new(20, 2), [Level::Good; 30]).unwrap();
    assert_eq!(quota.max_excellent, 6);
}

/// What is done of A: 30 % by progress and 70 % by quality.
fn performed(scored: &Scored) -> Decimal {
    scored.progress * Decimal::new(3, 1) + scored.quality * Decimal::new(7, 1)
}

#[test]
fn f7_hcm_keeps_100_80_60_0_by_days_and_fixes() {
    let rules = variant("hcm");
    let late = |days| DeliverableInput {
        delays: 1,
        days_late: days,
        ..pieces(10)
    };
    let on_time = done(tenths(10), pieces(10));
    let two_days = done(
        tenths(11),
        DeliverableInput {
            quantity: 12.into(),
            ..late(2)
        },
    );
    let four_days_and_a_fix = done(
        tenths(12),
        DeliverableInput {
            failed_reviews: 1,
            ..late(4)
        },
    );
    let input = month(&rules, vec![on_time, two_days, four_days_and_a_fix]);
    let outcome = outcome(&rules, &input);
    assert_eq!(outcome.assigned.to_string(), "35.20");
    let scored = outcome.scored.unwrap();
    assert_eq!(performed(&scored), Decimal::new(31_288, 3));
    assert_eq!(scored.task_points.to_string(), "62.22");
}

#[test]
fn g50_hcm_two_days_late_at_110_percent() {
    let rules = variant("hcm");
    let late = |days| {
        let given = DeliverableInput {
            delays: 1,
            days_late: days,
            ..pieces(10)
        };
        scored(&rules, &month(&rules, vec![done(tenths(11), given)]))
    };
    assert_eq!(performed(&late(2)), Decimal::new(1034, 2));
    assert_eq!(late(2).task_percent.to_string(), "94.00");
    assert_eq!(late(4).task_percent.to_string(), "88.00");
    assert_eq!(late(5).task_percent.to_string(), "70.00");
}

#[test]
fn f6_and_g25_a_leader_of_05_hd_tu_is_the_mean_of_four() {
    let rules = variant("05-hd-tu");
    // A, B, C at 76.4 % and D at 100 % make 82.3 %.
    let mut item = done(Decimal::ONE, pieces(764));
    item.assigned = Decimal::from(1000);
    let mut input = month(&rules, vec![item]);
    input.role = ScoringRole::Head;
    input.leadership = Some(Leadership {
        subordinate_scores: vec![Decimal::from(80)],
        organising: 50,
        unity: 50,
    });
    let leader = scored(&rules, &input);
    assert_eq!(leader.task_percent.to_string(), "82.30");
    assert_eq!(leader.common_points.to_string(), "30.00");
    assert_eq!(leader.total.to_string(), "87.61");
    // What the guide prints.
    assert_ne!(leader.total, Decimal::new(803, 1));
    assert_eq!(leader.level, Level::Good);
}

#[test]
fn hy_multiplies_by_the_post() {
    let rules = variant("hy");
    let mut item = done(Decimal::from(58), pieces(3));
    item.assigned = Decimal::from(4);
    let mut input = month(&rules, vec![item]);
    let staff = outcome(&rules, &input);
    assert_eq!(staff.assigned.to_string(), "232.00");
    input.role = ScoringRole::Head;
    input.leadership = Some(Leadership {
        subordinate_scores: vec![],
        organising: 100,
        unity: 100,
    });
    let head = outcome(&rules, &input);
    assert_eq!(head.assigned.to_string(), "417.60");
    let (staff, head) = (staff.scored.unwrap(), head.scored.unwrap());
    assert_eq!(head.volume, staff.volume * tenths(18));
    assert_eq!(head.quantity_percent, staff.quantity_percent);
    let plain = RuleSet {
        position: RuleSet::nd_335_2025().position,
        ..rules
    };
    assert_eq!(scored(&plain, &input).total, head.total);
}

/// Months of quarters with these scores.
fn quarters(scores: [u32; 4]) -> Vec<Month> {
    let months = (1..=12).zip(scores.into_iter().flat_map(|score| [score; 3]));
    months
        .map(|(month, score)| Month {
            month,
            result: MonthResult::Score(score.into()),
        })
        .collect()
}

fn first_quarter(completed: u32, excused: u32) -> QuarterTasks {
    QuarterTasks {
        quarter: 1,
        assigned: 100,
        completed,
        excused,
    }
}

#[test]
fn g49_a_quarter_of_99_percent_is_not_completed() {
    let months = quarters([92, 95, 95, 95]);
    let level = |rules: &RuleSet, tasks| {
        let outcome = assess_quarter(rules, &months, &tasks).unwrap();
        assert_eq!(outcome.mean.unwrap().to_string(), "92.00");
        (outcome.level.unwrap(), outcome.reason)
    };
    for code in ["quarter", "hy"] {
        let rules = variant(code);
        let not = (Level::NotCompleted, QuarterReason::Unfulfilled);
        assert_eq!(level(&rules, first_quarter(99, 0)), not, "{code}");
        let excused = level(&rules, first_quarter(99, 1));
        assert_eq!(excused, (Level::Excellent, QuarterReason::Score), "{code}");
    }
    let decree = level(&RuleSet::nd_335_2025(), first_quarter(99, 0));
    assert_eq!(decree, (Level::Excellent, QuarterReason::Score));
}

fn rated(rules: &RuleSet, tasks: Option<QuarterTasks>) -> RatedPerson {
    let input = YearInput {
        year: 2026,
        excellent_ratio: None,
        organisation_level: None,
        people: vec![Person {
            id: "p".to_owned(),
            group: "g".to_owned(),
            role: ScoringRole::Staff,
            months: quarters([92, 95, 95, 95]),
            worked_months: 12,
            absence: None,
            blockers: vec![],
            quarters: tasks.into_iter().collect(),
        }],
    };
    rate(rules, &input).unwrap().people.remove(0)
}

#[test]
fn g48_a_year_with_such_a_quarter_is_at_most_good() {
    let rules = variant("quarter");
    let held = rated(&rules, Some(first_quarter(99, 0)));
    assert_eq!(held.mean.unwrap().to_string(), "94.25");
    assert_eq!(held.level, Some(Level::Good));
    assert_eq!(held.reason, RatingReason::Quarter);
    assert_eq!(held.article().to_string(), "Hướng dẫn 02-HD/BTCTW");
    for (rules, tasks) in [
        (&rules, Some(first_quarter(100, 0))),
        (&rules, Some(first_quarter(99, 1))),
        (&rules, None),
        (&RuleSet::nd_335_2025(), Some(first_quarter(99, 0))),
    ] {
        let free = rated(rules, tasks);
        assert_eq!(free.mean.unwrap().to_string(), "94.25");
        assert_eq!(free.level, Some(Level::Excellent));
        assert_eq!(free.reason, RatingReason::Score);
    }
}
