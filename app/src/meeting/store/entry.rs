//! SQL of what was said in a meeting.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

use crate::error::AppError;
use crate::meeting::wire::{EntryKind, EntryRow};

/// Most entries of a meeting.
pub const MOST_ENTRIES: i64 = 2_000;

/// An entry to be kept.
#[derive(Clone, Debug)]
pub struct NewEntry<'a> {
    /// Its id, as the device gave it.
    pub entry: Uuid,
    /// The meeting.
    pub meeting: Uuid,
    /// What it is.
    pub kind: EntryKind,
    /// About whom.
    pub subject: Option<Uuid>,
    /// The text.
    pub text: &'a str,
    /// Who wrote it.
    pub account: Uuid,
    /// His name.
    pub name: &'a str,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// Keeps an entry once: false when it came before. An id that belongs to somebody else's entry is refused.
///
/// # Errors
/// `Invalid` for a meeting that is full or an id in use; the database's failure.
pub async fn insert_entry(
    db: &mut PgConnection,
    agency: Uuid,
    new: &NewEntry<'_>,
) -> Result<bool, AppError> {
    let done = sqlx::query!(
        "insert into meeting_entry (agency_id, entry_id, meeting_id, kind, subject, text, account_id, name, written_at)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9
         where (select count(*) from meeting_entry where agency_id = $1 and meeting_id = $3) < $10
         on conflict do nothing",
        agency,
        new.entry,
        new.meeting,
        new.kind.code(),
        new.subject,
        new.text,
        new.account,
        new.name,
        new.written_at,
        MOST_ENTRIES
    )
    .execute(&mut *db)
    .await?;
    if done.rows_affected() == 1 {
        return Ok(true);
    }
    let own = sqlx::query_scalar!(
        r#"select exists (select from meeting_entry
            where agency_id = $1 and entry_id = $2 and meeting_id = $3 and account_id = $4) as "own!""#,
        agency,
        new.entry,
        new.meeting,
        new.account
    )
    .fetch_one(db)
    .await?;
    if own {
        return Ok(false);
    }
    Err(AppError::invalid(
        "entry",
        "Cuộc họp đã có quá nhiều ghi chép, hoặc mã của ghi chép này đã dùng cho việc khác.",
        "",
    ))
}

/// Entries of a meeting in the order in which they were written.
///
/// # Errors
/// The database's failure.
pub async fn entries(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    meeting: Uuid,
) -> Result<Vec<EntryRow>, AppError> {
    let rows = sqlx::query!(
        r#"select e.entry_id, e.kind, e.subject, e.text, e.name, e.written_at,
               e.received_at > m.ended_at as late
           from meeting_entry e join meeting m on m.agency_id = e.agency_id and m.meeting_id = e.meeting_id
           where e.agency_id = $1 and e.meeting_id = $2 order by e.written_at, e.entry_id limit $3"#,
        agency,
        meeting,
        MOST_ENTRIES
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(EntryRow {
                entry: row.entry_id,
                kind: EntryKind::parse(&row.kind)
                    .ok_or_else(|| AppError::inner(format!("entry of kind {}", row.kind)))?,
                subject: row.subject,
                text: row.text,
                name: row.name,
                written_at: row.written_at,
                late: row.late.unwrap_or(false),
            })
        })
        .collect()
}
