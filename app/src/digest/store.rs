//! SQL of digests: who is due, and that it happened.

use chrono::NaiveDate;
use kpi::ids::{AccountId, AgencyId};
use sqlx::{PgConnection, PgExecutor};

use crate::error::AppError;

/// Most accounts read at once.
const PART: i64 = 500;

/// Agencies with an account whose digest of `today` was not looked at.
///
/// # Errors
/// The database's failure.
pub(super) async fn agencies(
    db: impl PgExecutor<'_>,
    today: NaiveDate,
) -> Result<Vec<AgencyId>, AppError> {
    let rows = sqlx::query_scalar!(
        "select distinct agency_id from account
         where email is not null and digest and locked_at is null and (digest_day is null or digest_day < $1)
         order by agency_id",
        today
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(AgencyId).collect())
}

/// Accounts of an agency whose digest of `today` was not looked at, after the account `after`; at most 500.
///
/// # Errors
/// The database's failure.
pub(super) async fn due(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    today: NaiveDate,
    after: Option<AccountId>,
) -> Result<Vec<AccountId>, AppError> {
    let rows = sqlx::query_scalar!(
        "select account_id from account
         where agency_id = $1 and email is not null and digest and locked_at is null
           and (digest_day is null or digest_day < $2) and ($3::uuid is null or account_id > $3)
         order by account_id limit $4",
        agency.0,
        today,
        after.map(|account| account.0),
        PART
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(AccountId).collect())
}

/// An account that was locked for its digest.
pub(super) struct Held {
    /// Where mail goes.
    pub email: String,
    /// Unread notifications that the digest before did not count.
    pub notifications: i64,
}

/// Locks an account whose digest of `today` was still not looked at; none when another server holds it or was first.
///
/// # Errors
/// The database's failure.
pub(super) async fn hold(
    db: &mut PgConnection,
    agency: AgencyId,
    account: AccountId,
    today: NaiveDate,
) -> Result<Option<Held>, AppError> {
    Ok(sqlx::query_as!(
        Held,
        r#"select a.email as "email!",
                  (select count(*) from notification n where n.agency_id = $1 and n.officer_id = a.officer_id
                       and n.read_at is null and (a.digest_at is null or n.at > a.digest_at)) as "notifications!"
           from account a
           where a.agency_id = $1 and a.account_id = $2 and a.email is not null and a.digest and a.locked_at is null
             and (a.digest_day is null or a.digest_day < $3)
           for update of a skip locked"#,
        agency.0,
        account.0,
        today
    )
    .fetch_optional(db)
    .await?)
}

/// Marks the digest of `today` as looked at, whether there was something to tell or not.
///
/// # Errors
/// The database's failure.
pub(super) async fn looked(
    db: &mut PgConnection,
    agency: AgencyId,
    account: AccountId,
    today: NaiveDate,
) -> Result<(), AppError> {
    sqlx::query!(
        "update account set digest_day = $3, digest_at = now() where agency_id = $1 and account_id = $2",
        agency.0,
        account.0,
        today
    )
    .execute(db)
    .await?;
    Ok(())
}
