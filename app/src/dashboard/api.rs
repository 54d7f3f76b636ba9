//! The one server function of the comparison, and what it sends.

use chrono::NaiveDate;
use kpi::period::{Period, WorkingDays};
use kpi::rule_set::RuleSet;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::figures::{Figures, Measure};
use crate::error::AppError;

/// Units of one agency side by side in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Name of the agency.
    pub agency: String,
    /// The month.
    pub period: Period,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Working days gone and in all: what may be expected today.
    pub days: WorkingDays,
    /// The rules in force in the month: its levels.
    pub rules: RuleSet,
    /// What the series and the order are about.
    pub measure: Measure,
    /// Units, best value first; units without a value last.
    pub units: Vec<UnitCompared>,
    /// The whole agency, units that are not shown included.
    pub whole: UnitCompared,
}

/// One unit, the units below it included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitCompared {
    /// The unit; nil for the whole agency.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// The visitor holds a post in it.
    pub own: bool,
    /// The visitor may open its work.
    pub reachable: bool,
    /// Sums of the month.
    pub now: Figures,
    /// Sums of the month before.
    pub before: Figures,
    /// The measure in twelve months, oldest first, this month last.
    #[serde(default)]
    pub series: Vec<Option<Decimal>>,
}

impl UnitCompared {
    /// This month's value.
    pub fn value(&self, measure: Measure) -> Option<Decimal> {
        self.now.value(measure)
    }

    /// Last month's value.
    pub fn previous(&self, measure: Measure) -> Option<Decimal> {
        self.before.value(measure)
    }
}

impl Comparison {
    /// Whether the month is over, so that its figures are whole.
    pub fn is_over(&self) -> bool {
        self.today > self.period.last_day()
    }

    /// The month before, inside a sentence: "tháng 10".
    pub fn month_before(&self) -> String {
        format!("tháng {}", self.period.previous().month_number())
    }
}

/// The comparison of a month ("2026-11"; without one the month of today) by a measure.
#[server(name = CompareMonth, prefix = "/api", endpoint = "dashboard/compare", input = GetUrl)]
pub async fn compare(period: Option<String>, by: Option<String>) -> Result<Comparison, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::CompareUnits)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let period = super::steps::parse_period(period.as_deref(), today)?;
    let year = super::steps::load(&state.pool, &access, period, today).await?;
    Ok(super::steps::compared(
        year,
        Measure::of_code(by.as_deref().unwrap_or_default()),
    ))
}
