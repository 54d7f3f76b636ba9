//! Reading what people type in Vietnamese workbooks: words without regard to accents and case, numbers as 1.234,5,
//! dates as dd/MM/yyyy, column letters. Apart because both sheet readers and the template need it.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// Text as it is kept: NFC, blanks of every kind made one space, invisible characters removed, lines trimmed.
#[must_use]
pub fn clean(text: &str) -> String {
    let composed: String = text
        .nfc()
        .filter(|letter| !matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter })
        .collect();
    let lines: Vec<String> = composed
        .lines()
        .map(one_line)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// The same on one line, for names and codes.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text for comparing words: lower case, no accents ("Mã  CV" → "ma cv"), `đ` as `d`, single spaces.
#[must_use]
pub fn fold(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect();
    one_line(&plain)
}

/// A number as typed: `4,5`, `4.5`, `1.234,5`, `1 234`. A single dot followed by exactly three digits groups thousands, as
/// everywhere in Vietnam. None for anything else.
#[must_use]
pub fn parse_number(text: &str) -> Option<Decimal> {
    let text: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let (sign, digits) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    if digits.is_empty()
        || digits.len() > 25
        || !digits
            .chars()
            .all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | ','))
    {
        return None;
    }
    let plain = match digits.split_once(',') {
        Some((whole, part)) if !part.contains(['.', ',']) && groups_thousands_or_plain(whole) => {
            format!("{}.{part}", whole.replace('.', ""))
        }
        Some(_) => return None,
        None if digits.contains('.') && groups_thousands_or_plain(digits) => {
            digits.replace('.', "")
        }
        None if digits.matches('.').count() <= 1 => digits.to_owned(),
        None => return None,
    };
    if !plain.starts_with(|letter: char| letter.is_ascii_digit()) || plain.ends_with('.') {
        return None;
    }
    Decimal::from_str(&format!("{sign}{plain}"))
        .ok()
        .map(|number| number.normalize())
}

fn groups_thousands_or_plain(whole: &str) -> bool {
    let mut parts = whole.split('.');
    let first = parts.next().unwrap_or_default();
    !first.is_empty()
        && (!whole.contains('.') || first.len() <= 3)
        && parts.all(|part| part.len() == 3)
}

/// A range of points: "51-100", "51 – 100", "từ 51 đến 100". Least first, both included.
#[must_use]
pub fn parse_range(text: &str) -> Option<(Decimal, Decimal)> {
    let plain = fold(text)
        .replace(['–', '—', '−', '~', '÷'], "-")
        .replace("diem", "")
        .replace("den", "-")
        .replace("tu", "");
    let (least, most) = plain.split_once('-')?;
    let (least, most) = (parse_number(least)?, parse_number(most)?);
    (least <= most).then_some((least, most))
}

/// A date as typed, `dd/MM/yyyy` or with `-` or `.`; years 1900 to 2200.
#[must_use]
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim().replace(['-', '.'], "/");
    let parts: Vec<&str> = text.split('/').map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    is_plausible(date).then_some(date)
}

/// Whether a date can belong to a person at work.
#[must_use]
pub fn is_plausible(date: NaiveDate) -> bool {
    NaiveDate::from_ymd_opt(1900, 1, 2).is_some_and(|first| date >= first)
        && NaiveDate::from_ymd_opt(2200, 12, 31).is_some_and(|last| date <= last)
}

/// A number as Vietnamese read it: `1.234,5`.
#[must_use]
pub fn vietnamese(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    if part.is_empty() {
        format!("{sign}{grouped}")
    } else {
        format!("{sign}{grouped},{part}")
    }
}

/// Column letter as Excel shows it; from 0.
#[must_use]
pub fn column_letter(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// Whether text looks typed in TCVN3 (ABC) instead of Unicode: its letters show as signs such as `®`, `«`, `µ` inside words.
#[must_use]
pub fn looks_like_tcvn3(text: &str) -> bool {
    text.chars()
        .filter(|letter| {
            matches!(
                letter,
                '®' | '«' | '¬' | '\u{ad}' | 'µ' | '¸' | '¶' | '·' | '¹' | '¨' | '§' | '¦'
            )
        })
        .count()
        >= 2
}
