//! Mẫu số 01, Phụ lục II Nghị định 335/2025/NĐ-CP: the wording of the form, once.
//! The criteria come from the rule set of the month; with the decree's own they are the form's, word for word.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print, Signature};
use crate::document::{Block, Cell, Row, Section, Signing, Style, Table};
use crate::wording;

/// A month of one person.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct MonthSheet {
    /// Whose paper it is.
    pub heading: Heading,
    /// The print.
    pub print: Print,
    /// "tháng 11 năm 2026"; empty leaves the dots.
    pub period: String,
    /// Full name.
    pub name: String,
    /// Post and title.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// The groups of common criteria, in order.
    pub groups: Vec<Group>,
    /// II.1, points for the common criteria.
    pub common: Option<Decimal>,
    /// II.2, points for the results of the work.
    pub tasks: Option<Decimal>,
    /// II.3, the total.
    pub total: Option<Decimal>,
    /// II.4, in the person's words.
    pub strengths: String,
    /// II.5, in the person's words.
    pub shortcomings: String,
    /// II.6, the authority's words.
    pub remark: String,
    /// What the authority assessed otherwise than the person, with reasons; printed under II.6.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Who assessed himself.
    pub own: Signature,
    /// Who confirmed.
    pub authority: Signature,
}

/// A group of criteria.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Group {
    /// "I".
    pub number: String,
    /// Its wording.
    pub label: String,
    /// Its criteria, numbered from 1.
    pub criteria: Vec<Criterion>,
}

/// A criterion with the person's own points.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Criterion {
    /// Its wording.
    pub label: String,
    /// Most points.
    pub max: Decimal,
    /// His own points; none leaves the cell empty.
    pub own: Option<Decimal>,
}

/// A difference between own and confirmed points.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Change {
    /// "I.2".
    pub criterion: String,
    /// His own points; none when he gave none.
    pub own: Option<Decimal>,
    /// The confirmed points.
    pub confirmed: Decimal,
    /// Why.
    pub reason: String,
}

const LABEL: &str = "Mẫu số 01";
const TITLE: &str = "PHIẾU THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC";
const COMMON: &str = "I. KẾT QUẢ THEO DÕI, ĐÁNH GIÁ THEO TIÊU CHÍ CHUNG";
const COLUMNS: [&str; 4] = [
    "TT",
    "Tiêu chí chấm điểm",
    "Điểm tối đa",
    "Điểm do cá nhân tự chấm",
];
const NUMBERS: [&str; 4] = ["(1)", "(2)", "(3)", "(4)"];
const SUM: &str = "Tổng cộng";
const RESULT: &str = "II. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ CÔNG CHỨC";
const COMMON_POINTS: &str = "1. Điểm tiêu chí chung:";
const TASK_POINTS: &str = "2. Điểm tiêu chí kết quả thực hiện nhiệm vụ:";
const TOTAL: &str = "3. Tổng điểm theo dõi, đánh giá công chức:";
const STRENGTHS: &str = "4. Ưu điểm:";
const SHORTCOMINGS: &str = "5. Hạn chế, khuyết điểm:";
const REMARK: &str = "6. Ý kiến nhận xét của cấp có thẩm quyền theo dõi, đánh giá:";
const OWN: &[&str] = &["CÔNG CHỨC TỰ ĐÁNH GIÁ"];
const AUTHORITY: &[&str] = &["CẤP CÓ THẨM QUYỀN", "THEO DÕI, ĐÁNH GIÁ"];
const NOTE: &str = "Ghi rõ kỳ theo dõi là tháng/quý ... năm... .";

impl MonthSheet {
    /// The sheet laid out.
    #[must_use]
    pub fn section(&self) -> Section {
        let period = if self.period.is_empty() {
            ".........."
        } else {
            &self.period
        };
        let mut blocks = vec![
            Block::Label {
                text: LABEL.to_owned(),
            },
            wording::form_head(&self.heading),
            Block::Title {
                text: TITLE.to_owned(),
                under: vec![format!("(Kỳ theo dõi, đánh giá: {period})")],
                mark: "1".to_owned(),
                ruled: false,
            },
        ];
        blocks.extend(wording::person(&self.name, &self.post, &self.unit));
        blocks.push(heading(COMMON));
        blocks.push(Block::Table(self.table()));
        blocks.push(heading(RESULT));
        let points = |value: Option<Decimal>| value.map(wording::number).unwrap_or_default();
        for (label, value, lines) in [
            (COMMON_POINTS, points(self.common), 0),
            (TASK_POINTS, points(self.tasks), 0),
            (TOTAL, points(self.total), 0),
            (STRENGTHS, self.strengths.clone(), 1),
            (SHORTCOMINGS, self.shortcomings.clone(), 2),
            (REMARK, self.remark.clone(), 2),
        ] {
            blocks.push(Block::Field {
                label: label.to_owned(),
                value,
                lines,
            });
        }
        blocks.extend(self.changes.iter().map(|change| Block::Text {
            text: change.words(),
            style: Style::Indented,
        }));
        blocks.push(Block::Signatures {
            signatures: vec![
                Signing::new(OWN, &self.heading.place, &self.own),
                Signing::new(AUTHORITY, &self.heading.place, &self.authority),
            ],
        });
        blocks.push(Block::Notes {
            notes: vec![("1".to_owned(), NOTE.to_owned())],
        });
        Section::new(
            format!("{LABEL}, {}, {}", self.name, self.period),
            &self.heading.agency,
            &self.print,
            blocks,
        )
    }

    fn table(&self) -> Table {
        let mut rows = Vec::new();
        for group in &self.groups {
            let most: Decimal = group.criteria.iter().map(|criterion| criterion.max).sum();
            rows.push(Row {
                cells: vec![
                    Cell::centred(&group.number),
                    Cell::text(&group.label),
                    fixed(most),
                    Cell::number(sum(&group.criteria)),
                ],
                bold: true,
            });
            rows.extend(
                group
                    .criteria
                    .iter()
                    .zip(1_u32..)
                    .map(|(criterion, ordinal)| Row {
                        cells: vec![
                            Cell::centred(ordinal.to_string()),
                            Cell::text(&criterion.label),
                            fixed(criterion.max),
                            Cell::number(criterion.own),
                        ],
                        bold: false,
                    }),
            );
        }
        let all: Vec<Criterion> = self
            .groups
            .iter()
            .flat_map(|group| group.criteria.clone())
            .collect();
        rows.push(Row {
            cells: vec![
                Cell::text(""),
                Cell::centred(SUM),
                fixed(all.iter().map(|criterion| criterion.max).sum()),
                Cell::number(sum(&all)),
            ],
            bold: true,
        });
        Table {
            widths: vec![9, 100, 22, 30],
            head: [COLUMNS, NUMBERS]
                .iter()
                .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                .collect(),
            rows,
            small: false,
        }
    }
}

impl Change {
    fn words(&self) -> String {
        let own = self.own.map_or_else(
            || "cá nhân chưa tự chấm".to_owned(),
            |own| format!("cá nhân tự chấm {}", wording::number(own)),
        );
        let mut words = format!(
            "Tiêu chí {}: {own}, xác nhận {}.",
            self.criterion,
            wording::number(self.confirmed)
        );
        if !self.reason.is_empty() {
            words.push_str(&format!(" Lý do: {}", self.reason));
        }
        words
    }
}

/// A figure that the form fixes, as it writes it: "2,5".
fn fixed(value: Decimal) -> Cell {
    Cell {
        number: Some(value),
        ..Cell::centred(wording::shortest(value))
    }
}

/// The sum of what was given; none while nothing was.
fn sum(criteria: &[Criterion]) -> Option<Decimal> {
    criteria
        .iter()
        .filter_map(|criterion| criterion.own)
        .reduce(|one, other| one + other)
}

fn heading(text: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
        mark: String::new(),
    }
}
