//! Reads a catalogue of products as agencies really issue it (Decree 335/2025 Art. 13): several sheets with different
//! columns, titles above, merged cells, formulas, a sheet of common criteria. What was read is judged in `catalogue_rules`.

use std::collections::BTreeMap;
use std::time::Instant;

use rust_decimal::Decimal;

use super::headings::{Column, Header, Vocabulary, find_header, why_ignored};
pub use super::preview::{
    CataloguePreview, CriterionRow, Group, Problem, ProblemKind, ProductRow, Refusal, Severity,
    SheetKind, SheetSummary,
};
use super::product_row::{Reading, read_product};
use super::words::fold;
use super::workbook::{CellValue, Limits, Sheet, in_time, open};
use super::{catalogue_rules, criteria_sheet};

const PRODUCT_WORDS: Vocabulary = &[
    (Column::Ordinal, &["stt", "tt", "so tt", "so thu tu"]),
    (
        Column::Code,
        &[
            "ma cv",
            "ma cong viec",
            "ma san pham",
            "ma sp",
            "ma sp/cv",
            "ma san pham/cong viec",
            "ma so",
            "ma",
            "ky hieu",
        ],
    ),
    (
        Column::Detail,
        &[
            "cong viec chi tiet",
            "noi dung cong viec",
            "noi dung chi tiet",
            "mo ta cong viec",
            "mo ta",
            "noi dung thuc hien",
            "chi tiet",
        ],
    ),
    (
        Column::Task,
        &[
            "nhiem vu",
            "ten nhiem vu",
            "ten san pham/cong viec",
            "ten san pham",
            "san pham/cong viec",
            "ten cong viec",
            "danh muc san pham/cong viec",
            "cong viec",
        ],
    ),
    (
        Column::Output,
        &[
            "san pham dau ra",
            "ket qua dau ra",
            "ket qua/san pham dau ra",
            "san pham/ket qua dau ra",
            "dau ra",
            "san pham",
            "ket qua",
        ],
    ),
    (
        Column::Range,
        &["khung diem", "khung diem nhom", "muc diem", "khoang diem"],
    ),
    (
        Column::Coefficient,
        &["he so quy doi", "he so", "he so k", "k"],
    ),
    (
        Column::Points,
        &[
            "diem cham",
            "diem",
            "so diem",
            "diem san pham",
            "diem cong viec",
        ],
    ),
    (
        Column::Group,
        &[
            "nhom",
            "nhom do phuc tap",
            "nhom san pham",
            "nhom cong viec",
            "nhom san pham/cong viec",
        ],
    ),
    (Column::UnitOfMeasure, &["don vi tinh", "dvt"]),
    (
        Column::Unit,
        &[
            "phong, ban chuyen mon",
            "phong ban chuyen mon",
            "phong chuyen mon",
            "phong, don vi",
            "phong, ban",
            "phong ban",
            "phong",
            "don vi chuyen mon",
            "don vi thuc hien",
            "don vi",
        ],
    ),
    (Column::Note, &["ghi chu", "san pham chuan"]),
];

/// A coefficient cell before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Coefficient {
    /// A number.
    Given(Decimal),
    /// Nothing there, or a formula that no program has computed yet.
    Absent,
    /// An error value or text, as the user sees it.
    Unusable(String),
}

/// A product row before it is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawProduct {
    pub row: ProductRow,
    pub coefficient: Coefficient,
    pub range: Option<CellValue>,
    /// Place of the sheet's header in [`Gathered::headers`].
    pub header: usize,
}

/// All that was gathered from the sheets, before it is judged.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub sheets: Vec<SheetSummary>,
    pub headers: Vec<Header>,
    pub products: Vec<RawProduct>,
    pub criteria: Vec<CriterionRow>,
    pub problems: Vec<Problem>,
    /// Texts that name the standard product, with their sheet and row.
    pub standard_texts: Vec<(String, u32, String)>,
}

impl Gathered {
    /// Notes a problem of a row.
    pub fn blame(
        &mut self,
        sheet: &str,
        row: u32,
        column: Option<String>,
        kind: ProblemKind,
        severity: Severity,
        reason: String,
    ) {
        self.problems.push(Problem {
            sheet: sheet.to_owned(),
            row: Some(row),
            column,
            kind,
            reason,
            severity,
        });
    }

    /// Notes a problem of a product in a column.
    pub fn blame_product(
        &mut self,
        product: &RawProduct,
        column: Column,
        kind: ProblemKind,
        severity: Severity,
        reason: String,
    ) {
        let letter = self
            .headers
            .get(product.header)
            .and_then(|header| header.letter(column));
        self.blame(
            &product.row.sheet,
            product.row.row,
            letter,
            kind,
            severity,
            reason,
        );
    }

    /// Notes a problem of the whole workbook.
    pub fn blame_workbook(&mut self, kind: ProblemKind, severity: Severity, reason: String) {
        self.problems.push(Problem {
            sheet: String::new(),
            row: None,
            column: None,
            kind,
            reason,
            severity,
        });
    }
}

/// Reads a catalogue workbook; nothing is applied.
///
/// # Errors
/// The [`Refusal`] when the file cannot be read at all or no sheet holds products.
pub fn read_catalogue(bytes: &[u8], deadline: Instant) -> Result<CataloguePreview, Refusal> {
    let workbook = open(bytes, &Limits::default(), deadline)?;
    let mut gathered = Gathered::default();
    for sheet in &workbook.sheets {
        in_time(deadline)?;
        read_sheet(sheet, &mut gathered, deadline)?;
    }
    if !gathered
        .sheets
        .iter()
        .any(|sheet| sheet.kind == SheetKind::Products)
    {
        let detail = gathered
            .sheets
            .iter()
            .map(|sheet| {
                format!(
                    "«{}»: {}",
                    sheet.name,
                    sheet.reason.as_deref().unwrap_or("chỉ có tiêu chí chung.")
                )
            })
            .collect::<Vec<_>>();
        let detail = if detail.is_empty() {
            "tệp không có trang tính nào.".to_owned()
        } else {
            detail.join(" ")
        };
        return Err(Refusal::NothingUnderstood { detail });
    }
    catalogue_rules::judge(gathered, deadline)
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
    if let Some(header) = criteria_sheet::find_criteria(sheet) {
        summary.kind = SheetKind::Criteria;
        summary.header_row = Some(header.row);
        criteria_sheet::read_criteria(sheet, &header, gathered, &mut summary);
    } else if let Some(header) = find_header(sheet, PRODUCT_WORDS, names_products) {
        summary.kind = SheetKind::Products;
        summary.header_row = Some(header.row);
        gather_standard_texts(sheet, gathered);
        read_products(sheet, complete(header), gathered, &mut summary, deadline)?;
    } else {
        // What an ignored sheet says of a standard product may be an example in a guide.
        summary.reason = Some(why_ignored(sheet, "mã, nhiệm vụ và điểm hoặc hệ số"));
    }
    gathered.sheets.push(summary);
    Ok(())
}

fn names_products(found: &BTreeMap<Column, u32>) -> bool {
    let names = [Column::Code, Column::Task, Column::Detail, Column::Output]
        .iter()
        .filter(|column| found.contains_key(column))
        .count();
    names >= 2 && (found.contains_key(&Column::Points) || found.contains_key(&Column::Coefficient))
}

/// Where a table names its products only by output or detail, that is the task.
fn complete(mut header: Header) -> Header {
    if !header.columns.contains_key(&Column::Task) {
        let other = [Column::Detail, Column::Output]
            .into_iter()
            .find(|column| header.columns.contains_key(column));
        if let Some(at) = other.and_then(|column| header.columns.remove(&column)) {
            header.columns.insert(Column::Task, at);
        }
    }
    header
}

/// "Sản phẩm chuẩn = 5 điểm = hệ số 1,00" may stand in a title, a heading, or below the table.
fn gather_standard_texts(sheet: &Sheet, gathered: &mut Gathered) {
    const NEAR: usize = 20;
    let count = sheet.rows.len();
    for (at, row) in sheet.rows.iter().enumerate() {
        if at >= NEAR && at + NEAR < count {
            continue;
        }
        for value in row.cells.values() {
            if let CellValue::Text(text) = value
                && text.chars().count() <= 500
                && fold(text).contains("san pham chuan")
            {
                gathered
                    .standard_texts
                    .push((sheet.name.clone(), row.number, text.clone()));
            }
        }
    }
}

fn read_products(
    sheet: &Sheet,
    header: Header,
    gathered: &mut Gathered,
    summary: &mut SheetSummary,
    deadline: Instant,
) -> Result<(), Refusal> {
    for (column, name) in [
        (Column::Code, "Mã CV"),
        (Column::Output, "Sản phẩm đầu ra"),
        (Column::Group, "Nhóm"),
    ] {
        if !header.columns.contains_key(&column) {
            let reason = format!("Bảng không có cột «{name}».");
            gathered.blame(
                &sheet.name,
                header.row,
                None,
                ProblemKind::ColumnMissing,
                Severity::Error,
                reason,
            );
        }
    }
    if !header.columns.contains_key(&Column::Points) {
        let reason = "Bảng không có cột «Điểm chấm»: điểm được tính từ hệ số.".to_owned();
        gathered.blame(
            &sheet.name,
            header.row,
            None,
            ProblemKind::ColumnMissing,
            Severity::Notice,
            reason,
        );
    }
    let place = gathered.headers.len();
    for (at, row) in sheet
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.number > header.last_row)
    {
        if at.is_multiple_of(256) {
            in_time(deadline)?;
        }
        match read_product(sheet, row, &header, place, gathered) {
            Reading::Product(product) => {
                summary.products += 1;
                gathered.products.push(*product);
            }
            Reading::Refused => summary.refused += 1,
            Reading::PassedOver => summary.passed_over += 1,
        }
    }
    gathered.headers.push(header);
    Ok(())
}
