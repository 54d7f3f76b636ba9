//! The minutes of a meeting, by Mẫu 1.9 Phụ lục III Nghị định 30/2020/NĐ-CP.

use chrono::{NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print, Signature};
use crate::document::{Block, Cell, Row, Section, Signing, Style, Table};
use crate::wording;

/// The minutes.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Minutes {
    /// Whose paper it is.
    pub heading: Heading,
    /// The print.
    pub print: Print,
    /// "Họp đánh giá tháng 11 năm 2026 của Vụ Cải cách".
    pub subject: String,
    /// When it began.
    pub opened: Option<NaiveDateTime>,
    /// When it ended.
    pub closed: Option<NaiveDateTime>,
    /// Where.
    pub place: String,
    /// Who was there, in lines.
    pub present: Vec<String>,
    /// Who was not, in lines, with the reason.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Who presided.
    pub chair: String,
    /// Who wrote.
    pub secretary: String,
    /// What was said, in order.
    pub parts: Vec<Part>,
    /// Signature of the chair.
    pub chair_signature: Signature,
    /// Signature of the secretary.
    pub secretary_signature: Signature,
}

/// A part of what was said.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Part {
    /// Its heading, "1. Nguyễn Văn An, Chuyên viên".
    pub heading: String,
    /// Its paragraphs.
    #[serde(default)]
    pub paragraphs: Vec<String>,
    /// A table under them; without columns there is none.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Its rows, each of as many cells as there are columns.
    #[serde(default)]
    pub rows: Vec<Vec<String>>,
}

impl Minutes {
    /// The minutes laid out.
    #[must_use]
    pub fn section(&self) -> Section {
        let mut blocks = vec![
            wording::numbered_head(&self.heading),
            Block::Title {
                text: "BIÊN BẢN".to_owned(),
                under: vec![self.subject.clone()],
                mark: String::new(),
                ruled: true,
            },
        ];
        for (label, value) in [
            ("Thời gian bắt đầu:", self.opened.map(hour)),
            ("Địa điểm:", Some(self.place.clone())),
            ("Thành phần tham dự:", Some(self.present.join("\n"))),
            (
                "Vắng mặt:",
                Some(self.absent.join("\n")).filter(|absent| !absent.is_empty()),
            ),
            ("Chủ trì (chủ tọa):", Some(self.chair.clone())),
            ("Thư ký (người ghi biên bản):", Some(self.secretary.clone())),
        ] {
            if let Some(value) = value {
                blocks.push(Block::Field {
                    label: label.to_owned(),
                    value,
                    lines: 0,
                });
            }
        }
        blocks.push(Block::Heading {
            text: "Nội dung (theo diễn biến cuộc họp):".to_owned(),
            mark: String::new(),
        });
        blocks.extend(self.parts.iter().flat_map(Part::blocks));
        if let Some(closed) = self.closed {
            blocks.push(Block::Text {
                text: format!("Cuộc họp kết thúc vào {}./.", hour(closed)),
                style: Style::Indented,
            });
        }
        blocks.push(Block::Signatures {
            signatures: vec![
                Signing::new(&["THƯ KÝ"], "", &self.secretary_signature).undated(),
                Signing::new(&["CHỦ TỌA"], "", &self.chair_signature).undated(),
            ],
        });
        Section::new(
            format!("Biên bản, {}", self.subject),
            &self.heading.agency,
            &self.print,
            blocks,
        )
    }
}

impl Part {
    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !self.heading.is_empty() {
            blocks.push(Block::Heading {
                text: self.heading.clone(),
                mark: String::new(),
            });
        }
        blocks.extend(self.paragraphs.iter().map(|text| Block::Text {
            text: text.clone(),
            style: Style::Indented,
        }));
        if !self.columns.is_empty() {
            blocks.push(Block::Table(Table {
                widths: self.columns.iter().map(|_| 1).collect(),
                head: vec![self.columns.clone()],
                rows: self.rows.iter().map(|row| self.row(row)).collect(),
                small: self.columns.len() > 5,
            }));
        }
        blocks
    }

    /// A row with exactly as many cells as there are columns.
    fn row(&self, row: &[String]) -> Row {
        Row {
            cells: (0..self.columns.len())
                .map(|column| Cell::text(row.get(column).cloned().unwrap_or_default()))
                .collect(),
            bold: false,
        }
    }
}

/// "14 giờ 05, ngày 23 tháng 11 năm 2026".
fn hour(at: NaiveDateTime) -> String {
    format!(
        "{} giờ {:02}, {}",
        at.hour(),
        at.minute(),
        wording::long_day(at.date())
    )
}
