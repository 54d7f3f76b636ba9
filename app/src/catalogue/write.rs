//! Writing catalogues: a draft with all its products in a handful of statements, its approval, its end.
//! Whether an act may be done is for `steps`; the caller holds the transaction.

use chrono::NaiveDate;
use kpi::ids::{AccountId, AgencyId, CatalogueId};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

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
    /// Note.
    pub note: Option<String>,
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

/// Waits for every other act on the agency's catalogues, and keeps others waiting until the transaction ends: version
/// numbers follow each other, and a version is approved once.
///
/// # Errors
/// `NotFound` without such an agency; the database's failure.
pub async fn lock(db: &mut PgConnection, agency: AgencyId) -> Result<(), AppError> {
    // Not `for update`: rows that name the agency are still written meanwhile.
    sqlx::query!(
        "select agency_id from agency where agency_id = $1 for no key update",
        agency.0
    )
    .fetch_one(db)
    .await?;
    Ok(())
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
    lock(db, agency).await?;
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
        &least as _,
        &most as _
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
            unit_of_measure, unit_name, note, ordinal)
         select $1, $2, coalesce(known.product_id, n.fresh), n.code, n.task, n.detail, n.output, n.group_code, n.points,
            n.coefficient, n.unit_of_measure, n.unit_name, n.note, n.ordinal::integer
         from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::numeric[], $10::numeric[],
            $11::text[], $12::text[], $13::text[]) with ordinality
            as n (fresh, code, task, detail, output, group_code, points, coefficient, unit_of_measure, unit_name, note, ordinal)
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
        &column(products, |product| product.group.clone()) as _,
        &column(products, |product| product.points),
        &column(products, |product| product.coefficient),
        &column(products, |product| product.unit_of_measure.clone()) as _,
        &column(products, |product| product.unit_name.clone()) as _,
        &column(products, |product| product.note.clone()) as _
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

/// Deletes a draft with its products and groups.
///
/// # Errors
/// `NotFound` when it is no draft of this agency (any more): nothing is deleted then; the database's failure.
pub async fn delete_draft(
    db: &mut PgConnection,
    agency: AgencyId,
    catalogue: CatalogueId,
) -> Result<(), AppError> {
    let deleted = sqlx::query!(
        "with draft as (
            select agency_id, catalogue_id from catalogue where agency_id = $1 and catalogue_id = $2 and status = 'draft'
         ),
         products as (delete from product p using draft d where p.agency_id = d.agency_id and p.catalogue_id = d.catalogue_id),
         groups as (delete from product_group g using draft d where g.agency_id = d.agency_id and g.catalogue_id = d.catalogue_id)
         delete from catalogue c using draft d where c.agency_id = d.agency_id and c.catalogue_id = d.catalogue_id",
        agency.0,
        catalogue.0
    )
    .execute(db)
    .await?;
    if deleted.rows_affected() == 1 {
        Ok(())
    } else {
        Err(AppError::NotFound)
    }
}
