//! SQL of the queue.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::AgencyId;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::auth::Access;
use crate::error::AppError;

/// Jobs that are shown at most.
const SHOWN: i64 = 50;
/// Bytes of a chunk: a row of a megabyte is read and written whole.
const CHUNK: usize = 1024 * 1024;
/// Seconds without a sign of life after which another server takes a job up.
const SILENT: f64 = 60.0;

/// A job as its worker needs it.
#[derive(Clone, Debug)]
pub struct Job {
    pub agency: Uuid,
    pub job: Uuid,
    pub period: Option<NaiveDate>,
    pub year: Option<i32>,
    pub pack: String,
    pub account: Uuid,
    pub attempts: i32,
}

/// A job as it is shown.
#[derive(Clone, Debug)]
pub struct JobRow {
    pub job: Uuid,
    pub period: Option<NaiveDate>,
    pub year: Option<i32>,
    pub pack: String,
    pub status: String,
    pub total: i32,
    pub done: i32,
    pub by: String,
    pub at: DateTime<Utc>,
    pub finished: Option<DateTime<Utc>>,
    pub error: Option<String>,
    pub size: i64,
}

/// Puts a job into the queue, unless the same one waits or runs; returns whether it is new.
pub async fn add(
    db: &mut PgConnection,
    access: &Access,
    job: Uuid,
    (period, year): (Option<NaiveDate>, Option<i32>),
    pack: &str,
) -> Result<bool, AppError> {
    let done = sqlx::query!(
        "insert into report_job (agency_id, job_id, kind, period, year, pack, account_id, asked_by)
         select $1, $2, case when $4::integer is null then 'sheets' else 'year_sheets' end, $3, $4, $5, $6, $7
         where not exists (
             select from report_job j where j.agency_id = $1 and j.status in ('waiting', 'running') and j.pack = $5
               and j.period is not distinct from $3 and j.year is not distinct from $4)",
        access.agency(),
        job,
        period,
        year,
        pack,
        access.actor.account.0,
        access.actor.name
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Stops a job that waits or runs; returns whether it did.
pub async fn cancel(db: &mut PgConnection, agency: AgencyId, job: Uuid) -> Result<bool, AppError> {
    let done = sqlx::query!(
        "update report_job set status = 'cancelled', finished_at = now()
         where agency_id = $1 and job_id = $2 and status in ('waiting', 'running')",
        agency.0,
        job
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// The latest jobs of an agency.
pub async fn latest(pool: &PgPool, agency: AgencyId) -> Result<Vec<JobRow>, AppError> {
    Ok(sqlx::query_as!(
        JobRow,
        "select job_id as job, period, year, pack, status, total, done, asked_by as by, asked_at as at,
            finished_at as finished, error, size
         from report_job where agency_id = $1 order by asked_at desc, job_id desc limit $2",
        agency.0,
        SHOWN
    )
    .fetch_all(pool)
    .await?)
}

/// Takes the oldest job that waits, or that a server left without a sign of life. One row, locked for this statement
/// alone: several servers take different ones.
pub async fn take(pool: &PgPool) -> Result<Option<Job>, AppError> {
    Ok(sqlx::query_as!(
        Job,
        "update report_job j set status = 'running', attempts = j.attempts + 1, alive_at = now(), done = 0
         from (
             select agency_id, job_id from report_job
             where status = 'waiting' or (status = 'running' and alive_at < now() - make_interval(secs => $1))
             order by asked_at limit 1 for update skip locked
         ) n
         where j.agency_id = n.agency_id and j.job_id = n.job_id
         returning j.agency_id as agency, j.job_id as job, j.period, j.year, j.pack, j.account_id as account, j.attempts",
        SILENT
    )
    .fetch_optional(pool)
    .await?)
}

/// A sign of life; returns whether the job still runs in this attempt, so that a cancelled one ends.
pub async fn alive(pool: &PgPool, job: &Job, done: i32, total: i32) -> Result<bool, AppError> {
    let updated = sqlx::query!(
        "update report_job set alive_at = now(), done = $4, total = $5
         where agency_id = $1 and job_id = $2 and status = 'running' and attempts = $3",
        job.agency,
        job.job,
        job.attempts,
        done,
        total
    )
    .execute(pool)
    .await?;
    Ok(updated.rows_affected() > 0)
}

/// Keeps the file, in the caller's transaction; returns false when the job does not run any more.
pub async fn finish(db: &mut PgConnection, job: &Job, file: &[u8]) -> Result<bool, AppError> {
    let size = i64::try_from(file.len()).map_err(AppError::inner)?;
    let updated = sqlx::query!(
        "update report_job set status = 'done', done = total, finished_at = now(), size = $4
         where agency_id = $1 and job_id = $2 and status = 'running' and attempts = $3",
        job.agency,
        job.job,
        job.attempts,
        size
    )
    .execute(&mut *db)
    .await?;
    if updated.rows_affected() == 0 {
        return Ok(false);
    }
    for (chunk, ordinal) in file.chunks(CHUNK).zip(0_i32..) {
        sqlx::query!(
            "insert into report_chunk (agency_id, job_id, ordinal, content) values ($1, $2, $3, $4)",
            job.agency,
            job.job,
            ordinal,
            chunk
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(true)
}

/// Ends a job that could not be done, with what is said about it.
pub async fn fail(pool: &PgPool, job: &Job, error: &str) -> Result<(), AppError> {
    sqlx::query!(
        "update report_job set status = 'failed', finished_at = now(), error = $4
         where agency_id = $1 and job_id = $2 and status = 'running' and attempts = $3",
        job.agency,
        job.job,
        job.attempts,
        error
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Name of the file of a finished job, and its content.
pub async fn file(
    pool: &PgPool,
    agency: AgencyId,
    job: Uuid,
) -> Result<(JobRow, Vec<u8>), AppError> {
    let row = sqlx::query_as!(
        JobRow,
        "select job_id as job, period, year, pack, status, total, done, asked_by as by, asked_at as at,
            finished_at as finished, error, size
         from report_job where agency_id = $1 and job_id = $2 and status = 'done'",
        agency.0,
        job
    )
    .fetch_one(pool)
    .await?;
    let chunks = sqlx::query_scalar!(
        "select content from report_chunk where agency_id = $1 and job_id = $2 order by ordinal",
        agency.0,
        job
    )
    .fetch_all(pool)
    .await?;
    Ok((row, chunks.concat()))
}

/// Removes the files of jobs that ended `days` ago; the jobs stay in the list.
pub async fn remove_old(pool: &PgPool, days: i32) -> Result<u64, AppError> {
    let done = sqlx::query!(
        "with old as (
            update report_job set status = 'removed'
            where status = 'done' and finished_at < now() - make_interval(days => $1) returning agency_id, job_id
         )
         delete from report_chunk c using old where c.agency_id = old.agency_id and c.job_id = old.job_id",
        days
    )
    .execute(pool)
    .await?;
    Ok(done.rows_affected())
}

/// The unit of an officer's post on a day, for the change row that moves his page.
pub async fn unit_of(
    pool: &PgPool,
    agency: Uuid,
    officer: Uuid,
    day: NaiveDate,
) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select unit_id from post where agency_id = $1 and officer_id = $2
           and from_day <= $3 and (until_day is null or until_day >= $3) order by from_day desc, post_id limit 1",
        agency,
        officer,
        day
    )
    .fetch_optional(pool)
    .await?)
}
