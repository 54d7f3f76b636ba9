//! Writes the workbooks that the import reads: empty as a form to fill in, full as an export. Values from data are only ever
//! written as strings, numbers and dates, never as formulas, so that no text can act when the file is opened.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DataValidation, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::preview::{Group, PostRole};
use super::words::vietnamese;

/// Rows below the header that carry the list of allowed words in an empty form.
const VALIDATED_ROWS: u32 = 5000;

/// A person to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonExport {
    /// Officer code (mã cán bộ).
    pub officer_code: String,
    /// Full name.
    pub full_name: String,
    /// Date of birth, from 1900.
    pub birth_date: Option<NaiveDate>,
    /// Unit code.
    pub unit_code: String,
    /// Title of the post (chức danh).
    pub post_title: Option<String>,
    /// Role in the unit.
    pub role: PostRole,
    /// Group of similar tasks.
    pub similar_group: Option<String>,
    /// Account name.
    pub account: Option<String>,
    /// First day in the post, from 1900.
    pub from: Option<NaiveDate>,
}

/// A unit to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitExport {
    /// Unit code.
    pub code: String,
    /// Unit name.
    pub name: String,
    /// Code of the unit above.
    pub parent_code: Option<String>,
}

/// A product to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductExport {
    /// Code.
    pub code: String,
    /// Unit it belongs to; none = common to all.
    pub unit_name: Option<String>,
    /// Task.
    pub task: String,
    /// Detailed work.
    pub detail: String,
    /// Output.
    pub output: String,
    /// Unit of measure.
    pub unit_of_measure: Option<String>,
    /// Code of its group.
    pub group: String,
    /// Points.
    pub points: Decimal,
    /// Coefficient.
    pub coefficient: Decimal,
    /// Note.
    pub note: Option<String>,
    /// Whether it is the standard product.
    pub is_standard: bool,
}

/// Writes people and units; with no rows it is the empty form. Sheets "Cán bộ", "Đơn vị" and, last, "Hướng dẫn".
///
/// # Errors
/// When a text is longer than a cell may hold (32 767 letters), a date lies before 1900, or there are more rows than a sheet has.
pub fn people_template(rows: &[PersonExport], units: &[UnitExport]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let styles = Styles::new();

    let sheet = workbook.add_worksheet().set_name("Cán bộ")?;
    let columns = [
        ("Mã cán bộ", 14.0),
        ("Họ và tên", 28.0),
        ("Ngày sinh", 12.0),
        ("Đơn vị", 18.0),
        ("Chức danh", 26.0),
        ("Vai trò", 16.0),
        ("Nhóm nhiệm vụ tương đồng", 26.0),
        ("Tài khoản", 20.0),
        ("Từ ngày", 12.0),
    ];
    write_header(sheet, 0, &columns, &styles)?;
    let roles: Vec<&str> = PostRole::ALL.iter().map(|role| role.label()).collect();
    let last = VALIDATED_ROWS.max(count(rows.len()));
    let words = DataValidation::new()
        .allow_list_strings(&roles)?
        .set_error_title("Vai trò")?
        .set_error_message("Chỉ nhận: Người đứng đầu, Cấp phó, Công chức.")?;
    sheet.add_data_validation(1, 5, last, 5, &words)?;
    for (at, person) in rows.iter().enumerate() {
        let row = count(at) + 1;
        write_texts(
            sheet,
            row,
            &[
                (0, &person.officer_code),
                (1, &person.full_name),
                (3, &person.unit_code),
                (4, person.post_title.as_deref().unwrap_or_default()),
                (5, person.role.label()),
                (6, person.similar_group.as_deref().unwrap_or_default()),
                (7, person.account.as_deref().unwrap_or_default()),
            ],
            &styles,
        )?;
        write_date(sheet, row, 2, person.birth_date, &styles)?;
        write_date(sheet, row, 8, person.from, &styles)?;
    }

    let sheet = workbook.add_worksheet().set_name("Đơn vị")?;
    write_header(
        sheet,
        0,
        &[("Mã", 14.0), ("Tên", 44.0), ("Đơn vị cấp trên", 18.0)],
        &styles,
    )?;
    for (at, unit) in units.iter().enumerate() {
        let texts = [
            (0, unit.code.as_str()),
            (1, unit.name.as_str()),
            (2, unit.parent_code.as_deref().unwrap_or_default()),
        ];
        write_texts(sheet, count(at) + 1, &texts, &styles)?;
    }

    let guide = [
        "Mỗi dòng của trang «Cán bộ» là một người; mã cán bộ và tài khoản không được trùng nhau.",
        "Đơn vị ghi mã hoặc tên như ở trang «Đơn vị». Mỗi đơn vị chỉ có một người đứng đầu.",
        "Vai trò: Người đứng đầu, Cấp phó hoặc Công chức.",
        "Ngày ghi dạng ngày/tháng/năm, ví dụ 05/09/1985.",
        "Nhóm nhiệm vụ tương đồng dùng khi tính tỷ lệ hoàn thành xuất sắc (khoản 5 Điều 20 Nghị định 335/2025/NĐ-CP).",
    ];
    write_guide(&mut workbook, &guide, &styles)?;
    workbook.save_to_buffer()
}

/// Writes a catalogue; with no rows it is the empty form. Sheet "Danh mục" with a title, the sentence that names the standard
/// product and the header in row 4, and "Hướng dẫn".
///
/// # Errors
/// As [`people_template`].
pub fn catalogue_template(rows: &[ProductExport], groups: &[Group]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let styles = Styles::new();
    let sheet = workbook.add_worksheet().set_name("Danh mục")?;
    sheet.write_string_with_format(0, 0, "DANH MỤC SẢN PHẨM/CÔNG VIỆC QUY ĐỔI", &styles.title)?;
    if let Some(standard) = rows.iter().find(|row| row.is_standard) {
        let text = format!(
            "Sản phẩm chuẩn: {} = {} điểm = hệ số 1,00",
            standard.code,
            vietnamese(standard.points)
        );
        sheet.write_string(1, 0, text)?;
    }
    let columns = [
        ("STT", 6.0),
        ("Mã CV", 12.0),
        ("Phòng, ban chuyên môn", 24.0),
        ("Nhiệm vụ", 40.0),
        ("Công việc chi tiết", 48.0),
        ("Sản phẩm đầu ra", 30.0),
        ("Đơn vị tính", 12.0),
        ("Nhóm", 8.0),
        ("Khung điểm", 12.0),
        ("Điểm chấm", 12.0),
        ("Hệ số quy đổi", 14.0),
        ("Ghi chú", 30.0),
    ];
    write_header(sheet, 3, &columns, &styles)?;
    for (at, product) in rows.iter().enumerate() {
        let row = count(at) + 4;
        sheet.write_number_with_format(row, 0, count(at) + 1, &styles.number)?;
        let range = groups
            .iter()
            .find(|group| group.code == product.group)
            .and_then(|group| group.min.zip(group.max));
        let range = range
            .map(|(min, max)| format!("{}-{}", vietnamese(min), vietnamese(max)))
            .unwrap_or_default();
        write_texts(
            sheet,
            row,
            &[
                (1, &product.code),
                (2, product.unit_name.as_deref().unwrap_or_default()),
                (3, &product.task),
                (4, &product.detail),
                (5, &product.output),
                (6, product.unit_of_measure.as_deref().unwrap_or_default()),
                (7, &product.group),
                (8, &range),
                (11, product.note.as_deref().unwrap_or_default()),
            ],
            &styles,
        )?;
        sheet.write_number_with_format(row, 9, float(product.points), &styles.number)?;
        sheet.write_number_with_format(row, 10, float(product.coefficient), &styles.coefficient)?;
    }
    let guide = [
        "Mỗi dòng là một sản phẩm/công việc; mã không được trùng nhau.",
        "Hệ số quy đổi = điểm chấm ÷ điểm của sản phẩm chuẩn, làm tròn hai chữ số; để trống thì hệ thống tự tính.",
        "Sản phẩm chuẩn có hệ số 1,00; ghi rõ ở dòng 2, ví dụ: Sản phẩm chuẩn = 5 điểm = hệ số 1,00.",
        "Tối đa 05 nhóm (Điều 13 Nghị định 335/2025/NĐ-CP); khung điểm ghi dạng 51-100, định dạng văn bản.",
    ];
    write_guide(&mut workbook, &guide, &styles)?;
    workbook.save_to_buffer()
}

struct Styles {
    title: Format,
    header: Format,
    text: Format,
    number: Format,
    coefficient: Format,
    date: Format,
}

impl Styles {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_align(FormatAlign::Top)
        };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            header: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00E8_EEF4)),
            // "@" keeps what is typed later as text, too: codes keep their zeros, 1-10 does not turn into a date.
            text: cell().set_text_wrap().set_num_format("@"),
            number: cell().set_num_format("#,##0.####"),
            coefficient: cell().set_num_format("#,##0.00"),
            date: cell().set_num_format("dd/mm/yyyy"),
        }
    }
}

fn write_header(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[(&str, f64)],
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (at, (name, width)) in (0_u16..).zip(columns) {
        sheet.write_string_with_format(row, at, *name, &styles.header)?;
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    sheet.set_repeat_rows(row, row)?;
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write_texts(
    sheet: &mut Worksheet,
    row: u32,
    texts: &[(u16, &str)],
    styles: &Styles,
) -> Result<(), XlsxError> {
    for (column, text) in texts {
        if text.is_empty() {
            sheet.write_blank(row, *column, &styles.text)?;
        } else {
            sheet.write_string_with_format(row, *column, *text, &styles.text)?;
        }
    }
    Ok(())
}

fn write_date(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    date: Option<NaiveDate>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let Some(date) = date else {
        sheet.write_blank(row, column, &styles.date)?;
        return Ok(());
    };
    let part = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    // A year that does not fit becomes one that the library refuses.
    let moment = ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or(0),
        part(date.month()),
        part(date.day()),
    )?;
    sheet.write_datetime_with_format(row, column, &moment, &styles.date)?;
    Ok(())
}

fn write_guide(workbook: &mut Workbook, lines: &[&str], styles: &Styles) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet().set_name("Hướng dẫn")?;
    sheet.write_string_with_format(0, 0, "HƯỚNG DẪN", &styles.title)?;
    sheet.set_column_width(0, 110)?;
    for (at, line) in lines.iter().enumerate() {
        sheet.write_string(count(at) + 1, 0, *line)?;
    }
    Ok(())
}

/// Row numbers; a count that does not fit is refused by the library as beyond the sheet.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX - 10)
}

/// Excel knows floats only; points and coefficients of a few digits pass through them unchanged.
fn float(number: Decimal) -> f64 {
    number.to_f64().unwrap_or(0.0)
}
