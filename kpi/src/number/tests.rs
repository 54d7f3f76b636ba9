//! Tests of `number`.

use super::*;

fn read(text: &str) -> String {
    parse_number(text).unwrap().normalize().to_string()
}

#[test]
fn vietnamese_and_dotted_numbers_are_read() {
    for (text, expected) in [
        ("4,5", "4.5"),
        ("4.5", "4.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("12.345", "12345"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        ("1.2345", "1.2345"),
        ("1.234.567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u{a0}234\u{a0}567", "1234567"),
        ("1\u{202f}234,25", "1234.25"),
        (" 7 ", "7"),
        ("+3", "3"),
        ("-3,5", "-3.5"),
        ("\u{2212}3", "-3"),
        ("0", "0"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_number_is_refused_with_its_reason() {
    use NumberError as E;
    for (text, expected) in [
        ("", E::Empty),
        ("   ", E::Empty),
        ("abc", E::NotANumber),
        ("1e5", E::NotANumber),
        ("NaN", E::NotANumber),
        ("inf", E::NotANumber),
        ("1,2,3", E::TwoCommas),
        ("1.23.456", E::Grouping),
        ("1,234.5", E::Grouping),
        ("0.123.456", E::Grouping),
        ("1 23", E::Grouping),
        ("1.234 567", E::Grouping),
        ("5,", E::MissingDigits),
        ("5.", E::MissingDigits),
        (",5", E::MissingDigits),
        (".5", E::MissingDigits),
        ("-", E::MissingDigits),
        ("１２", E::FullWidth),
        ("--5", E::NotANumber),
        ("1234567890123456", E::TooLong),
        ("0,1234567890123", E::TooLong),
        ("111111111111111111111111111111111", E::TooLong),
    ] {
        assert_eq!(parse_number(text), Err(expected), "{text}");
    }
}

#[test]
fn the_exchange_form_knows_no_groups() {
    assert_eq!(parse_plain("1.234").unwrap().to_string(), "1.234");
    assert_eq!(parse_plain("-2").unwrap().to_string(), "-2");
    for text in [
        "", "1,5", "+1", "1.", ".5", "1.2.3", " 1", "1 ", "1e3", "-", "٣",
    ] {
        assert!(parse_plain(text).is_err(), "{text}");
    }
}

#[test]
fn numbers_are_written_the_vietnamese_way() {
    let number = |text: &str| parse_plain(text).unwrap();
    assert_eq!(format_vi(number("1234567.50"), 2), "1.234.567,5");
    assert_eq!(format_vi(number("999"), 2), "999");
    assert_eq!(format_vi(number("-1000"), 2), "-1.000");
    assert_eq!(format_vi(number("0.005"), 2), "0,01");
    assert_eq!(format_vi(number("-0.001"), 2), "0");
    assert_eq!(format_vi_fixed(number("93.8"), 2), "93,80");
}
