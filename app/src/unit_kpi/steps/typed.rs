//! What people type in the forms of a unit's KPI: each refusal names its field and gives back what was typed.

use chrono::NaiveDate;
use kpi::number::parse_number;
use rust_decimal::Decimal;

use crate::error::AppError;
use crate::format::parse_day;

/// Longest reason, source, evidence or document, in characters.
pub(super) const LONGEST: usize = 500;

/// A number as typed.
pub(super) fn figure(field: &str, label: &str, typed: &str) -> Result<Decimal, AppError> {
    parse_number(typed)
        .map_err(|error| AppError::invalid(field, format!("{label}: {error}"), short(typed)))
}

/// A day as typed.
pub(super) fn day(field: &str, label: &str, typed: &str) -> Result<NaiveDate, AppError> {
    parse_day(typed).ok_or_else(|| {
        AppError::invalid(
            field,
            format!("{label} không phải là ngày; ví dụ 31/10/2026."),
            short(typed),
        )
    })
}

/// A text of at most 500 characters, trimmed; `missing` says what it is for when it must not be empty.
pub(super) fn text(field: &str, typed: &str, missing: Option<&str>) -> Result<String, AppError> {
    let tidy = typed.trim();
    match missing {
        Some(sentence) if tidy.is_empty() => {
            return Err(AppError::invalid(field, sentence, ""));
        }
        _ => {}
    }
    if tidy.chars().count() > LONGEST {
        return Err(AppError::invalid(
            field,
            format!("Nội dung dài quá {LONGEST} ký tự; hãy rút gọn."),
            short(tidy),
        ));
    }
    if tidy.contains('\0') {
        return Err(AppError::invalid(
            field,
            "Nội dung có ký tự không hợp lệ.",
            "",
        ));
    }
    Ok(tidy.to_owned())
}

pub(super) fn short(typed: &str) -> String {
    typed.chars().take(40).collect()
}
