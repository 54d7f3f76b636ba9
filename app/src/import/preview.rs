//! What an import understood of a workbook, before anything is applied: the types on the wire.
//! Apart from the readers, so that the browser can show a preview without the code that parses files.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Why a file was not read at all. The text is the whole message for the user and repeats nothing of the file's own content
/// but a sheet's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Larger than the limit; both in whole megabytes.
    #[error(
        "Tệp lớn {size_mb} MB, vượt mức tối đa {limit_mb} MB. Hãy xóa ảnh hoặc trang tính không cần thiết rồi tải lại."
    )]
    TooBig { size_mb: u64, limit_mb: u64 },
    /// No bytes at all.
    #[error("Tệp rỗng (0 byte). Hãy chọn lại tệp .xlsx.")]
    Empty,
    /// Not a spreadsheet, or one in another format (CSV, ODS, XLSB, DOCX …).
    #[error(
        "Đây không phải tệp Excel .xlsx ({found}). Hãy mở bằng Excel và lưu lại dạng «Excel Workbook (.xlsx)»."
    )]
    NotAWorkbook { found: String },
    /// The binary format of Excel 97–2003.
    #[error(
        "Đây là tệp Excel đời cũ (.xls). Hãy mở bằng Excel và lưu lại dạng «Excel Workbook (.xlsx)»."
    )]
    OldFormat,
    /// Protected by a password.
    #[error("Tệp được mã hóa hoặc đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lại.")]
    Encrypted,
    /// Carries macros (VBA or Excel 4.0).
    #[error(
        "Tệp có chứa macro nên bị từ chối vì lý do an toàn. Hãy lưu lại dạng «Excel Workbook (.xlsx)», không phải .xlsm."
    )]
    Macros,
    /// The package or a part of it cannot be read.
    #[error("Tệp bị hỏng hoặc không đầy đủ ({part}). Hãy mở bằng Excel, lưu lại rồi tải lại.")]
    Damaged { part: String },
    /// Unpacks to more than a workbook of this kind can need.
    #[error("Tệp nén bất thường: khi giải nén vượt mức cho phép ({detail}) nên bị từ chối.")]
    Bomb { detail: String },
    /// Too many sheets.
    #[error("Tệp có {found} trang tính, tối đa {limit}.")]
    TooManySheets { found: u64, limit: u64 },
    /// A sheet with too many rows.
    #[error("Trang «{sheet}» có dữ liệu ở dòng {found}, tối đa {limit} dòng.")]
    TooManyRows {
        sheet: String,
        found: u64,
        limit: u64,
    },
    /// A sheet with too many columns.
    #[error("Trang «{sheet}» có dữ liệu ở cột thứ {found}, tối đa {limit} cột.")]
    TooManyColumns {
        sheet: String,
        found: u64,
        limit: u64,
    },
    /// More cells or text than the limits.
    #[error("Trang «{sheet}» làm tệp vượt quá lượng dữ liệu cho phép ({limit}). Hãy tách tệp.")]
    TooMuchContent { sheet: String, limit: String },
    /// The time allowed was used up.
    #[error("Đọc tệp quá thời gian cho phép. Hãy tách tệp nhỏ hơn rồi tải lại.")]
    OutOfTime,
    /// Readable, but no sheet of the kind asked for.
    #[error("Không tìm thấy bảng nào đọc được: {detail}")]
    NothingUnderstood { detail: String },
}

/// Whether a problem stops applying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing may be applied while one of these remains.
    Error,
    /// Worth a look; does not stop applying.
    Notice,
}

/// What kind of problem it is, for filters, counts and tests; the sentence is in [`Problem::reason`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// A column that is needed was not found in the header.
    ColumnMissing,
    /// A needed cell is empty.
    ValueMissing,
    /// A cell that cannot be understood (number, date, error value).
    ValueUnreadable,
    /// A text longer than can be kept.
    ValueTooLong,
    /// The same code or account twice.
    Duplicate,
    /// Coefficient is not points ÷ standard points, rounded half up to two places.
    CoefficientMismatch,
    /// The coefficient was absent and has been computed, or was rounded.
    CoefficientComputed,
    /// Points outside the range of the group.
    OutsideRange,
    /// A group with two ranges, more than five groups, or ranges that overlap.
    Groups,
    /// No standard product, several, or contradictory texts.
    Standard,
    /// A word that is not one of those allowed (role, unit).
    UnknownWord,
    /// More than one head in a unit.
    SecondHead,
    /// Units that contain each other.
    UnitCycle,
}

/// One thing found in the workbook, with the place and the values that show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Name of the sheet; empty when the whole workbook is meant.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: Option<u32>,
    /// Column letter as Excel shows it.
    pub column: Option<String>,
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// A Vietnamese sentence with the values.
    pub reason: String,
    /// Whether it stops applying.
    pub severity: Severity,
}

/// What a sheet was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SheetKind {
    /// A table of products.
    Products,
    /// A table of common criteria.
    Criteria,
    /// A table of people.
    People,
    /// A table of units.
    Units,
    /// Not read; [`SheetSummary::reason`] says why.
    Ignored,
}

/// One sheet and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSummary {
    /// The sheet's name.
    pub name: String,
    /// What it was taken for.
    pub kind: SheetKind,
    /// Row of the headings, from 1.
    pub header_row: Option<u32>,
    /// Rows understood (products, criteria, people or units).
    pub products: u32,
    /// Rows that hold something but could not be understood; each has a problem of its own.
    pub refused: u32,
    /// Rows passed over on purpose: section titles, totals, repeated headings.
    pub passed_over: u32,
    /// Why the sheet was ignored.
    pub reason: Option<String>,
}

/// One product as it stands in the workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductRow {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// Code ("DC.01").
    pub code: String,
    /// Task (nhiệm vụ).
    pub task: String,
    /// Detailed work (công việc chi tiết); may be empty.
    pub detail: String,
    /// Output (sản phẩm đầu ra); empty only together with a problem.
    pub output: String,
    /// Code of the complexity group ("N2"); empty only together with a problem.
    pub group: String,
    /// Points given, above 0.
    pub points: Decimal,
    /// Coefficient, two places; 0 only together with a problem.
    pub coefficient: Decimal,
    /// Unit of measure (đơn vị tính).
    pub unit_of_measure: Option<String>,
    /// The unit the product belongs to (phòng, ban chuyên môn); none = common to all.
    pub unit_name: Option<String>,
    /// Note (ghi chú).
    pub note: Option<String>,
}

/// A complexity group (at most five, Decree 335/2025 Art. 13.1a) and its range of points, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Code ("N2").
    pub code: String,
    /// Least points; none when the workbook names no range.
    pub min: Option<Decimal>,
    /// Most points.
    pub max: Option<Decimal>,
}

/// One row of a sheet of common criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionRow {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// Number within its group, as "I" for a group and "I.1" for a criterion.
    pub code: String,
    /// The criterion's text.
    pub label: String,
    /// Most points it can give.
    pub max: Decimal,
    /// Whether it is a group, whose maximum is the sum of its criteria.
    pub is_group: bool,
}

/// All that was understood of a catalogue workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CataloguePreview {
    /// Every sheet, in the workbook's order.
    pub sheets: Vec<SheetSummary>,
    /// Every product, in the workbook's order.
    pub products: Vec<ProductRow>,
    /// Everything found, in the order of sheets and rows; problems of the whole workbook last.
    pub problems: Vec<Problem>,
    /// Points of the standard product.
    pub standard_points: Option<Decimal>,
    /// Place of the standard product in `products`, from 0.
    pub standard_index: Option<u32>,
    /// Groups in the order of their ranges.
    pub groups: Vec<Group>,
    /// Common criteria, where a sheet holds them.
    pub criteria: Vec<CriterionRow>,
    /// SHA-256 (hex) of products, groups and standard, whatever file, sheet and row order they came in.
    pub digest: String,
}

/// Whether a person leads the unit (Decree 335/2025 Art. 15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PostRole {
    /// Người đứng đầu.
    Head,
    /// Cấp phó.
    Deputy,
    /// Công chức.
    Staff,
}

impl PostRole {
    /// All roles in the order the template offers them.
    pub const ALL: [Self; 3] = [Self::Head, Self::Deputy, Self::Staff];

    /// The word written in workbooks.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Head => "Người đứng đầu",
            Self::Deputy => "Cấp phó",
            Self::Staff => "Công chức",
        }
    }
}

/// One person as the workbook names him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// Officer code (mã cán bộ).
    pub officer_code: String,
    /// Full name.
    pub full_name: String,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Code or name of the unit, as typed; the code where the workbook's own sheet of units knows it.
    pub unit: String,
    /// Title of the post (chức danh).
    pub post_title: Option<String>,
    /// Role in the unit.
    pub role: PostRole,
    /// Group of similar tasks (nhóm nhiệm vụ tương đồng, Art. 20.5a).
    pub similar_group: Option<String>,
    /// Account name, lower case.
    pub account: Option<String>,
    /// First day in the post.
    pub from: Option<NaiveDate>,
}

/// One unit of the optional sheet "Đơn vị".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// Name of the sheet.
    pub sheet: String,
    /// Row as Excel shows it, from 1.
    pub row: u32,
    /// Unit code.
    pub code: String,
    /// Unit name.
    pub name: String,
    /// Code or name of the unit above, as typed; the code where the sheet knows it.
    pub parent: Option<String>,
}

/// Where a sheet of people or units has a column, for problems that only the database shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnPlace {
    /// Name of the sheet.
    pub sheet: String,
    /// What the column holds.
    pub holds: PeopleColumn,
    /// Column letter as Excel shows it.
    pub letter: String,
}

/// Columns that problems of people and units name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PeopleColumn {
    /// Code of the person or unit.
    Code,
    /// Unit of the person.
    Unit,
    /// Role in the unit.
    Role,
    /// First day in the post.
    From,
    /// Unit above.
    Parent,
}

/// All that was understood of a people workbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePreview {
    /// Every sheet, in the workbook's order.
    pub sheets: Vec<SheetSummary>,
    /// Units, in the workbook's order.
    pub units: Vec<UnitRow>,
    /// People, in the workbook's order.
    pub people: Vec<PersonRow>,
    /// Everything found.
    pub problems: Vec<Problem>,
    /// Where the columns stand.
    pub places: Vec<ColumnPlace>,
    /// SHA-256 (hex) of units and people, whatever file, sheet and row order they came in.
    pub digest: String,
}

impl Problem {
    /// Whether it stops applying.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl CataloguePreview {
    /// Whether nothing stops applying.
    #[must_use]
    pub fn can_apply(&self) -> bool {
        !self.products.is_empty() && !self.problems.iter().any(Problem::is_error)
    }

    /// The standard product.
    #[must_use]
    pub fn standard(&self) -> Option<&ProductRow> {
        self.products
            .get(usize::try_from(self.standard_index?).ok()?)
    }
}

impl PeoplePreview {
    /// Whether nothing stops applying.
    #[must_use]
    pub fn can_apply(&self) -> bool {
        (!self.people.is_empty() || !self.units.is_empty())
            && !self.problems.iter().any(Problem::is_error)
    }
}
