//! A linter over a catalogue in use (Điều 13): what a reader of hundreds of
//! rows does not see. It finds and grades; what to do is the agency's.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{GroupRange, coefficient_of};
use crate::{code::code_enum, number::format_vi};

code_enum! {
    /// How much a finding weighs.
    pub enum Severity {
        /// It makes scores wrong or unequal.
        Error = "error", "cần sửa";
        /// It should be looked at.
        Warning = "warning", "nên xem lại";
        /// Good to know.
        Notice = "notice", "lưu ý";
    }
}

code_enum! {
    /// What is found.
    pub enum LintCode {
        /// The coefficient lies outside that of its group.
        OutsideGroup = "outside_group", "hệ số ngoài khung của nhóm";
        /// The same product under another code.
        SameProduct = "same_product", "một sản phẩm có hai mã";
        /// The coefficient is far from other units' for the same product.
        FarFromOthers = "far_from_others", "hệ số khác xa đơn vị khác";
        /// No output to count.
        MissingOutput = "missing_output", "thiếu sản phẩm đầu ra";
        /// Nobody was assigned it.
        NeverUsed = "never_used", "chưa từng được giao";
        /// One piece is worth so much that it cannot be counted in pieces.
        TooCoarse = "too_coarse", "quá lớn để đếm";
    }
}

impl LintCode {
    /// How much it weighs.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::OutsideGroup | Self::SameProduct | Self::MissingOutput => Severity::Error,
            Self::FarFromOthers | Self::TooCoarse => Severity::Warning,
            Self::NeverUsed => Severity::Notice,
        }
    }
}

/// A product as the linter sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintProduct {
    /// Its code.
    pub code: String,
    /// What is done.
    pub task: String,
    /// What is counted.
    pub output: Option<String>,
    /// Code of its complexity group.
    pub group: Option<String>,
    /// Its coefficient, above 0.
    pub coefficient: Decimal,
    /// How often it was assigned in the time looked at; `None` where it is not known.
    pub assigned: Option<u32>,
}

/// The same kind of row in another unit's catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherUnit {
    /// Name of the unit.
    pub unit: String,
    /// What is done.
    pub task: String,
    /// What is counted.
    pub output: Option<String>,
    /// Its coefficient there, above 0.
    pub coefficient: Decimal,
}

/// A catalogue and what it is held against.
#[derive(Debug, Clone, Copy)]
pub struct LintInput<'a> {
    /// Its rows.
    pub products: &'a [LintProduct],
    /// Its complexity groups, in points.
    pub groups: &'a [GroupRange],
    /// Points of one standard unit, to hold coefficients against the groups.
    pub standard_points: Option<Decimal>,
    /// Decimals of its coefficients.
    pub decimals: u32,
    /// Rows of other units' catalogues.
    pub others: &'a [OtherUnit],
    /// From how many times the others' median, up or down, a coefficient is far; above 1.
    pub far: Decimal,
    /// From which coefficient on a product is too coarse to count.
    pub coarse: Decimal,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LintFinding {
    /// Position of the row, from 0.
    pub index: u32,
    /// What is found.
    pub code: LintCode,
    /// How much it weighs.
    pub severity: Severity,
    /// A Vietnamese sentence.
    pub sentence: String,
}

/// Looks through a catalogue (Điều 13 khoản 1: groups, no duplicates, clear
/// outputs; Điều 18 khoản 1 điểm c: large products are split). Findings come
/// row by row, in the order of [`LintCode`].
#[must_use]
pub fn lint(input: &LintInput<'_>) -> Vec<LintFinding> {
    let mut first: BTreeMap<(String, String), &str> = BTreeMap::new();
    let mut others: BTreeMap<(String, String), Vec<Decimal>> = BTreeMap::new();
    for other in input.others {
        let same = others
            .entry(identity(&other.task, other.output.as_deref()))
            .or_default();
        same.push(other.coefficient);
    }
    let mut findings = Vec::new();
    for (index, product) in (0_u32..).zip(input.products) {
        let identity = identity(&product.task, product.output.as_deref());
        // Rows without a task say nothing of what they are.
        let earlier = match identity.0.as_str() {
            "" => &product.code,
            _ => *first.entry(identity.clone()).or_insert(&product.code),
        };
        let others = others.get(&identity).map_or(&[][..], Vec::as_slice);
        let found = [
            (LintCode::OutsideGroup, outside_group(input, product)),
            (LintCode::SameProduct, same_product(product, earlier)),
            (LintCode::FarFromOthers, far(input, product, others)),
            (LintCode::MissingOutput, missing_output(product)),
            (LintCode::NeverUsed, never_used(product)),
            (LintCode::TooCoarse, too_coarse(input, product)),
        ];
        for (code, sentence) in found {
            findings.extend(sentence.map(|sentence| LintFinding {
                index,
                code,
                severity: code.severity(),
                sentence,
            }));
        }
    }
    findings
}

fn outside_group(input: &LintInput<'_>, product: &LintProduct) -> Option<String> {
    let code = product.group.as_deref()?;
    let group = input.groups.iter().find(|group| group.code == code)?;
    let standard = input.standard_points?;
    let min = coefficient_of(group.min, standard, input.decimals)?;
    let max = coefficient_of(group.max, standard, input.decimals)?;
    (product.coefficient < min || product.coefficient > max).then(|| {
        format!(
            "Hệ số {} của “{}” nằm ngoài khung của nhóm {code} ({}–{}).",
            shown(product.coefficient),
            product.code,
            shown(min),
            shown(max)
        )
    })
}

fn same_product(product: &LintProduct, earlier: &str) -> Option<String> {
    (product.code != earlier).then(|| {
        format!(
            "“{}” và “{earlier}” là cùng một sản phẩm, công việc; chỉ giữ một mã (khoản 1 Điều 13).",
            product.code
        )
    })
}

fn far(input: &LintInput<'_>, product: &LintProduct, others: &[Decimal]) -> Option<String> {
    let median = median(others)?;
    let limit = |value: Decimal| value.checked_mul(input.far);
    let above = limit(median).is_some_and(|most| product.coefficient >= most);
    let below = limit(product.coefficient).is_some_and(|most| median >= most);
    (above || below).then(|| {
        format!(
            "Hệ số {} của “{}” khác xa mức giữa {} của {} đơn vị khác cho cùng sản phẩm.",
            shown(product.coefficient),
            product.code,
            shown(median),
            others.len()
        )
    })
}

/// The middle of the others; of an even number, the mean of the middle two.
fn median(values: &[Decimal]) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get((sorted.len() / 2).checked_sub(1)?)?;
    Some(lower.checked_add(upper)? / Decimal::TWO)
}

fn missing_output(product: &LintProduct) -> Option<String> {
    let output = product.output.as_deref().map_or("", str::trim);
    output.is_empty().then(|| {
        format!(
            "“{}” thiếu sản phẩm đầu ra nên không đếm được (khoản 1 Điều 13).",
            product.code
        )
    })
}

fn never_used(product: &LintProduct) -> Option<String> {
    (product.assigned == Some(0)).then(|| format!("“{}” chưa từng được giao.", product.code))
}

fn too_coarse(input: &LintInput<'_>, product: &LintProduct) -> Option<String> {
    (product.coefficient >= input.coarse).then(|| {
        format!(
            "Một sản phẩm “{}” bằng {} đơn vị chuẩn, quá lớn để đếm trong một kỳ; \
             nên chia thành sản phẩm cụ thể (điểm c khoản 1 Điều 18).",
            product.code,
            shown(product.coefficient)
        )
    })
}

fn shown(coefficient: Decimal) -> String {
    format_vi(coefficient, 6)
}

/// What makes two rows the same product: task and output, however typed.
fn identity(task: &str, output: Option<&str>) -> (String, String) {
    (folded(task), folded(output.unwrap_or_default()))
}

/// A text without what typing changes: case, blanks, punctuation, and the two
/// places of a tone mark (hoà, hòa).
fn folded(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    TONES
        .iter()
        .fold(words.join(" "), |text, (old, new)| text.replace(old, new))
}

/// The tone on the second vowel, and on the first.
const TONES: [(&str, &str); 15] = [
    ("oà", "òa"),
    ("oá", "óa"),
    ("oả", "ỏa"),
    ("oã", "õa"),
    ("oạ", "ọa"),
    ("oè", "òe"),
    ("oé", "óe"),
    ("oẻ", "ỏe"),
    ("oẽ", "õe"),
    ("oẹ", "ọe"),
    ("uỳ", "ùy"),
    ("uý", "úy"),
    ("uỷ", "ủy"),
    ("uỹ", "ũy"),
    ("uỵ", "ụy"),
];

#[cfg(test)]
mod tests;
