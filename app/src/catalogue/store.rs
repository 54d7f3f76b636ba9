//! SQL of catalogues. Every statement is bound to one agency.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::{AccountId, AgencyId, CatalogueId, ProductId};
use kpi::permission::{Permission, TABLE};
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgExecutor, PgPool};
use uuid::Uuid;

use super::api::{Group, Product, Status, Version};
use crate::error::AppError;

pub use super::write::{
    Approval, Draft, DraftGroup, DraftProduct, approve, delete_draft, insert_draft, lock,
    with_digest,
};

/// Products on one page of a version.
pub const PAGE: i64 = 100;
/// Most products that a form may offer at once.
pub const MOST_OFFERED: i64 = 600;

struct VersionRow {
    catalogue_id: Uuid,
    version_number: i32,
    name: String,
    status: String,
    decision: Option<String>,
    effective_from: Option<NaiveDate>,
    standard_points: Option<Decimal>,
    products: i64,
    imported_by: Option<Uuid>,
    another_approver: bool,
    created_by: Option<String>,
    created_at: DateTime<Utc>,
    approved_by: Option<String>,
    approved_at: Option<DateTime<Utc>>,
}

impl From<VersionRow> for Version {
    fn from(row: VersionRow) -> Self {
        Self {
            catalogue: CatalogueId(row.catalogue_id),
            number: row.version_number,
            name: row.name,
            status: Status::parse(&row.status),
            decision: row.decision,
            effective_from: row.effective_from,
            standard_points: row.standard_points.map(|points| points.normalize()),
            products: u32::try_from(row.products).unwrap_or(u32::MAX),
            imported_by: row.imported_by.map(AccountId),
            another_approver: row.another_approver,
            created_by: row.created_by.unwrap_or_default(),
            created: crate::format::moment(row.created_at),
            approved_by: row.approved_by.unwrap_or_default(),
            approved: row
                .approved_at
                .map(crate::format::moment)
                .unwrap_or_default(),
        }
    }
}

/// Roles of an account that may approve a catalogue.
fn approvers() -> Vec<String> {
    TABLE
        .iter()
        .filter(|(permission, _)| *permission == Permission::ApproveCatalogue)
        .flat_map(|(_, grants)| grants.iter())
        .map(|(role, _)| role.as_str().to_owned())
        .collect()
}

/// Versions of an agency, newest first, at most 50; drafts only for those who may see them.
///
/// # Errors
/// The database's failure.
pub async fn versions(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    with_drafts: bool,
) -> Result<Vec<Version>, AppError> {
    let rows = sqlx::query_as!(
        VersionRow,
        r#"select c.catalogue_id, c.version_number, c.name, c.status, c.decision, c.effective_from, c.standard_points,
            (select count(*) from product p where p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id) as "products!",
            c.created_by as imported_by,
            exists (
                select 1 from account o
                where o.agency_id = c.agency_id and o.account_id <> c.created_by and o.locked_at is null and o.roles && $3
            ) as "another_approver!",
            coalesce(ci.full_name, ca.login) as created_by, c.created_at,
            coalesce(ai.full_name, aa.login) as approved_by, c.approved_at
           from catalogue c
           left join account ca on ca.agency_id = c.agency_id and ca.account_id = c.created_by
           left join officer ci on ci.agency_id = ca.agency_id and ci.officer_id = ca.officer_id
           left join account aa on aa.agency_id = c.agency_id and aa.account_id = c.approved_by
           left join officer ai on ai.agency_id = aa.agency_id and ai.officer_id = aa.officer_id
           where c.agency_id = $1 and ($2 or c.status <> 'draft')
           order by c.version_number desc limit 50"#,
        agency.0,
        with_drafts,
        &approvers()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Version::from).collect())
}

/// Id of the version that work is assigned from; none before the first approval.
///
/// # Errors
/// The database's failure.
pub async fn approved(pool: &PgPool, agency: AgencyId) -> Result<Option<CatalogueId>, AppError> {
    let row = sqlx::query_scalar!(
        "select catalogue_id from catalogue where agency_id = $1 and status = 'approved'",
        agency.0
    )
    .fetch_optional(pool)
    .await?;
    Ok(row.map(CatalogueId))
}

struct ProductRow {
    product_id: Uuid,
    code: String,
    task: String,
    detail: String,
    output: String,
    group_code: Option<String>,
    points: Decimal,
    coefficient: Decimal,
    unit_of_measure: Option<String>,
    unit_name: Option<String>,
    note: Option<String>,
    standard: bool,
}

impl From<ProductRow> for Product {
    fn from(row: ProductRow) -> Self {
        Self {
            product: ProductId(row.product_id),
            code: row.code,
            task: row.task,
            detail: row.detail,
            output: row.output,
            group: row.group_code,
            points: row.points.normalize(),
            coefficient: row.coefficient.normalize(),
            unit_of_measure: row.unit_of_measure,
            unit_name: row.unit_name,
            note: row.note,
            standard: row.standard,
        }
    }
}

/// One product of the approved version, as an assignment copies it.
///
/// # Errors
/// `NotFound` when the approved version has no such product; the database's failure.
pub async fn product(
    db: &mut PgConnection,
    agency: AgencyId,
    product: ProductId,
) -> Result<Product, AppError> {
    let row = sqlx::query_as!(
        ProductRow,
        r#"select p.product_id, p.code, p.task, p.detail, p.output, p.group_code, p.points, p.coefficient,
            p.unit_of_measure, p.unit_name, p.note, coalesce(p.product_id = c.standard_product_id, false) as "standard!"
           from catalogue c
           join product p on p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id
           where c.agency_id = $1 and c.status = 'approved' and p.product_id = $2"#,
        agency.0,
        product.0
    )
    .fetch_one(db)
    .await?;
    Ok(row.into())
}

/// Products of the approved version whose code, task, detail or output contains `search` (all of them when it is empty),
/// in the catalogue's order, at most `limit` and never more than [`MOST_OFFERED`].
///
/// # Errors
/// The database's failure.
pub async fn approved_products(
    pool: &PgPool,
    agency: AgencyId,
    search: &str,
    limit: i64,
) -> Result<Vec<Product>, AppError> {
    let rows = sqlx::query_as!(
        ProductRow,
        r#"select p.product_id, p.code, p.task, p.detail, p.output, p.group_code, p.points, p.coefficient,
            p.unit_of_measure, p.unit_name, p.note, coalesce(p.product_id = c.standard_product_id, false) as "standard!"
           from catalogue c
           join product p on p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id
           where c.agency_id = $1 and c.status = 'approved'
             and ($2 = '' or regexp_replace(normalize(translate(lower(concat_ws(' ', p.code, p.task, p.detail, p.output)), 'đĐ', 'dd'), nfd), '[\u0300-\u036f]', '', 'g')
                like regexp_replace(normalize(translate(lower($2), 'đĐ', 'dd'), nfd), '[\u0300-\u036f]', '', 'g'))
           order by p.ordinal limit $3"#,
        agency.0,
        pattern(search),
        limit.clamp(0, MOST_OFFERED)
    )
    .fetch_all(pool)
    .await?;
    Ok(rows.into_iter().map(Product::from).collect())
}

/// One page of a version's products: [`PAGE`] rows from `page` (1, 2, …), and how many there are in all.
///
/// # Errors
/// The database's failure.
pub async fn products(
    pool: &PgPool,
    agency: AgencyId,
    catalogue: CatalogueId,
    search: &str,
    group: Option<&str>,
    page: u32,
) -> Result<(Vec<Product>, u32), AppError> {
    let rows = sqlx::query!(
        r#"select p.product_id, p.code, p.task, p.detail, p.output, p.group_code, p.points, p.coefficient,
            p.unit_of_measure, p.unit_name, p.note, coalesce(p.product_id = c.standard_product_id, false) as "standard!",
            count(*) over () as "found!"
           from catalogue c
           join product p on p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id
           where c.agency_id = $1 and c.catalogue_id = $2
             and ($3 = '' or regexp_replace(normalize(translate(lower(concat_ws(' ', p.code, p.task, p.detail, p.output)), 'đĐ', 'dd'), nfd), '[\u0300-\u036f]', '', 'g')
                like regexp_replace(normalize(translate(lower($3), 'đĐ', 'dd'), nfd), '[\u0300-\u036f]', '', 'g'))
             and ($4::text is null or p.group_code = $4)
           order by p.ordinal limit $5 offset $6"#,
        agency.0,
        catalogue.0,
        pattern(search),
        group,
        PAGE,
        PAGE * i64::from(page.saturating_sub(1))
    )
    .fetch_all(pool)
    .await?;
    let found = rows.first().map_or(0, |row| row.found);
    let products = rows
        .into_iter()
        .map(|row| {
            Product::from(ProductRow {
                product_id: row.product_id,
                code: row.code,
                task: row.task,
                detail: row.detail,
                output: row.output,
                group_code: row.group_code,
                points: row.points,
                coefficient: row.coefficient,
                unit_of_measure: row.unit_of_measure,
                unit_name: row.unit_name,
                note: row.note,
                standard: row.standard,
            })
        })
        .collect();
    Ok((products, u32::try_from(found).unwrap_or(u32::MAX)))
}

/// What was typed as a pattern that contains it; `%` and `_` mean themselves. Empty stays empty.
fn pattern(search: &str) -> String {
    let search = search.trim();
    if search.is_empty() {
        return String::new();
    }
    let escaped = search
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{escaped}%")
}

/// All products of a version in its order, for checking and download; at most 100,000, which is what an import may bring.
///
/// # Errors
/// The database's failure.
pub async fn whole(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    catalogue: CatalogueId,
) -> Result<Vec<Product>, AppError> {
    let rows = sqlx::query_as!(
        ProductRow,
        r#"select p.product_id, p.code, p.task, p.detail, p.output, p.group_code, p.points, p.coefficient,
            p.unit_of_measure, p.unit_name, p.note, coalesce(p.product_id = c.standard_product_id, false) as "standard!"
           from catalogue c
           join product p on p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id
           where c.agency_id = $1 and c.catalogue_id = $2 order by p.ordinal limit 100000"#,
        agency.0,
        catalogue.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Product::from).collect())
}

/// Complexity groups of a version in their order; at most 50.
///
/// # Errors
/// The database's failure.
pub async fn groups(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    catalogue: CatalogueId,
) -> Result<Vec<Group>, AppError> {
    let rows = sqlx::query!(
        "select code, min_points, max_points from product_group
         where agency_id = $1 and catalogue_id = $2 order by ordinal limit 50",
        agency.0,
        catalogue.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Group {
            code: row.code,
            min: row.min_points.map(|points| points.normalize()),
            max: row.max_points.map(|points| points.normalize()),
        })
        .collect())
}

/// How often each product of a version was assigned; products that never were are not there.
///
/// # Errors
/// The database's failure.
pub async fn used(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    catalogue: CatalogueId,
) -> Result<HashMap<Uuid, u32>, AppError> {
    let rows = sqlx::query!(
        r#"select a.product_id, count(*) as "count!" from assignment a
           join product p on p.agency_id = $1 and p.catalogue_id = $2 and p.product_id = a.product_id
           where a.agency_id = $1 and a.status = 'active' group by a.product_id"#,
        agency.0,
        catalogue.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.product_id, u32::try_from(row.count).unwrap_or(u32::MAX)))
        .collect())
}
