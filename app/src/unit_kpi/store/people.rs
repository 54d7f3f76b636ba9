//! Who may own an indicator: the people of the unit and of the units below it.

use chrono::NaiveDate;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// People who hold a post in a unit or below it on a day, by given name, at most 500.
///
/// # Errors
/// The database's failure.
pub async fn owners(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    path: &str,
    day: NaiveDate,
) -> Result<Vec<(Uuid, String)>, AppError> {
    let rows = sqlx::query!(
        "select o.officer_id, o.full_name from officer o
         where o.agency_id = $1 and exists (
             select from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
             where p.agency_id = o.agency_id and p.officer_id = o.officer_id and starts_with(u.path, $2)
               and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3))
         order by o.sort_key, o.officer_id limit 500",
        agency,
        path,
        day
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.officer_id, row.full_name))
        .collect())
}

/// Whether an officer holds a post in a unit or below it on a day.
///
/// # Errors
/// The database's failure.
pub async fn holds_post_below(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: Uuid,
    path: &str,
    day: NaiveDate,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (
             select from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
             where p.agency_id = $1 and p.officer_id = $2 and starts_with(u.path, $3)
               and p.from_day <= $4 and (p.until_day is null or p.until_day >= $4)) as "holds!""#,
        agency,
        officer,
        path,
        day
    )
    .fetch_one(db)
    .await?)
}
