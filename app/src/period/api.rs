//! Server functions of periods.

use std::collections::BTreeMap;

#[cfg(feature = "ssr")]
use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::PeriodAction;
#[cfg(feature = "ssr")]
use kpi::period::life::PeriodDates;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::PeriodsView;
use crate::error::AppError;

/// The dates of a month as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatesForm {
    /// First day of self-assessment.
    pub self_from: String,
    /// Last day of self-assessment.
    pub self_until: String,
    /// Last day of confirmation.
    pub confirm_until: String,
    /// Day of the announcement.
    pub announce_on: String,
    /// Day of the lock.
    pub lock_on: String,
    /// "on" when the dates move the month on.
    #[serde(default)]
    pub automatic: String,
}

#[cfg(feature = "ssr")]
fn day(field: &str, typed: &str) -> Result<NaiveDate, AppError> {
    let short = || typed.chars().take(40).collect::<String>();
    crate::format::parse_day(typed)
        .filter(|day| (2000..3000).contains(&chrono::Datelike::year(day)))
        .ok_or_else(|| {
            AppError::invalid(field, "Hãy ghi một ngày có thật, dạng dd/MM/yyyy.", short())
        })
}

#[cfg(feature = "ssr")]
impl DatesForm {
    /// The dates, and whether they move the month on.
    fn parse(&self) -> Result<(PeriodDates, bool), AppError> {
        let dates = PeriodDates {
            self_from: day("self_from", &self.self_from)?,
            self_until: day("self_until", &self.self_until)?,
            confirm_until: day("confirm_until", &self.confirm_until)?,
            announce_on: day("announce_on", &self.announce_on)?,
            lock_on: day("lock_on", &self.lock_on)?,
        };
        Ok((dates, self.automatic == "on"))
    }
}

/// The months of the agency, and one of them ("2026-11"; without one that of today) in full.
#[server(name = LoadPeriods, prefix = "/api", endpoint = "period/months", input = GetUrl)]
pub async fn load_periods(#[server(default)] period: String) -> Result<PeriodsView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let wanted = if period.trim().is_empty() {
        Period::of(today)
    } else {
        period.trim().parse()
    };
    let short = period.chars().take(40).collect::<String>();
    let wanted = wanted.map_err(|error| AppError::invalid("period", error.to_string(), short))?;
    super::steps::load(&state.pool, &access, today, wanted).await
}

/// Opens a month with its dates; the reason says why, although something is missing.
#[server(name = OpenPeriod, prefix = "/api", endpoint = "period/open")]
pub async fn open_period(
    period: Period,
    dates: DatesForm,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::open(&state.pool, &access, today, period, dates.parse()?, &reason).await
}

/// Sets the dates of a month.
#[server(name = SetPeriodDates, prefix = "/api", endpoint = "period/set_dates")]
pub async fn set_period_dates(
    period: Period,
    version: i32,
    dates: DatesForm,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    let (days, automatic) = dates.parse()?;
    super::steps::set_dates(&pool, &access, period, (days, automatic, version)).await
}

/// Sets a unit's own dates; an empty one is the agency's.
#[server(name = SetUnitDates, prefix = "/api", endpoint = "period/set_unit_dates")]
pub async fn set_unit_dates(
    period: Period,
    unit: Uuid,
    #[server(default)] self_until: String,
    #[server(default)] confirm_until: String,
    #[server(default)] announce_on: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    let own = |field: &str, typed: &str| {
        (!typed.trim().is_empty())
            .then(|| day(field, typed))
            .transpose()
    };
    let dates = super::store::write::UnitDates {
        self_until: own("self_until", &self_until)?,
        confirm_until: own("confirm_until", &confirm_until)?,
        announce_on: own("announce_on", &announce_on)?,
    };
    super::steps::set_unit_dates(&pool, &access, period, (kpi::ids::UnitId(unit), dates)).await
}

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

/// Announces the results of a month, or of one unit before the others, and signs.
#[server(name = AnnouncePeriod, prefix = "/api", endpoint = "period/announce")]
pub async fn announce_period(
    period: Period,
    version: i32,
    key: Uuid,
    #[server(default)] unit: String,
    #[server(default)] reason: String,
    #[server(default)] reasons: BTreeMap<String, String>,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    let signer = crate::sign::confirm(&access, password).await?;
    let asked = super::steps::Announcement {
        unit: super::steps::unit_of(&unit)?,
        version,
        reason,
        reasons,
    };
    super::steps::announce(&pool, (&access, &signer), period, (asked, key)).await?;
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
