//! Reads an xlsx into plain rows of plain values, within limits that are checked before and while parsing.
//! The sheet readers build on these rows only, so the parsing library is known here and nowhere else.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr;
use std::time::Instant;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::package::{damaged, inspect};
use super::preview::Refusal;
use super::words::clean;

/// What a workbook may cost. All are inclusive maxima.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Size of the file in bytes.
    pub file_bytes: u64,
    /// Sum of all entries, unpacked, in bytes.
    pub unpacked_bytes: u64,
    /// Unpacked ÷ packed of an entry above 1 MB.
    pub ratio: u64,
    /// Entries of the zip.
    pub entries: usize,
    /// Sheets.
    pub sheets: usize,
    /// Last row with a value, from 1.
    pub rows: u32,
    /// Last column with a value, from 1.
    pub columns: u32,
    /// Cells with a value, all sheets together; also shared strings.
    pub cells: u64,
    /// Bytes of text, all sheets together: one long shared string may be named by a million cells.
    pub text_bytes: usize,
}

impl Default for Limits {
    /// 20 MB, 200 MB unpacked, 200-fold, 50 sheets, 100 000 rows, 200 columns, 2 million cells, 64 MB of text.
    fn default() -> Self {
        Self {
            file_bytes: 20 * 1024 * 1024,
            unpacked_bytes: 200 * 1024 * 1024,
            ratio: 200,
            entries: 10_000,
            sheets: 50,
            rows: 100_000,
            columns: 200,
            cells: 2_000_000,
            text_bytes: 64 * 1024 * 1024,
        }
    }
}

/// The value of a cell; for a formula, what Excel last computed. Cells without a value do not exist here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Text, cleaned (NFC, no outer blanks), never empty.
    Text(String),
    /// A number, rounded to ten places so that 0.1 + 0.2 is 0.3.
    Number(Decimal),
    /// A number that is formatted as a date.
    Date(NaiveDate),
    /// An error value ("#DIV/0!"), a truth value or a number beyond all use, as the user sees it.
    Unusable(String),
}

impl CellValue {
    /// What the user sees, about.
    #[must_use]
    pub fn display(&self) -> String {
        match self {
            Self::Text(text) | Self::Unusable(text) => text.clone(),
            Self::Number(number) => super::words::vietnamese(*number),
            Self::Date(date) => date.format("%d/%m/%Y").to_string(),
        }
    }
}

/// A row with at least one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Row as Excel shows it, from 1.
    pub number: u32,
    /// Values by column from 0.
    pub cells: BTreeMap<u32, CellValue>,
}

/// One worksheet: rows in order, without the empty ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet's name.
    pub name: String,
    /// Whether Excel shows it.
    pub hidden: bool,
    /// Rows with values, in order.
    pub rows: Vec<Row>,
    /// For cells below the top of a merged region: (row from 1, column from 0) → the top's row.
    merged_from: HashMap<(u32, u32), u32>,
}

impl Sheet {
    /// The value of a merged region that covers this cell from above.
    #[must_use]
    pub fn merged_value(&self, row: u32, column: u32) -> Option<&CellValue> {
        let top = *self.merged_from.get(&(row, column))?;
        let at = self
            .rows
            .binary_search_by_key(&top, |row| row.number)
            .ok()?;
        self.rows.get(at)?.cells.get(&column)
    }
}

/// A whole workbook in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workbook {
    /// Worksheets in order; chart sheets are left out.
    pub sheets: Vec<Sheet>,
}

/// Reads a workbook. Takes bytes and a moment after which it gives up; never trusts a size that the file declares.
///
/// # Errors
/// The [`Refusal`] to show to the user.
pub fn open(bytes: &[u8], limits: &Limits, deadline: Instant) -> Result<Workbook, Refusal> {
    inspect(bytes, limits, deadline)?;
    // The parser is not ours and the bytes may be hostile: a panic in it is a damaged file, not a stopped task.
    catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, limits, deadline)))
        .unwrap_or_else(|_| Err(damaged("nội dung bảng tính")))
}

/// Gives up when the time is used up.
///
/// # Errors
/// [`Refusal::OutOfTime`].
pub fn in_time(deadline: Instant) -> Result<(), Refusal> {
    if Instant::now() >= deadline {
        Err(Refusal::OutOfTime)
    } else {
        Ok(())
    }
}

fn read_sheets(bytes: &[u8], limits: &Limits, deadline: Instant) -> Result<Workbook, Refusal> {
    let mut xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged("cấu trúc bảng tính"))?;
    let found: Vec<(String, bool)> = xlsx
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    if found.len() > limits.sheets {
        return Err(Refusal::TooManySheets {
            found: wide(found.len()),
            limit: wide(limits.sheets),
        });
    }
    let mut names = HashSet::new();
    if !found.iter().all(|(name, _)| names.insert(name.as_str())) {
        // Sheets are looked up by name; a second one of the same name would be read as the first.
        return Err(damaged("hai trang tính trùng tên"));
    }
    let mut spent = Spent::default();
    let mut sheets = Vec::with_capacity(found.len());
    for (name, hidden) in &found {
        in_time(deadline)?;
        let rows = read_rows(&mut xlsx, name, limits, deadline, &mut spent)?;
        let merged_from = read_merges(&mut xlsx, name, &rows, deadline)?;
        sheets.push(Sheet {
            name: clean(name),
            hidden: *hidden,
            rows,
            merged_from,
        });
    }
    Ok(Workbook { sheets })
}

#[derive(Default)]
struct Spent {
    cells: u64,
    text: usize,
}

type Source<'a> = Xlsx<Cursor<&'a [u8]>>;

fn read_rows(
    xlsx: &mut Source<'_>,
    name: &str,
    limits: &Limits,
    deadline: Instant,
    spent: &mut Spent,
) -> Result<Vec<Row>, Refusal> {
    let broken = || damaged(&format!("trang «{name}»"));
    let mut reader = xlsx.worksheet_cells_reader(name).map_err(|_| broken())?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, CellValue>> = BTreeMap::new();
    let mut seen: u64 = 0;
    while let Some(cell) = reader.next_cell().map_err(|_| broken())? {
        seen += 1;
        if seen.is_multiple_of(1024) {
            in_time(deadline)?;
        }
        let Some(value) = value_of(cell.get_value()) else {
            continue;
        };
        let (row, column) = cell.get_position();
        if row >= limits.rows {
            return Err(Refusal::TooManyRows {
                sheet: clean(name),
                found: u64::from(row) + 1,
                limit: limits.rows.into(),
            });
        }
        if column >= limits.columns {
            return Err(Refusal::TooManyColumns {
                sheet: clean(name),
                found: u64::from(column) + 1,
                limit: limits.columns.into(),
            });
        }
        spent.cells += 1;
        if let CellValue::Text(text) | CellValue::Unusable(text) = &value {
            spent.text = spent.text.saturating_add(text.len());
        }
        if spent.cells > limits.cells || spent.text > limits.text_bytes {
            let limit = format!(
                "{} ô, {} MB chữ",
                limits.cells,
                limits.text_bytes / (1024 * 1024)
            );
            return Err(Refusal::TooMuchContent {
                sheet: clean(name),
                limit,
            });
        }
        rows.entry(row + 1).or_default().insert(column, value);
    }
    Ok(rows
        .into_iter()
        .map(|(number, cells)| Row { number, cells })
        .collect())
}

fn value_of(value: &DataRef<'_>) -> Option<CellValue> {
    let text = |text: &str| {
        let text = clean(text);
        (!text.is_empty()).then_some(CellValue::Text(text))
    };
    match value {
        DataRef::Empty => None,
        DataRef::Int(number) => Some(CellValue::Number(Decimal::from(*number))),
        DataRef::Float(number) => Some(number_of(*number)),
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Bool(true) => Some(CellValue::Unusable("TRUE".to_owned())),
        DataRef::Bool(false) => Some(CellValue::Unusable("FALSE".to_owned())),
        DataRef::DateTime(moment) => Some(
            match moment.as_datetime().filter(|_| moment.is_datetime()) {
                Some(moment) => CellValue::Date(moment.date()),
                None => number_of(moment.as_f64()),
            },
        ),
        DataRef::DateTimeIso(value) => match value
            .get(..10)
            .and_then(|day| NaiveDate::from_str(day).ok())
        {
            Some(day) => Some(CellValue::Date(day)),
            None => text(value),
        },
        DataRef::DurationIso(value) => text(value),
        DataRef::Error(error) => Some(CellValue::Unusable(error.to_string())),
    }
}

/// Takes the shortest decimal text of the float: the number as the user typed or sees it.
fn number_of(number: f64) -> CellValue {
    let text = number.to_string();
    match Decimal::from_str(&text) {
        Ok(number) => CellValue::Number(number.round_dp(10).normalize()),
        Err(_) => CellValue::Unusable(text.chars().take(30).collect()),
    }
}

/// Merged regions that reach over several rows, where their top holds a value. Regions beyond the sheet's last row cost nothing.
fn read_merges(
    xlsx: &mut Source<'_>,
    name: &str,
    rows: &[Row],
    deadline: Instant,
) -> Result<HashMap<(u32, u32), u32>, Refusal> {
    const MOST: usize = 200_000;
    let mut merged_from = HashMap::new();
    let last = rows.last().map_or(0, |row| row.number);
    // A sheet whose merged regions cannot be read is still a sheet of values.
    let Ok(regions) = xlsx.merge_cells_by_sheet_name(name) else {
        return Ok(merged_from);
    };
    for region in regions {
        in_time(deadline)?;
        let top = region.start.0.saturating_add(1);
        let column = region.start.1;
        let holds_value = rows
            .binary_search_by_key(&top, |row| row.number)
            .ok()
            .and_then(|at| rows.get(at))
            .is_some_and(|row| row.cells.contains_key(&column));
        if !holds_value {
            continue;
        }
        for row in top.saturating_add(1)..=region.end.0.saturating_add(1).min(last) {
            if merged_from.len() >= MOST {
                return Ok(merged_from);
            }
            merged_from.insert((row, column), top);
        }
    }
    Ok(merged_from)
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
