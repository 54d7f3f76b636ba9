//! The golden cases, through the exchange format, compared key by key.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use serde_json::Value;

/// One JSON value or one text in, one out.
struct Format {
    cases: &'static str,
    /// Least number of cases.
    least: usize,
    of_value: fn(&Value) -> Value,
    of_text: fn(&str) -> (String, bool),
}

const SCORE: Format = Format {
    cases: include_str!("golden/period.json"),
    least: 28,
    of_value: kpi::json::score_value,
    of_text: kpi::json::score_text,
};

const RATE: Format = Format {
    cases: include_str!("golden/year.json"),
    least: 11,
    of_value: kpi::json::rate_value,
    of_text: kpi::json::rate_text,
};

const UNIT: Format = Format {
    cases: include_str!("golden/unit.json"),
    least: 10,
    of_value: kpi::json::unit_value,
    of_text: kpi::json::unit_text,
};

const FORMATS: [Format; 3] = [SCORE, RATE, UNIT];

impl Format {
    fn cases(&self) -> Vec<Value> {
        serde_json::from_str(self.cases).unwrap()
    }
}

fn cases() -> Vec<Value> {
    SCORE.cases()
}

/// Every key that the case expects stands in the answer with that value.
fn assert_expected(case: &Value, answer: &Value) {
    let name = &case["name"];
    let expected = case["expected"].as_object().unwrap();
    assert!(!expected.is_empty(), "{name} expects nothing");
    for (key, value) in expected {
        assert_eq!(answer.get(key), Some(value), "{name}: {key} in {answer}");
    }
    if !expected.contains_key("error") {
        assert_eq!(answer.get("error"), None, "{name}: {answer}");
    }
}

#[test]
fn every_golden_case_gives_exactly_the_expected_figures() {
    for format in FORMATS {
        let cases = format.cases();
        assert!(cases.len() >= format.least, "only {} cases", cases.len());
        for case in &cases {
            assert_expected(case, &(format.of_value)(&case["input"]));
        }
    }
}

#[test]
fn a_list_of_inputs_gives_a_list_of_answers_with_each_error_in_its_place() {
    for format in FORMATS {
        let cases = format.cases();
        let inputs: Value = cases.iter().map(|case| case["input"].clone()).collect();
        let (text, sound) = (format.of_text)(&inputs.to_string());
        assert!(sound, "a list is answered as a whole");
        let answers: Vec<Value> = serde_json::from_str(&text).unwrap();
        assert_eq!(answers.len(), cases.len());
        for (case, answer) in cases.iter().zip(&answers) {
            assert_expected(case, answer);
        }
    }
}

#[test]
fn refused_golden_cases_name_the_offending_value() {
    let field = |name: &str| {
        let cases = cases();
        let case = cases
            .iter()
            .find(|case| case["name"].as_str().unwrap().starts_with(name))
            .unwrap();
        kpi::json::score_value(&case["input"])["field"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(field("G24"), "leadership.organising");
    assert_eq!(field("G47"), "common[0].points");
    assert_eq!(field("G51"), "items[0].deliverables[1].quantity");
    assert_eq!(field("G52"), "items[0].coefficient");
    assert_eq!(field("G53"), "items[0].deliverables[0].excused_delays");
}

/// The first scored case with one value set at a JSON pointer; `null` in
/// `value` position is a real null.
fn refused_at(pointer: &str, value: Value) -> String {
    let mut input = cases()[0]["input"].clone();
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    match input.pointer_mut(parent).unwrap() {
        Value::Object(map) => {
            map.insert(key.to_owned(), value);
        }
        Value::Array(list) => {
            let index: usize = key.parse().unwrap();
            list[index] = value;
        }
        _ => panic!("no container at {parent}"),
    }
    let answer = kpi::json::score_value(&input);
    assert_eq!(answer["error"], true, "{pointer} was accepted: {answer}");
    assert!(answer["message"].as_str().unwrap().len() > 5);
    answer["field"].as_str().unwrap().to_owned()
}

#[test]
fn malformed_values_are_refused_at_their_path() {
    use serde_json::json;
    let deliverable = "items[0].deliverables[0]";
    for (pointer, value, field) in [
        ("/rule_set", json!("nd-1"), "rule_set".to_owned()),
        ("/rule_set", json!(null), "rule_set".into()),
        ("/role", json!("boss"), "role".into()),
        ("/role", json!(1), "role".into()),
        ("/cap", json!("none"), "cap".into()),
        ("/cap", json!(null), "cap".into()),
        ("/leadership", json!({}), "leadership".into()),
        ("/extra", json!(1), "extra".into()),
        ("/common", json!({}), "common".into()),
        (
            "/common/1/criterion",
            json!("I.1"),
            "common[1].criterion".into(),
        ),
        (
            "/common/1/criterion",
            json!("IX.1"),
            "common[1].criterion".into(),
        ),
        ("/common/1/points", json!("-0.5"), "common[1].points".into()),
        ("/common/1/points", json!("4,5"), "common[1].points".into()),
        ("/common/1/points", json!(4.5), "common[1].points".into()),
        ("/common/1/points", json!(""), "common[1].points".into()),
        ("/common/1/points", json!(null), "common[1].points".into()),
        ("/common/1/note", json!("x"), "common[1].note".into()),
        ("/common/1", json!("I.1"), "common[1]".into()),
        ("/items", json!("none"), "items".into()),
        ("/items/0", json!(null), "items[0]".into()),
        ("/items/0/kind", json!("extra"), "items[0].kind".into()),
        (
            "/items/0/coefficient",
            json!("100000.1"),
            "items[0].coefficient".into(),
        ),
        (
            "/items/0/coefficient",
            json!("0.0000001"),
            "items[0].coefficient".into(),
        ),
        (
            "/items/0/coefficient",
            json!("1e3"),
            "items[0].coefficient".into(),
        ),
        ("/items/0/assigned", json!("-1"), "items[0].assigned".into()),
        (
            "/items/0/assigned",
            json!("1000000.5"),
            "items[0].assigned".into(),
        ),
        (
            "/items/0/assigned",
            json!("1.00001"),
            "items[0].assigned".into(),
        ),
        (
            "/items/0/assigned",
            json!(u64::MAX),
            "items[0].assigned".into(),
        ),
        (
            "/items/0/handed_over",
            json!("2"),
            "items[0].handed_over".into(),
        ),
        (
            "/items/0/handed_over",
            json!("0.5"),
            format!("{deliverable}.quantity"),
        ),
        (
            "/items/0/deliverables",
            json!(null),
            "items[0].deliverables".into(),
        ),
        ("/items/0/deliverables/0", json!([]), deliverable.into()),
        (
            "/items/0/deliverables/0/quantity",
            json!("NaN"),
            format!("{deliverable}.quantity"),
        ),
        (
            "/items/0/deliverables/0/delays",
            json!("1"),
            format!("{deliverable}.delays"),
        ),
        (
            "/items/0/deliverables/0/delays",
            json!(-1),
            format!("{deliverable}.delays"),
        ),
        (
            "/items/0/deliverables/0/delays",
            json!(1.5),
            format!("{deliverable}.delays"),
        ),
        (
            "/items/0/deliverables/0/delays",
            json!(1001),
            format!("{deliverable}.delays"),
        ),
        (
            "/items/0/deliverables/0/failed_reviews",
            json!(u64::MAX),
            format!("{deliverable}.failed_reviews"),
        ),
        (
            "/items/0/deliverables/0/days_late",
            json!("2"),
            format!("{deliverable}.days_late"),
        ),
        (
            "/items/0/deliverables/0/excused_days_late",
            json!(1),
            format!("{deliverable}.excused_days_late"),
        ),
        (
            "/items/0/deliverables/0/excused_failed_reviews",
            json!(1),
            format!("{deliverable}.excused_failed_reviews"),
        ),
    ] {
        assert_eq!(
            refused_at(pointer, value.clone()),
            field,
            "{pointer} = {value}"
        );
    }
}

#[test]
fn a_missing_value_is_named_by_its_path() {
    for (pointer, field) in [
        ("/rule_set", "rule_set"),
        ("/role", "role"),
        ("/common", "common"),
        ("/items", "items"),
        ("/common/3/points", "common[3].points"),
        ("/items/0/coefficient", "items[0].coefficient"),
        ("/items/0/deliverables", "items[0].deliverables"),
        (
            "/items/0/deliverables/0/excused_delays",
            "items[0].deliverables[0].excused_delays",
        ),
    ] {
        let mut input = cases()[0]["input"].clone();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = input.pointer_mut(parent).unwrap();
        assert!(parent.as_object_mut().unwrap().remove(key).is_some());
        assert_eq!(kpi::json::score_value(&input)["field"], field);
    }
    let mut head = cases()[0]["input"].clone();
    head["role"] = "head".into();
    assert_eq!(kpi::json::score_value(&head)["field"], "leadership");
}

#[test]
fn the_first_offending_value_is_named() {
    let mut input = cases()[0]["input"].clone();
    input["common"][2]["points"] = "99".into();
    input["items"][0]["coefficient"] = "x".into();
    assert_eq!(kpi::json::score_value(&input)["field"], "common[2].points");
}
