//! The catalogue of the demo agency: written for such a commission, kept as a table beside this file.

use rust_decimal::Decimal;

const TABLE: &str = include_str!("catalogue.tsv");

/// Code of the standard product (coefficient 1, Điều 13).
pub const STANDARD: &str = "C.01";

/// Complexity groups: code, least and most points.
pub const GROUPS: [(&str, u32, u32); 5] = [
    ("N1", 2, 5),
    ("N2", 6, 12),
    ("N3", 13, 30),
    ("N4", 31, 60),
    ("N5", 61, 150),
];

/// A line of the table.
#[derive(Clone, Debug)]
pub struct Product {
    /// "KT.02".
    pub code: &'static str,
    /// N1 … N5.
    pub group: &'static str,
    /// Points.
    pub points: Decimal,
    /// Points ÷ points of the standard product.
    pub coefficient: Decimal,
    /// Code of the unit that uses it; empty for all.
    pub unit: &'static str,
    /// What is counted.
    pub measure: &'static str,
    /// The task.
    pub task: &'static str,
    /// What it takes.
    pub detail: &'static str,
    /// What is handed in.
    pub output: &'static str,
}

impl Product {
    /// Work of those who lead: directing, organising, checking (Điều 15 khoản 1).
    pub fn is_leading(&self) -> bool {
        self.code.starts_with("LD.")
    }
}

/// Every product.
///
/// # Errors
/// A sentence that names the line which is not as it should be.
pub fn products() -> Result<Vec<Product>, String> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| product(line).ok_or_else(|| format!("Danh mục mẫu có dòng sai: {line}")))
        .collect()
}

fn product(line: &'static str) -> Option<Product> {
    let columns: Vec<&'static str> = line.split('\t').collect();
    let [
        code,
        group,
        points,
        coefficient,
        unit,
        measure,
        task,
        detail,
        output,
    ] = columns.as_slice()
    else {
        return None;
    };
    Some(Product {
        code,
        group,
        points: points.parse().ok()?,
        coefficient: coefficient.parse().ok()?,
        unit,
        measure,
        task,
        detail,
        output,
    })
}

#[cfg(test)]
mod tests {
    use kpi::catalogue::{Entry, GroupRange, ProductDraft, check};

    use super::*;

    #[test]
    fn the_catalogue_passes_the_check_of_an_import() {
        let products = products().unwrap();
        let drafts: Vec<ProductDraft> = products
            .iter()
            .map(|product| ProductDraft {
                code: Some(product.code.into()),
                task: Some(product.task.into()),
                detail: Some(product.detail.into()),
                output: Some(product.output.into()),
                group: Some(product.group.into()),
                points: Entry::Number(product.points),
                coefficient: Entry::Number(product.coefficient),
                standard: product.code == STANDARD,
            })
            .collect();
        let groups: Vec<GroupRange> = GROUPS
            .iter()
            .map(|(code, min, max)| GroupRange {
                code: (*code).into(),
                min: (*min).into(),
                max: (*max).into(),
            })
            .collect();
        let standard = products
            .iter()
            .find(|product| product.code == STANDARD)
            .unwrap();
        assert_eq!(check(&drafts, &groups, Some(standard.points)), []);
        assert_eq!(standard.coefficient, Decimal::ONE);
        assert!((115..=125).contains(&products.len()));
    }

    #[test]
    fn no_task_stands_twice_and_nothing_is_empty() {
        let products = products().unwrap();
        let tasks: std::collections::BTreeSet<&str> =
            products.iter().map(|product| product.task).collect();
        assert_eq!(tasks.len(), products.len());
        assert!(
            products
                .iter()
                .all(|p| !p.detail.is_empty() && !p.output.is_empty() && !p.measure.is_empty())
        );
    }
}
