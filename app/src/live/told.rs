//! Tells open screens something at once, past the merging worker: it is heard within a round trip of the database.

use sqlx::PgConnection;

use super::hub::Told;
use crate::error::AppError;

/// Name of the NOTIFY channel; the payload is `Told` as JSON.
pub(super) const CHANNEL: &str = "told";

/// Tells every stream that may hear it once the caller's transaction commits. PostgreSQL takes up to 8,000 bytes.
///
/// # Errors
/// The database's failure.
pub async fn tell(db: &mut PgConnection, told: &Told) -> Result<(), AppError> {
    let payload = serde_json::to_string(told).map_err(AppError::inner)?;
    sqlx::query!("select pg_notify($1, $2)::text as told", CHANNEL, payload)
        .fetch_one(db)
        .await?;
    Ok(())
}
