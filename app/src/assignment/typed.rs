//! Reading what people type into the forms of a month: a refusal keeps the typed text and names its field.

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::{RuleError, number::parse_number};
use rust_decimal::Decimal;

use crate::error::AppError;
use crate::format;

/// Longest note, reason or expected output, in characters.
pub const LONGEST_TEXT: usize = 2_000;

/// A quantity or another number.
///
/// # Errors
/// `Invalid` on `field`.
pub fn number(field: &str, typed: &str) -> Result<Decimal, AppError> {
    parse_number(typed).map_err(|error| AppError::invalid(field, error.to_string(), cut(typed)))
}

/// A day, dd/MM/yyyy or as a date field sends it.
///
/// # Errors
/// `Invalid` on `field`.
pub fn day(field: &str, typed: &str) -> Result<NaiveDate, AppError> {
    format::parse_day(typed).ok_or_else(|| {
        AppError::invalid(
            field,
            "Ngày không đúng; hãy nhập dạng ngày/tháng/năm, ví dụ 05/11/2026.",
            cut(typed),
        )
    })
}

/// A month as the address writes it, "2026-11".
///
/// # Errors
/// `Invalid` on `period`.
pub fn period(typed: &str) -> Result<Period, AppError> {
    typed.parse().map_err(|_| {
        AppError::invalid(
            "period",
            "Kỳ đánh giá không đúng; ví dụ đúng: 2026-11.",
            cut(typed),
        )
    })
}

/// A text of at most `longest` characters without control characters; blanks around it are cut.
///
/// # Errors
/// `Invalid` on `field`.
pub fn text(field: &str, typed: &str, longest: usize) -> Result<String, AppError> {
    let text = typed.trim();
    if text.chars().count() > longest {
        return Err(AppError::invalid(
            field,
            format!("Nội dung quá dài: tối đa {longest} ký tự."),
            cut(typed),
        ));
    }
    if text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(AppError::invalid(
            field,
            "Nội dung có ký tự điều khiển không đọc được; hãy gõ lại.",
            "",
        ));
    }
    Ok(text.to_owned())
}

/// As [`text`], but something must be there.
///
/// # Errors
/// `Invalid` on `field`.
pub fn required_text(
    field: &str,
    typed: &str,
    longest: usize,
    missing: &str,
) -> Result<String, AppError> {
    let text = text(field, typed, longest)?;
    if text.is_empty() {
        return Err(AppError::invalid(field, missing, ""));
    }
    Ok(text)
}

/// A rule's refusal of a typed value, on the field of the form.
pub fn refused(field: &'static str, typed: &str) -> impl FnOnce(RuleError) -> AppError {
    let typed = cut(typed);
    move |error| AppError::invalid(field, error.message, typed)
}

/// A due day must lie in the period.
///
/// # Errors
/// `Invalid` on `due_day`.
pub fn due_day_within(period: Period, due: NaiveDate) -> Result<(), AppError> {
    if period.contains(due) {
        return Ok(());
    }
    Err(AppError::invalid(
        "due_day",
        format!(
            "Hạn hoàn thành phải trong {}, từ {} đến {}.",
            period.label(),
            format::day(period.first_day()),
            format::day(period.last_day())
        ),
        format::day(due),
    ))
}

/// A day of work lies between the first day of the period and today: work may be late, never in the future.
///
/// # Errors
/// `Invalid` on `work_day`.
pub fn work_day_within(period: Period, today: NaiveDate, day: NaiveDate) -> Result<(), AppError> {
    let first = period.first_day();
    if today < first {
        return Err(AppError::invalid(
            "work_day",
            format!("{} chưa bắt đầu, chưa ghi được kết quả.", period.label()),
            format::day(day),
        ));
    }
    if (first..=today).contains(&day) {
        return Ok(());
    }
    Err(AppError::invalid(
        "work_day",
        format!(
            "Ngày thực hiện phải từ {} đến hôm nay ({}).",
            format::day(first),
            format::day(today)
        ),
        format::day(day),
    ))
}

/// What is shown back is cut: a refusal travels in an address when the form was posted without WASM.
fn cut(typed: &str) -> String {
    typed.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of<T: std::fmt::Debug>(result: Result<T, AppError>) -> String {
        match result {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("not refused: {other:?}"),
        }
    }

    #[test]
    fn typed_values_are_read_or_refused_with_what_was_typed() {
        assert_eq!(
            number("quantity", "1.234,5").ok(),
            Some(Decimal::new(12345, 1))
        );
        assert_eq!(number("quantity", "4.5").ok(), Some(Decimal::new(45, 1)));
        match number("quantity", "năm") {
            Err(AppError::Invalid { field, typed, .. }) => {
                assert_eq!((field.as_str(), typed.as_str()), ("quantity", "năm"));
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(field_of(text("note", "a\0b", 10)), "note");
        assert_eq!(field_of(text("note", "dài quá", 3)), "note");
        assert_eq!(
            text("note", "  <b>&=1+1 ", 20).ok().as_deref(),
            Some("<b>&=1+1")
        );
        assert_eq!(
            field_of(required_text("reason", " ", 10, "Thiếu.")),
            "reason"
        );
        assert_eq!(field_of(period("2026-13")), "period");
    }

    #[test]
    fn days_stay_within_the_month_and_the_past() {
        let november: Period = "2026-11".parse().unwrap();
        let at = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(due_day_within(november, at("2026-11-30")).is_ok());
        assert_eq!(
            field_of(due_day_within(november, at("2026-12-01"))),
            "due_day"
        );
        let today = at("2026-11-24");
        assert!(work_day_within(november, today, today).is_ok());
        assert!(work_day_within(november, at("2026-12-03"), at("2026-12-02")).is_ok());
        for wrong in ["2026-11-25", "2026-10-31"] {
            assert_eq!(
                field_of(work_day_within(november, today, at(wrong))),
                "work_day"
            );
        }
        assert_eq!(
            field_of(work_day_within(
                november,
                at("2026-10-31"),
                at("2026-10-31")
            )),
            "work_day"
        );
    }
}
