//! Sentences, numbers and days that several forms share. The forms' own wording stands with each form, once.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print, Signed};
use crate::document::Block;

/// Quốc hiệu.
pub const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
/// Tiêu ngữ.
pub const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// The empty place and day of the forms in Phụ lục II.
pub const EMPTY_DAY: &str = "....., ngày....tháng.....năm.....";
/// Under every place to sign.
pub const SIGN_HERE: &str = "(Ký tên, ghi rõ họ tên)";
/// First field of both forms.
pub const NAME: &str = "Họ và tên:";
/// Second field of both forms.
pub const POST: &str = "Chức vụ, chức danh:";
/// Third field of both forms.
pub const UNIT: &str = "Đơn vị công tác:";

/// A yearly level (Điều 20), or the level that a score alone would give.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Hoàn thành xuất sắc nhiệm vụ.
    Excellent,
    /// Hoàn thành tốt nhiệm vụ.
    Good,
    /// Hoàn thành nhiệm vụ.
    Completed,
    /// Không hoàn thành nhiệm vụ.
    NotCompleted,
}

impl Level {
    /// In the order of the form.
    pub const ALL: [Self; 4] = [
        Self::Excellent,
        Self::Good,
        Self::Completed,
        Self::NotCompleted,
    ];

    /// As the decree names it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Excellent => "Hoàn thành xuất sắc nhiệm vụ",
            Self::Good => "Hoàn thành tốt nhiệm vụ",
            Self::Completed => "Hoàn thành nhiệm vụ",
            Self::NotCompleted => "Không hoàn thành nhiệm vụ",
        }
    }
}

/// "88,12": the decimals as they are stored, a comma between.
#[must_use]
pub fn number(value: Decimal) -> String {
    value.to_string().replace('.', ",").replace('-', "−")
}

/// "2,5" for 2.50: of what a form gives as a fixed figure.
#[must_use]
pub fn shortest(value: Decimal) -> String {
    number(value.normalize())
}

/// "23/11/2026".
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// "14:32 ngày 23/11/2026".
#[must_use]
pub fn moment(at: NaiveDateTime) -> String {
    at.format("%H:%M ngày %d/%m/%Y").to_string()
}

/// "ngày 05 tháng 02 năm 2026": days below ten and the first two months with a nought before them (Nghị định 30/2020).
#[must_use]
pub fn long_day(day: NaiveDate) -> String {
    let month = if day.month() < 3 {
        format!("{:02}", day.month())
    } else {
        day.month().to_string()
    };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// "Hà Nội, ngày 23 tháng 11 năm 2026", or the dotted line of the form.
#[must_use]
pub fn place_and_day(place: &str, day: Option<NaiveDate>) -> String {
    match (place, day) {
        (_, None) => EMPTY_DAY.to_owned(),
        ("", Some(day)) => format!("....., {}", long_day(day)),
        (place, Some(day)) => format!("{place}, {}", long_day(day)),
    }
}

/// The mark of a paper that is not final.
#[must_use]
pub fn draft(why: &str) -> String {
    format!("BẢN NHÁP – {why}")
}

/// The foot of every page: what leads from paper back to the record.
#[must_use]
pub fn footer(print: &Print) -> Vec<String> {
    let mut first = format!("Mã tra cứu: {}", print.code);
    if !print.address.is_empty() {
        first.push_str(&format!(" tại {}{}", print.address, print.code));
    }
    let chain = print.chain.as_ref().map_or_else(
        || "Nhật ký: chưa có dòng nào được niêm phong".to_owned(),
        |head| {
            let short: String = head.hash.chars().take(12).collect();
            format!("Đầu chuỗi nhật ký: số {}, {short}", head.seq)
        },
    );
    vec![first, format!("{chain} · In lúc {}", moment(print.at))]
}

/// What was done in the system, in lines.
#[must_use]
pub fn signed(signed: &Signed) -> Vec<String> {
    let mut lines = vec![format!("{} lúc {}", signed.act, moment(signed.at))];
    if !signed.post.is_empty() {
        lines.push(format!("Chức vụ: {}", signed.post));
    }
    if !signed.hash.is_empty() {
        let short: String = signed.hash.chars().take(16).collect();
        lines.push(format!("Mã nội dung: {short}"));
    }
    lines
}

/// The head of a form of Phụ lục II: it has no number and no day.
#[must_use]
pub fn form_head(heading: &Heading) -> Block {
    head(heading, String::new(), String::new())
}

/// Names in capitals, as Phụ lục I Nghị định 30/2020 writes them.
fn head(heading: &Heading, number: String, date: String) -> Block {
    Block::Head {
        above: heading.above.to_uppercase(),
        agency: heading.agency.to_uppercase(),
        number,
        country: COUNTRY.to_owned(),
        motto: MOTTO.to_owned(),
        date,
    }
}

/// The head of a paper with number and day.
#[must_use]
pub fn dated_head(heading: &Heading, day: Option<NaiveDate>) -> Block {
    head(
        heading,
        number_line(heading),
        place_and_day(&heading.place, day),
    )
}

/// The head of a paper that names its day in the text.
#[must_use]
pub fn numbered_head(heading: &Heading) -> Block {
    head(heading, number_line(heading), String::new())
}

fn number_line(heading: &Heading) -> String {
    if heading.number.is_empty() {
        "Số: …………".to_owned()
    } else {
        format!("Số: {}", heading.number)
    }
}

/// The three fields with which both forms begin.
#[must_use]
pub fn person(name: &str, post: &str, unit: &str) -> [Block; 3] {
    [(NAME, name), (POST, post), (UNIT, unit)].map(|(label, value)| Block::Field {
        label: label.to_owned(),
        value: value.to_owned(),
        lines: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_below_ten_and_the_first_two_months_carry_a_nought() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        assert_eq!(long_day(day(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
        assert_eq!(long_day(day(2026, 3, 15)), "ngày 15 tháng 3 năm 2026");
        assert_eq!(
            place_and_day("", Some(day(2026, 12, 1))),
            "....., ngày 01 tháng 12 năm 2026"
        );
        assert_eq!(place_and_day("Hà Nội", None), EMPTY_DAY);
    }

    #[test]
    fn a_number_keeps_the_decimals_it_is_stored_with() {
        assert_eq!(number(Decimal::new(8810, 2)), "88,10");
        assert_eq!(shortest(Decimal::new(250, 2)), "2,5");
        assert_eq!(shortest(Decimal::from(10)), "10");
    }
}
