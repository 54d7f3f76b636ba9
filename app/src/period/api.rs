//! Server functions of periods.

use std::collections::BTreeMap;

use kpi::period::Period;
use kpi::period::life::PeriodAction;
use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Moves a month one step on, or back with a reason.
#[server(name = StepPeriod, prefix = "/api", endpoint = "period/step")]
pub async fn step_period(
    period: Period,
    action: PeriodAction,
    version: i32,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::take_step(&pool, &access, period, (action, version), &reason).await?;
    Ok(())
}

/// Announces the results of a month, or of one unit before the others.
#[server(name = AnnouncePeriod, prefix = "/api", endpoint = "period/announce")]
pub async fn announce_period(
    period: Period,
    version: i32,
    key: Uuid,
    #[server(default)] unit: String,
    #[server(default)] reason: String,
    #[server(default)] reasons: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    let asked = super::steps::Announcement {
        unit: super::steps::unit_of(&unit)?,
        version,
        reason,
        reasons,
    };
    super::steps::announce(&pool, &access, period, (asked, key)).await?;
    Ok(())
}

/// Locks a month whose results were announced.
#[server(name = LockPeriod, prefix = "/api", endpoint = "period/lock")]
pub async fn lock_period(period: Period, version: i32, key: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::LockMonth)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::lock(&state.pool, &access, today, period, (version, key)).await?;
    Ok(())
}
