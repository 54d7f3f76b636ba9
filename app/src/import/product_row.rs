//! Reads one row of a product table: what it holds, why it cannot be a product, or that it is a title or total.
//! Apart from finding tables, so that the rules of a row stand in one place.

use rust_decimal::Decimal;

use super::catalogue_sheet::{Coefficient, Gathered, RawProduct};
use super::cells::{number_in, short, some, text_of};
use super::headings::{Column, Header};
use super::preview::{ProblemKind, ProductRow, Severity};
use super::words::{fold, one_line, vietnamese};
use super::workbook::{Row, Sheet};

/// Longest code of a product, group or unit, in letters.
pub const LONGEST_CODE: usize = 64;
/// Longest of every other text, in letters.
pub const LONGEST_TEXT: usize = 4000;

/// What became of a row.
pub(super) enum Reading {
    /// A product.
    Product(Box<RawProduct>),
    /// Holds something that is no product; the problems say why.
    Refused,
    /// No product on purpose.
    PassedOver,
}

/// Reads one row below the header; `place` is the header's place in [`Gathered::headers`].
pub(super) fn read_product(
    sheet: &Sheet,
    row: &Row,
    header: &Header,
    place: usize,
    gathered: &mut Gathered,
) -> Reading {
    let own = |column| text_of(header.cell(row, column));
    // Tasks, groups and units are often written once over several rows; codes and points never are.
    let shared = |column: Column| {
        let own = own(column);
        if own.is_empty() {
            header
                .columns
                .get(&column)
                .map_or(own, |at| text_of(sheet.merged_value(row.number, *at)))
        } else {
            own
        }
    };
    let code = one_line(&own(Column::Code));
    let task = one_line(&own(Column::Task));
    if is_passed_over(row, header, &code, &task) {
        return Reading::PassedOver;
    }
    let mut refused = false;
    let mut blame = |column: Column, kind, reason: String| {
        gathered.blame(
            &sheet.name,
            row.number,
            header.letter(column),
            kind,
            Severity::Error,
            reason,
        );
        refused = true;
    };
    let named = if code.is_empty() {
        format!("dòng {}", row.number)
    } else {
        format!("«{code}»")
    };
    if code.is_empty() && header.columns.contains_key(&Column::Code) {
        blame(
            Column::Code,
            ProblemKind::ValueMissing,
            "Thiếu mã công việc.".to_owned(),
        );
    }
    let task = one_line(&shared(Column::Task));
    if task.is_empty() {
        blame(
            Column::Task,
            ProblemKind::ValueMissing,
            format!("Sản phẩm {named} thiếu tên nhiệm vụ."),
        );
    }
    let coefficient = match number_in(header.cell(row, Column::Coefficient)) {
        Ok(Some(number)) => Coefficient::Given(number),
        Ok(None) => Coefficient::Absent,
        Err(seen) => Coefficient::Unusable(seen),
    };
    let points = match number_in(header.cell(row, Column::Points)) {
        Ok(Some(points)) if points > Decimal::ZERO && points <= Decimal::from(1_000_000) => points,
        Ok(Some(points)) => {
            blame(
                Column::Points,
                ProblemKind::ValueUnreadable,
                format!(
                    "Điểm chấm của sản phẩm {named} là {}, phải lớn hơn 0 và không quá 1.000.000.",
                    vietnamese(points)
                ),
            );
            Decimal::ZERO
        }
        Ok(None) if !header.columns.contains_key(&Column::Points) => Decimal::ZERO,
        Ok(None) => {
            blame(
                Column::Points,
                ProblemKind::ValueMissing,
                format!("Sản phẩm {named} thiếu điểm chấm."),
            );
            Decimal::ZERO
        }
        Err(seen) => {
            blame(
                Column::Points,
                ProblemKind::ValueUnreadable,
                format!(
                    "Điểm chấm của sản phẩm {named} ghi «{}», không phải số.",
                    short(&seen)
                ),
            );
            Decimal::ZERO
        }
    };
    let product = ProductRow {
        sheet: sheet.name.clone(),
        row: row.number,
        task,
        detail: shared(Column::Detail),
        output: shared(Column::Output),
        group: one_line(&shared(Column::Group)),
        points,
        coefficient: Decimal::ZERO,
        unit_of_measure: some(one_line(&shared(Column::UnitOfMeasure))),
        unit_name: some(one_line(&shared(Column::Unit))),
        note: some(own(Column::Note)),
        code,
    };
    for (column, text, longest) in [
        (Column::Code, product.code.as_str(), LONGEST_CODE),
        (Column::Task, product.task.as_str(), LONGEST_TEXT),
        (Column::Detail, product.detail.as_str(), LONGEST_TEXT),
        (Column::Output, product.output.as_str(), LONGEST_TEXT),
        (Column::Group, product.group.as_str(), LONGEST_CODE),
        (
            Column::UnitOfMeasure,
            product.unit_of_measure.as_deref().unwrap_or_default(),
            LONGEST_TEXT,
        ),
        (
            Column::Unit,
            product.unit_name.as_deref().unwrap_or_default(),
            LONGEST_TEXT,
        ),
        (
            Column::Note,
            product.note.as_deref().unwrap_or_default(),
            LONGEST_TEXT,
        ),
    ] {
        let length = text.chars().count();
        if length > longest {
            blame(
                column,
                ProblemKind::ValueTooLong,
                format!("Nội dung dài {length} ký tự, tối đa {longest}."),
            );
        }
    }
    if refused {
        return Reading::Refused;
    }
    let range = header
        .columns
        .get(&Column::Range)
        .and_then(|at| {
            row.cells
                .get(at)
                .or_else(|| sheet.merged_value(row.number, *at))
        })
        .cloned();
    Reading::Product(Box::new(RawProduct {
        row: product,
        coefficient,
        range,
        header: place,
    }))
}

/// Section titles, totals, repeated headings and signatures: rows that name no product on purpose.
fn is_passed_over(row: &Row, header: &Header, code: &str, task: &str) -> bool {
    let known = |column: &Column| *column != Column::Ordinal && *column != Column::Note;
    let filled: Vec<Column> = header
        .columns
        .keys()
        .copied()
        .filter(|column| known(column) && header.cell(row, *column).is_some())
        .collect();
    if filled.is_empty() {
        return true;
    }
    let is_outline_mark = !code.is_empty()
        && code.chars().count() <= 4
        && code
            .trim_end_matches(['.', ')'])
            .chars()
            .all(|letter| matches!(letter, 'I' | 'V' | 'X'))
        || (code.trim_end_matches(['.', ')']).chars().count() == 1
            && code.starts_with(char::is_alphabetic));
    let has_figures = filled.contains(&Column::Points) || filled.contains(&Column::Coefficient);
    let is_title = !has_figures
        && match filled.as_slice() {
            // A lone code is a product of which everything else was forgotten, unless it reads like a title.
            [Column::Code] => is_outline_mark || code.chars().count() > 20 || code.contains(' '),
            [_] => true,
            [Column::Code, Column::Task] => is_outline_mark,
            _ => false,
        };
    let first = if code.is_empty() {
        fold(task)
    } else {
        fold(code)
    };
    let is_total = (code.is_empty() || !code.contains('.'))
        && ["cong", "tong cong", "tong", "tong so"]
            .contains(&first.trim_end_matches([':', '.', ' ']));
    is_title || is_total || header.is_repeated_in(row)
}
