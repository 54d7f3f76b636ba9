//! SQL of delegations.

use chrono::NaiveDate;
use kpi::ids::AgencyId;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::wire::{DelegationRow, HeadedUnit, Named};
use crate::error::AppError;

/// Most people that can be chosen from.
const MOST: i64 = 1_000;

/// Delegations of one competent person, or of all, the newest first, at most 100.
///
/// # Errors
/// The database's failure.
pub async fn list(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    authority: Option<Uuid>,
) -> Result<Vec<DelegationRow>, AppError> {
    Ok(sqlx::query_as!(
        DelegationRow,
        r#"select d.delegation_id as delegation, a.full_name as authority, p.full_name as delegate, u.name as "unit?",
               d.from_day as from, d.until_day as until, d.document, d.ended_at is not null as "ended!"
           from delegation d
           join officer a on a.agency_id = $1 and a.officer_id = d.authority_id
           join officer p on p.agency_id = $1 and p.officer_id = d.delegate_id
           left join unit u on u.agency_id = $1 and u.unit_id = d.unit_id
           where d.agency_id = $1 and ($2::uuid is null or d.authority_id = $2)
           order by d.recorded_at desc, d.delegation_id desc limit 100"#,
        agency,
        authority
    )
    .fetch_all(db)
    .await?)
}

/// Holders of a post on a day with their units, by given name, at most 1,000: heads only, or everybody.
///
/// # Errors
/// The database's failure.
pub async fn holders(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    day: NaiveDate,
    heads: bool,
) -> Result<Vec<Named>, AppError> {
    Ok(sqlx::query_as!(
        Named,
        r#"select o.officer_id as officer, o.full_name || ' · ' || min(u.name) as "words!"
           from post p
           join officer o on o.agency_id = $1 and o.officer_id = p.officer_id
           join unit u on u.agency_id = $1 and u.unit_id = p.unit_id
           where p.agency_id = $1 and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2)
             and (not $3 or p.kind = 'head')
           group by o.officer_id, o.full_name, o.sort_key
           order by o.sort_key, o.officer_id limit $4"#,
        agency,
        day,
        heads,
        MOST
    )
    .fetch_all(db)
    .await?)
}

/// Units with their heads on a day, in the order of the tree, at most 1,000: of one head, or all.
///
/// # Errors
/// The database's failure.
pub async fn headed(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    day: NaiveDate,
    head: Option<Uuid>,
) -> Result<Vec<HeadedUnit>, AppError> {
    Ok(sqlx::query_as!(
        HeadedUnit,
        "select u.unit_id as unit, u.name, o.full_name as head
         from post p
         join officer o on o.agency_id = $1 and o.officer_id = p.officer_id
         join unit u on u.agency_id = $1 and u.unit_id = p.unit_id
         where p.agency_id = $1 and p.kind = 'head' and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2)
           and ($3::uuid is null or p.officer_id = $3)
         order by u.path, o.sort_key, o.officer_id limit $4",
        agency,
        day,
        head,
        MOST
    )
    .fetch_all(db)
    .await?)
}

/// A new delegation.
#[derive(Clone, Debug)]
pub struct NewDelegation {
    /// Who signs.
    pub authority: Uuid,
    /// Who prepares.
    pub delegate: Uuid,
    /// For one unit of the one who signs; none for all of them.
    pub unit: Option<Uuid>,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// The document that it rests on.
    pub document: String,
    /// Account that records it.
    pub by: Uuid,
}

/// Stores a delegation.
///
/// # Errors
/// `NotFound` for an officer of another agency; the database's failure.
pub async fn insert(
    db: &mut PgConnection,
    agency: AgencyId,
    new: &NewDelegation,
) -> Result<Uuid, AppError> {
    let id = Uuid::now_v7();
    let rows = sqlx::query!(
        "insert into delegation (agency_id, delegation_id, authority_id, delegate_id, unit_id, from_day, until_day, document, recorded_by)
         select $1, $2, a.officer_id, p.officer_id, $5, $6, $7, $8, $9
         from officer a, officer p
         where a.agency_id = $1 and a.officer_id = $3 and p.agency_id = $1 and p.officer_id = $4",
        agency.0,
        id,
        new.authority,
        new.delegate,
        new.unit,
        new.days.0,
        new.days.1,
        new.document,
        new.by
    )
    .execute(db)
    .await?
    .rows_affected();
    if rows == 0 {
        Err(AppError::NotFound)
    } else {
        Ok(id)
    }
}

/// Ends a delegation that stands, of one competent person or of any; returns for whom it was.
///
/// # Errors
/// `NotFound` for one that is not there, not his, or ended already; the database's failure.
pub async fn end(
    db: &mut PgConnection,
    agency: AgencyId,
    (delegation, authority): (Uuid, Option<Uuid>),
    by: Uuid,
) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "update delegation set ended_at = now(), ended_by = $4
         where agency_id = $1 and delegation_id = $2 and ended_at is null and ($3::uuid is null or authority_id = $3)
         returning authority_id",
        agency.0,
        delegation,
        authority,
        by
    )
    .fetch_one(db)
    .await?)
}
