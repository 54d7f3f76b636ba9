//! Finds the standard product, the unit into which all tasks are converted (Decree 335/2025 Art. 3): by the sentence that names
//! it, else by its coefficient of 1. Exactly one is chosen, and every doubt is told.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::catalogue_sheet::{Coefficient, Gathered, RawProduct};
use super::headings::Column;
use super::preview::{ProblemKind, Severity};
use super::words::{fold, parse_number, vietnamese};

/// So many other products of coefficient 1 are named one by one, the rest by their number.
const NAMED_ONE_BY_ONE: usize = 20;

/// Points of the standard product: by the text "Sản phẩm chuẩn = 5 điểm", else by the products with coefficient 1.
pub(super) fn standard_points(gathered: &mut Gathered, products: &[RawProduct]) -> Option<Decimal> {
    let named: Vec<(String, u32, Decimal)> = gathered
        .standard_texts
        .iter()
        .filter_map(|(sheet, row, text)| Some((sheet.clone(), *row, points_named_in(text)?)))
        .collect();
    if let Some((sheet, row, points)) = named.first() {
        if let Some((other_sheet, other_row, other)) =
            named.iter().find(|(_, _, other)| other != points)
        {
            let reason = format!(
                "Sản phẩm chuẩn ghi {} điểm ở «{sheet}» dòng {row} nhưng {} điểm ở «{other_sheet}» dòng {other_row}.",
                vietnamese(*points),
                vietnamese(*other)
            );
            gathered.blame_workbook(ProblemKind::Standard, Severity::Error, reason);
        }
        return Some(*points);
    }
    let mut found: BTreeMap<Decimal, u32> = BTreeMap::new();
    for product in products
        .iter()
        .filter(|product| product.coefficient == Coefficient::Given(Decimal::ONE))
    {
        // Without a column of points the coefficient is the point.
        let points = if product.row.points.is_zero() {
            Decimal::ONE
        } else {
            product.row.points
        };
        *found.entry(points).or_default() += 1;
    }
    let most = found
        .iter()
        .max_by_key(|(_, count)| **count)
        .map(|(points, _)| *points);
    if most.is_none() {
        let reason = "Không tìm thấy sản phẩm chuẩn: không có dòng chữ «Sản phẩm chuẩn = … điểm» và không có sản phẩm nào hệ số 1,00.".to_owned();
        gathered.blame_workbook(ProblemKind::Standard, Severity::Error, reason);
    } else if found.len() > 1 {
        let list = found
            .keys()
            .map(|points| vietnamese(*points))
            .collect::<Vec<_>>()
            .join(", ");
        gathered.blame_workbook(ProblemKind::Standard, Severity::Error,
            format!(
                "Nhiều mức điểm cùng có hệ số 1,00: {list} điểm. Chỉ một mức được là sản phẩm chuẩn."
            ),
        );
    }
    most
}

/// The number before the word "điểm" in a text that names the standard product.
fn points_named_in(text: &str) -> Option<Decimal> {
    let folded = fold(text);
    let (_, after) = folded.split_once("san pham chuan")?;
    let before = after
        .split("diem")
        .next()
        .filter(|before| before.len() < after.len())?;
    let number = before
        .split(|letter: char| letter.is_whitespace() || matches!(letter, '=' | ':' | '('))
        .rfind(|part| !part.is_empty())?;
    parse_number(number).filter(|points| *points > Decimal::ZERO)
}

/// Exactly one product is the standard. Among those with its points: the row whose note says so, the one a text names by task
/// or code, the first on a sheet that carries the text, the first of all.
pub(super) fn choose_standard(
    products: &[RawProduct],
    points: Decimal,
    gathered: &mut Gathered,
) -> Option<usize> {
    let candidates: Vec<(usize, &RawProduct)> = products
        .iter()
        .enumerate()
        .filter(|(_, product)| {
            product.row.points == points && product.row.coefficient == Decimal::ONE
        })
        .collect();
    let texts: Vec<(&String, String)> = gathered
        .standard_texts
        .iter()
        .map(|(sheet, _, text)| (sheet, fold(text)))
        .collect();
    let is_noted = |product: &RawProduct| {
        product
            .row
            .note
            .as_deref()
            .is_some_and(|note| fold(note).starts_with("san pham chuan"))
    };
    let is_named = |product: &RawProduct| {
        let (task, code) = (fold(&product.row.task), fold(&product.row.code));
        texts.iter().any(|(_, text)| {
            text.contains(&task)
                || text
                    .split(|letter: char| letter.is_whitespace() || matches!(letter, ':' | '='))
                    .any(|word| word == code)
        })
    };
    let is_beside =
        |product: &RawProduct| texts.iter().any(|(sheet, _)| **sheet == product.row.sheet);
    let rules: [&dyn Fn(&RawProduct) -> bool; 4] = [&is_noted, &is_named, &is_beside, &|_| true];
    let chosen = rules
        .iter()
        .find_map(|rule| candidates.iter().find(|(_, product)| rule(product)));
    let Some((at, standard)) = chosen else {
        gathered.blame_workbook(
            ProblemKind::Standard,
            Severity::Error,
            format!(
                "Không có sản phẩm nào {} điểm với hệ số 1,00 để làm sản phẩm chuẩn.",
                vietnamese(points)
            ),
        );
        return None;
    };
    let (at, code) = (*at, standard.row.code.clone());
    let others: Vec<&RawProduct> = candidates
        .iter()
        .filter(|(other, _)| *other != at)
        .map(|(_, product)| *product)
        .collect();
    for other in others.iter().take(NAMED_ONE_BY_ONE) {
        let reason = format!(
            "«{}» cũng có hệ số 1,00 như sản phẩm chuẩn; «{code}» được lấy làm sản phẩm chuẩn.",
            other.row.code
        );
        gathered.blame_product(
            other,
            Column::Coefficient,
            ProblemKind::Standard,
            Severity::Notice,
            reason,
        );
    }
    if others.len() > NAMED_ONE_BY_ONE {
        let reason = format!(
            "Còn {} sản phẩm khác cũng có hệ số 1,00.",
            others.len() - NAMED_ONE_BY_ONE
        );
        gathered.blame_workbook(ProblemKind::Standard, Severity::Notice, reason);
    }
    Some(at)
}
