//! SQL of the set-up link and of the rows that an agency begins with.

use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::error::AppError;

/// Whether any agency exists.
///
/// # Errors
/// The database's failure.
pub async fn has_agency(db: impl PgExecutor<'_>) -> Result<bool, AppError> {
    Ok(
        sqlx::query_scalar!(r#"select exists (select from agency) as "exists!""#)
            .fetch_one(db)
            .await?,
    )
}

/// Keeps the hash of a new link and forgets those that nobody used.
///
/// # Errors
/// The database's failure.
pub async fn replace_link(db: &mut PgConnection, hash: &[u8]) -> Result<(), AppError> {
    sqlx::query!("delete from setup_link where used_at is null")
        .execute(&mut *db)
        .await?;
    sqlx::query!("insert into setup_link (token_hash) values ($1)", hash)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether a link may still be used.
///
/// # Errors
/// The database's failure.
pub async fn is_open(db: impl PgExecutor<'_>, hash: &[u8]) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from setup_link where token_hash = $1 and used_at is null)
                  and not exists (select from agency) as "open!""#,
        hash
    )
    .fetch_one(db)
    .await?)
}

/// Uses a link up; false when it was used already or never existed. Two at once: the second waits, then gets false.
///
/// # Errors
/// The database's failure.
pub async fn consume(db: &mut PgConnection, hash: &[u8]) -> Result<bool, AppError> {
    let used = sqlx::query!(
        "update setup_link set used_at = now() where token_hash = $1 and used_at is null",
        hash
    )
    .execute(db)
    .await?;
    Ok(used.rows_affected() == 1)
}

/// Adds an agency.
///
/// # Errors
/// The database's failure.
pub async fn insert_agency(
    db: &mut PgConnection,
    agency: Uuid,
    name: &str,
    code: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into agency (agency_id, name, code) values ($1, $2, $3)",
        agency,
        name,
        code
    )
    .execute(db)
    .await?;
    Ok(())
}
