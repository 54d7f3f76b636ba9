//! What every format reads with: a JSON object asked by key, each value checked
//! for its type where it stands, so that the first offending value is named.

use std::str::FromStr;

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::{RuleError, UnknownCode, number::parse_plain, rule_set::RuleSet};

pub(super) type Read<T> = Result<T, RuleError>;

/// A JSON object whose values are asked for by key; paths are relative to it.
pub(super) struct Object<'a>(&'a Map<String, Value>);

impl<'a> Object<'a> {
    pub(super) fn new(value: &'a Value) -> Read<Self> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(wrong_kind("", "một đối tượng JSON", other)),
        }
    }

    pub(super) fn optional(&self, key: &str) -> Option<&'a Value> {
        self.0.get(key)
    }

    pub(super) fn required(&self, key: &str) -> Read<&'a Value> {
        self.0
            .get(key)
            .ok_or_else(|| RuleError::new(key, format!("Thiếu “{key}”.")))
    }

    pub(super) fn array(&self, key: &str) -> Read<&'a [Value]> {
        array(self.required(key)?, key)
    }

    /// A list; an absent one is empty.
    pub(super) fn optional_array(&self, key: &str) -> Read<&'a [Value]> {
        self.optional(key)
            .map_or(Ok(&[]), |value| array(value, key))
    }

    pub(super) fn number(&self, key: &str) -> Read<Decimal> {
        number(self.required(key)?, key)
    }

    /// A count: a JSON integer from 0, never text.
    pub(super) fn count(&self, key: &str) -> Read<u32> {
        count(self.required(key)?, key)
    }

    /// A count; an absent one is 0.
    pub(super) fn optional_count(&self, key: &str) -> Read<u32> {
        self.optional(key).map_or(Ok(0), |value| count(value, key))
    }

    pub(super) fn one_of<T: FromStr<Err = UnknownCode>>(&self, key: &str) -> Read<T> {
        one_of(self.required(key)?, key)
    }

    /// true or false; an absent one is `default`.
    pub(super) fn flag(&self, key: &str, default: bool) -> Read<bool> {
        match self.optional(key) {
            None => Ok(default),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(other) => Err(wrong_kind(key, "true hoặc false", other)),
        }
    }

    pub(super) fn optional_number(&self, key: &str) -> Read<Option<Decimal>> {
        self.optional(key)
            .map(|value| number(value, key))
            .transpose()
    }

    pub(super) fn optional_one_of<T: FromStr<Err = UnknownCode>>(
        &self,
        key: &str,
    ) -> Read<Option<T>> {
        self.optional(key).map(|_| self.one_of(key)).transpose()
    }

    /// The built-in rule set that `rule_set` names.
    pub(super) fn rule_set(&self) -> Read<RuleSet> {
        let code = text(self.required("rule_set")?, "rule_set")?;
        RuleSet::builtin(code).ok_or_else(|| {
            RuleError::new(
                "rule_set",
                format!("Không có bộ quy tắc “{}”.", shown(code)),
            )
        })
    }

    pub(super) fn no_other(&self, known: &[&str]) -> Read<()> {
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

/// Reads a list element by element; `read` sees what stands before, and a
/// refusal names the place.
pub(super) fn each<'a, T>(
    field: &str,
    values: &'a [Value],
    mut read: impl FnMut(&[T], &'a Value) -> Read<T>,
) -> Read<Vec<T>> {
    let mut done = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let next =
            read(&done, value).map_err(|error| error.within(&format!("{field}[{index}]")))?;
        done.push(next);
    }
    Ok(done)
}

pub(super) fn one_of<T: FromStr<Err = UnknownCode>>(value: &Value, field: &str) -> Read<T> {
    let code = text(value, field)?;
    code.parse()
        .map_err(|_| RuleError::new(field, format!("Không nhận ra giá trị “{}”.", shown(code))))
}

fn count(value: &Value, field: &str) -> Read<u32> {
    match value {
        Value::Number(number) => number
            .as_u64()
            .and_then(|count| u32::try_from(count).ok())
            .ok_or_else(|| RuleError::new(field, "Phải là số nguyên không âm, trong giới hạn.")),
        other => Err(wrong_kind(field, "một số nguyên không âm", other)),
    }
}

fn array<'a>(value: &'a Value, field: &str) -> Read<&'a [Value]> {
    match value {
        Value::Array(values) => Ok(values),
        other => Err(wrong_kind(field, "một danh sách", other)),
    }
}

pub(super) fn text<'a>(value: &'a Value, field: &str) -> Read<&'a str> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(wrong_kind(field, "một chuỗi", other)),
    }
}

/// A number as text with a dot, or as a JSON integer.
pub(super) fn number(value: &Value, field: &str) -> Read<Decimal> {
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
pub(super) fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
