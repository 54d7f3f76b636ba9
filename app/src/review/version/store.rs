//! SQL of the versions of a sheet.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;
use crate::review::store::sheet::{Confirmation, percent};

/// Number of the newest version of a locked month; none while nothing was signed.
///
/// # Errors
/// The database's failure.
pub async fn newest(db: &mut PgConnection, month: &Month) -> Result<Option<i32>, AppError> {
    Ok(sqlx::query_scalar!(
        "select max(version_no) from sheet_version where agency_id = $1 and period = $2 and officer_id = $3",
        month.agency.0,
        month.period.first_day(),
        month.officer.0
    )
    .fetch_one(db)
    .await?)
}

/// Where a new version stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Its number.
    pub number: i32,
    /// The version before it, if there is one.
    pub supersedes: Option<i32>,
    /// Why it replaces that one; empty for the first.
    pub reason: &'a str,
    /// Its signature.
    pub signature: Option<Uuid>,
}

/// Appends a version.
///
/// # Errors
/// The database's failure.
pub async fn append(
    db: &mut PgConnection,
    month: &Month,
    confirmation: &Confirmation,
    place: Place<'_>,
) -> Result<(), AppError> {
    let (organising, organising_reason) = confirmation.organising.clone().unzip();
    let (unity, unity_reason) = confirmation.unity.clone().unzip();
    let criteria: Value = serde_json::to_value(&confirmation.criteria).map_err(AppError::inner)?;
    sqlx::query!(
        "insert into sheet_version (agency_id, period, officer_id, version_no, rule_set, input, trace, total, level, criteria,
            remark, organising, organising_reason, unity, unity_reason, prepared_by, signed_by, signature_id, supersedes, reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce($13, ''), $14, coalesce($15, ''), $16, $17, $18,
            $19, $20)",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        place.number,
        month.rules.code,
        confirmation.input,
        confirmation.trace,
        confirmation.total,
        confirmation.level,
        criteria,
        confirmation.remark,
        percent(organising),
        organising_reason,
        percent(unity),
        unity_reason,
        confirmation.prepared_by.map(|by| by.0),
        confirmation.by.0,
        place.signature,
        place.supersedes,
        place.reason
    )
    .execute(db)
    .await?;
    Ok(())
}
