//! Reads people and, where the workbook has them, units: one row a person with code, name, unit, role and account.
//! Whether a unit or code already exists is for the caller, who knows the database.

use std::collections::HashMap;
use std::time::Instant;

use super::headings::{Column, Header, Vocabulary, find_header, why_ignored};
use super::people_rules;
use super::person_row::{read_person, read_unit};
pub use super::preview::{
    ColumnPlace, PeopleColumn, PeoplePreview, PersonRow, PostRole, Problem, ProblemKind, Refusal,
    Severity, SheetKind, SheetSummary, UnitRow,
};
use super::workbook::{Limits, Sheet, in_time, open};

const PEOPLE_WORDS: Vocabulary = &[
    (Column::Ordinal, &["stt", "tt", "so tt", "so thu tu"]),
    (
        Column::Code,
        &[
            "ma can bo",
            "ma cong chuc",
            "ma cbccvc",
            "ma nhan vien",
            "so hieu cong chuc",
            "ma so",
            "ma",
        ],
    ),
    (Column::FullName, &["ho va ten", "ho ten", "ten"]),
    (
        Column::BirthDate,
        &["ngay sinh", "ngay thang nam sinh", "ngay, thang, nam sinh"],
    ),
    (
        Column::Unit,
        &[
            "don vi",
            "ma don vi",
            "phong ban",
            "phong, ban",
            "don vi cong tac",
            "phong",
        ],
    ),
    (
        Column::PostTitle,
        &[
            "chuc danh",
            "chuc vu",
            "chuc danh, chuc vu",
            "chuc vu/chuc danh",
            "vi tri viec lam",
        ],
    ),
    (Column::Role, &["vai tro"]),
    (
        Column::SimilarGroup,
        &["nhom nhiem vu tuong dong", "nhom tuong dong"],
    ),
    (
        Column::Account,
        &["tai khoan", "ten dang nhap", "ten tai khoan"],
    ),
    (Column::From, &["tu ngay", "ngay bat dau", "ngay nhan viec"]),
    // Claimed here so that a sheet of units is not taken for one of people.
    (Column::Parent, &["don vi cap tren", "don vi cha"]),
];

const UNIT_WORDS: Vocabulary = &[
    (Column::Ordinal, &["stt", "tt", "so tt", "so thu tu"]),
    (Column::Code, &["ma don vi", "ma"]),
    (Column::FullName, &["ten don vi", "ten"]),
    (
        Column::Parent,
        &["don vi cap tren", "don vi cha", "truc thuoc", "cap tren"],
    ),
];

/// All that was gathered from the sheets, before it is judged.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub sheets: Vec<SheetSummary>,
    pub units: Vec<UnitRow>,
    pub people: Vec<PersonRow>,
    pub problems: Vec<Problem>,
    /// Column letters by sheet, for problems found later.
    pub headers: HashMap<String, Header>,
}

impl Gathered {
    /// Notes a problem of a row (sheet, row from 1).
    pub fn blame(
        &mut self,
        place: (&str, u32),
        column: Column,
        kind: ProblemKind,
        severity: Severity,
        reason: String,
    ) {
        let letter = self
            .headers
            .get(place.0)
            .and_then(|header| header.letter(column));
        self.problems.push(Problem {
            sheet: place.0.to_owned(),
            row: Some(place.1),
            column: letter,
            kind,
            reason,
            severity,
        });
    }
}

/// Reads a people workbook; nothing is applied.
///
/// # Errors
/// The [`Refusal`] when the file cannot be read at all or no sheet holds people or units.
pub fn read_people(bytes: &[u8], deadline: Instant) -> Result<PeoplePreview, Refusal> {
    let workbook = open(bytes, &Limits::default(), deadline)?;
    let mut gathered = Gathered::default();
    for sheet in &workbook.sheets {
        read_sheet(sheet, &mut gathered, deadline)?;
    }
    if gathered.headers.is_empty() {
        let detail: Vec<String> = gathered
            .sheets
            .iter()
            .map(|sheet| {
                format!(
                    "«{}»: {}",
                    sheet.name,
                    sheet.reason.as_deref().unwrap_or_default()
                )
            })
            .collect();
        let detail = if detail.is_empty() {
            "tệp không có trang tính nào.".to_owned()
        } else {
            detail.join(" ")
        };
        return Err(Refusal::NothingUnderstood { detail });
    }
    people_rules::judge_units(&mut gathered);
    in_time(deadline)?;
    people_rules::judge_people(&mut gathered);
    let digest = people_rules::digest(&gathered);
    let order: HashMap<&str, usize> = gathered
        .sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| (sheet.name.as_str(), at))
        .collect();
    let places = places(&gathered);
    let mut problems = gathered.problems;
    problems.sort_by_key(|problem| {
        (
            order
                .get(problem.sheet.as_str())
                .copied()
                .unwrap_or(usize::MAX),
            problem.row,
        )
    });
    Ok(PeoplePreview {
        sheets: gathered.sheets,
        units: gathered.units,
        people: gathered.people,
        problems,
        places,
        digest,
    })
}

/// Letters of the columns that later problems may name.
fn places(gathered: &Gathered) -> Vec<ColumnPlace> {
    let named = [
        (PeopleColumn::Code, Column::Code),
        (PeopleColumn::Unit, Column::Unit),
        (PeopleColumn::Role, Column::Role),
        (PeopleColumn::From, Column::From),
        (PeopleColumn::Parent, Column::Parent),
    ];
    let mut places = Vec::new();
    for sheet in &gathered.sheets {
        let Some(header) = gathered.headers.get(&sheet.name) else {
            continue;
        };
        for (holds, column) in named {
            places.extend(header.letter(column).map(|letter| ColumnPlace {
                sheet: sheet.name.clone(),
                holds,
                letter,
            }));
        }
    }
    places
}

fn read_sheet(sheet: &Sheet, gathered: &mut Gathered, deadline: Instant) -> Result<(), Refusal> {
    let mut summary = SheetSummary {
        name: sheet.name.clone(),
        kind: SheetKind::Ignored,
        header_row: None,
        products: 0,
        refused: 0,
        passed_over: 0,
        reason: None,
    };
    let people = find_header(sheet, PEOPLE_WORDS, |found| {
        found.contains_key(&Column::FullName)
            && found.contains_key(&Column::Unit)
            && found.len() >= 3
    });
    let units = find_header(sheet, UNIT_WORDS, |found| {
        found.contains_key(&Column::Code) && found.contains_key(&Column::FullName)
    });
    let (kind, header) = match (people, units) {
        (Some(header), _) => (SheetKind::People, header),
        (None, Some(header)) => (SheetKind::Units, header),
        (None, None) => {
            summary.reason = Some(why_ignored(sheet, "mã cán bộ, họ và tên, đơn vị"));
            gathered.sheets.push(summary);
            return Ok(());
        }
    };
    (summary.kind, summary.header_row) = (kind, Some(header.row));
    gathered.headers.insert(sheet.name.clone(), header.clone());
    for (at, row) in sheet
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.number > header.last_row)
    {
        if at.is_multiple_of(256) {
            in_time(deadline)?;
        }
        let filled = header
            .columns
            .iter()
            .filter(|(column, at)| **column != Column::Ordinal && row.cells.contains_key(at))
            .count();
        let has_code = header.cell(row, Column::Code).is_some();
        if filled == 0 || header.is_repeated_in(row) || (filled == 1 && !has_code) {
            summary.passed_over += 1;
        } else if if kind == SheetKind::People {
            read_person(sheet, row, &header, gathered)
        } else {
            read_unit(sheet, row, &header, gathered)
        } {
            summary.products += 1;
        } else {
            summary.refused += 1;
        }
    }
    gathered.sheets.push(summary);
    Ok(())
}
