//! Reads a sheet of common criteria (Decree 335/2025 Art. 12, 13): groups marked I, II, III, criteria numbered within them.
//! Apart from the products: it may stand in the same workbook but is another table.

use rust_decimal::Decimal;

use super::catalogue_sheet::Gathered;
use super::cells::{number_in, short, text_of};
use super::headings::{Column, Header, Vocabulary, find_header};
use super::preview::{CriterionRow, ProblemKind, Severity, SheetSummary};
use super::words::{fold, one_line, vietnamese};
use super::workbook::Sheet;

const CRITERION_WORDS: Vocabulary = &[
    (Column::Ordinal, &["stt", "tt", "so tt", "ma", "so thu tu"]),
    (
        Column::Label,
        &[
            "tieu chi cham diem",
            "tieu chi danh gia",
            "tieu chi",
            "noi dung tieu chi",
            "noi dung danh gia",
        ],
    ),
    (
        Column::Maximum,
        &["diem toi da", "thang diem", "diem chuan toi da", "diem"],
    ),
];

/// The header of a table of criteria, if the sheet holds one.
pub(super) fn find_criteria(sheet: &Sheet) -> Option<Header> {
    find_header(sheet, CRITERION_WORDS, |found| {
        found.contains_key(&Column::Label) && found.contains_key(&Column::Maximum)
    })
}

/// Reads the criteria below a header; criteria never stop a catalogue from being applied.
pub(super) fn read_criteria(
    sheet: &Sheet,
    header: &Header,
    gathered: &mut Gathered,
    summary: &mut SheetSummary,
) {
    let mut group = String::new();
    for row in sheet.rows.iter().filter(|row| row.number > header.last_row) {
        let label = one_line(&text_of(header.cell(row, Column::Label)));
        let mark = one_line(&text_of(header.cell(row, Column::Ordinal)));
        let folded = fold(&label);
        if label.is_empty()
            || header.is_repeated_in(row)
            || (mark.is_empty() && (folded.starts_with("cong") || folded.starts_with("tong")))
        {
            summary.passed_over += 1;
            continue;
        }
        let maximum = match number_in(header.cell(row, Column::Maximum)) {
            Ok(Some(number)) if number >= Decimal::ZERO && number <= Decimal::ONE_HUNDRED => number,
            Ok(None) if mark.is_empty() => {
                summary.passed_over += 1;
                continue;
            }
            other => {
                let seen = match other {
                    Ok(Some(number)) => vietnamese(number),
                    Ok(None) => "(trống)".to_owned(),
                    Err(seen) => short(&seen),
                };
                let reason = format!(
                    "Điểm tối đa của tiêu chí «{}» ghi «{seen}», phải là số từ 0 đến 100.",
                    short(&label)
                );
                gathered.blame(
                    &sheet.name,
                    row.number,
                    header.letter(Column::Maximum),
                    ProblemKind::ValueUnreadable,
                    Severity::Notice,
                    reason,
                );
                summary.refused += 1;
                continue;
            }
        };
        let is_group = mark.starts_with(char::is_alphabetic);
        let code = if is_group {
            group.clone_from(&mark);
            mark
        } else if group.is_empty() {
            mark
        } else {
            format!("{group}.{mark}")
        };
        summary.products += 1;
        gathered.criteria.push(CriterionRow {
            sheet: sheet.name.clone(),
            row: row.number,
            code,
            label,
            max: maximum,
            is_group,
        });
    }
}
