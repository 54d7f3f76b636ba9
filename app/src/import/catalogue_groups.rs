//! Gathers the complexity groups of a catalogue and their ranges of points (Decree 335/2025 Art. 13.1a).
//! Apart from the rules of rows: a group is known only after all rows were seen.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::catalogue_sheet::{Gathered, RawProduct};
use super::cells::short;
use super::headings::Column;
use super::preview::{Group, ProblemKind, Severity};
use super::words::{fold, parse_range, vietnamese};
use super::workbook::CellValue;

/// Gathers the groups with their ranges and gives every product its group's first spelling.
pub(super) fn settle_groups(products: &mut [RawProduct], gathered: &mut Gathered) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for product in products
        .iter_mut()
        .filter(|product| !product.row.group.is_empty())
    {
        let range = range_of(product, gathered);
        let at = *places
            .entry(fold(&product.row.group))
            .or_insert(groups.len());
        let Some(known) = groups.get_mut(at) else {
            groups.push(Group {
                code: product.row.group.clone(),
                min: range.map(|range| range.0),
                max: range.map(|range| range.1),
            });
            continue;
        };
        product.row.group.clone_from(&known.code);
        match (known.min.zip(known.max), range) {
            (None, Some((min, max))) => (known.min, known.max) = (Some(min), Some(max)),
            (Some(first), Some(range)) if first != range => {
                let text = |(min, max): (Decimal, Decimal)| {
                    format!("{}-{}", vietnamese(min), vietnamese(max))
                };
                let reason = format!(
                    "Nhóm {} ghi khung điểm {} nhưng ở dòng trước là {}.",
                    known.code,
                    text(range),
                    text(first)
                );
                gathered.blame_product(
                    product,
                    Column::Range,
                    ProblemKind::Groups,
                    Severity::Error,
                    reason,
                );
            }
            _ => {}
        }
    }
    groups.sort_by(|one, other| {
        (one.min.is_none(), one.min, &one.code).cmp(&(other.min.is_none(), other.min, &other.code))
    });
    find_overlaps(&groups, gathered);
    groups
}

fn range_of(product: &RawProduct, gathered: &mut Gathered) -> Option<(Decimal, Decimal)> {
    match product.range.as_ref()? {
        CellValue::Date(date) => {
            let reason = format!(
                "Khung điểm bị Excel đổi thành ngày {}. Hãy gõ lại dạng văn bản, ví dụ 1-10.",
                date.format("%d/%m/%Y")
            );
            gathered.blame_product(
                product,
                Column::Range,
                ProblemKind::ValueUnreadable,
                Severity::Notice,
                reason,
            );
            None
        }
        value => {
            let range = parse_range(&value.display());
            if range.is_none() {
                let reason = format!(
                    "Khung điểm ghi «{}», phải có dạng 51-100.",
                    short(&value.display())
                );
                gathered.blame_product(
                    product,
                    Column::Range,
                    ProblemKind::ValueUnreadable,
                    Severity::Error,
                    reason,
                );
            }
            range
        }
    }
}

fn find_overlaps(groups: &[Group], gathered: &mut Gathered) {
    for (one, next) in groups.iter().zip(groups.iter().skip(1)) {
        if let (Some(max), Some(min)) = (one.max, next.min)
            && min <= max
        {
            let reason = format!(
                "Khung điểm của nhóm {} và nhóm {} chồng lên nhau ({} và {}).",
                one.code,
                next.code,
                vietnamese(max),
                vietnamese(min)
            );
            gathered.blame_workbook(ProblemKind::Groups, Severity::Notice, reason);
        }
    }
}
