//! A form laid out: the sequence of blocks that the three writers draw, each in its own way.
//! All text stands here, so PDF, DOCX and XLSX say the same.

use chrono::NaiveDateTime;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::data::{Print, Signature};
use crate::wording;

/// One file.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// Title in the file's properties.
    pub title: String,
    /// Author in the file's properties: the agency.
    pub author: String,
    /// The document's date.
    pub at: NaiveDateTime,
    /// One a person or paper; each begins on a page of its own and counts its own pages.
    pub sections: Vec<Section>,
}

impl Document {
    /// A file of these sections, named after the first.
    #[must_use]
    pub fn of(sections: impl IntoIterator<Item = Section>) -> Self {
        let sections: Vec<Section> = sections.into_iter().collect();
        let first = sections.first();
        Self {
            title: first.map(|first| first.title.clone()).unwrap_or_default(),
            author: first.map(|first| first.author.clone()).unwrap_or_default(),
            at: first.map(|first| first.at).unwrap_or_default(),
            sections,
        }
    }
}

/// One paper.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// What it is and whose, for the file's properties and the name of a sheet.
    pub title: String,
    /// The agency.
    pub author: String,
    /// When it was printed.
    pub at: NaiveDateTime,
    /// Its lookup code.
    pub code: String,
    /// The lines at the foot of every page.
    pub footer: Vec<String>,
    /// What it shows.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A paper with the foot that leads back to its record, and with the mark of a draft on top.
    #[must_use]
    pub fn new(title: String, author: &str, print: &Print, blocks: Vec<Block>) -> Self {
        let mut all = Vec::with_capacity(blocks.len() + 1);
        if !print.draft.is_empty() {
            all.push(Block::Draft {
                text: wording::draft(&print.draft),
            });
        }
        all.extend(blocks);
        Self {
            title,
            author: author.to_owned(),
            at: print.at,
            code: print.code.clone(),
            footer: wording::footer(print),
            blocks: all,
        }
    }
}

/// One block.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// The mark of a draft.
    Draft {
        /// "BẢN NHÁP: …".
        text: String,
    },
    /// "Mẫu số 01", right-aligned.
    Label {
        /// The label.
        text: String,
    },
    /// Agency on the left, Quốc hiệu and Tiêu ngữ on the right (mục II Phụ lục I Nghị định 30/2020).
    Head {
        /// The agency above; may be empty.
        above: String,
        /// The agency.
        agency: String,
        /// "Số: …"; may be empty.
        number: String,
        /// The country's name.
        country: String,
        /// The motto.
        motto: String,
        /// "Hà Nội, ngày …"; may be empty.
        date: String,
    },
    /// The title, centred and bold, and the lines under it.
    Title {
        /// In capitals.
        text: String,
        /// Centred lines under it; the first may carry a mark that a note explains.
        under: Vec<String>,
        /// The mark behind the first line under it; empty without.
        mark: String,
        /// Whether a line of a third of its width is drawn under it, as under the subject of a decision or notice.
        ruled: bool,
    },
    /// A heading, bold.
    Heading {
        /// The heading.
        text: String,
        /// The mark behind it; empty without.
        mark: String,
    },
    /// "Họ và tên: …".
    Field {
        /// With its colon.
        label: String,
        /// Empty leaves the dotted line of the form.
        value: String,
        /// Further dotted lines that the form leaves when it is empty.
        lines: u8,
    },
    /// Running text; every line break begins a paragraph.
    Text {
        /// The text.
        text: String,
        /// How it stands.
        style: Style,
    },
    /// A table.
    Table(Table),
    /// "☑ Hoàn thành tốt nhiệm vụ".
    Choice {
        /// Whether it is the chosen one.
        chosen: bool,
        /// What can be chosen.
        text: String,
    },
    /// Places to sign, beside one another.
    Signatures {
        /// One or two; the last is on the right.
        signatures: Vec<Signing>,
    },
    /// Who receives the paper, with the list of recipients in small print on the left of a signature.
    Notes {
        /// The mark and what it says.
        notes: Vec<(String, String)>,
    },
}

/// How running text stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// As it is.
    Plain,
    /// The first line set in, both edges straight.
    Indented,
    /// Centred and bold.
    Address,
    /// Small print.
    Small,
}

/// A table with one or more rows of headings.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Relative widths of the columns; their number is the number of cells in every row.
    pub widths: Vec<u16>,
    /// Rows repeated on every page.
    pub head: Vec<Vec<String>>,
    /// The other rows.
    pub rows: Vec<Row>,
    /// Whether the numbers stand small, for tables of many columns.
    pub small: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// One a column.
    pub cells: Vec<Cell>,
    /// A heading or a sum.
    pub bold: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, Serialize)]
pub struct Cell {
    /// As it is printed.
    pub text: String,
    /// The number behind it, for a workbook.
    pub number: Option<Decimal>,
    /// Centred: numbers and ordinals.
    pub centred: bool,
}

impl Cell {
    /// Text from the left.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            number: None,
            centred: false,
        }
    }

    /// Text in the middle.
    #[must_use]
    pub fn centred(text: impl Into<String>) -> Self {
        Self {
            centred: true,
            ..Self::text(text)
        }
    }

    /// A number, or nothing.
    #[must_use]
    pub fn number(number: Option<Decimal>) -> Self {
        Self {
            number,
            ..Self::centred(number.map(wording::number).unwrap_or_default())
        }
    }
}

/// A place to sign.
#[derive(Clone, Debug, Serialize)]
pub struct Signing {
    /// "....., ngày....tháng.....năm.....", or the day.
    pub date: String,
    /// Who signs, in capitals; each on a line.
    pub capacity: Vec<String>,
    /// "(Ký tên, ghi rõ họ tên)".
    pub instruction: String,
    /// What was done in the system: lines in small print.
    pub signed: Vec<String>,
    /// The name under it.
    pub name: String,
}

impl Signing {
    /// The place of `capacity`, as the signature stands.
    #[must_use]
    pub fn new(capacity: &[&str], place: &str, signature: &Signature) -> Self {
        Self {
            date: wording::place_and_day(place, signature.day),
            capacity: capacity.iter().map(|line| (*line).to_owned()).collect(),
            instruction: wording::SIGN_HERE.to_owned(),
            signed: signature
                .signed
                .as_ref()
                .map(wording::signed)
                .unwrap_or_default(),
            name: signature.name.clone(),
        }
    }

    /// Without a day of its own: the paper has one.
    #[must_use]
    pub fn undated(mut self) -> Self {
        self.date.clear();
        self
    }
}
