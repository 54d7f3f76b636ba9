//! The steps of a unit's KPI on the server: each checks, applies a rule of `kpi` and writes in one transaction that begins
//! with the lock of the unit's year. Apart from `api`, so that they run without a request.

mod assess;
mod condition;
mod indicator;
mod load;
mod progress;
mod report;
mod standing;
mod typed;
mod why;

pub use assess::{Decision, give_points, open_levels, put_facts, recognise, record, reopen};
pub use indicator::{TypedIndicator, remove_indicator, save_indicator};
pub use load::{Asked, load, load_own};
pub use report::{TypedReport, report};
pub use standing::{Data, data_of, standing};

use chrono::{Datelike, NaiveDate};
use kpi::ids::{AgencyId, OfficerId, UnitId};
use kpi::period::{Period, WorkingDays};
use kpi::rule_set::RuleSet;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::store;
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::live::store::{Delta, Moved, append};

/// The rules of a unit's year: those in force in its last month, or today while it runs.
///
/// # Errors
/// The database's failure.
pub async fn rules(
    db: impl sqlx::PgExecutor<'_>,
    agency: AgencyId,
    year: i32,
    today: NaiveDate,
) -> Result<RuleSet, AppError> {
    let last = month(year, 12)?;
    let now = Period::of(today).map_err(AppError::inner)?;
    crate::rule_set::store::in_force(db, agency, last.min(now)).await
}

/// A month of a year that `check_year` let through.
fn month(year: i32, month: u32) -> Result<Period, AppError> {
    Period::month(year, month)
        .map_err(|error| AppError::invalid("year", error.to_string(), year.to_string()))
}

/// The months of a year.
fn months(year: i32) -> Result<Vec<Period>, AppError> {
    (1..=12).map(|number| month(year, number)).collect()
}

/// Working days of a year up to a day.
fn days_of(year: i32, until: NaiveDate, holidays: &[NaiveDate]) -> Result<WorkingDays, AppError> {
    let mut days = WorkingDays { done: 0, total: 0 };
    for period in months(year)? {
        let month = WorkingDays::of(period, until, holidays);
        days.done += month.done;
        days.total += month.total;
    }
    Ok(days)
}

/// A year that can be looked at: from 2024 to the one that runs.
///
/// # Errors
/// `Invalid` on `year`.
pub fn check_year(typed: &str, today: NaiveDate) -> Result<i32, AppError> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(today.year());
    }
    typed
        .parse()
        .ok()
        .filter(|year| (2024..=today.year()).contains(year))
        .ok_or_else(|| {
            let message = format!("Chọn năm từ 2024 đến {}.", today.year());
            AppError::invalid("year", message, typed.chars().take(20).collect::<String>())
        })
}

/// Refuses a write to a year whose level is recognised.
async fn hold_open(
    db: &mut PgConnection,
    agency: Uuid,
    unit: Uuid,
    year: i32,
) -> Result<i32, AppError> {
    match store::hold_year(db, agency, unit, year).await? {
        (_, true) => Err(AppError::invalid(
            "unit",
            "Mức xếp loại của đơn vị năm này đã được công nhận nên số liệu không sửa được nữa. Cấp có thẩm quyền phải thu hồi công nhận trước.",
            "",
        )),
        (version, false) => Ok(version),
    }
}

/// Writes the audit row of an act on a unit's year and lets every open screen know.
async fn done(
    db: &mut PgConnection,
    access: &Access,
    (unit, today): (Uuid, NaiveDate),
    action: &str,
    detail: serde_json::Value,
) -> Result<(), AppError> {
    audit::write(
        db,
        access.actor.agency,
        access.actor.audit(),
        action,
        ("unit", Some(unit)),
        detail,
    )
    .await?;
    let Some(officer) = access.actor.officer else {
        return Ok(());
    };
    let period = Period::of(today).map_err(AppError::inner)?.first_day();
    let moved = Moved {
        agency: access.actor.agency,
        period,
        unit: UnitId(unit),
        officer,
        kind: "unit_kpi",
    };
    append(db, moved, Delta::default()).await
}

/// Tells an officer that an indicator is his to report.
async fn tell_owner(
    db: &mut PgConnection,
    access: &Access,
    owner: Uuid,
    name: &str,
    year: i32,
) -> Result<(), AppError> {
    if access.actor.officer == Some(OfficerId(owner)) {
        return Ok(());
    }
    let text =
        format!("Bạn phụ trách chỉ số “{name}” năm {year} của đơn vị: báo cáo số liệu hằng tháng.");
    let link = format!("/indicators?year={year}");
    crate::live::notify(db, access.agency(), OfficerId(owner), &text, &link).await
}

/// Particulars of an audit row about an indicator.
fn about(year: i32, name: &str) -> serde_json::Value {
    json!({ "year": year, "name": name })
}
