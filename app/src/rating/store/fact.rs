//! SQL that records facts of a year. The officer's row is the lock of his facts.

use chrono::NaiveDate;
use kpi::rating::{Absence, Blocker};
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

/// Locks an officer of the agency; his full name.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn hold_officer(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
) -> Result<String, AppError> {
    Ok(sqlx::query_scalar!(
        "select full_name from officer where agency_id = $1 and officer_id = $2 for no key update",
        agency,
        officer
    )
    .fetch_one(db)
    .await?)
}

/// An absence that shares a day with these.
///
/// # Errors
/// The database's failure.
pub async fn overlapping_absence(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
    (from, until): (NaiveDate, NaiveDate),
) -> Result<Option<(NaiveDate, NaiveDate)>, AppError> {
    let row = sqlx::query!(
        "select from_day, until_day from absence
         where agency_id = $1 and officer_id = $2 and withdrawn_at is null and from_day <= $4 and until_day >= $3
         order by from_day limit 1",
        agency,
        officer,
        from,
        until
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.from_day, row.until_day)))
}

/// An absence to record.
#[derive(Clone, Debug)]
pub struct NewAbsence {
    /// Its id.
    pub absence: Uuid,
    /// Whose.
    pub officer: Uuid,
    /// Why.
    pub kind: Absence,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The paper.
    pub document: String,
}

/// Records an absence.
///
/// # Errors
/// The database's failure.
pub async fn insert_absence(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    new: &NewAbsence,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into absence (agency_id, absence_id, officer_id, kind, from_day, until_day, document, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency,
        new.absence,
        new.officer,
        new.kind.as_str(),
        new.from,
        new.until,
        new.document,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes an absence back; whose it was.
///
/// # Errors
/// `NotFound` when it is not there or was withdrawn; the database's failure.
pub async fn withdraw_absence(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    absence: Uuid,
    reason: &str,
) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "update absence set withdrawn_by = $3, withdrawn_at = now(), withdraw_reason = $4
         where agency_id = $1 and absence_id = $2 and withdrawn_at is null returning officer_id",
        agency,
        absence,
        account,
        reason
    )
    .fetch_one(db)
    .await?)
}

/// What is stored for a month of an officer.
#[derive(Clone, Copy, Debug, Default)]
pub struct MonthHere {
    /// The sheet of this agency was confirmed or locked.
    pub own: bool,
    /// A month from elsewhere that stands.
    pub outside: Option<Uuid>,
}

/// What is stored for a month of an officer.
///
/// # Errors
/// The database's failure.
pub async fn month_here(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
    period: NaiveDate,
) -> Result<MonthHere, AppError> {
    let row = sqlx::query!(
        r#"select exists (select from sheet where agency_id = $1 and officer_id = $2 and period = $3
                          and status in ('confirmed', 'announced', 'locked')) as "own!",
                  (select outside_id from outside_month where agency_id = $1 and officer_id = $2 and period = $3
                   and superseded_by is null) as outside"#,
        agency,
        officer,
        period
    )
    .fetch_one(db)
    .await?;
    Ok(MonthHere {
        own: row.own,
        outside: row.outside,
    })
}

/// A month from elsewhere to record.
#[derive(Clone, Debug)]
pub struct NewOutside {
    /// Its id.
    pub outside: Uuid,
    /// Whose.
    pub officer: Uuid,
    /// First day of the month.
    pub period: NaiveDate,
    /// Published score, 0 to 100.
    pub score: Decimal,
    /// The organisation.
    pub origin: String,
    /// The paper.
    pub document: String,
    /// SHA-256 of the above.
    pub digest: String,
    /// Why it replaces what was entered before; empty for a first one.
    pub reason: String,
}

/// Records a month from elsewhere, in the place of an earlier row if one is named.
///
/// # Errors
/// The database's failure.
pub async fn insert_outside(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    new: &NewOutside,
    replaces: Option<Uuid>,
) -> Result<(), AppError> {
    if let Some(before) = replaces {
        sqlx::query!(
            "update outside_month set superseded_by = $3 where agency_id = $1 and outside_id = $2",
            agency,
            before,
            new.outside
        )
        .execute(&mut *db)
        .await?;
    }
    sqlx::query!(
        "insert into outside_month (agency_id, outside_id, officer_id, period, score, origin, document, digest, reason, entered_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency,
        new.outside,
        new.officer,
        new.period,
        new.score,
        new.origin,
        new.document,
        new.digest,
        new.reason,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The year and the decision under which an act of an officer counts already.
///
/// # Errors
/// The database's failure.
pub async fn act_counted(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
    act: &str,
) -> Result<Option<(i32, String)>, AppError> {
    let row = sqlx::query!(
        "select year, document from year_blocker
         where agency_id = $1 and officer_id = $2 and fold(act) = fold($3) and withdrawn_at is null",
        agency,
        officer,
        act
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.year, row.document)))
}

/// Whether somebody held a leading post until the end of a year.
///
/// # Errors
/// The database's failure.
pub async fn has_led(
    db: &mut PgConnection,
    agency: Uuid,
    officer: Uuid,
    until: NaiveDate,
) -> Result<bool, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select exists (select from post where agency_id = $1 and officer_id = $2 and kind <> 'staff' and from_day <= $3) as "led!""#,
        agency,
        officer,
        until
    )
    .fetch_one(db)
    .await?)
}

/// A blocker to record.
#[derive(Clone, Debug)]
pub struct NewBlocker {
    /// Its id.
    pub blocker: Uuid,
    /// Whose.
    pub officer: Uuid,
    /// The year in which the act counts.
    pub year: i32,
    /// Which case.
    pub kind: Blocker,
    /// The act.
    pub act: String,
    /// The decision.
    pub document: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// Records a blocker.
///
/// # Errors
/// The database's failure.
pub async fn insert_blocker(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    new: &NewBlocker,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into year_blocker (agency_id, blocker_id, officer_id, year, kind, act, document, decided_on, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        agency,
        new.blocker,
        new.officer,
        new.year,
        new.kind.as_str(),
        new.act,
        new.document,
        new.decided_on,
        account
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a blocker back; whose it was.
///
/// # Errors
/// `NotFound` when it is not there or was withdrawn; the database's failure.
pub async fn withdraw_blocker(
    db: &mut PgConnection,
    agency: Uuid,
    account: Uuid,
    blocker: Uuid,
    reason: &str,
) -> Result<Uuid, AppError> {
    Ok(sqlx::query_scalar!(
        "update year_blocker set withdrawn_by = $3, withdrawn_at = now(), withdraw_reason = $4
         where agency_id = $1 and blocker_id = $2 and withdrawn_at is null returning officer_id",
        agency,
        blocker,
        account,
        reason
    )
    .fetch_one(db)
    .await?)
}
