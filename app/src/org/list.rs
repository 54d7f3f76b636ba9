//! SQL of the organisation page: names and posts only, no figure of anybody's work.

use chrono::{Datelike, NaiveDate};
use sqlx::PgExecutor;
use uuid::Uuid;

use super::api::{FirstSteps, PersonDetail, PersonLine, PostLine, Settings, UnitLine};
use super::store::MOST_UNITS;
use crate::error::AppError;

/// Most people that a list shows.
pub(super) const MOST_PEOPLE: i64 = 200;

/// Units by path with their heads, deputies and the number of people on `today`; at most 2,000.
///
/// # Errors
/// The database's failure.
pub(super) async fn units(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    today: NaiveDate,
) -> Result<Vec<UnitLine>, AppError> {
    let rows = sqlx::query!(
        r#"select u.unit_id, u.parent_id, u.code, u.name, u.active,
                  coalesce(held.heads, '{}') as "heads!", coalesce(held.deputies, '{}') as "deputies!",
                  coalesce(held.people, 0) as "people!"
           from unit u
           left join (
               select p.unit_id, count(distinct p.officer_id) as people,
                      array_agg(o.full_name order by o.sort_key) filter (where p.kind = 'head') as heads,
                      array_agg(o.full_name order by o.sort_key) filter (where p.kind = 'deputy') as deputies
               from post p join officer o on o.agency_id = p.agency_id and o.officer_id = p.officer_id
               where p.agency_id = $1 and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2)
               group by p.unit_id) held on held.unit_id = u.unit_id
           where u.agency_id = $1
           order by u.path collate "C" limit $3"#,
        agency,
        today,
        MOST_UNITS
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| UnitLine {
            unit: row.unit_id,
            parent: row.parent_id,
            code: row.code,
            name: row.name,
            active: row.active,
            head: row.heads.join(", "),
            deputies: row.deputies,
            people: u32::try_from(row.people).unwrap_or(u32::MAX),
        })
        .collect())
}

/// People who hold a post on `today`: of one unit, or whose name or number contains `search` without regard to accents
/// and case. Heads first, then by given name; at most one more than are shown.
///
/// # Errors
/// The database's failure.
pub(super) async fn people(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    today: NaiveDate,
    unit: Option<Uuid>,
    search: &str,
) -> Result<Vec<PersonLine>, AppError> {
    let rows = sqlx::query!(
        r#"select o.officer_id, o.code, o.full_name, p.kind, p.title, u.name
           from post p
           join officer o on o.agency_id = p.agency_id and o.officer_id = p.officer_id
           join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
           where p.agency_id = $1 and p.from_day <= $2 and (p.until_day is null or p.until_day >= $2)
             and ($3::uuid is null or p.unit_id = $3)
             and ($4 = '' or position(fold($4) in fold(o.full_name)) > 0 or lower(o.code) = lower($4))
           order by array_position(array['head', 'deputy', 'staff'], p.kind), o.sort_key, o.code, p.post_id
           limit $5"#,
        agency,
        today,
        unit,
        search,
        MOST_PEOPLE + 1
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(PersonLine {
                officer: row.officer_id,
                code: row.code,
                name: row.full_name,
                title: row.title,
                kind: row.kind.parse().map_err(AppError::inner)?,
                unit_name: row.name,
            })
        })
        .collect()
}

/// A person with his posts, latest first; `None` when he is not of this agency.
///
/// # Errors
/// The database's failure.
pub(super) async fn person(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: Uuid,
) -> Result<Option<PersonDetail>, AppError> {
    let rows = sqlx::query!(
        r#"select o.code, o.full_name, o.version, coalesce(g.name, '') as "task_group!",
                  p.post_id as "post_id?", u.name as "unit_name?", p.kind as "kind?", p.title as "title?",
                  p.from_day as "from_day?", p.until_day
           from officer o
           left join task_group g on g.agency_id = o.agency_id and g.task_group_id = o.task_group_id
           left join post p on p.agency_id = o.agency_id and p.officer_id = o.officer_id
           left join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
           where o.agency_id = $1 and o.officer_id = $2
           order by p.from_day desc, p.post_id desc limit 50"#,
        agency,
        officer
    )
    .fetch_all(db)
    .await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let (code, name) = (first.code.clone(), first.full_name.clone());
    let (version, task_group) = (first.version, first.task_group.clone());
    let mut posts = Vec::with_capacity(rows.len());
    for row in rows {
        if let (Some(post), Some(unit_name), Some(kind), Some(title), Some(from_day)) = (
            row.post_id,
            row.unit_name,
            row.kind,
            row.title,
            row.from_day,
        ) {
            let kind = kind.parse().map_err(AppError::inner)?;
            posts.push(PostLine {
                post,
                unit_name,
                kind,
                title,
                from_day,
                until_day: row.until_day,
            });
        }
    }
    Ok(Some(PersonDetail {
        officer,
        code,
        name,
        task_group,
        version,
        posts,
    }))
}

/// Holidays of this year and the next; at most 400.
///
/// # Errors
/// The database's failure.
pub(super) async fn holidays(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, String)>, AppError> {
    let rows = sqlx::query!(
        "select day, name from holiday
         where agency_id = $1 and extract(year from day) between $2::int and $2::int + 1 order by day limit 400",
        agency,
        today.year()
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.day, row.name)).collect())
}

/// The groups of similar tasks.
///
/// # Errors
/// The database's failure.
pub(super) async fn settings(db: impl PgExecutor<'_>, agency: Uuid) -> Result<Settings, AppError> {
    let task_groups = sqlx::query_scalar!(
        "select name from task_group where agency_id = $1 order by name limit 200",
        agency
    )
    .fetch_all(db)
    .await?;
    Ok(Settings { task_groups })
}

/// Which steps of the first start the data show as done.
///
/// # Errors
/// The database's failure.
pub(super) async fn first_steps(
    db: impl PgExecutor<'_>,
    agency: Uuid,
) -> Result<FirstSteps, AppError> {
    Ok(sqlx::query_as!(
        FirstSteps,
        r#"select exists (select from officer where agency_id = $1) as "people!",
                  exists (select from catalogue where agency_id = $1) as "catalogue!",
                  exists (select from catalogue where agency_id = $1 and status = 'approved') as "approved!",
                  exists (select from account where agency_id = $1 and officer_id is not null) as "accounts!",
                  exists (select from assignment where agency_id = $1) as "month!""#,
        agency
    )
    .fetch_one(db)
    .await?)
}
