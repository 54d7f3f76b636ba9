//! Whatever stands in the exchange formats, it is answered or refused at its
//! path; nothing panics.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;
mod values;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::config;
use values::{json_value, leaves};

/// A format with its golden cases and a key that every sound answer has.
type Format = (&'static str, fn(&str) -> (String, bool), &'static str);

const FORMATS: [Format; 3] = [
    (
        include_str!("golden/period.json"),
        kpi::json::score_text,
        "status",
    ),
    (
        include_str!("golden/year.json"),
        kpi::json::rate_text,
        "organisation",
    ),
    (
        include_str!("golden/unit.json"),
        kpi::json::unit_text,
        "level",
    ),
];

fn cases(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

fn answer(of_text: fn(&str) -> (String, bool), input: &Value) -> Value {
    serde_json::from_str(&of_text(&input.to_string()).0).unwrap()
}

/// The path that is refused when the value at a JSON pointer is set, or, for
/// `None`, taken away.
fn refused_at((text, of_text, _): Format, pointer: &str, value: Option<Value>) -> String {
    let mut input = cases(text)[0]["input"].clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match (input.pointer_mut(parent).unwrap(), value) {
        (Value::Object(map), Some(value)) => {
            map.insert(key.to_owned(), value);
        }
        (Value::Object(map), None) => assert!(map.remove(key).is_some(), "{pointer}"),
        (Value::Array(list), Some(value)) => list[key.parse::<usize>().unwrap()] = value,
        _ => panic!("no such place: {pointer}"),
    }
    let answer = answer(of_text, &input);
    assert_eq!(answer["error"], true, "{pointer} was accepted: {answer}");
    assert!(answer["message"].as_str().unwrap().len() > 5);
    answer["field"].as_str().unwrap().to_owned()
}

#[test]
fn a_malformed_year_is_refused_at_its_path() {
    for (pointer, value, field) in [
        ("/rule_set", json!("nd-1"), "rule_set"),
        ("/year", json!("2026"), "year"),
        ("/year", json!(u64::MAX), "year"),
        ("/excellent_ratio", json!("0.26"), "excellent_ratio"),
        ("/excellent_ratio", json!("-0.1"), "excellent_ratio"),
        ("/excellent_ratio", json!(0.2), "excellent_ratio"),
        ("/organisation_level", json!("manual"), "organisation_level"),
        ("/people", json!({}), "people"),
        ("/people/1", json!("p1"), "people[1]"),
        ("/people/1/id", json!("p1"), "people[1].id"),
        ("/people/1/id", json!(""), "people[1].id"),
        ("/people/1/group", json!(7), "people[1].group"),
        ("/people/1/role", json!("boss"), "people[1].role"),
        (
            "/people/1/months/2/month",
            json!(2),
            "people[1].months[2].month",
        ),
        (
            "/people/1/months/2/month",
            json!(13),
            "people[1].months[2].month",
        ),
        (
            "/people/1/months/2/score",
            json!("100.01"),
            "people[1].months[2].score",
        ),
        (
            "/people/1/months/2/score",
            json!("90,5"),
            "people[1].months[2].score",
        ),
        (
            "/people/1/months/2/absent",
            json!("sick_leave"),
            "people[1].months[2].absent",
        ),
        (
            "/people/1/months/2/note",
            json!(1),
            "people[1].months[2].note",
        ),
        (
            "/people/1/worked_months",
            json!("12"),
            "people[1].worked_months",
        ),
        (
            "/people/1/worked_months",
            json!(13),
            "people[1].worked_months",
        ),
        ("/people/1/absence", json!("holiday"), "people[1].absence"),
        (
            "/people/1/blockers",
            json!("discipline"),
            "people[1].blockers",
        ),
        (
            "/people/1/blockers",
            json!(["late"]),
            "people[1].blockers[0]",
        ),
        (
            "/people/1/blockers",
            json!(["discipline", "unit_corruption"]),
            "people[1].blockers[1]",
        ),
        ("/people/1/quarters", json!({}), "people[1].quarters"),
        (
            "/people/1/quarters",
            json!([{"quarter": 5, "assigned": 1, "completed": 1}]),
            "people[1].quarters[0].quarter",
        ),
        (
            "/people/1/quarters",
            json!([{"quarter": 1, "assigned": 1, "completed": 2}]),
            "people[1].quarters[0].completed",
        ),
        (
            "/people/1/quarters",
            json!([{"quarter": 1, "assigned": 2, "completed": 1, "excused": 2}]),
            "people[1].quarters[0].excused",
        ),
        (
            "/people/1/quarters",
            json!([
                {"quarter": 1, "assigned": 2, "completed": 1, "excused": 1},
                {"quarter": 1, "assigned": 1, "completed": 1},
            ]),
            "people[1].quarters[1].quarter",
        ),
        ("/extra", json!(1), "extra"),
    ] {
        let refused = refused_at(FORMATS[1], pointer, Some(value.clone()));
        assert_eq!(refused, field, "{pointer} = {value}");
    }
    for (pointer, field) in [
        ("/rule_set", "rule_set"),
        ("/year", "year"),
        ("/people", "people"),
        ("/people/0/id", "people[0].id"),
        ("/people/0/months", "people[0].months"),
        ("/people/0/months/0/score", "people[0].months[0].score"),
        ("/people/0/worked_months", "people[0].worked_months"),
    ] {
        assert_eq!(refused_at(FORMATS[1], pointer, None), field);
    }
}

#[test]
fn a_malformed_unit_is_refused_at_its_path() {
    for (pointer, value, field) in [
        ("/rule_set", json!(null), "rule_set"),
        ("/basic", json!([]), "basic"),
        ("/basic/1/criterion", json!("c1"), "basic[1].criterion"),
        ("/basic/1/max", json!("11"), "basic"),
        ("/basic/1/max", json!("-1"), "basic[1].max"),
        ("/basic/1/points", json!("10.5"), "basic[1].points"),
        ("/basic/1/points", json!("1.00001"), "basic[1].points"),
        ("/basic/1/note", json!(""), "basic[1].note"),
        ("/functional", json!({}), "functional"),
        ("/functional/0/name", json!(" "), "functional[0].name"),
        (
            "/functional/0/direction",
            json!("up"),
            "functional[0].direction",
        ),
        ("/functional/0/target", json!("0"), "functional[0].target"),
        ("/functional/0/target", json!("-1"), "functional[0].target"),
        ("/functional/0/actual", json!("-1"), "functional[0].actual"),
        (
            "/functional/0/actual",
            json!("1000000000000.5"),
            "functional[0].actual",
        ),
        (
            "/functional/0/weight",
            json!("100.5"),
            "functional[0].weight",
        ),
        ("/functional/0/weight", json!("99.9999"), "functional"),
        ("/tasks", json!(100), "tasks"),
        ("/tasks/assigned", json!("100"), "tasks.assigned"),
        ("/tasks/completed", json!(101), "tasks.completed"),
        ("/tasks/late", json!(-1), "tasks.late"),
        ("/tasks/exceeded", json!(101), "tasks.exceeded"),
        ("/tasks/quality_failed", json!(1.5), "tasks.quality_failed"),
        ("/tasks/early", json!(1), "tasks.early"),
        ("/weak_subunits", json!("no"), "weak_subunits"),
        ("/shortcomings_fixed", json!(null), "shortcomings_fixed"),
        ("/wrongdoing", json!(0), "wrongdoing"),
        ("/force_majeure", json!([]), "force_majeure"),
        ("/extra", json!(1), "extra"),
    ] {
        let refused = refused_at(FORMATS[2], pointer, Some(value.clone()));
        assert_eq!(refused, field, "{pointer} = {value}");
    }
    for (pointer, field) in [
        ("/basic", "basic"),
        ("/functional/0/weight", "functional[0].weight"),
        ("/tasks", "tasks"),
        ("/tasks/late", "tasks.late"),
    ] {
        assert_eq!(refused_at(FORMATS[2], pointer, None), field);
    }
}

#[test]
fn text_that_is_no_json_is_an_error_not_a_panic() {
    let deep = "[".repeat(100_000);
    let deep_object = "{\"a\":".repeat(100_000);
    for (_, of_text, _) in FORMATS {
        for text in [
            "",
            "{",
            "nul",
            "{\"a\":1,}",
            "\u{0}",
            "1e999",
            deep.as_str(),
            deep_object.as_str(),
        ] {
            let (answer, sound) = of_text(text);
            assert!(!sound);
            let answer: Value = serde_json::from_str(&answer).unwrap();
            assert_eq!(
                (&answer["error"], &answer["field"]),
                (&true.into(), &"".into())
            );
        }
        for text in ["null", "true", "3", "\"x\"", "{}"] {
            assert!(!of_text(text).1, "{text}");
        }
        assert_eq!(of_text("[]"), ("[]".to_owned(), true));
    }
}

#[test]
fn a_key_that_stands_twice_is_refused() {
    for (_, of_text, _) in FORMATS {
        let (answer, sound) = of_text(r#"{"rule_set": "a", "rule_set": "b"}"#);
        assert!(!sound);
        assert!(answer.contains("lặp lại"), "{answer}");
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn arbitrary_text_never_panics(text in any::<String>()) {
        for (_, of_text, _) in FORMATS {
            prop_assert!(serde_json::from_str::<Value>(&of_text(&text).0).is_ok());
        }
    }

    #[test]
    fn arbitrary_json_never_panics(value in json_value()) {
        for (_, of_text, _) in FORMATS {
            prop_assert!(serde_json::from_str::<Value>(&of_text(&value.to_string()).0).is_ok());
        }
    }

    #[test]
    fn a_mutated_input_is_answered_or_refused_never_a_panic(
        case in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), value in json_value(),
    ) {
        for (text, of_text, sound) in FORMATS {
            let cases = cases(text);
            let mut input = cases[case.index(cases.len())]["input"].clone();
            let mut places = Vec::new();
            leaves(&input, String::new(), &mut places);
            let place = &places[at.index(places.len())];
            *input.pointer_mut(place).unwrap() = value.clone();
            let answer = answer(of_text, &input);
            prop_assert!(answer["error"] == true || !answer[sound].is_null(), "{}", answer);
        }
    }
}
