//! SQL of conclusions that are prepared and not signed yet.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::OfficerId;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;

/// A prepared conclusion.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// Whose sheet.
    pub officer: Uuid,
    /// `steps::Conclusion`.
    pub content: Value,
    /// Marked for the next signature.
    pub ready: bool,
    /// Version of the sheet that was seen.
    pub sheet_version: i32,
    /// Who prepared it.
    pub by: Uuid,
    /// His name.
    pub by_name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Version of the row, from 1.
    pub version: i32,
}

/// What is prepared for these people.
///
/// # Errors
/// The database's failure.
pub async fn load_many(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    period: NaiveDate,
    officers: &[Uuid],
) -> Result<Vec<Prepared>, AppError> {
    Ok(sqlx::query_as!(
        Prepared,
        "select c.officer_id as officer, c.content, c.ready, c.sheet_version, c.prepared_by as by, o.full_name as by_name,
             c.prepared_at as at, c.version
         from prepared_conclusion c
         join officer o on o.agency_id = $1 and o.officer_id = c.prepared_by
         where c.agency_id = $1 and c.period = $2 and c.officer_id = any($3)",
        agency,
        period,
        officers
    )
    .fetch_all(db)
    .await?)
}

/// Stores what is prepared for a locked month.
///
/// # Errors
/// The database's failure.
pub async fn put(
    db: &mut PgConnection,
    month: &Month,
    content: &Value,
    ready: bool,
    by: OfficerId,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into prepared_conclusion (agency_id, period, officer_id, content, ready, sheet_version, prepared_by)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (agency_id, period, officer_id) do update set content = excluded.content, ready = excluded.ready,
             sheet_version = excluded.sheet_version, prepared_by = excluded.prepared_by, prepared_at = now(),
             version = prepared_conclusion.version + 1",
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        content,
        ready,
        month.version,
        by.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes what was prepared for a locked month away; returns who prepared it, if anybody did.
///
/// # Errors
/// The database's failure.
pub async fn take(db: &mut PgConnection, month: &Month) -> Result<Option<OfficerId>, AppError> {
    let by = sqlx::query_scalar!(
        "delete from prepared_conclusion where agency_id = $1 and period = $2 and officer_id = $3 returning prepared_by",
        month.agency.0,
        month.period.first_day(),
        month.officer.0
    )
    .fetch_optional(db)
    .await?;
    Ok(by.map(OfficerId))
}
