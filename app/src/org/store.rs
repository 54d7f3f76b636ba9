//! Reading units, posts and holidays. Every query names the agency first.

use chrono::NaiveDate;
use kpi::ids::{OfficerId, UnitId};
use kpi::scoring::ScoringRole;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// Most units of an agency that a list returns.
pub const MOST_UNITS: i64 = 2_000;

/// Where an officer sits on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit_id: UnitId,
    /// Its path, "/BAN/VP/".
    pub path: String,
    /// Its name.
    pub unit_name: String,
    /// Head, deputy or staff: also the formula by which the officer is scored.
    pub kind: ScoringRole,
    /// Title as appointed ("Vụ trưởng").
    pub title: String,
    /// The officer's full name.
    pub full_name: String,
}

/// A unit as others need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitPlace {
    /// The unit.
    pub unit_id: UnitId,
    /// Its path, "/BAN/VP/".
    pub path: String,
    /// Its name.
    pub name: String,
    /// The unit above; none for the root.
    pub parent: Option<UnitId>,
}

/// A unit in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// The unit.
    pub unit_id: Uuid,
    /// The unit above; none for the root.
    pub parent_id: Option<Uuid>,
    /// Its path, "/BAN/VP/".
    pub path: String,
    /// Its code, unique in the agency.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Place among its siblings.
    pub ordinal: i32,
    /// False once it was dissolved.
    pub active: bool,
}

/// The post that an officer holds on `day`; of several the leading one (head, deputy, staff), then the latest.
/// `None` when he holds none, or is no officer of this agency.
///
/// # Errors
/// The database's failure.
pub async fn officer_place(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: OfficerId,
    day: NaiveDate,
) -> Result<Option<Place>, AppError> {
    let row = sqlx::query!(
        "select p.unit_id, u.path, u.name, p.kind, p.title, o.full_name
         from post p
         join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
         join officer o on o.agency_id = p.agency_id and o.officer_id = p.officer_id
         where p.agency_id = $1 and p.officer_id = $2
           and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
         order by array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc, p.post_id desc
         limit 1",
        agency,
        officer.0,
        day
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Place {
            unit_id: UnitId(row.unit_id),
            path: row.path,
            unit_name: row.name,
            kind: row.kind.parse().map_err(AppError::inner)?,
            title: row.title,
            full_name: row.full_name,
        })
    })
    .transpose()
}

/// A unit of the agency.
///
/// # Errors
/// `NotFound` for a unit that is not of this agency; the database's failure.
pub async fn unit(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    unit: UnitId,
) -> Result<UnitPlace, AppError> {
    let row = sqlx::query!(
        "select unit_id, path, name, parent_id from unit where agency_id = $1 and unit_id = $2",
        agency,
        unit.0
    )
    .fetch_one(db)
    .await?;
    Ok(UnitPlace {
        unit_id: UnitId(row.unit_id),
        path: row.path,
        name: row.name,
        parent: row.parent_id.map(UnitId),
    })
}

/// Holidays from `from` to `to`, both included, in order.
///
/// # Errors
/// The database's failure.
pub async fn holidays(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<NaiveDate>, AppError> {
    Ok(sqlx::query_scalar!(
        "select day from holiday where agency_id = $1 and day between $2 and $3 order by day limit 1000",
        agency,
        from,
        to
    )
    .fetch_all(db)
    .await?)
}

/// Units of the agency, dissolved ones included, ordered by path; at most 2,000.
///
/// # Errors
/// The database's failure.
pub async fn agency_units(db: impl PgExecutor<'_>, agency: Uuid) -> Result<Vec<UnitRow>, AppError> {
    Ok(sqlx::query_as!(
        UnitRow,
        r#"select unit_id, parent_id, path, code, name, ordinal, active
           from unit where agency_id = $1 order by path collate "C" limit $2"#,
        agency,
        MOST_UNITS
    )
    .fetch_all(db)
    .await?)
}

/// Full name of an officer.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn name_of(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    officer: Uuid,
) -> Result<String, AppError> {
    Ok(sqlx::query_scalar!(
        "select full_name from officer where agency_id = $1 and officer_id = $2",
        agency,
        officer
    )
    .fetch_one(db)
    .await?)
}
