//! Opening a month, moving it on, its dates. Every write names the version that was seen.

use chrono::NaiveDate;
use kpi::ids::{AgencyId, UnitId};
use kpi::period::Period;
use kpi::period::life::{PeriodDates, PeriodStatus};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

/// A month, locked until the transaction ends.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Its state.
    pub status: PeriodStatus,
    /// Its version.
    pub version: i32,
    /// Whether its dates move it on.
    pub automatic: bool,
    /// Its dates; none for a month from before dates were kept.
    pub dates: Option<PeriodDates>,
}

/// Locks a month.
///
/// # Errors
/// `Invalid` on `period` when it was not opened; the database's failure.
pub async fn hold(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
) -> Result<Held, AppError> {
    let row = sqlx::query!(
        "select status, version, automatic, self_from, self_until, confirm_until, announce_on, lock_on
         from period where agency_id = $1 and period = $2 for update",
        agency.0,
        period.first_day()
    )
    .fetch_optional(db)
    .await?
    .ok_or_else(|| {
        let sentence = format!("{} chưa được mở kỳ đánh giá; hãy mở kỳ trước.", period.label());
        AppError::invalid("period", sentence, period.to_string())
    })?;
    let dates = || {
        Some(PeriodDates {
            self_from: row.self_from?,
            self_until: row.self_until?,
            confirm_until: row.confirm_until?,
            announce_on: row.announce_on?,
            lock_on: row.lock_on?,
        })
    };
    Ok(Held {
        status: row.status.parse().map_err(AppError::inner)?,
        version: row.version,
        automatic: row.automatic,
        dates: dates(),
    })
}

/// What a month is opened with.
#[derive(Clone, Debug)]
pub struct Opening<'a> {
    /// The account that opens it; none for the set-up.
    pub by: Option<Uuid>,
    /// Its dates.
    pub dates: PeriodDates,
    /// Whether they move it on.
    pub automatic: bool,
    /// Why it is opened although something is missing; empty when nothing is.
    pub reason: &'a str,
}

/// Opens a month; false when it was opened before.
///
/// # Errors
/// The database's failure.
pub async fn open(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    opening: &Opening<'_>,
) -> Result<bool, AppError> {
    let dates = opening.dates;
    let made = sqlx::query!(
        "insert into period (agency_id, period, automatic, self_from, self_until, confirm_until, announce_on, lock_on,
            opened_by, open_reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing",
        agency.0,
        period.first_day(),
        opening.automatic,
        dates.self_from,
        dates.self_until,
        dates.confirm_until,
        dates.announce_on,
        dates.lock_on,
        opening.by,
        opening.reason
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Puts a month into the state that a step led to; `by` is the account, none for its dates.
///
/// # Errors
/// The database's failure.
pub async fn put_status(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    status: PeriodStatus,
    by: Option<Uuid>,
) -> Result<(), AppError> {
    sqlx::query!(
        "update period set status = $3, version = version + 1,
            announced_by = case when $3 = 'announced' then $4 else announced_by end,
            announced_at = case when $3 = 'announced' then now() else announced_at end,
            locked_by = case when $3 = 'locked' then $4 else locked_by end,
            locked_at = case when $3 = 'locked' then now() else locked_at end
         where agency_id = $1 and period = $2",
        agency.0,
        period.first_day(),
        status.as_str(),
        by
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores the dates of a month, and whether they move it on.
///
/// # Errors
/// The database's failure.
pub async fn put_dates(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    dates: &PeriodDates,
    automatic: bool,
) -> Result<(), AppError> {
    sqlx::query!(
        "update period set self_from = $3, self_until = $4, confirm_until = $5, announce_on = $6, lock_on = $7,
            automatic = $8, version = version + 1
         where agency_id = $1 and period = $2",
        agency.0,
        period.first_day(),
        dates.self_from,
        dates.self_until,
        dates.confirm_until,
        dates.announce_on,
        dates.lock_on,
        automatic
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A unit's own dates; `None` is the agency's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitDates {
    /// Last day of self-assessment.
    pub self_until: Option<NaiveDate>,
    /// Last day of confirmation.
    pub confirm_until: Option<NaiveDate>,
    /// Day of the announcement.
    pub announce_on: Option<NaiveDate>,
}

/// Stores a unit's own dates.
///
/// # Errors
/// The database's failure.
pub async fn put_unit_dates(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    unit: UnitId,
    dates: UnitDates,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into period_unit (agency_id, period, unit_id, self_until, confirm_until, announce_on)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (agency_id, period, unit_id) do update set self_until = excluded.self_until,
            confirm_until = excluded.confirm_until, announce_on = excluded.announce_on, version = period_unit.version + 1",
        agency.0,
        period.first_day(),
        unit.0,
        dates.self_until,
        dates.confirm_until,
        dates.announce_on
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks a unit as announced before the others; false when it was already.
///
/// # Errors
/// The database's failure.
pub async fn announce_unit(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    unit: UnitId,
    by: Uuid,
) -> Result<bool, AppError> {
    let made = sqlx::query!(
        "insert into period_unit as d (agency_id, period, unit_id, announced_by, announced_at)
         values ($1, $2, $3, $4, now())
         on conflict (agency_id, period, unit_id) do update set announced_by = excluded.announced_by,
            announced_at = excluded.announced_at, version = d.version + 1
         where d.announced_at is null",
        agency.0,
        period.first_day(),
        unit.0,
        by
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() == 1)
}
