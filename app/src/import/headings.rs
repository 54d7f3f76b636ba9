//! Finds the header row of a table by its words, whatever stands above it, and says which column holds what.
//! Apart from the sheet readers: the same search serves products, criteria, people and units.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{column_letter, fold, looks_like_tcvn3};
use super::workbook::{CellValue, Row, Sheet};

/// Header rows are looked for this far down.
pub const SEARCH_ROWS: u32 = 20;

/// What a column holds; each name is the glossary's word for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Ordinal,
    Code,
    Task,
    Detail,
    Output,
    Group,
    Range,
    Points,
    Coefficient,
    UnitOfMeasure,
    Unit,
    Note,
    Label,
    Maximum,
    FullName,
    BirthDate,
    PostTitle,
    Role,
    SimilarGroup,
    Account,
    From,
    Parent,
}

/// Folded headings of each column, the most telling first. A heading belongs to the first column that claims it.
pub type Vocabulary = &'static [(Column, &'static [&'static str])];

/// Where a table's headings stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Row of the headings, from 1.
    pub row: u32,
    /// Last row that belongs to the header (headings may take two rows).
    pub last_row: u32,
    /// Column from 0 of everything recognised.
    pub columns: BTreeMap<Column, u32>,
    /// The headings as they are read, for finding repeated header rows.
    folded: BTreeSet<String>,
}

impl Header {
    /// Letter of a column, where the table has it.
    #[must_use]
    pub fn letter(&self, column: Column) -> Option<String> {
        self.columns.get(&column).map(|at| column_letter(*at))
    }

    /// The value of a row in a column.
    #[must_use]
    pub fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a CellValue> {
        row.cells.get(self.columns.get(&column)?)
    }

    /// Whether the row repeats the headings (printed tables do on each page) or numbers the columns: (1), (2), (3) …
    #[must_use]
    pub fn is_repeated_in(&self, row: &Row) -> bool {
        let texts: Vec<String> = row
            .cells
            .values()
            .map(|value| fold(&value.display()))
            .collect();
        let repeats = texts
            .iter()
            .filter(|text| self.folded.contains(*text))
            .count();
        if texts.len() >= 3 && repeats * 3 >= texts.len() * 2 {
            return true;
        }
        row.number <= self.last_row + 2
            && texts.len() >= 3
            && texts.iter().all(|text| is_column_mark(text))
            && numbers_rise(&texts)
    }
}

fn is_column_mark(text: &str) -> bool {
    let inner = text.trim_matches(|letter| matches!(letter, '(' | ')' | '[' | ']'));
    !inner.is_empty()
        && inner.len() <= 2
        && inner.chars().all(|letter| letter.is_ascii_alphanumeric())
}

/// A row of real figures never counts up by one through all its columns.
fn numbers_rise(texts: &[String]) -> bool {
    let numbers: Vec<u32> = texts
        .iter()
        .filter_map(|text| text.trim_matches(['(', ')', '[', ']']).parse().ok())
        .collect();
    numbers.len() >= 2
        && numbers
            .iter()
            .zip(numbers.iter().skip(1))
            .all(|(one, next)| next.checked_sub(*one) == Some(1))
}

/// Finds the row whose words name the most columns among those that `suffices` accepts.
#[must_use]
pub fn find_header(
    sheet: &Sheet,
    words: Vocabulary,
    suffices: fn(&BTreeMap<Column, u32>) -> bool,
) -> Option<Header> {
    let mut best: Option<Header> = None;
    for (at, row) in sheet
        .rows
        .iter()
        .enumerate()
        .take_while(|(_, row)| row.number <= SEARCH_ROWS)
    {
        let headings = headings_of(row);
        let mut columns = assign(&headings, words);
        let mut last_row = row.number;
        let mut folded: BTreeSet<String> = headings.values().cloned().collect();
        // Headings in two rows: the lower one names the parts of a merged heading.
        if let Some(below) = sheet
            .rows
            .get(at + 1)
            .filter(|below| below.number == row.number + 1 && is_all_words(below))
        {
            let lower = headings_of(below);
            let mut both = headings;
            both.extend(lower.iter().map(|(column, text)| (*column, text.clone())));
            let joined = assign(&both, words);
            if joined.len() > columns.len() && !columns.is_empty() {
                columns = joined;
                last_row = below.number;
                folded.extend(lower.into_values());
            }
        }
        if suffices(&columns)
            && best
                .as_ref()
                .is_none_or(|best| columns.len() > best.columns.len())
        {
            best = Some(Header {
                row: row.number,
                last_row,
                columns,
                folded,
            });
        }
    }
    best
}

fn is_all_words(row: &Row) -> bool {
    row.cells
        .values()
        .all(|value| matches!(value, CellValue::Text(_)))
}

/// Folded headings by column, without what stands in brackets.
fn headings_of(row: &Row) -> BTreeMap<u32, String> {
    row.cells
        .iter()
        .filter_map(|(column, value)| match value {
            CellValue::Text(text) if text.chars().count() <= 150 => {
                let outside: String = text
                    .split('(')
                    .enumerate()
                    .filter_map(|(at, part)| {
                        if at == 0 {
                            Some(part)
                        } else {
                            part.split_once(')').map(|(_, rest)| rest)
                        }
                    })
                    .collect();
                let folded = fold(&outside)
                    .replace(" / ", "/")
                    .replace(" /", "/")
                    .replace("/ ", "/");
                let folded = folded
                    .trim_matches(|letter: char| !letter.is_alphanumeric())
                    .to_owned();
                (!folded.is_empty()).then_some((*column, folded))
            }
            _ => None,
        })
        .collect()
}

/// Gives each column of the vocabulary its heading: first by the whole heading, then by its beginning.
fn assign(headings: &BTreeMap<u32, String>, words: Vocabulary) -> BTreeMap<Column, u32> {
    let mut columns = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for whole in [true, false] {
        for (column, synonyms) in words {
            if columns.contains_key(column) {
                continue;
            }
            let found = synonyms.iter().find_map(|synonym| {
                headings.iter().find(|(at, text)| {
                    !taken.contains(*at)
                        && if whole {
                            text.as_str() == *synonym
                        } else {
                            text.strip_prefix(synonym)
                                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
                                && synonym.len() > 3
                        }
                })
            });
            if let Some((at, _)) = found {
                columns.insert(*column, *at);
                taken.insert(*at);
            }
        }
    }
    columns
}

/// Why a sheet without a recognisable header was ignored.
#[must_use]
pub fn why_ignored(sheet: &Sheet, wanted: &str) -> String {
    if sheet.rows.is_empty() {
        return "Trang trống.".to_owned();
    }
    let garbled = sheet
        .rows
        .iter()
        .take(10)
        .flat_map(|row| row.cells.values())
        .filter(|value| looks_like_tcvn3(&value.display()))
        .count();
    if garbled >= 2 {
        return "Chữ có vẻ gõ bằng bảng mã TCVN3 (ABC). Hãy chuyển sang Unicode rồi tải lại."
            .to_owned();
    }
    format!("Trong {SEARCH_ROWS} dòng đầu không có dòng tiêu đề với {wanted}.")
}
