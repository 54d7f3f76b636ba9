//! Looking through a version of the catalogue: what a reader of hundreds of rows does not see.

use std::collections::HashMap;

use kpi::catalogue::GroupRange;
use kpi::catalogue::lint::{LintInput, LintProduct, OtherUnit, lint};
use kpi::ids::CatalogueId;
use rust_decimal::Decimal;
use sqlx::PgPool;

use super::api::{Finding, Linted, Product};
use super::store;
use crate::auth::Access;
use crate::error::AppError;

/// Findings that are shown at once.
const MOST_FINDINGS: usize = 500;

/// What is found in a version, row by row: four statements.
///
/// `far` is from how many times other units' coefficient one is far, above 1; `coarse` from which coefficient on a
/// product is too large to count.
///
/// # Errors
/// `NotFound` for a version of another agency; the database's failure.
pub async fn findings(
    pool: &PgPool,
    access: &Access,
    catalogue: CatalogueId,
    (far, coarse): (Decimal, Decimal),
) -> Result<Linted, AppError> {
    let agency = access.actor.agency;
    let version = store::versions(pool, agency, true)
        .await?
        .into_iter()
        .find(|version| version.catalogue == catalogue)
        .ok_or(AppError::NotFound)?;
    let products = store::whole(pool, agency, catalogue).await?;
    let groups = store::groups(pool, agency, catalogue).await?;
    let used = store::used(pool, agency, catalogue).await?;
    let rows: Vec<LintProduct> = products
        .iter()
        .map(|product| LintProduct {
            code: product.code.clone(),
            task: task_of(product),
            output: said(&product.output),
            group: product.group.clone(),
            coefficient: product.coefficient,
            assigned: Some(used.get(&product.product.0).copied().unwrap_or(0)),
        })
        .collect();
    let groups: Vec<GroupRange> = groups
        .into_iter()
        .filter_map(|group| {
            Some(GroupRange {
                code: group.code,
                min: group.min?,
                max: group.max?,
            })
        })
        .collect();
    let others: Vec<OtherUnit> = products
        .iter()
        .filter_map(|product| {
            Some(OtherUnit {
                unit: product.unit_name.clone()?,
                task: task_of(product),
                output: said(&product.output),
                coefficient: product.coefficient,
            })
        })
        .collect();
    let found = lint(&LintInput {
        products: &rows,
        groups: &groups,
        standard_points: version.standard_points,
        decimals: kpi::catalogue::COEFFICIENT_DECIMALS,
        others: &others,
        far,
        coarse,
    });
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for finding in &found {
        *counts.entry(finding.code.as_str()).or_default() += 1;
    }
    let counts = kpi::catalogue::lint::LintCode::ALL
        .iter()
        .filter_map(|code| Some((code.label().to_owned(), *counts.get(code.as_str())?)))
        .collect();
    let mut findings: Vec<Finding> = found
        .into_iter()
        .filter_map(|finding| {
            let at = usize::try_from(finding.index).ok()?;
            let product = products.get(at)?;
            Some(Finding {
                code: product.code.clone(),
                name: task_of(product),
                severity: finding.severity,
                sentence: finding.sentence,
            })
        })
        .collect();
    // What makes scores wrong comes first; within it the order of the catalogue stays.
    findings.sort_by_key(|finding| {
        kpi::catalogue::lint::Severity::ALL
            .iter()
            .position(|severity| *severity == finding.severity)
    });
    findings.truncate(MOST_FINDINGS);
    Ok(Linted {
        version,
        far,
        coarse,
        counts,
        findings,
    })
}

fn task_of(product: &Product) -> String {
    if product.detail.is_empty() {
        product.task.clone()
    } else {
        format!("{} – {}", product.task, product.detail)
    }
}

fn said(text: &str) -> Option<String> {
    Some(text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
