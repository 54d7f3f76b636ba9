//! SQL of the register of prints, and of what forms say beyond the pages: signatures and who is in a list.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::Period;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::Paper;
use crate::auth::Access;
use crate::error::AppError;

/// A paper to be put on record.
pub struct NewPrint {
    /// Its code, without the dash.
    pub code: String,
    /// Its record.
    pub paper: Paper,
    /// Hash of what it says.
    pub content: [u8; 32],
    /// Ending of the file.
    pub format: &'static str,
    /// Hash of the file.
    pub file: [u8; 32],
    /// The job that printed it.
    pub job: Option<Uuid>,
}

/// Puts papers on record, in the caller's transaction.
///
/// # Errors
/// The database's failure.
#[expect(
    clippy::as_conversions,
    reason = "how the query macro is told of an array with nulls"
)]
pub async fn put_prints(
    db: &mut PgConnection,
    access: &Access,
    prints: &[NewPrint],
) -> Result<(), AppError> {
    let text = |value: fn(&NewPrint) -> &str| -> Vec<String> {
        prints.iter().map(|print| value(print).to_owned()).collect()
    };
    let codes = text(|print| &print.code);
    let kinds = text(|print| print.paper.kind());
    let formats = text(|print| print.format);
    let officers: Vec<Option<Uuid>> = prints.iter().map(|print| print.paper.officer()).collect();
    let units: Vec<Option<Uuid>> = prints.iter().map(|print| print.paper.unit()).collect();
    let periods: Vec<Option<NaiveDate>> = prints
        .iter()
        .map(|print| print.paper.period().map(Period::first_day))
        .collect();
    let years: Vec<Option<i32>> = prints.iter().map(|print| print.paper.year()).collect();
    let records: Vec<Option<Uuid>> = prints.iter().map(|print| print.paper.id()).collect();
    let jobs: Vec<Option<Uuid>> = prints.iter().map(|print| print.job).collect();
    let contents: Vec<Vec<u8>> = prints.iter().map(|print| print.content.to_vec()).collect();
    let files: Vec<Vec<u8>> = prints.iter().map(|print| print.file.to_vec()).collect();
    sqlx::query!(
        "insert into print_record (agency_id, code, kind, officer_id, unit_id, period, year, record_id, content_hash, format,
            file_hash, job_id, account_id, printed_by)
         select $1, p.code, p.kind, p.officer, p.unit, p.period, p.year, p.record, p.content, p.format, p.file, p.job, $2, $3
         from unnest($4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::date[], $9::integer[], $10::uuid[], $11::bytea[],
            $12::text[], $13::bytea[], $14::uuid[])
            as p (code, kind, officer, unit, period, year, record, content, format, file, job)",
        access.agency(),
        access.actor.account.0,
        access.actor.name,
        &codes,
        &kinds,
        &officers as &[Option<Uuid>],
        &units as &[Option<Uuid>],
        &periods as &[Option<NaiveDate>],
        &years as &[Option<i32>],
        &records as &[Option<Uuid>],
        &contents,
        &formats,
        &files,
        &jobs as &[Option<Uuid>]
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A paper on record.
pub struct PrintRow {
    /// Its record.
    pub paper: Paper,
    /// Hash of what it said.
    pub content: Vec<u8>,
    /// Ending of its file.
    pub format: String,
    /// Hash of its file.
    pub file: Vec<u8>,
    /// Who printed it.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The paper with this code.
///
/// # Errors
/// `NotFound` for no paper of this agency; the database's failure.
pub async fn print_of(pool: &PgPool, agency: AgencyId, code: &str) -> Result<PrintRow, AppError> {
    let row = sqlx::query!(
        "select kind, officer_id, unit_id, period, year, record_id, content_hash, format, file_hash, printed_by, printed_at
         from print_record where agency_id = $1 and code = $2",
        agency.0,
        code
    )
    .fetch_one(pool)
    .await?;
    let period = row
        .period
        .map(Period::of)
        .transpose()
        .map_err(AppError::inner)?;
    let officer = row.officer_id.map(OfficerId);
    let paper = match (
        row.kind.as_str(),
        period,
        officer,
        row.unit_id,
        row.year,
        row.record_id,
    ) {
        ("sheet", Some(period), Some(officer), ..) => Paper::Sheet(period, officer),
        ("trace", Some(period), Some(officer), ..) => Paper::Trace(period, officer),
        ("unit", Some(period), _, Some(unit), ..) => Paper::Unit(period, UnitId(unit)),
        ("year_sheet", _, Some(officer), _, Some(year), _) => Paper::YearSheet(year, officer),
        ("minutes", .., Some(id)) => Paper::Minutes(id),
        ("notice", .., Some(id)) => Paper::Notice(id),
        (kind, ..) => {
            return Err(AppError::inner(format!(
                "a print of an unknown kind {kind}"
            )));
        }
    };
    Ok(PrintRow {
        paper,
        content: row.content_hash,
        format: row.format,
        file: row.file_hash,
        by: row.printed_by,
        at: row.printed_at,
    })
}

/// What a month's form says about who acted.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    /// The officer.
    pub officer: Uuid,
    /// When he submitted.
    pub submitted: Option<DateTime<Utc>>,
    /// Who concluded; none while nobody did.
    pub signer: Option<String>,
    /// The post in which he did.
    pub post: Option<String>,
    /// When he did.
    pub signed: Option<DateTime<Utc>>,
    /// Hash of the signed content; none for what was confirmed before there were signatures.
    pub hash: Option<Vec<u8>>,
}

/// Who submitted and who concluded, of several people's month.
///
/// # Errors
/// The database's failure.
pub async fn acts(
    pool: &PgPool,
    agency: AgencyId,
    period: Period,
    officers: &[Uuid],
) -> Result<Vec<Acts>, AppError> {
    Ok(sqlx::query_as!(
        Acts,
        r#"select s.officer_id as officer, s.submitted_at as submitted, coalesce(g.signer_name, o.full_name) as "signer?",
               g.signer_post as "post?", v.signed_at as "signed?", g.content_hash as "hash?"
           from sheet s
           left join lateral (
               select n.signed_by, n.signed_at, n.signature_id from sheet_version n
               where n.agency_id = s.agency_id and n.period = s.period and n.officer_id = s.officer_id
                 and n.withdrawn_at is null and s.status in ('confirmed', 'announced', 'locked')
               order by n.version_no desc limit 1
           ) v on true
           left join signature g on g.agency_id = s.agency_id and g.signature_id = v.signature_id
           left join officer o on o.agency_id = s.agency_id and o.officer_id = v.signed_by
           where s.agency_id = $1 and s.period = $2 and s.officer_id = any($3)"#,
        agency.0,
        period.first_day(),
        officers
    )
    .fetch_all(pool)
    .await?)
}

/// Most people of one file that somebody waits for; more are a job.
pub const MOST_PEOPLE: i64 = 60;

/// People with a sheet in a unit's month, in the order of their given names.
///
/// # Errors
/// The database's failure.
pub async fn people_of_unit(
    pool: &PgPool,
    agency: AgencyId,
    period: Period,
    unit: UnitId,
) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select s.officer_id from sheet s
         join officer o on o.agency_id = s.agency_id and o.officer_id = s.officer_id
         where s.agency_id = $1 and s.period = $2 and s.unit_id = $3
         order by o.sort_key, o.officer_id limit $4",
        agency.0,
        period.first_day(),
        unit.0,
        MOST_PEOPLE
    )
    .fetch_all(pool)
    .await?)
}

/// People with a sheet in a month of the agency, unit by unit, each unit in the order of given names.
///
/// # Errors
/// The database's failure.
pub async fn people_of_agency(
    pool: &PgPool,
    agency: AgencyId,
    period: Period,
) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select s.officer_id from sheet s
         join officer o on o.agency_id = s.agency_id and o.officer_id = s.officer_id
         join unit u on u.agency_id = s.agency_id and u.unit_id = s.unit_id
         where s.agency_id = $1 and s.period = $2
         order by u.path, o.sort_key, o.officer_id limit 5000",
        agency.0,
        period.first_day()
    )
    .fetch_all(pool)
    .await?)
}

/// People with a sheet of a year, unit by unit, each unit in the order of given names.
///
/// # Errors
/// The database's failure.
pub async fn people_of_year(
    pool: &PgPool,
    agency: AgencyId,
    year: i32,
) -> Result<Vec<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "select s.officer_id from year_sheet s
         join officer o on o.agency_id = s.agency_id and o.officer_id = s.officer_id
         join unit u on u.agency_id = s.agency_id and u.unit_id = s.unit_id
         where s.agency_id = $1 and s.year = $2
         order by u.path, o.sort_key, o.officer_id limit 5000",
        agency.0,
        year
    )
    .fetch_all(pool)
    .await?)
}

/// What Mẫu số 02 says beyond its page.
#[derive(Clone, Debug)]
pub struct YearExtra {
    /// The officer.
    pub officer: Uuid,
    /// When it was handed in.
    pub submitted: Option<DateTime<Utc>>,
}

/// When year sheets of several people were handed in.
///
/// # Errors
/// The database's failure.
pub async fn year_extras(
    pool: &PgPool,
    agency: AgencyId,
    year: i32,
    officers: &[Uuid],
) -> Result<Vec<YearExtra>, AppError> {
    Ok(sqlx::query_as!(
        YearExtra,
        "select officer_id as officer, submitted_at as submitted from year_sheet
         where agency_id = $1 and year = $2 and officer_id = any($3) and status <> 'draft'",
        agency.0,
        year,
        officers
    )
    .fetch_all(pool)
    .await?)
}

/// The meeting behind minutes.
pub struct MeetingOf {
    /// Its id.
    pub meeting: Uuid,
    /// When it began.
    pub started: DateTime<Utc>,
    /// When it ended.
    pub ended: Option<DateTime<Utc>>,
}

/// The meeting of these minutes.
///
/// # Errors
/// `NotFound` for no minutes of this agency; the database's failure.
pub async fn meeting_of(
    pool: &PgPool,
    agency: AgencyId,
    minutes: Uuid,
) -> Result<MeetingOf, AppError> {
    Ok(sqlx::query_as!(
        MeetingOf,
        "select m.meeting_id as meeting, m.started_at as started, m.ended_at as ended
         from minutes n join meeting m on m.agency_id = n.agency_id and m.meeting_id = n.meeting_id
         where n.agency_id = $1 and n.minutes_id = $2",
        agency.0,
        minutes
    )
    .fetch_one(pool)
    .await?)
}
