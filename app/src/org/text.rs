//! Checks of what people type as names, codes, titles, logins and days: bounds and a sentence for each refusal.

use chrono::{Datelike, NaiveDate};

use crate::error::AppError;
use crate::format;

/// Longest name or title, in characters.
pub const LONGEST_NAME: usize = 200;
/// Longest code, in characters.
pub const LONGEST_CODE: usize = 40;
/// Longest login name, in characters.
pub const LONGEST_LOGIN: usize = 60;

/// A name or title: 1 to 200 characters on one line, blanks tidied.
///
/// # Errors
/// `Invalid` on `field`; `label` begins the sentence ("Tên đơn vị").
pub fn name(field: &str, label: &str, typed: &str) -> Result<String, AppError> {
    let tidy = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = tidy.chars().count();
    if tidy.is_empty() {
        Err(AppError::invalid(
            field,
            format!("{label} không được để trống."),
            typed,
        ))
    } else if length > LONGEST_NAME {
        Err(AppError::invalid(
            field,
            format!("{label} dài tối đa {LONGEST_NAME} ký tự (đang có {length})."),
            short(typed),
        ))
    } else if tidy.chars().any(char::is_control) {
        Err(AppError::invalid(
            field,
            format!("{label} có ký tự điều khiển không dùng được."),
            "",
        ))
    } else {
        Ok(tidy)
    }
}

/// A code: 1 to 40 letters, digits, dots and hyphens. Slashes would break paths; `%` and `_` are wildcards to SQL.
///
/// # Errors
/// `Invalid` on `field`.
pub fn code(field: &str, label: &str, typed: &str) -> Result<String, AppError> {
    let tidy = typed.trim();
    let fits = tidy
        .chars()
        .all(|c| c.is_alphanumeric() || c == '.' || c == '-');
    if tidy.is_empty() || tidy.chars().count() > LONGEST_CODE || !fits {
        return Err(AppError::invalid(
            field,
            format!("{label} gồm 1 đến {LONGEST_CODE} chữ cái, chữ số, dấu chấm hoặc gạch ngang."),
            short(typed),
        ));
    }
    Ok(tidy.to_owned())
}

/// A login name: 3 to 60 ASCII letters, digits, `.`, `_`, `-`; lower case.
///
/// # Errors
/// `Invalid` on `field`.
pub fn login(field: &str, typed: &str) -> Result<String, AppError> {
    let tidy = typed.trim().to_lowercase();
    let fits = tidy
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
    if !(3..=LONGEST_LOGIN).contains(&tidy.len()) || !fits {
        return Err(AppError::invalid(
            field,
            format!(
                "Tên tài khoản gồm 3 đến {LONGEST_LOGIN} chữ cái không dấu, chữ số, dấu chấm, gạch ngang hoặc gạch dưới."
            ),
            short(typed),
        ));
    }
    Ok(tidy)
}

/// A day from 1950 to 2099.
///
/// # Errors
/// `Invalid` on `field`.
pub fn day(field: &str, label: &str, typed: &str) -> Result<NaiveDate, AppError> {
    format::parse_day(typed)
        .filter(|day| (1950..2100).contains(&day.year()))
        .ok_or_else(|| {
            AppError::invalid(
                field,
                format!("{label} phải là một ngày có thật, viết dd/MM/yyyy."),
                short(typed),
            )
        })
}

fn short(typed: &str) -> String {
    typed.chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_tidied_and_bounded() {
        assert_eq!(
            name("name", "Tên", "  Nguyễn \t Thu  Hà ").unwrap(),
            "Nguyễn Thu Hà"
        );
        assert!(name("name", "Tên", " \n ").is_err());
        assert!(name("name", "Tên", &"a".repeat(201)).is_err());
        assert!(name("name", "Tên", &"ạ".repeat(200)).is_ok());
        assert!(name("name", "Tên", "a\u{0}b").is_err());
    }

    #[test]
    fn codes_hold_nothing_that_a_path_or_a_pattern_would_misread() {
        assert_eq!(code("code", "Mã", " VP-1.2 ").unwrap(), "VP-1.2");
        for bad in ["", "a/b", "a%", "a_b", "a b", "=1+1", "<b>"] {
            assert!(code("code", "Mã", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn logins_are_lower_case_ascii() {
        assert_eq!(login("login", " Ha.NT ").unwrap(), "ha.nt");
        for bad in ["", "ab", "hà.nt", "a b c", "a@b.c"] {
            assert!(login("login", bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn days_are_real_and_within_a_career() {
        assert!(day("day", "Ngày", "05/11/2026").is_ok());
        for bad in ["31/02/2026", "01/01/0001", "2999-01-01", "", "mai"] {
            assert!(day("day", "Ngày", bad).is_err(), "{bad}");
        }
    }
}
