//! SQL of single changes: reading a row under its lock, then writing it.

use chrono::NaiveDate;
use kpi::post::Days;
use sqlx::PgConnection;
use uuid::Uuid;

use super::write::NewPost;
use crate::error::AppError;

/// A unit under its lock.
pub(super) struct HeldUnit {
    /// Its path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// The unit above.
    pub parent_id: Option<Uuid>,
    /// False once it was dissolved.
    pub active: bool,
}

/// Reads and locks a unit: `NotFound` when it is not of this agency.
pub(super) async fn hold_unit(
    db: &mut PgConnection,
    agency: Uuid,
    unit: Uuid,
) -> Result<HeldUnit, AppError> {
    Ok(sqlx::query_as!(
        HeldUnit,
        "select path, name, parent_id, active from unit where agency_id = $1 and unit_id = $2 for update",
        agency,
        unit
    )
    .fetch_one(db)
    .await?)
}

/// The place after the last unit below `parent`.
pub(super) async fn next_ordinal(
    db: &mut PgConnection,
    agency: Uuid,
    parent: Uuid,
) -> Result<i32, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(max(ordinal), 0) + 1 as "next!" from unit where agency_id = $1 and parent_id = $2"#,
        agency,
        parent
    )
    .fetch_one(db)
    .await?)
}

/// Sets the name of a unit.
pub(super) async fn rename_unit(
    db: &mut PgConnection,
    agency: Uuid,
    unit: Uuid,
    name: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "update unit set name = $3 where agency_id = $1 and unit_id = $2",
        agency,
        unit,
        name
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Posts of a unit held on `today` or later, and active units below it.
pub(super) async fn load_of(
    db: &mut PgConnection,
    agency: Uuid,
    unit: Uuid,
    today: NaiveDate,
) -> Result<(i64, i64), AppError> {
    let row = sqlx::query!(
        r#"select (select count(*) from post where agency_id = $1 and unit_id = $2
                      and (until_day is null or until_day >= $3)) as "people!",
                  (select count(*) from unit where agency_id = $1 and parent_id = $2 and active) as "units!""#,
        agency,
        unit,
        today
    )
    .fetch_one(db)
    .await?;
    Ok((row.people, row.units))
}

/// Closes or opens a unit.
pub(super) async fn set_unit_active(
    db: &mut PgConnection,
    agency: Uuid,
    unit: Uuid,
    active: bool,
) -> Result<(), AppError> {
    sqlx::query!(
        "update unit set active = $3 where agency_id = $1 and unit_id = $2",
        agency,
        unit,
        active
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An officer under his lock.
pub(super) struct HeldOfficer {
    /// Full name.
    pub full_name: String,
    /// For optimistic concurrency.
    pub version: i32,
}

/// Reads and locks an officer: `NotFound` when he is not of this agency.
pub(super) async fn hold_officer(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
) -> Result<HeldOfficer, AppError> {
    Ok(sqlx::query_as!(
        HeldOfficer,
        "select full_name, version from officer where agency_id = $1 and officer_id = $2 for update",
        agency,
        officer
    )
    .fetch_one(db)
    .await?)
}

/// Sets name, sort key and task group of an officer.
pub(super) async fn change_officer(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
    name: &str,
    group: Option<Uuid>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update officer set full_name = $3, sort_key = $4, task_group_id = $5, version = version + 1
         where agency_id = $1 and officer_id = $2",
        agency,
        officer,
        name,
        crate::format::sort_key(name),
        group
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A post under its lock.
pub(super) struct HeldPost {
    /// The post.
    pub post_id: Uuid,
    /// Whose.
    pub officer_id: Uuid,
    /// Title as appointed.
    pub title: String,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day.
    pub until_day: Option<NaiveDate>,
}

/// Reads and locks a post: `NotFound` when it is not of this agency.
pub(super) async fn hold_post(
    db: &mut PgConnection,
    agency: Uuid,
    post: Uuid,
) -> Result<HeldPost, AppError> {
    Ok(sqlx::query_as!(
        HeldPost,
        "select post_id, officer_id, title, from_day, until_day from post
         where agency_id = $1 and post_id = $2 for update",
        agency,
        post
    )
    .fetch_one(db)
    .await?)
}

/// Sets the last day of a post.
pub(super) async fn end_post(
    db: &mut PgConnection,
    agency: Uuid,
    post: Uuid,
    last: NaiveDate,
) -> Result<(), AppError> {
    sqlx::query!(
        "update post set until_day = $3 where agency_id = $1 and post_id = $2",
        agency,
        post,
        last
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Days of the officer's posts beside which he may not hold the new one: all but those of heading another unit, when
/// the new one is to head a unit too.
pub(super) async fn exclusive_days(
    db: &mut PgConnection,
    agency: Uuid,
    post: &NewPost,
) -> Result<Vec<Days>, AppError> {
    let rows = sqlx::query!(
        "select from_day, until_day from post
         where agency_id = $1 and officer_id = $2 and not (unit_id <> $3 and kind = 'head' and $4 = 'head')
         order by from_day",
        agency,
        post.officer.0,
        post.unit.0,
        post.kind.as_str()
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Days {
            from: row.from_day,
            until: row.until_day,
        })
        .collect())
}

/// Name of another head of the unit in the time of the new post.
pub(super) async fn other_head(
    db: &mut PgConnection,
    agency: Uuid,
    post: &NewPost,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select o.full_name
         from post p join officer o on o.agency_id = p.agency_id and o.officer_id = p.officer_id
         where p.agency_id = $1 and p.unit_id = $2 and p.officer_id <> $3 and p.kind = 'head'
           and daterange(p.from_day, p.until_day, '[]') && daterange($4, $5, '[]')
         order by p.from_day limit 1",
        agency,
        post.unit.0,
        post.officer.0,
        post.from_day,
        post.until_day
    )
    .fetch_optional(db)
    .await?)
}

/// Makes a holiday a working day again: `NotFound` when it is none.
pub(super) async fn remove_holiday(
    db: &mut PgConnection,
    agency: Uuid,
    day: NaiveDate,
) -> Result<(), AppError> {
    let removed = sqlx::query!(
        "delete from holiday where agency_id = $1 and day = $2",
        agency,
        day
    )
    .execute(db)
    .await?;
    if removed.rows_affected() == 0 {
        Err(AppError::NotFound)
    } else {
        Ok(())
    }
}
