//! SQL of minutes.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::Stored;
use crate::error::AppError;

/// Minutes as they are stored.
#[derive(Clone, Debug)]
pub struct MinutesRow {
    /// Their id.
    pub minutes: Uuid,
    /// `meeting::minutes::Minutes` as JSON.
    pub content: Value,
    /// Version.
    pub version: i32,
    /// The signature of the chair; none before.
    pub signature: Option<Uuid>,
}

/// The minutes of a meeting; `None` while it runs.
///
/// # Errors
/// The database's failure.
pub async fn minutes_of(
    db: &mut PgConnection,
    agency: Uuid,
    meeting: Uuid,
    lock: bool,
) -> Result<Option<MinutesRow>, AppError> {
    if lock {
        sqlx::query!(
            "select minutes_id from minutes where agency_id = $1 and meeting_id = $2 for update",
            agency,
            meeting
        )
        .fetch_optional(&mut *db)
        .await?;
    }
    Ok(sqlx::query_as!(
        MinutesRow,
        "select minutes_id as minutes, content, version, signature_id as signature from minutes
         where agency_id = $1 and meeting_id = $2",
        agency,
        meeting
    )
    .fetch_optional(db)
    .await?)
}

/// Begins the minutes of a meeting that was closed.
///
/// # Errors
/// The database's failure.
pub async fn insert_minutes(
    db: &mut PgConnection,
    agency: Uuid,
    (meeting, closed_at): (&Stored, DateTime<Utc>),
    content: &Value,
) -> Result<Uuid, AppError> {
    let minutes = Uuid::now_v7();
    sqlx::query!(
        "insert into minutes (agency_id, minutes_id, meeting_id, unit_id, year, period, content, closed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency,
        minutes,
        meeting.line.meeting,
        meeting.line.unit,
        meeting.line.year,
        meeting.line.period.map(kpi::period::Period::first_day),
        content,
        closed_at
    )
    .execute(db)
    .await?;
    Ok(minutes)
}

/// Stores what the minutes say.
///
/// # Errors
/// The database's failure; it refuses signed minutes.
pub async fn put_minutes(
    db: &mut PgConnection,
    agency: Uuid,
    minutes: Uuid,
    content: &Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "update minutes set content = $3, version = version + 1 where agency_id = $1 and minutes_id = $2",
        agency,
        minutes,
        content
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Fixes the minutes under a signature.
///
/// # Errors
/// The database's failure; it refuses signed minutes.
pub async fn sign(
    db: &mut PgConnection,
    agency: Uuid,
    minutes: Uuid,
    signature: Uuid,
) -> Result<(), AppError> {
    sqlx::query!(
        "update minutes set signature_id = $3, version = version + 1 where agency_id = $1 and minutes_id = $2",
        agency,
        minutes,
        signature
    )
    .execute(db)
    .await?;
    Ok(())
}
