//! Reads one input value by value in the order the format documents, with
//! type and bounds of each checked where it stands, so that the first
//! offending value is the one named.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::{
    RuleError,
    number::parse_plain,
    rule_set::{CapMode, RuleSet},
    scoring::{
        CommonPoint, DeliverableInput, Item, ItemKind, Leadership, PeriodInput, ScoringRole, check,
    },
};

type Read<T> = Result<T, RuleError>;

/// The rule set and the input of one score.
pub(super) fn read(value: &Value) -> Read<(RuleSet, PeriodInput)> {
    let root = Object::new(value)?;
    let code = text(root.required("rule_set")?, "rule_set")?;
    let rule_set = RuleSet::builtin(code).ok_or_else(|| {
        RuleError::new(
            "rule_set",
            format!("Không có bộ quy tắc “{}”.", shown(code)),
        )
    })?;
    let role: ScoringRole = root.one_of("role")?;
    let common = common(&rule_set, root.array("common")?)?;
    let items = items(root.array("items")?)?;
    let leadership = match (root.optional("leadership"), role.is_leader()) {
        (Some(value), true) => {
            Some(leadership(&rule_set, value).map_err(|error| error.within("leadership"))?)
        }
        (given, _) => {
            check::leadership_presence(role, given.is_some())?;
            None
        }
    };
    let cap: Option<CapMode> = match root.optional("cap") {
        Some(_) => Some(root.one_of("cap")?),
        None => None,
    };
    root.no_other(&["rule_set", "role", "common", "items", "leadership", "cap"])?;
    let input = PeriodInput {
        role,
        common,
        items,
        leadership,
        cap,
    };
    Ok((rule_set, input))
}

fn common(rule_set: &RuleSet, values: &[Value]) -> Read<Vec<CommonPoint>> {
    let mut points = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let point = common_point(rule_set, &points, value)
            .map_err(|error| error.within(&format!("common[{index}]")))?;
        points.push(point);
    }
    Ok(points)
}

fn common_point(rule_set: &RuleSet, before: &[CommonPoint], value: &Value) -> Read<CommonPoint> {
    let object = Object::new(value)?;
    let criterion = text(object.required("criterion")?, "criterion")?.to_owned();
    check::criterion_code(rule_set, before, &criterion)?;
    let points = object.number("points")?;
    check::criterion_points(rule_set, &criterion, points)?;
    object.no_other(&["criterion", "points"])?;
    Ok(CommonPoint { criterion, points })
}

fn items(values: &[Value]) -> Read<Vec<Item>> {
    check::item_count(values.len())?;
    let mut delivered = 0;
    let mut items = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        items.push(
            item(value, &mut delivered)
                .map_err(|error| error.within(&format!("items[{index}]")))?,
        );
    }
    Ok(items)
}

fn item(value: &Value, delivered: &mut usize) -> Read<Item> {
    let object = Object::new(value)?;
    let kind: ItemKind = object.one_of("kind")?;
    let coefficient = object.number("coefficient")?;
    check::coefficient("coefficient", coefficient)?;
    let assigned = object.number("assigned")?;
    check::quantity("assigned", assigned)?;
    let handed_over = match object.optional("handed_over") {
        Some(_) => object.number("handed_over")?,
        None => Decimal::ZERO,
    };
    check::quantity("handed_over", handed_over)?;
    check::handed_over(assigned, handed_over)?;
    let mut room = assigned - handed_over;
    let mut deliverables = Vec::new();
    for (index, value) in object.array("deliverables")?.iter().enumerate() {
        let deliverable = deliverable(value, delivered, &mut room)
            .map_err(|error| error.within(&format!("deliverables[{index}]")))?;
        deliverables.push(deliverable);
    }
    object.no_other(&[
        "kind",
        "coefficient",
        "assigned",
        "handed_over",
        "deliverables",
    ])?;
    Ok(Item {
        reference: None,
        title: None,
        kind,
        coefficient,
        assigned,
        handed_over,
        deliverables,
    })
}

fn deliverable(value: &Value, delivered: &mut usize, room: &mut Decimal) -> Read<DeliverableInput> {
    let object = Object::new(value)?;
    let quantity = object.number("quantity")?;
    check::delivered(quantity, delivered, room)?;
    let failed_reviews = object.count("failed_reviews")?;
    check::faults("failed_reviews", failed_reviews)?;
    let excused_failed_reviews = object.count("excused_failed_reviews")?;
    check::excused(
        "excused_failed_reviews",
        failed_reviews,
        excused_failed_reviews,
    )?;
    let delays = object.count("delays")?;
    check::faults("delays", delays)?;
    let excused_delays = object.count("excused_delays")?;
    check::excused("excused_delays", delays, excused_delays)?;
    object.no_other(&[
        "quantity",
        "failed_reviews",
        "excused_failed_reviews",
        "delays",
        "excused_delays",
    ])?;
    Ok(DeliverableInput {
        quantity,
        failed_reviews,
        excused_failed_reviews,
        delays,
        excused_delays,
    })
}

fn leadership(rule_set: &RuleSet, value: &Value) -> Read<Leadership> {
    let object = Object::new(value)?;
    let scores = object.array("subordinate_scores")?;
    check::subordinate_count(scores.len())?;
    let mut subordinate_scores = Vec::with_capacity(scores.len());
    for (index, value) in scores.iter().enumerate() {
        let field = format!("subordinate_scores[{index}]");
        let score = number(value, &field)?;
        check::subordinate_score(&field, score)?;
        subordinate_scores.push(score);
    }
    let organising = object.count("organising")?;
    check::chosen_percent(rule_set, "organising", organising)?;
    let unity = object.count("unity")?;
    check::chosen_percent(rule_set, "unity", unity)?;
    object.no_other(&["subordinate_scores", "organising", "unity"])?;
    Ok(Leadership {
        subordinate_scores,
        organising,
        unity,
    })
}

/// A JSON object whose values are asked for by key; paths are relative to it.
struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    fn new(value: &'a Value) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(wrong_kind("", "một đối tượng JSON", other)),
        }
    }

    fn optional(&self, key: &str) -> Option<&'a Value> {
        self.0.get(key)
    }

    fn required(&self, key: &str) -> Read<&'a Value> {
        self.0
            .get(key)
            .ok_or_else(|| RuleError::new(key, format!("Thiếu “{key}”.")))
    }

    fn array(&self, key: &str) -> Read<&'a [Value]> {
        match self.required(key)? {
            Value::Array(values) => Ok(values),
            other => Err(wrong_kind(key, "một danh sách", other)),
        }
    }

    fn number(&self, key: &str) -> Read<Decimal> {
        number(self.required(key)?, key)
    }

    /// A count: a JSON integer from 0, never text.
    fn count(&self, key: &str) -> Read<u32> {
        let value = self.required(key)?;
        match value {
            Value::Number(number) => number
                .as_u64()
                .and_then(|count| u32::try_from(count).ok())
                .ok_or_else(|| RuleError::new(key, "Phải là số nguyên không âm, trong giới hạn.")),
            other => Err(wrong_kind(key, "một số nguyên không âm", other)),
        }
    }

    fn one_of<T: FromStr<Err = crate::UnknownCode>>(&self, key: &str) -> Read<T> {
        let code = text(self.required(key)?, key)?;
        code.parse()
            .map_err(|_| RuleError::new(key, format!("Không nhận ra giá trị “{}”.", shown(code))))
    }

    fn no_other(&self, known: &[&str]) -> Read<()> {
        match self.0.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => {
                let key = shown(key);
                Err(RuleError::new(
                    key.clone(),
                    format!("Không có mục “{key}” trong định dạng này."),
                ))
            }
            None => Ok(()),
        }
    }
}

fn text<'a>(value: &'a Value, field: &str) -> Read<&'a str> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_kind(field, "một chuỗi", other)),
    }
}

/// A number as text with a dot, or as a JSON integer.
fn number(value: &Value, field: &str) -> Read<Decimal> {
    match value {
        Value::String(text) => parse_plain(text).map_err(|error| {
            RuleError::new(
                field,
                format!("“{}” không phải là số dạng 4.5. {error}", shown(text)),
            )
        }),
        Value::Number(number) => number
            .as_i64()
            .map(Decimal::from)
            .or_else(|| number.as_u64().map(Decimal::from))
            .ok_or_else(|| {
                RuleError::new(field, "Số có phần thập phân phải là chuỗi, ví dụ \"4.5\".")
            }),
        other => Err(wrong_kind(field, "một số", other)),
    }
}

fn wrong_kind(field: &str, wanted: &str, got: &Value) -> RuleError {
    let got = match got {
        Value::Null => "null",
        Value::Bool(_) => "true/false",
        Value::Number(_) => "số",
        Value::String(_) => "chuỗi",
        Value::Array(_) => "danh sách",
        Value::Object(_) => "đối tượng",
    };
    RuleError::new(field, format!("Phải là {wanted}, đang là {got}."))
}

/// A text from the input, short enough for a message.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
