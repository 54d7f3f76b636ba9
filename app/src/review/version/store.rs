//! SQL of the versions of a sheet.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;
use crate::review::store::sheet::{Concluded, Confirmation, percent};

/// Most versions that are shown.
const MOST: i64 = 50;

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
    /// Why it replaces that one; empty for a confirmation.
    pub reason: &'a str,
    /// Its signature.
    pub signature: Uuid,
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

/// A stored version.
#[derive(Clone, Debug)]
pub struct StoredVersion {
    /// Its number.
    pub number: i32,
    /// Total.
    pub total: Option<Decimal>,
    /// Level.
    pub level: Option<String>,
    /// Points and reasons.
    pub criteria: Json<Vec<Concluded>>,
    /// The remark.
    pub remark: String,
    /// đ.
    pub organising: Option<i32>,
    /// Why.
    pub organising_reason: String,
    /// e.
    pub unity: Option<i32>,
    /// Why.
    pub unity_reason: String,
    /// Name of the signer.
    pub signer: String,
    /// His post then.
    pub post: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Name of whoever prepared it.
    pub prepared_by: Option<String>,
    /// Its signature.
    pub signature: Option<Uuid>,
    /// Hash of what was signed.
    pub hash: Option<Vec<u8>>,
    /// Why it replaces the one before.
    pub reason: String,
    /// When the signature was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why.
    pub withdraw_reason: Option<String>,
}

/// Versions of a sheet, the newest first, at most 50.
///
/// # Errors
/// The database's failure.
pub async fn list(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officer: Uuid,
) -> Result<Vec<StoredVersion>, AppError> {
    Ok(sqlx::query_as!(
        StoredVersion,
        r#"select v.version_no as number, v.total, v.level, v.criteria as "criteria!: Json<Vec<Concluded>>", v.remark,
               v.organising, v.organising_reason, v.unity, v.unity_reason, coalesce(g.signer_name, o.full_name) as "signer!",
               g.signer_post as "post?", v.signed_at as at, p.full_name as "prepared_by?", v.signature_id as signature,
               g.content_hash as "hash?", v.reason, v.withdrawn_at, v.withdraw_reason
           from sheet_version v
           join officer o on o.agency_id = $1 and o.officer_id = v.signed_by
           left join officer p on p.agency_id = $1 and p.officer_id = v.prepared_by
           left join signature g on g.agency_id = $1 and g.signature_id = v.signature_id
           where v.agency_id = $1 and v.period = $2 and v.officer_id = $3
           order by v.version_no desc limit $4"#,
        agency,
        period,
        officer,
        MOST
    )
    .fetch_all(db)
    .await?)
}

/// The signature that announced a sheet; none before, and for months from before announcements were signed.
///
/// # Errors
/// The database's failure.
pub async fn announcement(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officer: Uuid,
) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select announcement_id from sheet where agency_id = $1 and period = $2 and officer_id = $3",
        agency,
        period,
        officer
    )
    .fetch_optional(db)
    .await?
    .flatten())
}

/// The signatures that announced a person's months, the newest 50.
///
/// # Errors
/// The database's failure.
pub async fn announcements(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: Uuid,
) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select announcement_id as "announcement!" from sheet
           where agency_id = $1 and officer_id = $2 and announcement_id is not null
           order by period desc limit $3"#,
        agency,
        officer,
        MOST
    )
    .fetch_all(db)
    .await?)
}

/// Notes in a version that its signature was withdrawn.
///
/// # Errors
/// The database's failure.
pub async fn put_withdrawal(
    db: &mut PgConnection,
    month: &Month,
    (number, by, reason): (i32, Uuid, &str),
) -> Result<(), AppError> {
    sqlx::query!(
        "update sheet_version set withdrawn_at = now(), withdrawn_by = $5, withdraw_reason = $6
         where agency_id = $1 and period = $2 and officer_id = $3 and version_no = $4",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        number,
        by,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the conclusion out of the sheet, which waits to be confirmed again.
///
/// # Errors
/// The database's failure.
pub async fn clear_conclusion(db: &mut PgConnection, month: &Month) -> Result<(), AppError> {
    let period = month.period.first_day();
    sqlx::query!(
        "update sheet set status = 'self_assessed', remark = '', organising = null, organising_reason = '', unity = null,
            unity_reason = '', confirmed_total = null, confirmed_level = null, confirmed_by = null, confirmed_at = null,
            confirmed_input = null, confirmed_trace = null, version = version + 1
         where agency_id = $1 and period = $2 and officer_id = $3",
        month.agency.0,
        period,
        month.officer.0
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update sheet_criterion set confirmed_points = null, reason = ''
         where agency_id = $1 and period = $2 and officer_id = $3",
        month.agency.0,
        period,
        month.officer.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Waives what an assignment lost: its returns for major errors, or its delays. Returns how many deliverables it touched.
///
/// # Errors
/// The database's failure.
pub async fn waive(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    delays: bool,
) -> Result<u64, AppError> {
    Ok(sqlx::query!(
        "update deliverable set version = version + 1,
            excused_delays = case when $5 then delays else excused_delays end,
            excused_failed_reviews = case when $5 then excused_failed_reviews else failed_reviews end
         where agency_id = $1 and period = $2 and officer_id = $3 and assignment_id = $4 and status <> 'withdrawn'
           and case when $5 then excused_delays < delays else excused_failed_reviews < failed_reviews end",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        assignment,
        delays
    )
    .execute(db)
    .await?
    .rows_affected())
}
