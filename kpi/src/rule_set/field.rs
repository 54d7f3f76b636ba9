//! Every editable value of a rule set, described once: where it stands, how it
//! is called and typed, on what it rests. Forms, comparisons and approvals all
//! go by this table, so a new field appears everywhere.

mod difference;
mod rows;
mod table;

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

pub(super) use self::rows::SEPARATOR;
pub use self::{
    difference::{Difference, departures, differences},
    rows::{read_rows, write_rows},
    table::FIELDS,
};
use super::RuleSet;
use crate::{
    RuleError, UnknownCode,
    code::code_enum,
    number::{format_vi, parse_number},
};

code_enum! {
    /// The headings under which fields are edited, in order.
    pub enum Group {
        /// Name and basis.
        General = "general", "Tên và căn cứ";
        /// The common block of a person.
        Common = "common", "Tiêu chí chung của cá nhân";
        /// Components and weights without a leading post.
        Staff = "staff", "Trọng số: không giữ chức vụ";
        /// Components and weights of leaders.
        Leader = "leader", "Trọng số: lãnh đạo, quản lý";
        /// d, đ, e.
        Leadership = "leadership", "Tiêu chí d, đ, e của lãnh đạo, quản lý";
        /// What faults cost.
        Faults = "faults", "Trừ điểm chất lượng và tiến độ";
        /// What work counts, and how far.
        Work = "work", "Khối lượng công việc";
        /// Thresholds and rounding.
        Levels = "levels", "Mức xếp loại và làm tròn";
        /// Months and quarters.
        Period = "period", "Kỳ đánh giá và quý";
        /// The year of people.
        Year = "year", "Xếp loại năm và tỷ lệ xuất sắc";
        /// Organisations.
        Unit = "unit", "Đánh giá tổ chức, đơn vị";
        /// Time limits, publication, records.
        Process = "process", "Thời hạn, công khai, lưu trữ";
    }
}

/// How a value is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Control {
    /// A text of at most so many characters.
    Text {
        /// Most characters.
        most: usize,
    },
    /// A number.
    Number {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
        /// Most decimals.
        decimals: u32,
    },
    /// A share, typed as 0 to 100 percent with at most two decimals.
    Percent,
    /// A whole number.
    Whole {
        /// Least.
        min: u32,
        /// Most.
        max: u32,
        /// Whether it may be left empty: there is none.
        optional: bool,
    },
    /// One of these codes, each with its wording.
    Choice(&'static [(&'static str, &'static str)]),
    /// Rows, one a line, with these columns set apart by ` | `.
    List {
        /// Headings of the columns.
        columns: &'static [&'static str],
    },
}

/// When a changed value leaves the text of Nghị định 335/2025/NĐ-CP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Departs {
    /// Whenever it differs.
    Always,
    /// Never: the decree says nothing of it.
    Never,
    /// With these codes; the others are readings of what the decree leaves open.
    When(&'static [&'static str]),
}

/// One editable value of a rule set.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its path, as refusals and `unfilled` name it: `staff_weights.quality`.
    pub path: &'static str,
    /// Its name for the reader.
    pub label: &'static str,
    /// A short explanation; may be empty.
    pub help: &'static str,
    /// Its heading.
    pub group: Group,
    /// The provision it rests on: "Điều 14 khoản 2 điểm b"; empty for name and basis.
    pub source: &'static str,
    /// The open question it answers: "A2"; see [`super::OPEN_QUESTIONS`].
    pub choice: Option<&'static str>,
    /// How it is typed.
    pub control: Control,
    departs: Departs,
    slot: Slot,
}

/// Access to a value by its kind.
#[derive(Debug, Clone, Copy)]
enum Slot {
    Text {
        get: fn(&RuleSet) -> &str,
        set: fn(&mut RuleSet, String),
    },
    Number {
        get: fn(&RuleSet) -> Decimal,
        set: fn(&mut RuleSet, Decimal),
    },
    Whole {
        get: fn(&RuleSet) -> u32,
        set: fn(&mut RuleSet, u32),
    },
    Optional {
        get: fn(&RuleSet) -> Option<u32>,
        set: fn(&mut RuleSet, Option<u32>),
    },
    Choice {
        get: fn(&RuleSet) -> &'static str,
        set: fn(&mut RuleSet, &str) -> Result<(), UnknownCode>,
    },
    Rows {
        get: fn(&RuleSet) -> Vec<Vec<String>>,
        set: fn(&mut RuleSet, &[Vec<String>]) -> Result<(), RuleError>,
    },
}

/// The field of a path.
#[must_use]
pub fn field(path: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.path == path)
}

/// The value as it is typed: a vi-VN number, a code, rows one a line; empty
/// for what the unit has yet to issue and for a limit that there is not.
#[must_use]
pub fn read(set: &RuleSet, field: &Field) -> String {
    if set.is_unfilled(field.path) {
        return String::new();
    }
    match field.slot {
        Slot::Text { get, .. } => get(set).to_owned(),
        Slot::Number { get, .. } => match field.control {
            Control::Percent => format_vi(get(set) * Decimal::ONE_HUNDRED, 2),
            _ => format_vi(get(set), 4),
        },
        Slot::Whole { get, .. } => get(set).to_string(),
        Slot::Optional { get, .. } => get(set).map_or_else(String::new, |value| value.to_string()),
        Slot::Choice { get, .. } => get(set).to_owned(),
        Slot::Rows { get, .. } => rows::joined(&get(set)),
    }
}

/// Takes a value as it is typed; what was left to the unit is then filled in.
/// Left empty, it stays so. How values fit together is
/// [`RuleSet::validate_content`]'s to say, once all are written.
///
/// # Errors
/// [`RuleError`] at the field's path: no number, out of range, an unknown code
/// or a malformed row; the rule set is then as it was.
pub fn write(set: &mut RuleSet, field: &Field, text: &str) -> Result<(), RuleError> {
    if text.trim().is_empty() && set.is_unfilled(field.path) {
        return Ok(());
    }
    let refuse = |message: String| RuleError::new(field.path, message);
    match field.slot {
        Slot::Text { set: put, .. } => put(set, worded(field, text)?),
        Slot::Number { set: put, .. } => put(set, number(field, text)?),
        Slot::Whole { set: put, .. } => put(set, whole(field, text)?),
        Slot::Optional { set: put, .. } => {
            let value = if text.trim().is_empty() {
                None
            } else {
                Some(whole(field, text)?)
            };
            put(set, value);
        }
        Slot::Choice { set: put, .. } => {
            put(set, text.trim()).map_err(|error| refuse(error.to_string()))?;
        }
        Slot::Rows { .. } => return write_rows(set, field, &rows::split(text)),
    }
    filled(set, field);
    Ok(())
}

fn filled(set: &mut RuleSet, field: &Field) {
    set.unfilled.retain(|path| path != field.path);
}

fn worded(field: &Field, text: &str) -> Result<String, RuleError> {
    let Control::Text { most } = field.control else {
        return Ok(text.to_owned());
    };
    let text = text.trim();
    if text.is_empty() || text.chars().count() > most {
        return Err(RuleError::new(
            field.path,
            format!("Phải có nội dung và không dài quá {most} ký tự."),
        ));
    }
    Ok(text.to_owned())
}

fn number(field: &Field, text: &str) -> Result<Decimal, RuleError> {
    let percent = field.control == Control::Percent;
    let typed = text.trim();
    let typed = typed.strip_suffix('%').filter(|_| percent).unwrap_or(typed);
    let value =
        parse_number(typed).map_err(|error| RuleError::new(field.path, error.to_string()))?;
    let (min, max, decimals) = match field.control {
        Control::Number { min, max, decimals } => (min, max, decimals),
        _ => (0, 100, 2),
    };
    let within = value >= Decimal::from(min) && value <= Decimal::from(max);
    if !within || value.normalize().scale() > decimals {
        return Err(RuleError::new(
            field.path,
            format!("Giá trị phải từ {min} đến {max} và có tối đa {decimals} chữ số thập phân."),
        ));
    }
    Ok(if percent {
        value / Decimal::ONE_HUNDRED
    } else {
        value
    })
}

fn whole(field: &Field, text: &str) -> Result<u32, RuleError> {
    let (min, max) = match field.control {
        Control::Whole { min, max, .. } => (min, max),
        _ => (0, u32::MAX),
    };
    let value =
        parse_number(text).map_err(|error| RuleError::new(field.path, error.to_string()))?;
    value
        .to_u32()
        .filter(|whole| Decimal::from(*whole) == value && (min..=max).contains(whole))
        .ok_or_else(|| RuleError::new(field.path, format!("Phải là số nguyên từ {min} đến {max}.")))
}

#[cfg(test)]
mod tests;
