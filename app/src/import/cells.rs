//! What a reader takes from a single cell: a number, a text, or a short quotation for a sentence.
//! Apart because every sheet reader needs the same answers.

use rust_decimal::Decimal;

use super::words::{one_line, parse_number};
use super::workbook::CellValue;

/// The number in a cell; `Err` holds what the user sees instead of one.
pub(super) fn number_in(value: Option<&CellValue>) -> Result<Option<Decimal>, String> {
    match value {
        None => Ok(None),
        Some(CellValue::Number(number)) => Ok(Some(*number)),
        Some(CellValue::Text(text)) => parse_number(text).map(Some).ok_or_else(|| text.clone()),
        Some(other) => Err(other.display()),
    }
}

/// The text of a cell as shown; numbers and dates too, since codes are often digits.
pub(super) fn text_of(value: Option<&CellValue>) -> String {
    match value {
        None => String::new(),
        Some(CellValue::Number(number)) => number.normalize().to_string(),
        Some(value) => value.display(),
    }
}

pub(super) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// At most 60 letters of a value, for a sentence.
pub(super) fn short(text: &str) -> String {
    let text = one_line(text);
    if text.chars().count() <= 60 {
        text
    } else {
        format!("{}…", text.chars().take(59).collect::<String>())
    }
}
