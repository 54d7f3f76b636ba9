//! A write carries a key, so that a retry counts once.

use sqlx::PgConnection;
use uuid::Uuid;

use super::Access;
use crate::error::AppError;

/// Takes the key of a write; false when the same write was done before, so that a retry counts once.
///
/// # Errors
/// The database's failure.
pub async fn take_key(db: &mut PgConnection, access: &Access, key: Uuid) -> Result<bool, AppError> {
    let taken = sqlx::query!(
        "insert into idempotency (agency_id, key, account_id) values ($1, $2, $3) on conflict do nothing",
        access.agency(),
        key,
        access.actor.account.0
    )
    .execute(db)
    .await?;
    Ok(taken.rows_affected() == 1)
}
