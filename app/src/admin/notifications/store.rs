//! SQL of the own notifications.

use chrono::{DateTime, Utc};
use kpi::ids::OfficerId;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// A notification as it is stored.
pub struct Row {
    /// Its id.
    pub notification_id: Uuid,
    /// One sentence.
    pub text: String,
    /// A path of this site.
    pub link: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// The newest notifications of an officer; at most 50.
///
/// # Errors
/// The database's failure.
pub async fn latest(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: OfficerId,
) -> Result<Vec<Row>, AppError> {
    Ok(sqlx::query_as!(
        Row,
        "select notification_id, text, link, at, read_at from notification
         where agency_id = $1 and officer_id = $2 order by at desc, notification_id desc limit 50",
        agency,
        officer.0
    )
    .fetch_all(db)
    .await?)
}

/// Marks all notifications of an officer as read.
///
/// # Errors
/// The database's failure.
pub async fn mark_all_read(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: OfficerId,
) -> Result<(), AppError> {
    sqlx::query!(
        "update notification set read_at = now() where agency_id = $1 and officer_id = $2 and read_at is null",
        agency,
        officer.0
    )
    .execute(db)
    .await?;
    Ok(())
}
