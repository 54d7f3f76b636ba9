//! SQL of reviews. Every query names agency and period first.

pub mod decision;
pub mod sheet;
pub mod unit;
pub mod work;

use kpi::ids::AgencyId;
use sqlx::PgConnection;

use crate::error::AppError;

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
