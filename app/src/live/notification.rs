//! A sentence for one officer, written in the transaction of the act that it speaks of.

use kpi::ids::OfficerId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

/// Leaves a notification for an officer. `link` is a path of this site ("/month?period=2026-11").
///
/// # Errors
/// The database's failure.
pub async fn notify(
    db: &mut PgConnection,
    agency: Uuid,
    officer: OfficerId,
    text: &str,
    link: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into notification (agency_id, notification_id, officer_id, text, link) values ($1, $2, $3, $4, $5)",
        agency,
        Uuid::now_v7(),
        officer.0,
        text,
        link
    )
    .execute(db)
    .await?;
    Ok(())
}
