//! vi-VN numbers, dates and names, the same on the server and in the browser.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

/// `86.4` as "86,4"; at most `places` decimals, no trailing zeros.
pub fn number(value: Decimal, places: u32) -> String {
    kpi::number::format_vi(value, places)
}

/// A score with two decimals, or a dash while there is none.
pub fn score(value: Option<Decimal>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| number(value, 2))
}

/// `part` of `whole` in percent with one decimal: "89,1%"; a dash when `whole` is 0.
pub fn share(part: Decimal, whole: Decimal) -> String {
    percent(part, whole).map_or_else(|| "–".to_owned(), |value| format!("{}%", number(value, 1)))
}

/// `part` of `whole` in percent, exact to 28 digits; `None` when `whole` is 0.
pub fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (part * Decimal::ONE_HUNDRED).checked_div(whole)
}

/// dd/MM/yyyy.
pub fn day(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// dd/MM, for lists inside one year.
pub fn short_day(date: NaiveDate) -> String {
    format!("{:02}/{:02}", date.day(), date.month())
}

/// Reads dd/MM/yyyy or yyyy-MM-dd (what a date field sends).
pub fn parse_day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = if first.len() == 4 {
        (first, second, third)
    } else {
        (third, second, first)
    };
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The same text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), letters.as_str())
    })
}

/// Two letters for a round badge: the last two words of the name.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words
        .iter()
        .rev()
        .take(2)
        .rev()
        .filter_map(|word| word.chars().next())
        .collect::<String>()
        .to_uppercase()
}

/// Key by which people sort: given name first, then the rest ("Nguyễn Thu Hà" → "Hà Nguyễn Thu").
pub fn sort_key(name: &str) -> String {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    match words.pop() {
        Some(given) if !words.is_empty() => format!("{given} {}", words.join(" ")),
        Some(given) => given.to_owned(),
        None => String::new(),
    }
}

/// The wall clock in Vietnam (UTC+7, no daylight saving).
pub fn vietnam(at: chrono::DateTime<chrono::Utc>) -> chrono::NaiveDateTime {
    at.naive_utc() + chrono::Duration::hours(7)
}

/// dd/MM/yyyy HH:mm in Vietnam's time.
pub fn moment(at: chrono::DateTime<chrono::Utc>) -> String {
    use chrono::Timelike;
    let local = vietnam(at);
    format!(
        "{} {:02}:{:02}",
        day(local.date()),
        local.hour(),
        local.minute()
    )
}

/// One row of a CSV file (RFC 4180), its line end included. A text that a spreadsheet would take for a formula gets an
/// apostrophe before it, so that opening the file runs nothing.
pub fn csv_row(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            let guard = if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
                "'"
            } else {
                ""
            };
            format!("\"{guard}{}\"", cell.replace('"', "\"\""))
        })
        .collect();
    quoted.join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_csv_cell_neither_runs_nor_breaks_out() {
        assert_eq!(csv_row(&["a", "b"]), "\"a\",\"b\"\r\n");
        assert_eq!(
            csv_row(&["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1"]),
            "\"'=cmd|' /C calc'!A0\",\"'+1\",\"'-1\",\"'@SUM(1)\",\"'\t=1\"\r\n"
        );
        assert_eq!(csv_row(&["a\",\r\n=1,\"b"]), "\"a\"\",\r\n=1,\"\"b\"\r\n");
    }

    #[test]
    fn both_ways_of_writing_a_day_are_read() {
        let expected = NaiveDate::from_ymd_opt(2026, 11, 5);
        assert_eq!(parse_day("05/11/2026"), expected);
        assert_eq!(parse_day("5/11/2026"), expected);
        assert_eq!(parse_day("2026-11-05"), expected);
        assert_eq!(parse_day("31/02/2026"), None);
        assert_eq!(parse_day("05/11/26"), None);
    }

    #[test]
    fn people_sort_by_given_name() {
        assert_eq!(sort_key("Nguyễn Thu Hà"), "Hà Nguyễn Thu");
        assert_eq!(sort_key("Hà"), "Hà");
        assert_eq!(initials("Nguyễn Thu Hà"), "TH");
    }
}
