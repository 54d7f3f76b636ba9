//! SQL of periods: the state of a month, its dates, and whether something may be done in it.

pub mod announce;
pub mod read;
pub mod reminder;
pub mod write;

use kpi::ids::{AgencyId, UnitId};
use kpi::period::Period;
use kpi::period::life::{PeriodAct, PeriodDates, PeriodStatus, check_act};
use sqlx::{PgConnection, PgExecutor};

use crate::error::AppError;

/// The state of a month; `None` when it was not opened.
///
/// # Errors
/// The database's failure.
pub async fn status(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
) -> Result<Option<PeriodStatus>, AppError> {
    let stored = sqlx::query_scalar!(
        "select status from period where agency_id = $1 and period = $2",
        agency.0,
        period.first_day()
    )
    .fetch_optional(db)
    .await?;
    stored
        .map(|status| status.parse().map_err(AppError::inner))
        .transpose()
}

/// The dates of a month, for the people of a unit: its own where it has some, else those of the nearest unit above that
/// has, else the agency's. `None` when the month was not opened, or was before dates were kept.
///
/// # Errors
/// The database's failure.
pub async fn dates(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
    unit: Option<UnitId>,
) -> Result<Option<PeriodDates>, AppError> {
    let row = sqlx::query!(
        r#"select p.self_from, coalesce(own.self_until, p.self_until) as self_until,
                  coalesce(own.confirm_until, p.confirm_until) as confirm_until,
                  coalesce(own.announce_on, p.announce_on) as announce_on, p.lock_on
           from period p
           left join lateral (
               select d.self_until, d.confirm_until, d.announce_on
               from unit u
               join unit above on above.agency_id = $1 and starts_with(u.path, above.path)
               join period_unit d on d.agency_id = $1 and d.period = $2 and d.unit_id = above.unit_id
               where u.agency_id = $1 and u.unit_id = $3
               order by length(above.path) desc limit 1) own on true
           where p.agency_id = $1 and p.period = $2"#,
        agency.0,
        period.first_day(),
        unit.map(|unit| unit.0)
    )
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| {
        Some(PeriodDates {
            self_from: row.self_from?,
            self_until: row.self_until?,
            confirm_until: row.confirm_until?,
            announce_on: row.announce_on?,
            lock_on: row.lock_on?,
        })
    }))
}

/// The state of a month as the people of a unit meet it: announced when it, or a unit above, was announced before the
/// others.
///
/// # Errors
/// The database's failure.
pub async fn status_in(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
    unit: UnitId,
) -> Result<Option<PeriodStatus>, AppError> {
    let row = sqlx::query!(
        r#"select p.status, exists (
               select from unit u
               join unit above on above.agency_id = $1 and starts_with(u.path, above.path)
               join period_unit d on d.agency_id = $1 and d.period = $2 and d.unit_id = above.unit_id
               where u.agency_id = $1 and u.unit_id = $3 and d.announced_at is not null) as "announced!"
           from period p where p.agency_id = $1 and p.period = $2"#,
        agency.0,
        period.first_day(),
        unit.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let status: PeriodStatus = row.status.parse().map_err(AppError::inner)?;
        Ok(if row.announced && status < PeriodStatus::Announced {
            PeriodStatus::Announced
        } else {
            status
        })
    })
    .transpose()
}

/// Refuses what the state of the month does not allow, with the reason and the way forward.
///
/// # Errors
/// `Invalid` on field `period`; the database's failure.
pub async fn must_allow(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    act: PeriodAct,
) -> Result<(), AppError> {
    refuse(period, status(db, agency, period).await?, act)
}

/// As [`must_allow`], for the people of a unit.
///
/// # Errors
/// As [`must_allow`].
pub async fn must_allow_in(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    unit: UnitId,
    act: PeriodAct,
) -> Result<(), AppError> {
    refuse(period, status_in(db, agency, period, unit).await?, act)
}

fn refuse(period: Period, status: Option<PeriodStatus>, act: PeriodAct) -> Result<(), AppError> {
    check_act(period, status, act)
        .map_err(|sentence| AppError::invalid("period", sentence, period.to_string()))
}
