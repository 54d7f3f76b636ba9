//! Moving a month on or one step back, and its dates: the agency's, and a unit's own.

use chrono::NaiveDate;
use kpi::ids::UnitId;
use kpi::period::Period;
use kpi::period::life::{PeriodAction, PeriodActor, PeriodDates, PeriodStatus, step};
use serde_json::json;
use sqlx::PgPool;

use super::{audited, reason, refused, same_version};
use crate::auth::Access;
use crate::error::AppError;
use crate::org;
use crate::period::store::write::{UnitDates, hold, put_dates, put_status, put_unit_dates};

/// Moves a month one step on, or back with a reason. Announcing and locking are acts of their own.
///
/// # Errors
/// `Invalid` where the state has no such step, or without the reason of a step back; `Conflict`; the database's failure.
pub async fn take_step(
    pool: &PgPool,
    access: &Access,
    period: Period,
    (action, version): (PeriodAction, i32),
    why: &str,
) -> Result<PeriodStatus, AppError> {
    if matches!(action, PeriodAction::Announce | PeriodAction::Lock) {
        let sentence = "Công bố và khóa kỳ có biểu mẫu riêng.";
        return Err(AppError::invalid("action", sentence, action.as_str()));
    }
    let missing = (action == PeriodAction::Reopen).then_some("Hãy ghi lý do lùi lại một bước.");
    let why = reason("reason", why, missing)?;
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    let held = hold(&mut db, agency, period).await?;
    same_version(held.version, version, held.status.label())?;
    let to = step(held.status, action, PeriodActor::Personnel).map_err(|error| refused(&error))?;
    put_status(&mut db, agency, period, to, Some(access.actor.account.0)).await?;
    let detail = json!({ "from": held.status.as_str(), "to": to.as_str(), "reason": why });
    audited(&mut db, access, "period.step", period, detail).await?;
    db.commit().await?;
    Ok(to)
}

/// Sets the dates of a month that is not locked, and whether they move it on.
///
/// # Errors
/// `Invalid` at a date out of order, or for a locked month; `Conflict`; the database's failure.
pub async fn set_dates(
    pool: &PgPool,
    access: &Access,
    period: Period,
    (dates, automatic, version): (PeriodDates, bool, i32),
) -> Result<(), AppError> {
    dates.check_order(period)?;
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    let held = hold(&mut db, agency, period).await?;
    same_version(held.version, version, held.status.label())?;
    if held.status == PeriodStatus::Locked {
        let sentence = format!("{} đã khóa, các mốc không đổi nữa.", period.label());
        return Err(AppError::invalid("period", sentence, period.to_string()));
    }
    put_dates(&mut db, agency, period, &dates, automatic).await?;
    let detail = json!({ "dates": dates, "automatic": automatic });
    audited(&mut db, access, "period.set_dates", period, detail).await?;
    db.commit().await?;
    Ok(())
}

/// Sets a unit's own dates, those below it included; a date that is not given is the agency's.
///
/// # Errors
/// `Invalid` at a date out of order, for a month that is announced, or a unit that is; `NotFound`; the database's failure.
pub async fn set_unit_dates(
    pool: &PgPool,
    access: &Access,
    period: Period,
    (unit, own): (UnitId, UnitDates),
) -> Result<(), AppError> {
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    let place = org::store::unit(&mut *db, agency.0, unit).await?;
    let held = hold(&mut db, agency, period).await?;
    let status = crate::period::store::status_in(&mut *db, agency, period, unit).await?;
    if kpi::period::life::is_closed(status) {
        let sentence = format!(
            "{} của {} đã công bố, các mốc không đổi nữa.",
            period.label(),
            place.name
        );
        return Err(AppError::invalid("unit", sentence, ""));
    }
    let Some(of_agency) = held.dates else {
        let sentence = "Hãy đặt các mốc của cơ quan trước.";
        return Err(AppError::invalid("period", sentence, period.to_string()));
    };
    let or = |own: Option<NaiveDate>, agency: NaiveDate| own.unwrap_or(agency);
    PeriodDates {
        self_until: or(own.self_until, of_agency.self_until),
        confirm_until: or(own.confirm_until, of_agency.confirm_until),
        announce_on: or(own.announce_on, of_agency.announce_on),
        ..of_agency
    }
    .check_order(period)?;
    put_unit_dates(&mut db, agency, period, unit, own).await?;
    let detail = json!({ "unit": place.name, "self_until": own.self_until, "confirm_until": own.confirm_until, "announce_on": own.announce_on });
    audited(&mut db, access, "period.set_unit_dates", period, detail).await?;
    db.commit().await?;
    Ok(())
}
