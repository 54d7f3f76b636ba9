//! The comparison as a workbook: real numbers with formats, so that sums and charts work on them.
//! Names go in as strings, never as formulas, whatever they begin with.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Color, DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::figures::{Figures, Measure, change, ranks};
use super::steps::Year;

/// Row of the table's head, counted from 0; title, agency and date stand above.
const HEAD: u32 = 4;
/// A4, as the file format numbers paper.
const A4: u8 = 9;

struct Formats {
    title: Format,
    note: Format,
    head: Format,
    name: Format,
    count: Format,
    points: Format,
    percent: Format,
    whole: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || {
            Format::new()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x00C9_C2B3))
        };
        Self {
            title: Format::new().set_bold().set_font_size(14),
            note: Format::new().set_font_color(Color::RGB(0x005D_6673)),
            head: cell()
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_background_color(Color::RGB(0x00F3_F0E9)),
            name: cell().set_text_wrap(),
            count: cell().set_num_format("#,##0"),
            points: cell().set_num_format("#,##0.00"),
            percent: cell().set_num_format("0.0%"),
            whole: cell().set_bold().set_text_wrap(),
        }
    }

    fn of(&self, measure: Measure) -> &Format {
        if measure == Measure::Score {
            &self.points
        } else {
            &self.percent
        }
    }
}

/// Writes the workbook of a year: a sheet of this month against last month, then twelve months by each measure.
///
/// # Errors
/// What the writer refuses.
pub fn write(year: &Year) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title("So sánh đơn vị")
            .set_company(&year.agency),
    );
    compare_sheet(workbook.add_worksheet(), year, &formats)?;
    for measure in Measure::ALL {
        months_sheet(workbook.add_worksheet(), year, measure, &formats)?;
    }
    workbook.save_to_buffer()
}

fn opened(
    sheet: &mut Worksheet,
    name: &str,
    title: &str,
    year: &Year,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(HEAD, HEAD)?;
    sheet
        .set_footer("&L&A&RTrang &P/&N")
        .set_freeze_panes(HEAD + 1, 2)?;
    sheet.write_string_with_format(0, 0, title, &formats.title)?;
    sheet.write_string_with_format(1, 0, &year.agency, &formats.note)?;
    let running = if year.today > year.period.last_day() {
        ""
    } else {
        " · tháng đang chạy, số liệu tạm tính"
    };
    let taken = format!(
        "{} · lập ngày {}{running}",
        year.period.label(),
        crate::format::day(year.today)
    );
    sheet.write_string_with_format(2, 0, taken, &formats.note)?;
    sheet
        .set_column_width(0, 7)?
        .set_column_width(1, 44)?
        .set_row_height(HEAD, 34)?;
    Ok(())
}

/// Columns of counts, after the measures.
type Count = (&'static str, fn(&Figures) -> u32);
const COUNTS: [Count; 9] = [
    ("Số người", |figures| figures.people),
    ("Có điểm", |figures| figures.scored),
    ("Xuất sắc", |figures| figures.excellent),
    ("Tốt", |figures| figures.good),
    ("Hoàn thành", |figures| figures.completed),
    ("Không hoàn thành", |figures| figures.not_completed),
    ("Nhiệm vụ", |figures| figures.assignments),
    ("Chờ duyệt", |figures| figures.waiting),
    ("Phiếu đã xác nhận", |figures| figures.confirmed),
];

fn compare_sheet(sheet: &mut Worksheet, year: &Year, formats: &Formats) -> Result<(), XlsxError> {
    opened(sheet, "So sánh", "So sánh đơn vị", year, formats)?;
    let (now, before) = (year.period.label(), year.period.previous().label());
    let mut heads = vec!["Hạng".to_owned(), "Đơn vị".to_owned()];
    for measure in Measure::ALL {
        heads.push(format!("{}, {}", measure.label(), now.to_lowercase()));
        heads.push(format!("{}, {}", measure.label(), before.to_lowercase()));
        heads.push("Thay đổi".to_owned());
    }
    heads.extend(COUNTS.iter().map(|(head, _)| (*head).to_owned()));
    for (column, head) in (0..).zip(&heads) {
        sheet.write_string_with_format(HEAD, column, head, &formats.head)?;
        if column > 1 {
            sheet.set_column_width(column, 12)?;
        }
    }
    let scores: Vec<Option<Decimal>> = year
        .units
        .iter()
        .map(|unit| latest(&unit.months, Measure::Score))
        .collect();
    let mut order: Vec<_> = year.units.iter().zip(ranks(&scores)).collect();
    order.sort_by_key(|(_, rank)| rank.unwrap_or(u32::MAX));
    let mut row = HEAD + 1;
    for (unit, rank) in order {
        match rank {
            Some(rank) => sheet.write_number_with_format(row, 0, rank, &formats.count)?,
            None => sheet.write_blank(row, 0, &formats.count)?,
        };
        sheet.write_string_with_format(row, 1, &unit.name, &formats.name)?;
        compare_row(sheet, row, &unit.months, formats)?;
        row += 1;
    }
    sheet.write_blank(row, 0, &formats.whole)?;
    sheet.write_string_with_format(row, 1, "Toàn cơ quan", &formats.whole)?;
    compare_row(sheet, row, &year.whole, formats)
}

fn compare_row(
    sheet: &mut Worksheet,
    row: u32,
    months: &[Figures],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let mut column = 2;
    for measure in Measure::ALL {
        let now = latest(months, measure);
        let before = months
            .iter()
            .rev()
            .nth(1)
            .and_then(|month| month.value(measure));
        for value in [now, before, change(now, before)] {
            write_value(sheet, row, column, value, measure, formats)?;
            column += 1;
        }
    }
    let this = months.last().cloned().unwrap_or_default();
    for (_, count) in COUNTS {
        sheet.write_number_with_format(row, column, count(&this), &formats.count)?;
        column += 1;
    }
    Ok(())
}

fn months_sheet(
    sheet: &mut Worksheet,
    year: &Year,
    measure: Measure,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let name = format!("12 tháng – {}", measure.label());
    let title = format!("{} theo tháng", measure.label());
    opened(sheet, &name, &title, year, formats)?;
    sheet.write_string_with_format(HEAD, 0, "TT", &formats.head)?;
    sheet.write_string_with_format(HEAD, 1, "Đơn vị", &formats.head)?;
    for (column, month) in (2..).zip(&year.months) {
        let head = format!("{:02}/{}", month.month_number(), month.year());
        sheet.write_string_with_format(HEAD, column, head, &formats.head)?;
        sheet.set_column_width(column, 10)?;
    }
    let mut row = HEAD + 1;
    for unit in &year.units {
        sheet.write_number_with_format(row, 0, row - HEAD, &formats.count)?;
        sheet.write_string_with_format(row, 1, &unit.name, &formats.name)?;
        months_row(sheet, row, &unit.months, measure, formats)?;
        row += 1;
    }
    sheet.write_blank(row, 0, &formats.whole)?;
    sheet.write_string_with_format(row, 1, "Toàn cơ quan", &formats.whole)?;
    months_row(sheet, row, &year.whole, measure, formats)
}

fn months_row(
    sheet: &mut Worksheet,
    row: u32,
    months: &[Figures],
    measure: Measure,
    formats: &Formats,
) -> Result<(), XlsxError> {
    for (column, month) in (2..).zip(months) {
        write_value(sheet, row, column, month.value(measure), measure, formats)?;
    }
    Ok(())
}

fn latest(months: &[Figures], measure: Measure) -> Option<Decimal> {
    months.last().and_then(|month| month.value(measure))
}

/// A number with its format, percentages as fractions; an empty cell where there is none.
fn write_value(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<Decimal>,
    measure: Measure,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let scale = if measure == Measure::Score {
        Decimal::ONE
    } else {
        Decimal::ONE_HUNDRED
    };
    match value.and_then(|value| (value / scale).to_f64()) {
        Some(number) => sheet.write_number_with_format(row, column, number, formats.of(measure))?,
        None => sheet.write_blank(row, column, formats.of(measure))?,
    };
    Ok(())
}
