//! SQL of an account's address.

use kpi::ids::AgencyId;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::error::AppError;

/// Where mail to an account goes.
pub(super) struct Held {
    /// The address.
    pub email: Option<String>,
    /// The digest is wanted.
    pub digest: bool,
}

/// Reads it.
///
/// # Errors
/// `NotFound` when the account is not of this agency; the database's failure.
pub(super) async fn read(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    account: Uuid,
) -> Result<Held, AppError> {
    Ok(sqlx::query_as!(
        Held,
        "select email, digest from account where agency_id = $1 and account_id = $2",
        agency.0,
        account
    )
    .fetch_one(db)
    .await?)
}

/// Reads and locks it.
///
/// # Errors
/// As `read`.
pub(super) async fn hold(
    db: &mut PgConnection,
    agency: AgencyId,
    account: Uuid,
) -> Result<Held, AppError> {
    Ok(sqlx::query_as!(
        Held,
        "select email, digest from account where agency_id = $1 and account_id = $2 for update",
        agency.0,
        account
    )
    .fetch_one(db)
    .await?)
}

/// Sets it.
///
/// # Errors
/// The database's failure.
pub(super) async fn put(
    db: &mut PgConnection,
    agency: AgencyId,
    account: Uuid,
    email: Option<&str>,
    digest: bool,
) -> Result<(), AppError> {
    sqlx::query!(
        "update account set email = $3, digest = $4 where agency_id = $1 and account_id = $2",
        agency.0,
        account,
        email,
        digest
    )
    .execute(db)
    .await?;
    Ok(())
}
