//! SQL of catalogues. Every statement is bound to one agency.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::{AccountId, AgencyId, CatalogueId, ProductId};
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::api::{Product, Status, Version};
use crate::error::AppError;

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

/// Versions of an agency, newest first, at most 50; drafts only for those who may see them.
///
/// # Errors
/// The database's failure.
pub async fn versions(
    pool: &PgPool,
    agency: AgencyId,
    with_drafts: bool,
) -> Result<Vec<Version>, AppError> {
    let rows = sqlx::query_as!(
        VersionRow,
        r#"select c.catalogue_id, c.version_number, c.name, c.status, c.decision, c.effective_from, c.standard_points,
            (select count(*) from product p where p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id) as "products!",
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
        with_drafts
    )
    .fetch_all(pool)
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
            p.unit_of_measure, p.unit_name, coalesce(p.product_id = c.standard_product_id, false) as "standard!"
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
            p.unit_of_measure, p.unit_name, coalesce(p.product_id = c.standard_product_id, false) as "standard!"
           from catalogue c
           join product p on p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id
           where c.agency_id = $1 and c.status = 'approved'
             and ($2 = '' or p.code ilike $2 or p.task ilike $2 or p.detail ilike $2 or p.output ilike $2)
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
            p.unit_of_measure, p.unit_name, coalesce(p.product_id = c.standard_product_id, false) as "standard!",
            count(*) over () as "found!"
           from catalogue c
           join product p on p.agency_id = c.agency_id and p.catalogue_id = c.catalogue_id
           where c.agency_id = $1 and c.catalogue_id = $2
             and ($3 = '' or p.code ilike $3 or p.task ilike $3 or p.detail ilike $3 or p.output ilike $3)
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

/// A complexity group of a draft, in the order of its range.
#[derive(Clone, Debug)]
pub struct DraftGroup {
    /// Code ("N2").
    pub code: String,
    /// Least points.
    pub min: Option<Decimal>,
    /// Most points.
    pub max: Option<Decimal>,
}

/// A product of a draft.
#[derive(Clone, Debug)]
pub struct DraftProduct {
    /// Code, unique in the draft.
    pub code: String,
    /// Task.
    pub task: String,
    /// Detailed work; may be empty.
    pub detail: String,
    /// Output.
    pub output: String,
    /// Code of its group.
    pub group: Option<String>,
    /// Points, at most 4 decimals.
    pub points: Decimal,
    /// Coefficient, above 0, at most 6 decimals.
    pub coefficient: Decimal,
    /// Unit of measure.
    pub unit_of_measure: Option<String>,
    /// The unit it is meant for.
    pub unit_name: Option<String>,
}

/// A new version before it is stored.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is called.
    pub name: String,
    /// Points of the standard product.
    pub standard_points: Option<Decimal>,
    /// Code of the standard product.
    pub standard_code: Option<String>,
    /// SHA-256 (hex) of the content.
    pub digest: String,
    /// Groups in order.
    pub groups: Vec<DraftGroup>,
    /// Products in order.
    pub products: Vec<DraftProduct>,
    /// Who imports it; none for the command line.
    pub created_by: Option<AccountId>,
}

/// The version that holds this content already, unless it was superseded.
///
/// # Errors
/// The database's failure.
pub async fn with_digest(
    db: &mut PgConnection,
    agency: AgencyId,
    digest: &str,
) -> Result<Option<(CatalogueId, i32)>, AppError> {
    let row = sqlx::query!(
        "select catalogue_id, version_number from catalogue
         where agency_id = $1 and digest = $2 and status <> 'superseded' order by version_number desc limit 1",
        agency.0,
        digest
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (CatalogueId(row.catalogue_id), row.version_number)))
}

/// Stores a new draft version with all its groups and products, in three statements whatever their number. A product
/// keeps the id that its code had in the newest version before. The caller holds the transaction.
///
/// # Errors
/// The database's failure, duplicate codes included: nothing is stored then.
pub async fn insert_draft(
    db: &mut PgConnection,
    agency: AgencyId,
    draft: &Draft,
) -> Result<(CatalogueId, i32), AppError> {
    // One draft at a time an agency: the version number is the next one.
    sqlx::query!(
        "select agency_id from agency where agency_id = $1 for update",
        agency.0
    )
    .fetch_one(&mut *db)
    .await?;
    let catalogue = CatalogueId(Uuid::now_v7());
    let number = insert_catalogue(db, agency, catalogue, draft).await?;
    insert_groups(db, agency, catalogue, &draft.groups).await?;
    insert_products(db, agency, catalogue, &draft.products).await?;
    sqlx::query!(
        "update catalogue c set standard_product_id = p.product_id from product p
         where c.agency_id = $1 and c.catalogue_id = $2 and p.agency_id = $1 and p.catalogue_id = $2 and p.code = $3",
        agency.0,
        catalogue.0,
        draft.standard_code
    )
    .execute(db)
    .await?;
    Ok((catalogue, number))
}

async fn insert_catalogue(
    db: &mut PgConnection,
    agency: AgencyId,
    catalogue: CatalogueId,
    draft: &Draft,
) -> Result<i32, AppError> {
    Ok(sqlx::query_scalar!(
        "insert into catalogue (agency_id, catalogue_id, version_number, name, status, standard_points, digest, created_by)
         select $1, $2, coalesce(max(version_number), 0) + 1, $3, 'draft', $4, $5, $6 from catalogue where agency_id = $1
         returning version_number",
        agency.0,
        catalogue.0,
        draft.name,
        draft.standard_points,
        draft.digest,
        draft.created_by.map(|account| account.0)
    )
    .fetch_one(db)
    .await?)
}

async fn insert_groups(
    db: &mut PgConnection,
    agency: AgencyId,
    catalogue: CatalogueId,
    groups: &[DraftGroup],
) -> Result<(), AppError> {
    let codes: Vec<String> = groups.iter().map(|group| group.code.clone()).collect();
    let least: Vec<Option<Decimal>> = groups.iter().map(|group| group.min).collect();
    let most: Vec<Option<Decimal>> = groups.iter().map(|group| group.max).collect();
    sqlx::query!(
        "insert into product_group (agency_id, catalogue_id, code, min_points, max_points, ordinal)
         select $1, $2, code, least, most, ordinal::integer
         from unnest($3::text[], $4::numeric[], $5::numeric[]) with ordinality as g (code, least, most, ordinal)",
        agency.0,
        catalogue.0,
        &codes,
        &least as &[Option<Decimal>],
        &most as &[Option<Decimal>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// One column of the products.
fn column<T>(products: &[DraftProduct], of: impl Fn(&DraftProduct) -> T) -> Vec<T> {
    products.iter().map(of).collect()
}

async fn insert_products(
    db: &mut PgConnection,
    agency: AgencyId,
    catalogue: CatalogueId,
    products: &[DraftProduct],
) -> Result<(), AppError> {
    let fresh: Vec<Uuid> = column(products, |_| Uuid::now_v7());
    sqlx::query!(
        "insert into product (agency_id, catalogue_id, product_id, code, task, detail, output, group_code, points, coefficient,
            unit_of_measure, unit_name, ordinal)
         select $1, $2, coalesce(known.product_id, n.fresh), n.code, n.task, n.detail, n.output, n.group_code, n.points,
            n.coefficient, n.unit_of_measure, n.unit_name, n.ordinal::integer
         from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::numeric[], $10::numeric[],
            $11::text[], $12::text[]) with ordinality
            as n (fresh, code, task, detail, output, group_code, points, coefficient, unit_of_measure, unit_name, ordinal)
         left join (
            select distinct on (p.code) p.code, p.product_id
            from product p join catalogue c on c.agency_id = p.agency_id and c.catalogue_id = p.catalogue_id
            where p.agency_id = $1 order by p.code, c.version_number desc
         ) known on known.code = n.code",
        agency.0,
        catalogue.0,
        &fresh,
        &column(products, |product| product.code.clone()),
        &column(products, |product| product.task.clone()),
        &column(products, |product| product.detail.clone()),
        &column(products, |product| product.output.clone()),
        &column(products, |product| product.group.clone()) as &[Option<String>],
        &column(products, |product| product.points),
        &column(products, |product| product.coefficient),
        &column(products, |product| product.unit_of_measure.clone()) as &[Option<String>],
        &column(products, |product| product.unit_name.clone()) as &[Option<String>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Makes a draft the approved version and supersedes the one before, in the caller's transaction. Whether it may be done
/// is for the caller.
///
/// # Errors
/// `NotFound` when it is no draft of this agency (any more); the database's failure.
pub async fn approve(
    db: &mut PgConnection,
    agency: AgencyId,
    catalogue: CatalogueId,
    approval: &Approval,
) -> Result<(), AppError> {
    sqlx::query!(
        "update catalogue set status = 'superseded' where agency_id = $1 and status = 'approved' and catalogue_id <> $2",
        agency.0,
        catalogue.0
    )
    .execute(&mut *db)
    .await?;
    let changed = sqlx::query!(
        "update catalogue set status = 'approved', decision = $3, effective_from = $4, approved_by = $5, approved_at = now()
         where agency_id = $1 and catalogue_id = $2 and status = 'draft'",
        agency.0,
        catalogue.0,
        approval.decision,
        approval.effective_from,
        approval.approved_by.map(|account| account.0)
    )
    .execute(db)
    .await?;
    if changed.rows_affected() == 1 {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}

/// By what a version is approved.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Number of the decision.
    pub decision: String,
    /// First day it applies.
    pub effective_from: NaiveDate,
    /// Who records it; none for the demonstration data.
    pub approved_by: Option<AccountId>,
}
