//! Runs in the database.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::AgencyId;
use kpi::period::Period;
use sqlx::PgPool;
use uuid::Uuid;

use super::run::Run;
use crate::error::AppError;

/// Most differences of one run that are kept; the run's count says how many there were.
const MOST_KEPT: usize = 1_000;

/// Months with a sheet, oldest first.
///
/// # Errors
/// The database's failure.
pub async fn months(pool: &PgPool, agency: AgencyId) -> Result<Vec<Period>, AppError> {
    let days = sqlx::query_scalar!(
        "select distinct period from sheet where agency_id = $1 order by period",
        agency.0
    )
    .fetch_all(pool)
    .await?;
    days.into_iter()
        .map(|day| Period::from_first_day(day).map_err(AppError::inner))
        .collect()
}

/// Stores a finished run.
///
/// # Errors
/// The database's failure.
pub async fn put(
    pool: &PgPool,
    agency: AgencyId,
    (from, until): (Period, Period),
    started: DateTime<Utc>,
    run: &Run,
) -> Result<(), AppError> {
    let id = Uuid::now_v7();
    let mut db = pool.begin().await?;
    sqlx::query!(
        "insert into replay (agency_id, replay_id, from_period, until_period, started_at, finished_at, checked, different)
         values ($1, $2, $3, $4, $5, clock_timestamp(), $6, $7)",
        agency.0,
        id,
        from.first_day(),
        until.first_day(),
        started,
        i32::try_from(run.checked).unwrap_or(i32::MAX),
        i32::try_from(run.differences.len()).unwrap_or(i32::MAX)
    )
    .execute(&mut *db)
    .await?;
    let kept = || run.differences.iter().take(MOST_KEPT);
    let officers: Vec<Uuid> = kept().map(|one| one.officer).collect();
    let periods: Vec<NaiveDate> = kept().map(|one| one.period.first_day()).collect();
    let what: Vec<String> = kept()
        .map(|one| {
            let codes: Vec<&str> = one.what.iter().map(|what| what.as_str()).collect();
            codes.join(" ")
        })
        .collect();
    sqlx::query!(
        "insert into replay_difference (agency_id, replay_id, ordinal, officer_id, period, what)
         select $1, $2, d.ordinal, d.officer_id, d.period, d.what
         from unnest($3::uuid[], $4::date[], $5::text[]) with ordinality as d (officer_id, period, what, ordinal)",
        agency.0,
        id,
        &officers,
        &periods,
        &what
    )
    .execute(&mut *db)
    .await?;
    db.commit().await?;
    Ok(())
}

/// A stored run.
#[derive(Clone, Debug)]
pub struct RunRow {
    /// The run.
    pub replay: Uuid,
    /// First month.
    pub from_period: NaiveDate,
    /// Last month.
    pub until_period: NaiveDate,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was done.
    pub finished_at: DateTime<Utc>,
    /// Scores computed.
    pub checked: i32,
    /// Scores that differ.
    pub different: i32,
}

/// The latest runs, newest first; at most 20.
///
/// # Errors
/// The database's failure.
pub async fn latest(pool: &PgPool, agency: Uuid) -> Result<Vec<RunRow>, AppError> {
    Ok(sqlx::query_as!(
        RunRow,
        "select replay_id as replay, from_period, until_period, started_at, finished_at, checked, different
         from replay where agency_id = $1 order by finished_at desc limit 20",
        agency
    )
    .fetch_all(pool)
    .await?)
}

/// A stored difference.
#[derive(Clone, Debug)]
pub struct DifferenceRow {
    /// Whose it is.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// The month.
    pub period: NaiveDate,
    /// Codes of what differs, with spaces between.
    pub what: String,
}

/// What a run found, at most 200.
///
/// # Errors
/// The database's failure.
pub async fn differences(
    pool: &PgPool,
    agency: Uuid,
    replay: Uuid,
) -> Result<Vec<DifferenceRow>, AppError> {
    Ok(sqlx::query_as!(
        DifferenceRow,
        "select d.officer_id as officer, o.full_name as name, d.period, d.what
         from replay_difference d
         join officer o on o.agency_id = $1 and o.officer_id = d.officer_id
         where d.agency_id = $1 and d.replay_id = $2 order by d.ordinal limit 200",
        agency,
        replay
    )
    .fetch_all(pool)
    .await?)
}

/// Agencies whose last run lies more than `hours` back.
///
/// # Errors
/// The database's failure.
pub async fn waiting(pool: &PgPool, hours: i32) -> Result<Vec<AgencyId>, AppError> {
    Ok(sqlx::query_scalar!(
        "select a.agency_id from agency a
         where not exists (select from replay r
             where r.agency_id = a.agency_id and r.finished_at > now() - make_interval(hours => $1))
         order by a.agency_id",
        hours
    )
    .fetch_all(pool)
    .await?
    .into_iter()
    .map(AgencyId)
    .collect())
}
