//! SQL of the exports.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::period::Period;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::file::ResultRow;
use crate::error::AppError;
use crate::format::vietnam;

/// People of one file; more is refused by [`super::steps::make`].
pub const MOST_PEOPLE: i64 = 50_000;

/// A month or a year with results.
pub struct Found {
    /// "2026-11" or "2026".
    pub subject: String,
    /// When its first result was announced or published.
    pub first: DateTime<Utc>,
    /// When a result of it last appeared or was replaced.
    pub last: DateTime<Utc>,
    /// When the newest file of it that was sent was made.
    pub made: Option<DateTime<Utc>>,
    /// When that was sent.
    pub sent_on: Option<NaiveDate>,
}

/// The year and its months that have results, the year first, then the newest month.
///
/// # Errors
/// The database's failure.
pub async fn subjects(pool: &PgPool, agency: Uuid, year: i32) -> Result<Vec<Found>, AppError> {
    Ok(sqlx::query_as!(
        Found,
        r#"with results as (
               select $2::text as subject, min(published_at) as first, max(published_at) as last
               from year_decision where agency_id = $1 and year = $3 and published_at is not null
               union all
               select to_char(p.period, 'YYYY-MM'), least(p.announced_at, min(n.announced_at)),
                   greatest(p.announced_at, max(n.announced_at), (
                       select max(v.signed_at) from sheet_version v
                       where v.agency_id = p.agency_id and v.period = p.period and v.supersedes is not null and v.withdrawn_at is null))
               from period p
               left join period_unit n on n.agency_id = p.agency_id and n.period = p.period and n.announced_at is not null
               where p.agency_id = $1 and p.period between make_date($3, 1, 1) and make_date($3, 12, 31)
               group by p.agency_id, p.period, p.announced_at
           )
           select r.subject as "subject!", r.first as "first!", r.last as "last!", e.made_at as "made?", e.sent_on as "sent_on?"
           from results r
           left join lateral (
               select made_at, sent_on from result_export e
               where e.agency_id = $1 and e.subject = r.subject and e.sent_on is not null
               order by made_at desc limit 1) e on true
           where r.first is not null
           order by length(r.subject), r.subject desc"#,
        agency,
        year.to_string(),
        year
    )
    .fetch_all(pool)
    .await?)
}

/// Announced results of a month: people by unit and name.
///
/// # Errors
/// The database's failure.
pub async fn month(
    db: &mut PgConnection,
    agency: Uuid,
    period: Period,
) -> Result<Vec<ResultRow>, AppError> {
    let rows = sqlx::query!(
        r#"select o.code, o.full_name, u.code as unit_code, u.name as unit_name, coalesce(p.title, '') as "title!",
               s.confirmed_total, s.confirmed_level, s.rule_set, s.confirmed_at as "confirmed_at!",
               coalesce((select max(v.version_no) from sheet_version v where v.agency_id = s.agency_id and v.period = s.period
                   and v.officer_id = s.officer_id and v.withdrawn_at is null), 1) as "version!",
               (select full_name from officer b where b.agency_id = s.agency_id and b.officer_id = s.confirmed_by) as authority
           from sheet s
           join officer o on o.agency_id = s.agency_id and o.officer_id = s.officer_id
           join unit u on u.agency_id = s.agency_id and u.unit_id = s.unit_id
           left join lateral (
               select p.title from post p
               where p.agency_id = s.agency_id and p.officer_id = s.officer_id and p.unit_id = s.unit_id
                 and p.from_day < s.period + interval '1 month'
               order by p.from_day desc, p.post_id desc limit 1) p on true
           where s.agency_id = $1 and s.period = $2 and s.status in ('announced', 'locked')
           order by u.path, o.sort_key, o.code, o.officer_id limit $3"#,
        agency,
        period.first_day(),
        MOST_PEOPLE + 1
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ResultRow {
                officer_code: row.code,
                full_name: row.full_name,
                unit_code: row.unit_code,
                unit_name: row.unit_name,
                title: row.title,
                score: row.confirmed_total,
                level: level(row.confirmed_level)?,
                rule_set: Some(row.rule_set),
                version: row.version,
                authority: row.authority,
                decision_number: None,
                decision_date: None,
                replaces_decision: None,
                result_date: vietnam(row.confirmed_at).date(),
            })
        })
        .collect()
}

/// Published decisions of a year that stand: people by unit and name.
///
/// # Errors
/// The database's failure.
pub async fn year(
    db: &mut PgConnection,
    agency: Uuid,
    year: i32,
) -> Result<Vec<ResultRow>, AppError> {
    let rows = sqlx::query!(
        r#"select o.code, o.full_name, u.code as unit_code, u.name as unit_name, coalesce(p.title, '') as "title!",
               d.mean, d.level, d.number, d.decided_on, d.published_at as "published_at!", before.number as "replaces?",
               coalesce(d.outside_authority,
                   (select full_name from officer b where b.agency_id = d.agency_id and b.officer_id = d.decided_by)) as authority
           from year_decision d
           join year_sheet s on s.agency_id = d.agency_id and s.year = d.year and s.officer_id = d.officer_id
           join officer o on o.agency_id = d.agency_id and o.officer_id = d.officer_id
           join unit u on u.agency_id = s.agency_id and u.unit_id = s.unit_id
           left join year_decision before on before.agency_id = d.agency_id and before.decision_id = d.supersedes
           left join lateral (
               select p.title from post p
               where p.agency_id = d.agency_id and p.officer_id = d.officer_id and p.unit_id = s.unit_id
                 and p.from_day <= make_date(d.year, 12, 31)
               order by p.from_day desc, p.post_id desc limit 1) p on true
           where d.agency_id = $1 and d.year = $2 and d.replaced_by is null and d.published_at is not null
           order by u.path, o.sort_key, o.code, o.officer_id limit $3"#,
        agency,
        year,
        MOST_PEOPLE + 1
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(ResultRow {
                officer_code: row.code,
                full_name: row.full_name,
                unit_code: row.unit_code,
                unit_name: row.unit_name,
                title: row.title,
                score: row.mean,
                level: level(Some(row.level))?,
                rule_set: None,
                version: if row.replaces.is_some() { 2 } else { 1 },
                authority: row.authority,
                decision_number: Some(row.number),
                decision_date: Some(row.decided_on),
                replaces_decision: row.replaces,
                result_date: vietnam(row.published_at).date(),
            })
        })
        .collect()
}

fn level(code: Option<String>) -> Result<Option<kpi::level::Level>, AppError> {
    code.map(|code| code.parse().map_err(AppError::inner))
        .transpose()
}

/// Code and name of the agency.
///
/// # Errors
/// The database's failure.
pub async fn agency(db: &mut PgConnection, agency: Uuid) -> Result<(String, String), AppError> {
    let row = sqlx::query!("select code, name from agency where agency_id = $1", agency)
        .fetch_one(db)
        .await?;
    Ok((row.code, row.name))
}

/// Keeps a file; its id when it is new, nothing when the same file is there.
///
/// # Errors
/// The database's failure.
pub async fn keep(
    db: &mut PgConnection,
    (agency, account): (Uuid, Uuid),
    (subject, format): (&str, &str),
    (people, content, hash): (i32, &str, &[u8]),
) -> Result<Option<Uuid>, AppError> {
    Ok(sqlx::query_scalar!(
        "insert into result_export (agency_id, export_id, subject, format, people, content, hash, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict on constraint result_export_once do nothing returning export_id",
        agency,
        Uuid::now_v7(),
        subject,
        format,
        people,
        content,
        hash,
        account
    )
    .fetch_optional(db)
    .await?)
}

/// A file that was made.
pub struct Kept {
    /// Its id.
    pub export_id: Uuid,
    /// "2026-11" or "2026".
    pub subject: String,
    /// "csv" or "json".
    pub format: String,
    /// People in it.
    pub people: i32,
    /// SHA-256 as hexadecimal digits.
    pub hash: String,
    /// Who made it.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// How it was sent.
    pub sent_number: Option<String>,
    /// When.
    pub sent_on: Option<NaiveDate>,
    /// Who marked it.
    pub sent_by: Option<String>,
}

/// Files of a year and its months, newest first; at most 100.
///
/// # Errors
/// The database's failure.
pub async fn kept(pool: &PgPool, agency: Uuid, year: i32) -> Result<Vec<Kept>, AppError> {
    Ok(sqlx::query_as!(
        Kept,
        r#"select e.export_id, e.subject, e.format, e.people, encode(e.hash, 'hex') as "hash!", e.made_at, e.sent_number, e.sent_on,
               coalesce(mo.full_name, m.login, '') as "made_by!", coalesce(so.full_name, s.login) as sent_by
           from result_export e
           left join account m on m.agency_id = e.agency_id and m.account_id = e.made_by
           left join officer mo on mo.agency_id = e.agency_id and mo.officer_id = m.officer_id
           left join account s on s.agency_id = e.agency_id and s.account_id = e.sent_by
           left join officer so on so.agency_id = e.agency_id and so.officer_id = s.officer_id
           where e.agency_id = $1 and left(e.subject, 4) = $2
           order by e.made_at desc, e.export_id desc limit 100"#,
        agency,
        year.to_string()
    )
    .fetch_all(pool)
    .await?)
}

/// Subject, format and content of a file.
///
/// # Errors
/// `NotFound`, or the database's failure.
pub async fn content(
    pool: &PgPool,
    agency: Uuid,
    export: Uuid,
) -> Result<(String, String, String), AppError> {
    let row = sqlx::query!(
        "select subject, format, content from result_export where agency_id = $1 and export_id = $2",
        agency,
        export
    )
    .fetch_one(pool)
    .await?;
    Ok((row.subject, row.format, row.content))
}

/// Locks a file; the day on which it was made, and how it was sent if it was.
///
/// # Errors
/// `NotFound`, or the database's failure.
pub async fn lock(
    db: &mut PgConnection,
    agency: Uuid,
    export: Uuid,
) -> Result<(String, NaiveDate, Option<(String, NaiveDate)>), AppError> {
    let row = sqlx::query!(
        "select subject, made_at, sent_number, sent_on from result_export
         where agency_id = $1 and export_id = $2 for update",
        agency,
        export
    )
    .fetch_one(db)
    .await?;
    let made = vietnam(row.made_at).date();
    Ok((row.subject, made, row.sent_number.zip(row.sent_on)))
}

/// Marks a locked file as sent.
///
/// # Errors
/// The database's failure.
pub async fn mark_sent(
    db: &mut PgConnection,
    (agency, account): (Uuid, Uuid),
    export: Uuid,
    (number, on): (&str, NaiveDate),
) -> Result<(), AppError> {
    sqlx::query!(
        "update result_export set sent_number = $3, sent_on = $4, sent_by = $5, sent_at = now()
         where agency_id = $1 and export_id = $2",
        agency,
        export,
        number,
        on,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}
