//! XLSX for computing on: one sheet a paper, the same blocks from top to bottom; numbers are numbers, and nothing that
//! somebody typed is a formula.

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use crate::document::{Block, Cell, Document, Section, Table};
use crate::error::FormError;

/// Columns of a sheet without a table.
const COLUMNS: u16 = 4;
/// Widths of the columns together, in characters.
const WIDTH: f64 = 92.0;

/// The document as a workbook.
///
/// # Errors
/// `Xlsx` when it cannot be written.
pub fn write(document: &Document) -> Result<Vec<u8>, FormError> {
    let mut workbook = Workbook::new();
    let at = document.at.format("%Y-%m-%dT%H:%M:%S").to_string();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&document.title)
            .set_author(&document.author)
            .set_creation_datetime(&ExcelDateTime::parse_from_str(&at)?),
    );
    for (section, ordinal) in document.sections.iter().zip(1_u32..) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name(section, ordinal))?;
        Sheet::new(sheet, section).write()?;
    }
    Ok(workbook.save_to_buffer()?)
}

/// "1. Mẫu số 01, Nguyễn Văn An": at most 31 characters, none that a workbook refuses.
fn name(section: &Section, ordinal: u32) -> String {
    let clean = section
        .title
        .chars()
        .filter(|character| !"[]:*?/\\'".contains(*character));
    format!("{ordinal}. ")
        .chars()
        .chain(clean)
        .take(31)
        .collect()
}

struct Sheet<'a> {
    sheet: &'a mut Worksheet,
    section: &'a Section,
    columns: u16,
    row: u32,
}

impl<'a> Sheet<'a> {
    fn new(sheet: &'a mut Worksheet, section: &'a Section) -> Self {
        let widest = section.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => u16::try_from(table.widths.len()).ok(),
            _ => None,
        });
        Self {
            columns: widest.max().unwrap_or(COLUMNS).max(2),
            sheet,
            section,
            row: 0,
        }
    }

    fn write(mut self) -> Result<(), XlsxError> {
        self.sheet.set_paper_size(9);
        self.sheet.set_margins(1.18, 0.6, 0.79, 0.79, 0.3, 0.3);
        self.sheet.set_print_fit_to_pages(1, 0);
        self.widths()?;
        for block in &self.section.blocks {
            self.block(block)?;
        }
        self.row += 1;
        for line in &self.section.footer {
            self.line(line, &Format::new().set_font_size(9).set_text_wrap())?;
        }
        Ok(())
    }

    /// The widths of the widest table; equal ones without a table.
    fn widths(&mut self) -> Result<(), XlsxError> {
        let table = self.section.blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.widths.len() == usize::from(self.columns) => Some(table),
            _ => None,
        });
        let widths: Vec<u16> = table.map_or_else(
            || vec![1; usize::from(self.columns)],
            |table| table.widths.clone(),
        );
        let sum: f64 = widths.iter().map(|width| f64::from(*width)).sum();
        for (width, column) in widths.iter().zip(0_u16..) {
            self.sheet
                .set_column_width(column, (f64::from(*width) / sum * WIDTH).max(5.0))?;
        }
        Ok(())
    }

    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let bold = plain.clone().set_bold();
        let centred = bold.clone().set_align(FormatAlign::Center);
        match block {
            Block::Draft { text } => self.line(text, &centred),
            Block::Label { text } => self.line(text, &bold.set_align(FormatAlign::Right)),
            Block::Head {
                above,
                agency,
                number,
                country,
                motto,
                date,
            } => {
                for line in [country, motto, above, agency, number, date] {
                    self.line(line, &centred)?;
                }
                Ok(())
            }
            Block::Title { text, under, .. } => {
                self.line(text, &centred.clone().set_font_size(14))?;
                for line in under {
                    self.line(line, &centred.clone().unset_bold())?;
                }
                Ok(())
            }
            Block::Heading { text, .. } => self.line(text, &bold),
            Block::Field { label, value, .. } => self.line(&format!("{label} {value}"), &plain),
            Block::Text { text, .. } => {
                for line in text.lines() {
                    self.line(line, &plain)?;
                }
                Ok(())
            }
            Block::Table(table) => self.table(table),
            Block::Choice { chosen, text } => self.line(
                &format!("{} {text}", if *chosen { "☑" } else { "☐" }),
                &plain,
            ),
            Block::Signatures { signatures } => {
                self.row += 1;
                for signing in signatures {
                    let who = signing.capacity.join(" ");
                    let said = signing.signed.join("; ");
                    let parts = [&signing.date, &who, &said, &signing.name];
                    let words: Vec<&str> = parts
                        .into_iter()
                        .map(String::as_str)
                        .filter(|part| !part.is_empty())
                        .collect();
                    self.line(&words.join(" – "), &plain)?;
                }
                Ok(())
            }
            Block::Notes { notes } => {
                for (mark, note) in notes {
                    self.line(&format!("{mark} {note}"), &plain.clone().set_font_size(9))?;
                }
                Ok(())
            }
        }
    }

    /// One line over all columns; an empty one takes no row.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        // A merged cell does not grow by itself: about as many characters stand on a line as the columns are wide.
        let long = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        let lines = long.div_ceil(85).clamp(1, 20);
        self.sheet
            .merge_range(self.row, 0, self.row, self.columns - 1, text, format)?;
        self.sheet
            .set_row_height(self.row, f64::from(lines) * 16.0)?;
        self.row += 1;
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        let cell = Format::new()
            .set_border(FormatBorder::Thin)
            .set_text_wrap()
            .set_align(FormatAlign::VerticalCenter);
        let head = cell.clone().set_bold().set_align(FormatAlign::Center);
        for row in &table.head {
            for (text, column) in row.iter().zip(0_u16..) {
                self.sheet
                    .write_string_with_format(self.row, column, text, &head)?;
            }
            self.row += 1;
        }
        for row in &table.rows {
            let format = if row.bold {
                cell.clone().set_bold()
            } else {
                cell.clone()
            };
            for (data, column) in row.cells.iter().zip(0_u16..) {
                self.cell(column, data, &format)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, data: &Cell, format: &Format) -> Result<(), XlsxError> {
        let format = if data.centred {
            format.clone().set_align(FormatAlign::Center)
        } else {
            format.clone()
        };
        match data.number.and_then(|number| number.to_f64()) {
            Some(number) => {
                let decimals = data.text.split(',').nth(1).map_or(0, str::len);
                let pattern = if decimals == 0 {
                    "0".to_owned()
                } else {
                    format!("0.{}", "0".repeat(decimals))
                };
                self.sheet.write_number_with_format(
                    self.row,
                    column,
                    number,
                    &format.set_num_format(pattern),
                )?;
            }
            None => {
                self.sheet
                    .write_string_with_format(self.row, column, &data.text, &format)?;
            }
        }
        Ok(())
    }
}
