//! Mẫu số 02, Phụ lục II Nghị định 335/2025/NĐ-CP: the wording of the form, once.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::data::{Heading, Print, Signature};
use crate::document::{Block, Cell, Row, Section, Signing, Style, Table};
use crate::wording::{self, Level};

/// A year of one person.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct YearSheet {
    /// Whose paper it is.
    pub heading: Heading,
    /// The print.
    pub print: Print,
    /// The year; none leaves the dots.
    pub year: Option<i32>,
    /// Full name.
    pub name: String,
    /// Post and title.
    pub post: String,
    /// The unit.
    pub unit: String,
    /// The twelve months, in order.
    pub months: Vec<Month>,
    /// The mean of the year.
    pub mean: Option<Decimal>,
    /// II, the person's own choice; none while nothing was chosen.
    pub own_level: Option<Level>,
    /// III, the authority's decision; none before it, and for who is not rated.
    pub decided_level: Option<Level>,
    /// Words under III: "Không xếp loại: …", or the decision's number; empty without.
    #[serde(default)]
    pub decided_words: String,
    /// IV, what is proposed; empty leaves the dots.
    pub proposal: String,
    /// Who rated himself.
    pub own: Signature,
    /// Who decided.
    pub authority: Signature,
}

/// A month of the year.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Month {
    /// The confirmed total.
    pub total: Option<Decimal>,
    /// What there is to say about it.
    #[serde(default)]
    pub note: String,
}

const LABEL: &str = "Mẫu số 02";
const TITLE: &str = "PHIẾU XẾP LOẠI CHẤT LƯỢNG CÔNG CHỨC";
const SUMMARY: &str = "I. TỔNG HỢP KẾT QUẢ THEO DÕI, ĐÁNH GIÁ";
const COLUMNS: [&str; 3] = ["Tháng", "Tổng điểm theo dõi, đánh giá", "Ghi chú"];
const MEAN: &str = "Tổng điểm trung bình cả năm";
const OWN_RATING: &str = "II. CÔNG CHỨC TỰ ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG";
const DECISION: &str = "III. KẾT QUẢ XẾP LOẠI CHẤT LƯỢNG CỦA CẤP CÓ THẨM QUYỀN CÔNG CHỨC";
const PROPOSAL: &str = "IV. ĐỀ XUẤT PHƯƠNG ÁN XỬ LÝ";
const OWN: &[&str] = &["CÔNG CHỨC TỰ XẾP LOẠI"];
const AUTHORITY: &[&str] = &["CẤP CÓ THẨM QUYỀN XẾP LOẠI"];
const NOTES: [&str; 2] = [
    "Việc xếp loại chất lượng công chức căn cứ vào quy định tại Điều 20 Nghị định này.",
    "Việc đề xuất phương án xử lý căn cứ quy định tại Điều 23 Nghị định này.",
];

impl YearSheet {
    /// The sheet laid out.
    #[must_use]
    pub fn section(&self) -> Section {
        let year = self
            .year
            .map_or_else(|| "....".to_owned(), |year| format!(" {year}"));
        let mut blocks = vec![
            Block::Label {
                text: LABEL.to_owned(),
            },
            wording::form_head(&self.heading),
            Block::Title {
                text: TITLE.to_owned(),
                under: vec![format!("Năm{year}")],
                mark: String::new(),
                ruled: false,
            },
        ];
        blocks.extend(wording::person(&self.name, &self.post, &self.unit));
        blocks.push(heading(SUMMARY, ""));
        blocks.push(Block::Table(self.table()));
        blocks.push(heading(OWN_RATING, ""));
        blocks.extend(choices(self.own_level));
        blocks.push(heading(DECISION, "1"));
        blocks.extend(choices(self.decided_level));
        if !self.decided_words.is_empty() {
            blocks.push(Block::Text {
                text: self.decided_words.clone(),
                style: Style::Plain,
            });
        }
        blocks.push(heading(PROPOSAL, "2"));
        blocks.push(Block::Field {
            label: String::new(),
            value: self.proposal.clone(),
            lines: 1,
        });
        blocks.push(Block::Signatures {
            signatures: vec![
                Signing::new(OWN, &self.heading.place, &self.own),
                Signing::new(AUTHORITY, &self.heading.place, &self.authority),
            ],
        });
        blocks.push(Block::Notes {
            notes: NOTES
                .iter()
                .zip(1_u32..)
                .map(|(note, mark)| (mark.to_string(), (*note).to_owned()))
                .collect(),
        });
        Section::new(
            format!("{LABEL}, {}, năm{year}", self.name),
            &self.heading.agency,
            &self.print,
            blocks,
        )
    }

    fn table(&self) -> Table {
        let mut rows: Vec<Row> = self
            .months
            .iter()
            .zip(1_u32..)
            .map(|(month, ordinal)| Row {
                cells: vec![
                    Cell::centred(ordinal.to_string()),
                    Cell::number(month.total),
                    Cell::text(&month.note),
                ],
                bold: false,
            })
            .collect();
        rows.push(Row {
            cells: vec![Cell::text(MEAN), Cell::number(self.mean), Cell::text("")],
            bold: true,
        });
        Table {
            widths: vec![45, 55, 61],
            head: vec![COLUMNS.iter().map(|cell| (*cell).to_owned()).collect()],
            rows,
            small: false,
        }
    }
}

fn choices(chosen: Option<Level>) -> impl Iterator<Item = Block> {
    Level::ALL.into_iter().map(move |level| Block::Choice {
        chosen: chosen == Some(level),
        text: level.label().to_owned(),
    })
}

fn heading(text: &str, mark: &str) -> Block {
    Block::Heading {
        text: text.to_owned(),
        mark: mark.to_owned(),
    }
}
