//! SQL of meetings. Every query names the agency first.

mod entry;
mod minutes;

use chrono::{DateTime, NaiveDate, Utc};
use kpi::period::Period;
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::{PgConnection, PgExecutor};
use uuid::Uuid;

pub use self::entry::{NewEntry, entries, insert_entry};
pub use self::minutes::{MinutesRow, insert_minutes, minutes_of, put_minutes, sign};
use super::wire::{MeetingKind, MeetingLine, RoomState};
use crate::error::AppError;
use crate::format::moment;

/// Most meetings that a list shows.
const MOST_MEETINGS: i64 = 100;

/// Meetings of the agency, running ones first, then the latest; at most 100. `paths` narrows them to units at or above or
/// below one of these; `staff` to years at or above one of these.
///
/// # Errors
/// The database's failure.
pub async fn list(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    (paths, staff): (Option<&[String]>, &[String]),
) -> Result<Vec<MeetingLine>, AppError> {
    let rows = sqlx::query!(
        r#"select m.meeting_id, m.kind, m.title, m.unit_id, u.name, u.path, m.period, m.year, m.started_at, m.ended_at,
               m.presenter_name, n.signature_id is not null as "signed!", n.minutes_id as "minutes_id?"
           from meeting m
           join unit u on u.agency_id = m.agency_id and u.unit_id = m.unit_id
           left join minutes n on n.agency_id = m.agency_id and n.meeting_id = m.meeting_id
           where m.agency_id = $1
             and ($2::text[] is null
                  or exists (select from unnest($2::text[]) p where starts_with(u.path, p) or starts_with(p, u.path))
                  or (m.kind = 'year' and exists (select from unnest($3::text[]) p where starts_with(p, u.path))))
           order by m.ended_at is not null, m.started_at desc, m.meeting_id
           limit $4"#,
        agency,
        paths,
        staff,
        MOST_MEETINGS
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(MeetingLine {
                meeting: row.meeting_id,
                kind: kind(&row.kind)?,
                title: row.title,
                unit: row.unit_id,
                unit_name: row.name,
                path: row.path,
                period: period(row.period)?,
                year: row.year,
                started: moment(row.started_at),
                ended: row.ended_at.map_or_else(String::new, moment),
                presenter: row.presenter_name,
                signed: row.minutes_id.map(|_| row.signed),
            })
        })
        .collect()
}

fn kind(code: &str) -> Result<MeetingKind, AppError> {
    MeetingKind::parse(code).ok_or_else(|| AppError::inner(format!("meeting of kind {code}")))
}

fn period(first: Option<NaiveDate>) -> Result<Option<Period>, AppError> {
    first.map(Period::of).transpose().map_err(AppError::inner)
}

/// A meeting as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// As lists show it.
    pub line: MeetingLine,
    /// Where it is.
    pub state: RoomState,
    /// Seconds since the presenter's last sign of life.
    pub silent: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// When the figures were frozen.
    pub frozen_at: Option<DateTime<Utc>>,
    /// The frozen figures.
    pub frozen: Option<Value>,
}

/// A meeting; `lock` keeps others from moving it until the transaction ends.
///
/// # Errors
/// `NotFound` for none of this agency; the database's failure.
pub async fn find(
    db: &mut PgConnection,
    agency: Uuid,
    meeting: Uuid,
    lock: bool,
) -> Result<Stored, AppError> {
    if lock {
        sqlx::query!(
            "select meeting_id from meeting where agency_id = $1 and meeting_id = $2 for update",
            agency,
            meeting
        )
        .fetch_one(&mut *db)
        .await?;
    }
    let row = sqlx::query!(
        r#"select m.kind, m.title, m.unit_id, u.name, u.path, m.period, m.year, m.started_at, m.ended_at, m.presenter,
               m.presenter_name, m.subject, m.step, m.names_hidden, m.frozen_at, m.frozen,
               coalesce(extract(epoch from clock_timestamp() - m.presenter_seen), 0)::bigint as "silent!",
               (select count(*) from meeting_entry e where e.agency_id = $1 and e.meeting_id = $2) as "entries!",
               (select count(*) from meeting_member p where p.agency_id = $1 and p.meeting_id = $2
                   and p.seen_at > clock_timestamp() - interval '2 minutes') as "present!",
               (select n.signature_id is not null from minutes n where n.agency_id = $1 and n.meeting_id = $2) as signed
           from meeting m join unit u on u.agency_id = m.agency_id and u.unit_id = m.unit_id
           where m.agency_id = $1 and m.meeting_id = $2"#,
        agency,
        meeting
    )
    .fetch_one(db)
    .await?;
    let ended = row.ended_at.map_or_else(String::new, moment);
    let count = |value: i64| u32::try_from(value).unwrap_or(u32::MAX);
    Ok(Stored {
        state: RoomState {
            meeting,
            step: row.step,
            subject: row.subject,
            presenter: row.presenter,
            presenter_name: row.presenter_name.clone(),
            hidden: row.names_hidden,
            frozen: row.frozen_at.map_or_else(String::new, moment),
            ended: ended.clone(),
            entries: count(row.entries),
            present: count(row.present),
        },
        line: MeetingLine {
            meeting,
            kind: kind(&row.kind)?,
            title: row.title,
            unit: row.unit_id,
            unit_name: row.name,
            path: row.path,
            period: period(row.period)?,
            year: row.year,
            started: moment(row.started_at),
            ended,
            presenter: row.presenter_name,
            signed: row.signed,
        },
        silent: row.silent,
        started_at: row.started_at,
        ended_at: row.ended_at,
        frozen_at: row.frozen_at,
        frozen: row.frozen,
    })
}

/// A meeting to be opened.
#[derive(Clone, Debug)]
pub struct NewMeeting<'a> {
    /// Its id.
    pub meeting: Uuid,
    /// What it goes through.
    pub kind: MeetingKind,
    /// The unit.
    pub unit: Uuid,
    /// The month; none for a year.
    pub period: Option<Period>,
    /// The year.
    pub year: i32,
    /// What it is called.
    pub title: &'a str,
    /// Who opens it.
    pub by: Uuid,
}

/// Opens a meeting. False when one about the same runs already.
///
/// # Errors
/// The database's failure.
pub async fn insert(
    db: &mut PgConnection,
    agency: Uuid,
    new: &NewMeeting<'_>,
) -> Result<bool, AppError> {
    let done = sqlx::query!(
        "insert into meeting (agency_id, meeting_id, kind, unit_id, period, year, title, opened_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing",
        agency,
        new.meeting,
        new.kind.code(),
        new.unit,
        new.period.map(Period::first_day),
        new.year,
        new.title,
        new.by
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The meeting about the same that runs.
///
/// # Errors
/// `NotFound` when none runs; the database's failure.
pub async fn running(
    db: &mut PgConnection,
    agency: Uuid,
    new: &NewMeeting<'_>,
) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "select meeting_id from meeting where agency_id = $1 and kind = $2 and unit_id = $3
         and period is not distinct from $4 and year = $5 and ended_at is null",
        agency,
        new.kind.code(),
        new.unit,
        new.period.map(Period::first_day),
        new.year
    )
    .fetch_one(db)
    .await?)
}

/// Notes that somebody is in the room; the presenter's sign of life keeps his place.
///
/// # Errors
/// The database's failure.
pub async fn seen(
    db: &mut PgConnection,
    agency: Uuid,
    meeting: Uuid,
    (account, officer, name): (Uuid, Option<Uuid>, &str),
) -> Result<(), AppError> {
    sqlx::query!(
        "with member as (
             insert into meeting_member as m (agency_id, meeting_id, account_id, officer_id, name)
             values ($1, $2, $3, $4, $5)
             on conflict (agency_id, meeting_id, account_id) do update set seen_at = clock_timestamp()
         )
         update meeting set presenter_seen = clock_timestamp()
         where agency_id = $1 and meeting_id = $2 and presenter = $3 and ended_at is null",
        agency,
        meeting,
        account,
        officer,
        name
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Names of those who were in the room, in the order in which they came.
///
/// # Errors
/// The database's failure.
pub async fn members(
    db: &mut PgConnection,
    agency: Uuid,
    meeting: Uuid,
) -> Result<Vec<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select name from meeting_member where agency_id = $1 and meeting_id = $2 order by joined_at, account_id limit 500",
        agency,
        meeting
    )
    .fetch_all(db)
    .await?)
}

/// Stores where a meeting is after an act of `account`, whose device is alive; the step counts on.
///
/// # Errors
/// The database's failure.
pub async fn put_state(
    db: &mut PgConnection,
    agency: Uuid,
    state: &RoomState,
) -> Result<(), AppError> {
    sqlx::query!(
        "update meeting set step = $3, subject = $4, presenter = $5, presenter_name = $6, names_hidden = $7,
             presenter_seen = case when $5::uuid is null then null else clock_timestamp() end
         where agency_id = $1 and meeting_id = $2",
        agency,
        state.meeting,
        state.step,
        state.subject,
        state.presenter,
        state.presenter_name,
        state.hidden
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Freezes the figures, or lets them live again. Returns when they were frozen.
///
/// # Errors
/// The database's failure.
pub async fn freeze(
    db: &mut PgConnection,
    agency: Uuid,
    meeting: Uuid,
    figures: Option<Value>,
) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(sqlx::query_scalar!(
        "update meeting set frozen = $3, frozen_at = case when $3::jsonb is null then null else clock_timestamp() end
         where agency_id = $1 and meeting_id = $2 returning frozen_at",
        agency,
        meeting,
        figures
    )
    .fetch_one(db)
    .await?)
}

/// Ends a meeting. Returns when.
///
/// # Errors
/// The database's failure.
pub async fn end(
    db: &mut PgConnection,
    agency: Uuid,
    meeting: Uuid,
    by: Uuid,
) -> Result<DateTime<Utc>, AppError> {
    Ok(sqlx::query_scalar!(
        r#"update meeting set ended_at = clock_timestamp(), ended_by = $3
           where agency_id = $1 and meeting_id = $2 returning ended_at as "ended_at!""#,
        agency,
        meeting,
        by
    )
    .fetch_one(db)
    .await?)
}

/// Whether an officer held a post in a unit below `path` or in it, or a unit stands below it.
///
/// # Errors
/// The database's failure.
pub async fn is_below(
    db: &mut PgConnection,
    agency: Uuid,
    path: &str,
    (subject, person): (Uuid, bool),
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select case when $4
               then exists (select from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
                   where p.agency_id = $1 and p.officer_id = $3 and starts_with(u.path, $2))
               else exists (select from unit u where u.agency_id = $1 and u.unit_id = $3
                   and starts_with(u.path, $2) and u.path <> $2) end as "below!""#,
        agency,
        path,
        subject,
        person
    )
    .fetch_one(db)
    .await?)
}

/// Sums of the months of units with all below them.
#[derive(Clone, Debug)]
pub struct UnitSums {
    /// The unit.
    pub unit: Uuid,
    /// People with a score.
    pub scored: i64,
    /// Sum of their scores.
    pub score_sum: Decimal,
    /// People at "xuất sắc".
    pub excellent: i64,
    /// Confirmed sheets.
    pub confirmed: i64,
    /// Deliveries that wait.
    pub waiting: i64,
}

/// Sums of each of these units over the months of `from` to `until`, both first days.
///
/// # Errors
/// The database's failure.
pub async fn sums(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    units: &[Uuid],
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Vec<UnitSums>, AppError> {
    Ok(sqlx::query_as!(
        UnitSums,
        r#"select u.unit_id as unit, coalesce(sum(m.scored), 0)::bigint as "scored!",
               coalesce(sum(m.score_sum), 0) as "score_sum!", coalesce(sum(m.excellent), 0)::bigint as "excellent!",
               coalesce(sum(m.confirmed), 0)::bigint as "confirmed!", coalesce(sum(m.waiting), 0)::bigint as "waiting!"
           from unit u
           join unit b on b.agency_id = u.agency_id and starts_with(b.path, u.path)
           left join unit_month m on m.agency_id = b.agency_id and m.unit_id = b.unit_id and m.period between $3 and $4
           where u.agency_id = $1 and u.unit_id = any($2)
           group by u.unit_id"#,
        agency,
        units,
        from,
        until
    )
    .fetch_all(db)
    .await?)
}
