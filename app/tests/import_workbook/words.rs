//! Words, numbers, ranges and dates as people type them.

use app::import::words::{
    clean, column_letter, fold, parse_date, parse_number, parse_range, vietnamese,
};
use chrono::NaiveDate;

use crate::fixture::decimal;

#[test]
fn vietnamese_words_numbers_ranges_and_dates_are_read() {
    assert_eq!(fold("  Mã\u{a0} CV "), "ma cv");
    assert_eq!(
        fold("ĐIỂM chấm"),
        fold("Đie\u{302}\u{309}m cha\u{302}\u{301}m")
    );
    assert_eq!(
        clean("Nguye\u{302}\u{303}n\u{200b}  Đức\r\n\r\n x "),
        "Nguyễn Đức\nx"
    );
    let numbers = [
        ("4,5", "4.5"),
        ("4.5", "4.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1 234", "1234"),
        ("14,00", "14"),
        ("-3", "-3"),
        ("0,125", "0.125"),
    ];
    for (typed, number) in numbers {
        assert_eq!(parse_number(typed), Some(decimal(number)), "{typed}");
    }
    for typed in [
        "",
        "-",
        "1,2,3",
        "1.2.3",
        "12,345.6",
        "1e5",
        "5 điểm",
        ",5",
        "5,",
        "5.",
        "1.2345,6",
        "99999999999999999999999999999999",
    ] {
        assert_eq!(parse_number(typed), None, "{typed}");
    }
    for typed in ["51-100", "51 – 100", "từ 51 đến 100", "51-100 điểm"] {
        assert_eq!(
            parse_range(typed),
            Some((decimal("51"), decimal("100"))),
            "{typed}"
        );
    }
    assert_eq!(parse_range("100-51"), None);
    assert_eq!(parse_date("5/9/1985"), NaiveDate::from_ymd_opt(1985, 9, 5));
    assert_eq!(
        (
            parse_date("31/02/2026"),
            parse_date("01/01/85"),
            parse_date("2026-01-01")
        ),
        (None, None, None)
    );
    assert_eq!(
        ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"].map(String::from),
        [0, 25, 26, 51, 52, 701, 702].map(column_letter)
    );
    assert_eq!(
        (
            vietnamese(decimal("1234567.50")),
            vietnamese(decimal("-12"))
        ),
        ("1.234.567,5".to_owned(), "-12".to_owned())
    );
}
