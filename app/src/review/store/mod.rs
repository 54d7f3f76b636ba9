//! SQL of reviews. Every query names agency and period first.

pub mod decision;
pub mod sheet;
pub mod unit;
pub mod work;

use kpi::ids::AgencyId;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::auth::Access;
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

/// Whether a month was closed.
///
/// # Errors
/// The database's failure.
pub async fn is_closed(
    db: &mut PgConnection,
    agency: AgencyId,
    period: chrono::NaiveDate,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from period where agency_id = $1 and period = $2 and status = 'closed') as "closed!""#,
        agency.0,
        period
    )
    .fetch_one(db)
    .await?)
}
