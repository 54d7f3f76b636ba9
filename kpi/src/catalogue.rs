//! The conversion catalogue (Điều 13): coefficients from points, and a pure
//! linter over the rows of a catalogue, used by the import before anything is
//! stored.

pub mod lint;

use std::collections::{BTreeSet, HashMap};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    code::code_enum,
    exact,
    number::format_vi,
    scoring::{MAX_COEFFICIENT, check},
};

/// Most complexity groups (Điều 13 khoản 1 điểm a).
pub const MAX_GROUPS: usize = 5;
/// Decimals of a coefficient computed from points.
pub const COEFFICIENT_DECIMALS: u32 = 2;

/// `points ÷ standard_points` (Điều 13), rounded half up to `decimals` places (at
/// most 18); `None` if the standard is not above 0 or the result is out of range.
#[must_use]
pub fn coefficient_of(points: Decimal, standard_points: Decimal, decimals: u32) -> Option<Decimal> {
    if standard_points <= Decimal::ZERO {
        return None;
    }
    let ratio = exact::div(
        &exact::from_decimal(points).ok()?,
        &exact::from_decimal(standard_points).ok()?,
    )
    .ok()?;
    exact::to_decimal(&ratio, decimals).ok()
}

/// A complexity group and the points it may give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRange {
    /// E.g. `N1`.
    pub code: String,
    /// Least points.
    pub min: Decimal,
    /// Most points.
    pub max: Decimal,
}

/// A number as it stood in the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "value")]
pub enum Entry {
    /// The cell was empty.
    Missing,
    /// The cell held this, which is no number.
    Invalid(String),
    /// The cell held this number.
    Number(Decimal),
}

impl Entry {
    /// The number, if there is one.
    #[must_use]
    pub const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }
}

/// A row of a catalogue that is being read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductDraft {
    /// Code of the product.
    pub code: Option<String>,
    /// The task it belongs to.
    pub task: Option<String>,
    /// More about the task.
    pub detail: Option<String>,
    /// The output that is counted.
    pub output: Option<String>,
    /// Code of its complexity group.
    pub group: Option<String>,
    /// Points given for it.
    pub points: Entry,
    /// Coefficient written in the source.
    pub coefficient: Entry,
    /// Whether it is the standard product (coefficient 1).
    pub standard: bool,
}

code_enum! {
    /// What is wrong with a row or the catalogue.
    pub enum Problem {
        /// The coefficient is not points ÷ standard points.
        CoefficientMismatch = "coefficient_mismatch", "hệ số không khớp điểm";
        /// The points lie outside the group's range.
        OutsideGroup = "outside_group", "điểm ngoài khung của nhóm";
        /// A code that another row has.
        DuplicateCode = "duplicate_code", "mã bị trùng";
        /// No output.
        MissingOutput = "missing_output", "thiếu sản phẩm đầu ra";
        /// No code.
        MissingCode = "missing_code", "thiếu mã";
        /// No task.
        MissingTask = "missing_task", "thiếu tên nhiệm vụ";
        /// Neither points nor a coefficient.
        MissingPoints = "missing_points", "thiếu điểm";
        /// Points that are no number above 0.
        InvalidPoints = "invalid_points", "điểm không hợp lệ";
        /// A coefficient that is no number above 0.
        InvalidCoefficient = "invalid_coefficient", "hệ số không hợp lệ";
        /// A group that is not defined.
        UnknownGroup = "unknown_group", "nhóm không có trong danh mục";
        /// More than five groups.
        TooManyGroups = "too_many_groups", "quá 05 nhóm";
        /// No standard product.
        NoStandard = "no_standard", "thiếu sản phẩm chuẩn";
        /// More than one standard product.
        SeveralStandards = "several_standards", "nhiều sản phẩm chuẩn";
    }
}

/// One problem found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Position of the row in the input, from 0; `None` for the whole catalogue.
    pub index: Option<u32>,
    /// The column: `code`, `task`, `output`, `group`, `points`, `coefficient`, `standard`.
    pub field: String,
    /// The kind.
    pub kind: Problem,
    /// A Vietnamese sentence.
    pub message: String,
}

/// Checks the rows of a catalogue (Điều 13). `groups` are the defined groups,
/// empty if the source defines none; `standard_points` are the points of one
/// standard unit, if known. Findings come row by row, then for the whole.
#[must_use]
pub fn check(
    products: &[ProductDraft],
    groups: &[GroupRange],
    standard_points: Option<Decimal>,
) -> Vec<Finding> {
    let mut linter = Linter {
        groups,
        standard_points,
        findings: Vec::new(),
        codes: HashMap::new(),
    };
    for (index, product) in (0_u32..).zip(products) {
        linter.row(index, product);
    }
    linter.whole(products);
    linter.findings
}

struct Linter<'a> {
    groups: &'a [GroupRange],
    standard_points: Option<Decimal>,
    findings: Vec<Finding>,
    codes: HashMap<String, u32>,
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// Cells can hold a page of text; a message shows its beginning.
fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

impl Linter<'_> {
    fn find(&mut self, index: Option<u32>, field: &str, kind: Problem, message: String) {
        self.findings.push(Finding {
            index,
            field: field.to_owned(),
            kind,
            message,
        });
    }

    fn row(&mut self, index: u32, product: &ProductDraft) {
        let row = Some(index);
        match filled(product.code.as_ref()) {
            None => self.find(
                row,
                "code",
                Problem::MissingCode,
                "Thiếu mã sản phẩm/công việc.".into(),
            ),
            Some(code) => {
                let key = code.to_lowercase();
                if let Some(first) = self.codes.get(&key) {
                    let message = format!(
                        "Mã “{}” đã có ở dòng thứ {} của danh mục.",
                        cut(code),
                        first + 1
                    );
                    self.find(row, "code", Problem::DuplicateCode, message);
                } else {
                    self.codes.insert(key, index);
                }
            }
        }
        if filled(product.task.as_ref()).is_none() {
            self.find(
                row,
                "task",
                Problem::MissingTask,
                "Thiếu tên nhiệm vụ.".into(),
            );
        }
        if filled(product.output.as_ref()).is_none() {
            self.find(
                row,
                "output",
                Problem::MissingOutput,
                "Thiếu sản phẩm đầu ra (khoản 1 Điều 13).".into(),
            );
        }
        let points = self.points(index, product);
        self.group(index, product, points);
        self.coefficient(index, product, points);
    }

    fn points(&mut self, index: u32, product: &ProductDraft) -> Option<Decimal> {
        let row = Some(index);
        match &product.points {
            Entry::Missing => {
                if product.coefficient.number().is_none() {
                    let message = "Thiếu điểm và hệ số quy đổi.".to_owned();
                    self.find(row, "points", Problem::MissingPoints, message);
                }
                None
            }
            Entry::Invalid(text) => {
                let message = format!("Điểm “{}” không phải là số.", cut(text));
                self.find(row, "points", Problem::InvalidPoints, message);
                None
            }
            Entry::Number(value) if *value <= Decimal::ZERO => {
                let message = format!("Điểm phải lớn hơn 0, đang là {}.", format_vi(*value, 4));
                self.find(row, "points", Problem::InvalidPoints, message);
                None
            }
            Entry::Number(value) => Some(*value),
        }
    }

    fn group(&mut self, index: u32, product: &ProductDraft, points: Option<Decimal>) {
        let Some(code) = filled(product.group.as_ref()) else {
            return;
        };
        if self.groups.is_empty() {
            return;
        }
        let Some(group) = self.groups.iter().find(|group| group.code == code) else {
            let message = format!(
                "Nhóm “{}” không có trong bảng nhóm của danh mục.",
                cut(code)
            );
            return self.find(Some(index), "group", Problem::UnknownGroup, message);
        };
        if let Some(points) = points
            && (points < group.min || points > group.max)
        {
            let message = format!(
                "Điểm {} nằm ngoài khung của nhóm {} ({}–{}).",
                format_vi(points, 4),
                group.code,
                format_vi(group.min, 4),
                format_vi(group.max, 4)
            );
            self.find(Some(index), "points", Problem::OutsideGroup, message);
        }
    }

    fn coefficient(&mut self, index: u32, product: &ProductDraft, points: Option<Decimal>) {
        let row = Some(index);
        let given = match &product.coefficient {
            Entry::Missing => return,
            Entry::Invalid(text) => {
                let message = format!("Hệ số “{}” không phải là số.", cut(text));
                return self.find(row, "coefficient", Problem::InvalidCoefficient, message);
            }
            Entry::Number(value) => *value,
        };
        if check::coefficient("coefficient", given).is_err() {
            let message = format!(
                "Hệ số phải lớn hơn 0, không quá {} và có tối đa 6 chữ số thập phân.",
                format_vi(Decimal::from(MAX_COEFFICIENT), 0)
            );
            return self.find(row, "coefficient", Problem::InvalidCoefficient, message);
        }
        let expected = points
            .zip(self.standard_points)
            .and_then(|(points, standard)| coefficient_of(points, standard, COEFFICIENT_DECIMALS));
        if let Some(expected) = expected
            && exact::round_decimal(given, COEFFICIENT_DECIMALS) != expected
        {
            let message = format!(
                "Hệ số {} không khớp điểm ÷ điểm sản phẩm chuẩn = {}.",
                format_vi(given, 6),
                format_vi(expected, 2)
            );
            self.find(row, "coefficient", Problem::CoefficientMismatch, message);
        }
    }

    fn whole(&mut self, products: &[ProductDraft]) {
        let used: BTreeSet<&str> = products
            .iter()
            .filter_map(|product| filled(product.group.as_ref()))
            .collect();
        let count = used.len().max(self.groups.len());
        if count > MAX_GROUPS {
            let message =
                format!("Danh mục có {count} nhóm; tối đa 05 nhóm (điểm a khoản 1 Điều 13).");
            self.find(None, "group", Problem::TooManyGroups, message);
        }
        match products.iter().filter(|product| product.standard).count() {
            0 => self.find(
                None,
                "standard",
                Problem::NoStandard,
                "Chưa chọn sản phẩm/công việc chuẩn (hệ số 1).".into(),
            ),
            1 => {}
            count => self.find(
                None,
                "standard",
                Problem::SeveralStandards,
                format!("Có {count} sản phẩm/công việc chuẩn; chỉ được một."),
            ),
        }
    }
}

#[cfg(test)]
mod tests;
