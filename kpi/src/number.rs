//! Numbers as people type and read them: vi-VN input (comma for decimals,
//! dots for thousands) and a dotted form, rounding half up, and vi-VN output.

use num_rational::Ratio;
use rust_decimal::Decimal;

use crate::exact;

/// Longest text that is read as a number.
const MAX_CHARACTERS: usize = 32;
/// Most digits before the decimal mark.
const MAX_INTEGER_DIGITS: usize = 15;
/// Most digits after the decimal mark.
const MAX_FRACTION_DIGITS: usize = 12;

/// Why a text is not a number; `Display` is a Vietnamese sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("Chưa nhập số.")]
    Empty,
    /// More text or digits than any number here needs.
    #[error("Số quá dài: tối đa 15 chữ số phần nguyên và 12 chữ số thập phân.")]
    TooLong,
    /// Full-width digits or marks of an East Asian input method.
    #[error("Số đang dùng chữ số toàn chiều rộng; hãy gõ lại bằng chữ số thường 0–9.")]
    FullWidth,
    /// Letters, exponents, currency signs, NaN…
    #[error("Số chỉ gồm chữ số, dấu phẩy thập phân và dấu chấm hàng nghìn, ví dụ 1.234,5.")]
    NotANumber,
    /// More than one comma.
    #[error("Số có nhiều hơn một dấu phẩy; dấu phẩy chỉ dùng cho phần thập phân.")]
    TwoCommas,
    /// Thousands that are not groups of three, or a dot after the comma.
    #[error("Dấu phân cách hàng nghìn không đúng chỗ; ví dụ đúng: 1.234,5.")]
    Grouping,
    /// A mark without a digit before or after it.
    #[error("Thiếu chữ số trước hoặc sau dấu thập phân.")]
    MissingDigits,
    /// A result outside the range of the exact types.
    #[error("Số vượt quá giới hạn cho phép.")]
    OutOfRange,
}

/// Reads a number as a Vietnamese reader types it.
///
/// * The comma is the decimal mark: `4,5`, `1.234,5`, `1 234,5`.
/// * A single dot is a decimal mark too (`4.5`, `0.125`, `1234.567`), except
///   that **one dot followed by exactly three digits after one to three digits
///   without a leading zero is a thousands group**: `1.234` is 1234, as vi-VN
///   writes it. Whoever means 1,234 types the comma.
/// * Thousands may be grouped by dots, spaces, U+00A0 or U+202F, in threes.
/// * A leading `+`, `-` or `−` is allowed; blanks around the number are not seen.
///
/// # Errors
/// [`NumberError`] for anything else: empty text, letters, exponents, NaN, two
/// commas, broken groups, full-width digits, more than 15 + 12 digits.
pub fn parse_number(text: &str) -> Result<Decimal, NumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    if text.chars().count() > MAX_CHARACTERS {
        return Err(NumberError::TooLong);
    }
    if text.chars().any(is_full_width) {
        return Err(NumberError::FullWidth);
    }
    let (negative, body) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let allowed = |c: char| c.is_ascii_digit() || c == ',' || c == '.' || is_blank_group(c);
    if !body.chars().all(allowed) {
        return Err(NumberError::NotANumber);
    }
    let (integer, fraction) = split_number(body)?;
    assemble(negative, &integer, fraction)
}

/// Splits an unsigned number into ungrouped integer digits and fraction digits.
fn split_number(body: &str) -> Result<(String, &str), NumberError> {
    match body.matches(',').count() {
        0 => {}
        1 => {
            let (integer, fraction) = body.split_once(',').unwrap_or((body, ""));
            if fraction.contains('.') || fraction.chars().any(is_blank_group) {
                return Err(NumberError::Grouping);
            }
            if fraction.is_empty() {
                return Err(NumberError::MissingDigits);
            }
            return Ok((ungroup(integer)?, fraction));
        }
        _ => return Err(NumberError::TwoCommas),
    }
    if body.matches('.').count() != 1 {
        return Ok((ungroup(body)?, ""));
    }
    let (integer, fraction) = body.split_once('.').unwrap_or((body, ""));
    let thousands = fraction.len() == 3
        && (1..=3).contains(&integer.len())
        && !integer.starts_with('0')
        && integer.bytes().all(|b| b.is_ascii_digit());
    if thousands {
        return Ok((format!("{integer}{fraction}"), ""));
    }
    if fraction.is_empty() {
        return Err(NumberError::MissingDigits);
    }
    if fraction.chars().any(is_blank_group) {
        return Err(NumberError::Grouping);
    }
    Ok((ungroup(integer)?, fraction))
}

/// Removes the thousands separators; all must be the same kind and in threes.
fn ungroup(integer: &str) -> Result<String, NumberError> {
    let dotted = integer.contains('.');
    let blank = integer.chars().any(is_blank_group);
    if integer.is_empty() {
        return Err(NumberError::MissingDigits);
    }
    if dotted && blank {
        return Err(NumberError::Grouping);
    }
    if !dotted && !blank {
        return Ok(integer.to_owned());
    }
    let mut groups = integer.split(|c: char| c == '.' || is_blank_group(c));
    let first = groups.next().unwrap_or_default();
    let in_threes = groups.clone().all(|group| group.len() == 3);
    if !(1..=3).contains(&first.len()) || first.starts_with('0') || !in_threes {
        return Err(NumberError::Grouping);
    }
    Ok(groups.fold(first.to_owned(), |digits, group| digits + group))
}

/// Reads the exchange form of a number: `-12.50`, an optional `-`, digits and
/// at most one dot, never grouped, so that `1.234` is one and a bit.
///
/// # Errors
/// [`NumberError`] for anything else.
pub fn parse_plain(text: &str) -> Result<Decimal, NumberError> {
    if text.is_empty() {
        return Err(NumberError::Empty);
    }
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (integer, fraction) = match body.split_once('.') {
        Some((_, "")) => return Err(NumberError::MissingDigits),
        Some(parts) => parts,
        None => (body, ""),
    };
    if text.chars().any(is_full_width) {
        return Err(NumberError::FullWidth);
    }
    if !integer
        .bytes()
        .chain(fraction.bytes())
        .all(|b| b.is_ascii_digit())
    {
        return Err(NumberError::NotANumber);
    }
    assemble(negative, integer, fraction)
}

fn assemble(negative: bool, integer: &str, fraction: &str) -> Result<Decimal, NumberError> {
    if integer.is_empty() {
        return Err(NumberError::MissingDigits);
    }
    if integer.len() > MAX_INTEGER_DIGITS || fraction.len() > MAX_FRACTION_DIGITS {
        return Err(NumberError::TooLong);
    }
    let sign = if negative { "-" } else { "" };
    let plain = if fraction.is_empty() {
        format!("{sign}{integer}")
    } else {
        format!("{sign}{integer}.{fraction}")
    };
    plain.parse().map_err(|_| NumberError::NotANumber)
}

fn is_full_width(c: char) -> bool {
    ('\u{FF01}'..='\u{FF5E}').contains(&c) || c == '\u{3000}'
}

fn is_blank_group(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}')
}

/// Rounds half up (away from zero) to exactly `decimals` places, so that
/// `89.995` at two places is `90.00`.
#[must_use]
pub fn round_half_up(value: Decimal, decimals: u32) -> Decimal {
    exact::round_decimal(value, decimals)
}

/// The exact fraction that equals a decimal.
///
/// # Errors
/// [`NumberError::OutOfRange`] if it does not fit 128 bits.
pub fn to_ratio(value: Decimal) -> Result<Ratio<i128>, NumberError> {
    exact::from_decimal(value).map_err(|_| NumberError::OutOfRange)
}

/// A fraction rounded half up to exactly `decimals` places (at most 18).
///
/// # Errors
/// [`NumberError::OutOfRange`] if the result does not fit a `Decimal`.
pub fn from_ratio(value: &Ratio<i128>, decimals: u32) -> Result<Decimal, NumberError> {
    exact::to_decimal(value, decimals).map_err(|_| NumberError::OutOfRange)
}

/// Writes a number the vi-VN way: dots for thousands, a comma for decimals,
/// rounded half up to at most `max_decimals` places, no trailing zeros.
#[must_use]
pub fn format_vi(value: Decimal, max_decimals: u32) -> String {
    let rounded = if value.scale() > max_decimals {
        round_half_up(value, max_decimals)
    } else {
        value
    };
    group_vi(&rounded.normalize())
}

/// As [`format_vi`], with exactly `decimals` places: `93,80`.
#[must_use]
pub fn format_vi_fixed(value: Decimal, decimals: u32) -> String {
    group_vi(&round_half_up(value, decimals))
}

fn group_vi(value: &Decimal) -> String {
    let negative = value.is_sign_negative() && !value.is_zero();
    let text = value.abs().to_string();
    let (integer, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 4);
    if negative {
        out.push('-');
    }
    for (position, digit) in integer.chars().enumerate() {
        if position > 0 && (integer.len() - position).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests;
