//! SQL of the decisions about a year: the share of "xuất sắc", and whom to choose.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;
use crate::rating::wire::Chosen;

/// Puts the decisions about an agency's year in line: its row is their lock.
///
/// # Errors
/// The database's failure.
pub async fn hold_agency(db: &mut PgConnection, agency: Uuid) -> Result<(), AppError> {
    sqlx::query_scalar!(
        "select agency_id from agency where agency_id = $1 for no key update",
        agency
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// A decision about the share of "xuất sắc".
#[derive(Clone, Debug)]
pub struct NewQuota {
    /// Its id.
    pub quota: Uuid,
    /// The year.
    pub year: i32,
    /// The share, 0 to 1.
    pub ratio: Decimal,
    /// The decision.
    pub document: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// Records a share; an earlier one of the year is superseded.
///
/// # Errors
/// The database's failure.
pub async fn insert_quota(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    new: &NewQuota,
) -> Result<(), AppError> {
    sqlx::query!(
        "update year_quota set superseded_by = $3 where agency_id = $1 and year = $2 and superseded_by is null",
        agency,
        new.year,
        new.quota
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "insert into year_quota (agency_id, quota_id, year, ratio, document, decided_on, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7)",
        agency,
        new.quota,
        new.year,
        new.ratio,
        new.document,
        new.decided_on,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A choice to record.
#[derive(Clone, Debug)]
pub struct NewChoice {
    /// Its id.
    pub choice: Uuid,
    /// The year.
    pub year: i32,
    /// About whom.
    pub officer: Uuid,
    /// What is chosen.
    pub chosen: Chosen,
    /// Why.
    pub reason: String,
}

/// Records a choice.
///
/// # Errors
/// The database's failure.
pub async fn insert_choice(
    db: &mut PgConnection,
    agency: Uuid,
    (officer, account): (Uuid, Uuid),
    new: &NewChoice,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into year_choice (agency_id, choice_id, year, officer_id, chosen, reason, decided_by, account_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency,
        new.choice,
        new.year,
        new.officer,
        new.chosen.level().as_str(),
        new.reason,
        officer,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A choice under its lock: whose, of which year, and in which version.
///
/// # Errors
/// `NotFound` when it is not there or was undone; the database's failure.
pub async fn hold_choice(
    db: &mut PgConnection,
    agency: Uuid,
    choice: Uuid,
) -> Result<(Uuid, i32, i32), AppError> {
    let row = sqlx::query!(
        "select officer_id, year, version from year_choice
         where agency_id = $1 and choice_id = $2 and undone_at is null for update",
        agency,
        choice
    )
    .fetch_one(db)
    .await?;
    Ok((row.officer_id, row.year, row.version))
}

/// Undoes a choice; it stays, with the reason.
///
/// # Errors
/// The database's failure.
pub async fn undo_choice(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    choice: Uuid,
    reason: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "update year_choice set undone_by = $3, undone_at = now(), undo_reason = $4, version = version + 1
         where agency_id = $1 and choice_id = $2",
        agency,
        choice,
        account,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether an officer heads the agency on a day: a unit without one above it (khoản 2 Điều 10).
///
/// # Errors
/// The database's failure.
pub async fn heads_agency(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
    day: NaiveDate,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
             where p.agency_id = $1 and p.officer_id = $2 and p.kind = 'head' and u.parent_id is null
               and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)) as "heads!""#,
        agency,
        officer,
        day
    )
    .fetch_one(db)
    .await?)
}
