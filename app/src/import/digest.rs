//! Digests by which the same content in another file is known, so that importing it again changes nothing.
//! Apart because catalogue and people use one way of hashing.

use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

use super::preview::{Group, ProductRow};

/// SHA-256 over the content in the order of codes, each text with its length, so that no two contents look alike.
pub(super) fn of_catalogue(
    products: &[ProductRow],
    groups: &[Group],
    points: Option<Decimal>,
    standard: Option<usize>,
) -> String {
    let number = |number: Option<Decimal>| {
        number
            .map(|number| number.normalize().to_string())
            .unwrap_or_default()
    };
    let mut lines: Vec<Vec<String>> = products
        .iter()
        .map(|product| {
            vec![
                product.code.clone(),
                product.task.clone(),
                product.detail.clone(),
                product.output.clone(),
                product.group.clone(),
                number(Some(product.points)),
                number(Some(product.coefficient)),
                product.unit_of_measure.clone().unwrap_or_default(),
                product.unit_name.clone().unwrap_or_default(),
                product.note.clone().unwrap_or_default(),
            ]
        })
        .collect();
    lines.sort();
    let standard = standard
        .and_then(|at| products.get(at))
        .map(|product| product.code.clone())
        .unwrap_or_default();
    lines.push(vec!["standard".to_owned(), number(points), standard]);
    lines.extend(groups.iter().map(|group| {
        vec![
            "group".to_owned(),
            group.code.clone(),
            number(group.min),
            number(group.max),
        ]
    }));
    hash(&lines)
}

/// Hex of SHA-256 over lines of texts.
pub(super) fn hash(lines: &[Vec<String>]) -> String {
    let mut hasher = Sha256::new();
    for line in lines {
        hasher.update(line.len().to_string());
        for text in line {
            hasher.update(format!(":{}:", text.len()));
            hasher.update(text);
        }
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
