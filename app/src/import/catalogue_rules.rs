//! Judges a catalogue that was read (Decree 335/2025 Art. 3, 13): settles coefficients, groups and the standard product, then
//! lets the rules of `kpi` find what is wrong and gives every finding its place in the workbook.

use std::collections::HashMap;
use std::time::Instant;

use kpi::catalogue::{
    COEFFICIENT_DECIMALS, Entry, GroupRange, Problem as Rule, ProductDraft, check, coefficient_of,
};
use rust_decimal::{Decimal, RoundingStrategy};

use super::catalogue_sheet::{Coefficient, Gathered, RawProduct};
use super::cells::short;
use super::headings::Column;
use super::preview::{CataloguePreview, Group, ProblemKind, ProductRow, Refusal, Severity};
use super::words::vietnamese;
use super::workbook::in_time;
use super::{catalogue_groups, digest, standard_product};

/// Most groups whose ranges are compared with every row; five are allowed.
const COMPARABLE_GROUPS: usize = 50;

pub(super) fn judge(
    mut gathered: Gathered,
    deadline: Instant,
) -> Result<CataloguePreview, Refusal> {
    let mut products = std::mem::take(&mut gathered.products);
    let points = standard_product::standard_points(&mut gathered, &products);
    points_from_coefficients(&mut products, points);
    in_time(deadline)?;
    let entries: Vec<Entry> = products
        .iter_mut()
        .map(|product| settle_coefficient(product, points, &mut gathered))
        .collect();
    in_time(deadline)?;
    let groups = catalogue_groups::settle_groups(&mut products, &mut gathered);
    let standard = points
        .and_then(|points| standard_product::choose_standard(&products, points, &mut gathered));
    in_time(deadline)?;
    apply_rules(&products, entries, &groups, points, standard, &mut gathered);
    in_time(deadline)?;

    let products: Vec<ProductRow> = products.into_iter().map(|product| product.row).collect();
    let digest = digest::of_catalogue(&products, &groups, points, standard);
    let order: HashMap<&str, usize> = gathered
        .sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| (sheet.name.as_str(), at))
        .collect();
    let mut problems = gathered.problems;
    problems.sort_by_key(|problem| {
        (
            order
                .get(problem.sheet.as_str())
                .copied()
                .unwrap_or(usize::MAX),
            problem.row,
        )
    });
    Ok(CataloguePreview {
        sheets: gathered.sheets,
        products,
        problems,
        standard_points: points,
        standard_index: standard.and_then(|at| u32::try_from(at).ok()),
        groups,
        criteria: gathered.criteria,
        digest,
    })
}

/// Without points the coefficient alone says what a product is worth.
fn points_from_coefficients(products: &mut [RawProduct], standard: Option<Decimal>) {
    for product in products
        .iter_mut()
        .filter(|product| product.row.points.is_zero())
    {
        if let Coefficient::Given(number) = product.coefficient {
            let points = number
                .checked_mul(standard.unwrap_or(Decimal::ONE))
                .unwrap_or(number);
            product.row.points = points.round_dp(4).normalize();
        }
    }
}

/// Sets the coefficient that is kept and tells what the rules shall judge. A cell without a usable value is computed from the
/// points, since workbooks made by programs often carry formulas that were never calculated.
fn settle_coefficient(
    product: &mut RawProduct,
    standard: Option<Decimal>,
    gathered: &mut Gathered,
) -> Entry {
    let points = product.row.points;
    let expected = standard
        .and_then(|standard| coefficient_of(points, standard, COEFFICIENT_DECIMALS))
        .map(|number| number.normalize());
    let code = &product.row.code;
    let formula = standard
        .map(|standard| format!("{} ÷ {}", vietnamese(points), vietnamese(standard)))
        .unwrap_or_default();
    let (kept, entry, notice) = match (&product.coefficient, expected) {
        (Coefficient::Given(given), _) => {
            let rounded = given
                .round_dp_with_strategy(
                    COEFFICIENT_DECIMALS,
                    RoundingStrategy::MidpointAwayFromZero,
                )
                .normalize();
            let notice = (rounded != *given).then(|| {
                format!(
                    "Hệ số của «{code}» ghi {}, được làm tròn thành {}.",
                    vietnamese(*given),
                    vietnamese(rounded)
                )
            });
            (rounded, Entry::Number(rounded), notice)
        }
        (Coefficient::Absent, Some(expected)) => {
            let notice = format!(
                "Ô hệ số của «{code}» trống hoặc công thức chưa được tính: lấy {formula} = {}.",
                vietnamese(expected)
            );
            (expected, Entry::Number(expected), Some(notice))
        }
        (Coefficient::Unusable(seen), Some(expected)) if seen.starts_with('#') => {
            let notice = format!(
                "Công thức hệ số của «{code}» báo lỗi {}: lấy {formula} = {}.",
                short(seen),
                vietnamese(expected)
            );
            (expected, Entry::Number(expected), Some(notice))
        }
        (Coefficient::Absent, None) => (Decimal::ZERO, Entry::Missing, None),
        (Coefficient::Unusable(seen), _) => (
            expected.unwrap_or_default(),
            Entry::Invalid(seen.clone()),
            None,
        ),
    };
    if let Some(reason) = notice {
        gathered.blame_product(
            product,
            Column::Coefficient,
            ProblemKind::CoefficientComputed,
            Severity::Notice,
            reason,
        );
    }
    product.row.coefficient = kept;
    entry
}

/// Lets the rules of `kpi` judge the rows and gives each finding its place in the workbook.
fn apply_rules(
    products: &[RawProduct],
    entries: Vec<Entry>,
    groups: &[Group],
    points: Option<Decimal>,
    standard: Option<usize>,
    gathered: &mut Gathered,
) {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let drafts: Vec<ProductDraft> = products
        .iter()
        .zip(entries)
        .enumerate()
        .map(|(at, (product, coefficient))| ProductDraft {
            code: given(&product.row.code),
            task: given(&product.row.task),
            detail: given(&product.row.detail),
            output: given(&product.row.output),
            group: given(&product.row.group),
            points: if product.row.points.is_zero() {
                Entry::Missing
            } else {
                Entry::Number(product.row.points)
            },
            coefficient,
            standard: standard == Some(at),
        })
        .collect();
    // A group without a range is bounded by nothing. With a group for every row there is nothing to compare, only to count.
    let comparable = if groups.len() <= COMPARABLE_GROUPS {
        groups
    } else {
        &[]
    };
    let ranges: Vec<GroupRange> = comparable
        .iter()
        .map(|group| GroupRange {
            code: group.code.clone(),
            min: group.min.unwrap_or(Decimal::MIN),
            max: group.max.unwrap_or(Decimal::MAX),
        })
        .collect();
    let mut first_with: HashMap<String, &RawProduct> = HashMap::new();
    for product in products {
        first_with
            .entry(product.row.code.to_lowercase())
            .or_insert(product);
    }
    let told = gathered
        .problems
        .iter()
        .any(|problem| problem.kind == ProblemKind::Standard && problem.is_error());
    for finding in check(&drafts, &ranges, points) {
        let (kind, column) = place_of(finding.kind);
        let Some(product) = finding
            .index
            .and_then(|at| products.get(usize::try_from(at).ok()?))
        else {
            if !(told && kind == ProblemKind::Standard) {
                gathered.blame_workbook(kind, Severity::Error, finding.message);
            }
            continue;
        };
        let has_column = gathered
            .headers
            .get(product.header)
            .is_some_and(|header| header.columns.contains_key(&column));
        if !has_column && matches!(finding.kind, Rule::MissingCode | Rule::MissingOutput) {
            // Said once for the whole table.
            continue;
        }
        let reason = match first_with.get(&product.row.code.to_lowercase()) {
            Some(first) if finding.kind == Rule::DuplicateCode => format!(
                "Mã «{}» đã có ở trang «{}» dòng {}.",
                product.row.code, first.row.sheet, first.row.row
            ),
            _ => format!("«{}»: {}", product.row.code, finding.message),
        };
        gathered.blame_product(product, column, kind, Severity::Error, reason);
    }
    for product in products
        .iter()
        .filter(|product| product.row.group.is_empty())
    {
        if gathered
            .headers
            .get(product.header)
            .is_some_and(|header| header.columns.contains_key(&Column::Group))
        {
            let reason = format!("«{}»: Thiếu nhóm.", product.row.code);
            gathered.blame_product(
                product,
                Column::Group,
                ProblemKind::ValueMissing,
                Severity::Error,
                reason,
            );
        }
    }
}

const fn place_of(rule: Rule) -> (ProblemKind, Column) {
    match rule {
        Rule::CoefficientMismatch => (ProblemKind::CoefficientMismatch, Column::Coefficient),
        Rule::OutsideGroup => (ProblemKind::OutsideRange, Column::Points),
        Rule::DuplicateCode => (ProblemKind::Duplicate, Column::Code),
        Rule::MissingOutput => (ProblemKind::ValueMissing, Column::Output),
        Rule::MissingCode => (ProblemKind::ValueMissing, Column::Code),
        Rule::MissingTask => (ProblemKind::ValueMissing, Column::Task),
        Rule::MissingPoints => (ProblemKind::ValueMissing, Column::Points),
        Rule::InvalidPoints => (ProblemKind::ValueUnreadable, Column::Points),
        Rule::InvalidCoefficient => (ProblemKind::ValueUnreadable, Column::Coefficient),
        Rule::UnknownGroup | Rule::TooManyGroups => (ProblemKind::Groups, Column::Group),
        Rule::NoStandard | Rule::SeveralStandards => (ProblemKind::Standard, Column::Coefficient),
    }
}
