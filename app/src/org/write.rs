//! Adding units, people, posts and holidays in bulk: one statement a list, for the import and the demo agency.
//! The rules of single changes (one head, no overlap) stand in `steps`; `first_conflict` checks a whole agency.

use chrono::NaiveDate;
use kpi::ids::{OfficerId, PostId, TaskGroupId, UnitId};
use kpi::scoring::ScoringRole;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;
use crate::format::sort_key;

/// A unit to add.
#[derive(Clone, Debug)]
pub struct NewUnit {
    /// Its id.
    pub unit: UnitId,
    /// The unit above; none for the root.
    pub parent: Option<UnitId>,
    /// Path of the parent, then the code and a slash; "/CODE/" for the root: see `unit_path`.
    pub path: String,
    /// Its code: ASCII letters, digits, `.`, `_`, `-`; unique in the agency.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Place among its siblings.
    pub ordinal: i32,
}

/// The path of a unit below `parent` ("/BAN/"), or of the root (no parent).
pub fn unit_path(parent: Option<&str>, code: &str) -> String {
    format!("{}{code}/", parent.unwrap_or("/"))
}

/// An officer to add.
#[derive(Clone, Debug)]
pub struct NewOfficer {
    /// His id.
    pub officer: OfficerId,
    /// The personnel office's number, unique in the agency.
    pub code: String,
    /// Full name.
    pub full_name: String,
    /// His group of similar tasks.
    pub task_group: Option<TaskGroupId>,
}

/// A post to add.
#[derive(Clone, Debug)]
pub struct NewPost {
    /// Its id.
    pub post: PostId,
    /// Who holds it.
    pub officer: OfficerId,
    /// Where.
    pub unit: UnitId,
    /// Head, deputy or staff.
    pub kind: ScoringRole,
    /// Title as appointed.
    pub title: String,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day; none while it is held.
    pub until_day: Option<NaiveDate>,
}

/// Adds units, in any order.
///
/// # Errors
/// `Invalid` on `unit_code` when a code exists; the database's failure.
pub async fn insert_units(
    db: &mut PgConnection,
    agency: Uuid,
    units: &[NewUnit],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = units.iter().map(|unit| unit.unit.0).collect();
    let parents: Vec<Option<Uuid>> = units
        .iter()
        .map(|unit| unit.parent.map(|parent| parent.0))
        .collect();
    let paths: Vec<String> = units.iter().map(|unit| unit.path.clone()).collect();
    let codes: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
    let names: Vec<String> = units.iter().map(|unit| unit.name.clone()).collect();
    let ordinals: Vec<i32> = units.iter().map(|unit| unit.ordinal).collect();
    sqlx::query!(
        r#"insert into unit (agency_id, unit_id, parent_id, path, code, name, ordinal)
           select $1, t.* from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::int[]) t"#,
        agency,
        &ids,
        &parents as _,
        &paths,
        &codes,
        &names,
        &ordinals
    )
    .execute(db)
    .await
    .map_err(refused)?;
    Ok(())
}

/// Adds officers; the key by which they sort is made here.
///
/// # Errors
/// `Invalid` on `officer_code` when a code exists; the database's failure.
pub async fn insert_officers(
    db: &mut PgConnection,
    agency: Uuid,
    officers: &[NewOfficer],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = officers.iter().map(|officer| officer.officer.0).collect();
    let codes: Vec<String> = officers
        .iter()
        .map(|officer| officer.code.clone())
        .collect();
    let names: Vec<String> = officers
        .iter()
        .map(|officer| officer.full_name.clone())
        .collect();
    let keys: Vec<String> = officers
        .iter()
        .map(|officer| sort_key(&officer.full_name))
        .collect();
    let groups: Vec<Option<Uuid>> = officers
        .iter()
        .map(|officer| officer.task_group.map(|group| group.0))
        .collect();
    sqlx::query!(
        r#"insert into officer (agency_id, officer_id, code, full_name, sort_key, task_group_id)
           select $1, t.* from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::uuid[]) t"#,
        agency,
        &ids,
        &codes,
        &names,
        &keys,
        &groups as _
    )
    .execute(db)
    .await
    .map_err(refused)?;
    Ok(())
}

/// Adds posts.
///
/// # Errors
/// `Invalid` on `until_day` when a last day lies before the first; the database's failure.
pub async fn insert_posts(
    db: &mut PgConnection,
    agency: Uuid,
    posts: &[NewPost],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = posts.iter().map(|post| post.post.0).collect();
    let officers: Vec<Uuid> = posts.iter().map(|post| post.officer.0).collect();
    let units: Vec<Uuid> = posts.iter().map(|post| post.unit.0).collect();
    let kinds: Vec<String> = posts
        .iter()
        .map(|post| post.kind.as_str().to_owned())
        .collect();
    let titles: Vec<String> = posts.iter().map(|post| post.title.clone()).collect();
    let from: Vec<NaiveDate> = posts.iter().map(|post| post.from_day).collect();
    let until: Vec<Option<NaiveDate>> = posts.iter().map(|post| post.until_day).collect();
    sqlx::query!(
        r#"insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day, until_day)
           select $1, t.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[], $8::date[]) t"#,
        agency,
        &ids,
        &officers,
        &units,
        &kinds,
        &titles,
        &from,
        &until as _
    )
    .execute(db)
    .await
    .map_err(refused)?;
    Ok(())
}

/// Stores how a post is held: regular, secondment or probation.
///
/// # Errors
/// The database's failure.
pub async fn set_arrangement(
    db: &mut PgConnection,
    agency: Uuid,
    post: PostId,
    arrangement: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "update post set arrangement = $3 where agency_id = $1 and post_id = $2",
        agency,
        post.0,
        arrangement
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds holidays; a day that is one already takes the new name.
///
/// # Errors
/// The database's failure.
pub async fn insert_holidays(
    db: &mut PgConnection,
    agency: Uuid,
    holidays: &[(NaiveDate, String)],
) -> Result<(), AppError> {
    let days: Vec<NaiveDate> = holidays.iter().map(|holiday| holiday.0).collect();
    let names: Vec<String> = holidays.iter().map(|holiday| holiday.1.clone()).collect();
    sqlx::query!(
        "insert into holiday (agency_id, day, name)
         select $1, t.* from unnest($2::date[], $3::text[]) t
         on conflict (agency_id, day) do update set name = excluded.name",
        agency,
        &days,
        &names
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The group of similar tasks with this name, added if there is none.
///
/// # Errors
/// The database's failure.
pub async fn task_group(
    db: &mut PgConnection,
    agency: Uuid,
    name: &str,
) -> Result<TaskGroupId, AppError> {
    let id = sqlx::query_scalar!(
        "insert into task_group (agency_id, task_group_id, name) values ($1, $2, $3)
         on conflict (agency_id, name) do update set name = excluded.name
         returning task_group_id",
        agency,
        Uuid::now_v7(),
        name
    )
    .fetch_one(db)
    .await?;
    Ok(TaskGroupId(id))
}

/// What two posts of an agency contradict each other in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostConflict {
    /// The unit.
    pub unit_name: String,
    /// Whose post.
    pub first: String,
    /// Whose other post; the same name when one person holds two in one unit.
    pub second: String,
    /// True for two heads of one unit on a day; false for one person with two posts.
    pub two_heads: bool,
}

/// The first contradiction among the posts of an agency: two heads of one unit, or one person with two posts other than
/// heading two units, on the same day. Call it in the transaction of a bulk insert, before the commit.
///
/// # Errors
/// The database's failure.
pub async fn first_conflict(
    db: &mut PgConnection,
    agency: Uuid,
) -> Result<Option<PostConflict>, AppError> {
    Ok(sqlx::query_as!(
        PostConflict,
        r#"select u.name as unit_name, oa.full_name as "first", ob.full_name as "second",
                  (a.kind = 'head' and b.kind = 'head' and a.officer_id <> b.officer_id) as "two_heads!"
           from post a
           join post b on b.agency_id = a.agency_id and b.post_id > a.post_id
                and (b.officer_id = a.officer_id or (b.unit_id = a.unit_id and a.kind = 'head' and b.kind = 'head'))
                and not (b.unit_id <> a.unit_id and a.kind = 'head' and b.kind = 'head')
                and daterange(a.from_day, a.until_day, '[]') && daterange(b.from_day, b.until_day, '[]')
           join unit u on u.agency_id = a.agency_id and u.unit_id = a.unit_id
           join officer oa on oa.agency_id = a.agency_id and oa.officer_id = a.officer_id
           join officer ob on ob.agency_id = b.agency_id and ob.officer_id = b.officer_id
           where a.agency_id = $1
           order by u.path, oa.sort_key limit 1"#,
        agency
    )
    .fetch_optional(db)
    .await?)
}

/// Says which field a broken constraint speaks of.
pub(super) fn refused(error: sqlx::Error) -> AppError {
    let constraint = error
        .as_database_error()
        .and_then(|inner| inner.constraint())
        .unwrap_or_default();
    match constraint {
        "unit_code_unique" => {
            AppError::invalid("unit_code", "Mã đơn vị này đã có trong cơ quan.", "")
        }
        "officer_code_unique" => {
            AppError::invalid("officer_code", "Mã công chức này đã có trong cơ quan.", "")
        }
        "post_days_in_order" => AppError::invalid(
            "until_day",
            "Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            "",
        ),
        "unit_parent_exists"
        | "post_unit_exists"
        | "post_officer_exists"
        | "officer_task_group_exists" => AppError::NotFound,
        _ => error.into(),
    }
}
