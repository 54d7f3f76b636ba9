//! SQL of letters that wait: queued in the caller's transaction, taken one by one under a lock.

use chrono::{DateTime, Utc};
use kpi::ids::AgencyId;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use super::Letter;
use crate::error::AppError;

/// Queues letters of an agency.
///
/// # Errors
/// The database's failure.
pub async fn queue(
    db: &mut PgConnection,
    agency: AgencyId,
    letters: &[Letter],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = letters.iter().map(|_| Uuid::now_v7()).collect();
    let part = |of: fn(&Letter) -> &String| letters.iter().map(of).cloned().collect::<Vec<_>>();
    sqlx::query!(
        "insert into mail (agency_id, mail_id, address, subject, body)
         select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])",
        agency.0,
        &ids,
        &part(|letter| &letter.address),
        &part(|letter| &letter.subject),
        &part(|letter| &letter.body)
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A letter whose time has come; without `Debug`, since nothing of it belongs into a log but its id.
pub struct Waiting {
    /// Its agency.
    pub agency: Uuid,
    /// Its id.
    pub mail: Uuid,
    /// To whom.
    pub address: String,
    /// One line.
    pub subject: String,
    /// Plain text.
    pub body: String,
    /// When it was queued.
    pub created_at: DateTime<Utc>,
    /// Tries before this one.
    pub tries: i32,
}

/// Whether a letter is due.
///
/// # Errors
/// The database's failure.
pub async fn any_due(db: impl PgExecutor<'_>) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from mail where sent_at is null and given_up_at is null and due_at <= now()) as "due!""#
    )
    .fetch_one(db)
    .await?)
}

/// The letter that is due longest, locked until the transaction ends; one that another server holds is passed over.
///
/// # Errors
/// The database's failure.
pub async fn take(db: &mut PgConnection) -> Result<Option<Waiting>, AppError> {
    Ok(sqlx::query_as!(
        Waiting,
        "select agency_id as agency, mail_id as mail, address, subject, body, created_at, tries from mail
         where sent_at is null and given_up_at is null and due_at <= now()
         order by due_at, mail_id limit 1 for update skip locked"
    )
    .fetch_optional(db)
    .await?)
}

/// What a try came to.
pub enum Tried<'a> {
    /// The server took the letter.
    Sent,
    /// It is tried again in so many minutes.
    Later(i32, &'a str),
    /// It is tried no more.
    GivenUp(&'a str),
}

/// Counts a try of a letter and writes what came of it.
///
/// # Errors
/// The database's failure.
pub async fn tried(
    db: &mut PgConnection,
    mail: &Waiting,
    tried: Tried<'_>,
) -> Result<(), AppError> {
    let (sent, minutes, error) = match tried {
        Tried::Sent => (true, None, None),
        Tried::Later(minutes, error) => (false, Some(minutes), Some(error)),
        Tried::GivenUp(error) => (false, None, Some(error)),
    };
    sqlx::query!(
        "update mail set tries = tries + 1, last_error = $4,
             sent_at = case when $3 then now() end,
             given_up_at = case when not $3 and $5::int is null then now() end,
             due_at = now() + make_interval(mins => coalesce($5, 0))
         where agency_id = $1 and mail_id = $2",
        mail.agency,
        mail.mail,
        sent,
        error,
        minutes
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Gives up letters that waited so many days: what they tell of is past.
///
/// # Errors
/// The database's failure.
pub async fn give_up_old(db: impl PgExecutor<'_>, days: i32) -> Result<u64, AppError> {
    let old = sqlx::query!(
        "update mail set given_up_at = now(), last_error = coalesce(last_error, 'too old')
         where sent_at is null and given_up_at is null and created_at < now() - make_interval(days => $1)",
        days
    )
    .execute(db)
    .await?;
    Ok(old.rows_affected())
}

/// Removes letters that were sent or given up so many days ago.
///
/// # Errors
/// The database's failure.
pub async fn remove_old(db: impl PgExecutor<'_>, days: i32) -> Result<(), AppError> {
    sqlx::query!(
        "delete from mail where (sent_at is not null or given_up_at is not null)
             and coalesce(sent_at, given_up_at) < now() - make_interval(days => $1)",
        days
    )
    .execute(db)
    .await?;
    Ok(())
}
