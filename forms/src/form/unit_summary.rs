//! The summary of a unit's month: everybody's points on one sheet (khoản 3 Điều 17: results go to the personnel office
//! to be summed up; the decree gives no form for it).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print, Signature};
use crate::document::{Block, Cell, Row, Section, Signing, Style, Table};
use crate::wording::{self, Level};

/// A month of a unit.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct UnitSummary {
    /// Whose paper it is.
    pub heading: Heading,
    /// The print.
    pub print: Print,
    /// The unit.
    pub unit: String,
    /// "tháng 11 năm 2026".
    pub period: String,
    /// One a person, in the order of the list.
    pub people: Vec<Line>,
    /// The mean of the confirmed totals; none while there is none.
    pub mean: Option<Decimal>,
    /// Who drew it up.
    pub drawn_up: Signature,
    /// The head of the unit.
    pub head: Signature,
}

/// A person's month.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Line {
    /// Full name.
    pub name: String,
    /// Post and title.
    pub post: String,
    /// Points for the common criteria.
    pub common: Option<Decimal>,
    /// Points for the results of the work.
    pub tasks: Option<Decimal>,
    /// His own total, as submitted.
    pub own: Option<Decimal>,
    /// The confirmed total; none before.
    pub total: Option<Decimal>,
    /// The level that the confirmed total alone would give.
    pub level: Option<Level>,
    /// How far the sheet is, or what else there is to say.
    pub note: String,
}

const TITLE: &str = "BẢNG TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC";
const COLUMNS: [&str; 9] = [
    "TT",
    "Họ và tên",
    "Chức vụ, chức danh",
    "Điểm tiêu chí chung",
    "Điểm kết quả thực hiện nhiệm vụ",
    "Tổng điểm cá nhân tự chấm",
    "Tổng điểm được xác nhận",
    "Mức theo điểm",
    "Ghi chú",
];

impl UnitSummary {
    /// The summary laid out.
    #[must_use]
    pub fn section(&self) -> Section {
        let blocks = vec![
            wording::form_head(&self.heading),
            Block::Title {
                text: TITLE.to_owned(),
                under: vec![
                    format!("Đơn vị: {}", self.unit),
                    format!("(Kỳ theo dõi, đánh giá: {})", self.period),
                ],
                mark: String::new(),
                ruled: false,
            },
            Block::Table(self.table()),
            Block::Text {
                text: self.counts(),
                style: Style::Plain,
            },
            Block::Signatures {
                signatures: vec![
                    Signing::new(&["NGƯỜI LẬP BẢNG"], &self.heading.place, &self.drawn_up),
                    Signing::new(&["NGƯỜI ĐỨNG ĐẦU ĐƠN VỊ"], &self.heading.place, &self.head),
                ],
            },
        ];
        Section::new(
            format!("Bảng tổng hợp, {}, {}", self.unit, self.period),
            &self.heading.agency,
            &self.print,
            blocks,
        )
    }

    fn table(&self) -> Table {
        let rows = self
            .people
            .iter()
            .zip(1_u32..)
            .map(|(person, ordinal)| Row {
                cells: vec![
                    Cell::centred(ordinal.to_string()),
                    Cell::text(&person.name),
                    Cell::text(&person.post),
                    Cell::number(person.common),
                    Cell::number(person.tasks),
                    Cell::number(person.own),
                    Cell::number(person.total),
                    Cell::text(person.level.map(short).unwrap_or_default()),
                    Cell::text(&person.note),
                ],
                bold: false,
            })
            .collect();
        Table {
            widths: vec![8, 31, 25, 15, 17, 16, 16, 17, 20],
            head: vec![COLUMNS.iter().map(|cell| (*cell).to_owned()).collect()],
            rows,
            small: true,
        }
    }

    /// "Tổng số: 24 người; đã xác nhận: 20; …".
    fn counts(&self) -> String {
        let confirmed = self
            .people
            .iter()
            .filter(|person| person.total.is_some())
            .count();
        let mut words = format!(
            "Tổng số: {} người; đã xác nhận: {confirmed}",
            self.people.len()
        );
        for level in Level::ALL {
            let count = self
                .people
                .iter()
                .filter(|person| person.level == Some(level))
                .count();
            words.push_str(&format!("; {}: {count}", short(level).to_lowercase()));
        }
        if let Some(mean) = self.mean {
            words.push_str(&format!("; điểm trung bình: {}", wording::number(mean)));
        }
        words.push('.');
        words
    }
}

/// The level in a narrow column.
const fn short(level: Level) -> &'static str {
    match level {
        Level::Excellent => "Xuất sắc",
        Level::Good => "Tốt",
        Level::Completed => "Hoàn thành",
        Level::NotCompleted => "Không hoàn thành",
    }
}
