//! SQL of minutes.

use chrono::{DateTime, Utc};
use kpi::ids::UnitId;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
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

/// The latest signed minutes of the year's meeting of a unit, or of one above it (Điều 21); none while there are none.
///
/// # Errors
/// The database's failure.
pub async fn signed_minutes(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    year: i32,
    unit: UnitId,
) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select n.minutes_id from minutes n
         join meeting m on m.agency_id = n.agency_id and m.meeting_id = n.meeting_id and m.kind = 'year'
         join unit held on held.agency_id = n.agency_id and held.unit_id = n.unit_id
         join unit u on u.agency_id = n.agency_id and u.unit_id = $3 and starts_with(u.path, held.path)
         where n.agency_id = $1 and n.year = $2 and n.signature_id is not null
         order by length(held.path) desc, n.closed_at desc, n.minutes_id limit 1",
        agency,
        year,
        unit.0
    )
    .fetch_optional(db)
    .await?)
}
