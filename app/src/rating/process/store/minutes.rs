//! SQL of the minutes that a meeting held here left.

use kpi::ids::UnitId;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

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
