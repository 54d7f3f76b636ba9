//! Server functions of the KPI of units and the forms they read.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::wire::{OwnIndicators, Shown};
use crate::error::AppError;

/// An indicator as its form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct IndicatorForm {
    /// The unit.
    pub unit: Uuid,
    /// The year.
    pub year: String,
    /// The indicator that is changed; empty for a new one.
    #[serde(default)]
    pub indicator: String,
    /// The version that was seen.
    #[serde(default)]
    pub version: i32,
    /// Group of functions.
    #[serde(default)]
    pub function: String,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Unit of measure.
    #[serde(default)]
    pub unit_of_measure: String,
    /// higher or lower.
    #[serde(default)]
    pub direction: String,
    /// sum or level.
    #[serde(default)]
    pub measure: String,
    /// Target.
    #[serde(default)]
    pub target: String,
    /// Weight in percent.
    #[serde(default)]
    pub weight: String,
    /// Who reports it.
    #[serde(default)]
    pub owner: String,
}

/// A report of a figure as its form sends it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ReportForm {
    /// The indicator.
    pub indicator: Uuid,
    /// Number of its reports that were seen.
    pub seen: i64,
    /// The month.
    pub period: String,
    /// Figure of the year up to the cut-off day.
    #[serde(default)]
    pub actual: String,
    /// Where it comes from.
    #[serde(default)]
    pub source: String,
    /// Up to which day.
    #[serde(default)]
    pub cut_off: String,
    /// What proves it.
    #[serde(default)]
    pub evidence: String,
    /// Why the last report of the month was wrong.
    #[serde(default)]
    pub reason: String,
    /// "mine" when it was sent from the page of one's own indicators.
    #[serde(default)]
    pub from: String,
}

/// Facts as their form sends them; an empty box is not sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FactsForm {
    /// Shortcomings are left.
    #[serde(default)]
    pub shortcomings_open: String,
    /// Which ones.
    #[serde(default)]
    pub shortcomings_note: String,
    /// Wrongdoing is concluded.
    #[serde(default)]
    pub wrongdoing: String,
    /// By which document.
    #[serde(default)]
    pub wrongdoing_document: String,
    /// What is not done has a cause beyond control.
    #[serde(default)]
    pub force_majeure: String,
    /// By which document.
    #[serde(default)]
    pub force_majeure_document: String,
}

/// The units within reach, or one of them.
#[server(name = LoadUnitKpi, prefix = "/api", endpoint = "unit_kpi/load", input = GetUrl)]
pub async fn load_unit_kpi(
    #[server(default)] unit: String,
    #[server(default)] year: String,
    #[server(default)] page: u32,
    #[server(default)] form: bool,
) -> Result<Shown, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewUnitKpi)?;
    let state = crate::state::app_state()?;
    let asked = super::steps::Asked {
        unit,
        year,
        page,
        form,
    };
    super::steps::load(&state.pool, &access, state.clock.today(), asked).await
}

/// The indicators that the visitor owns.
#[server(name = LoadOwnIndicators, prefix = "/api", endpoint = "unit_kpi/load_own", input = GetUrl)]
pub async fn load_own_indicators(
    #[server(default)] year: String,
) -> Result<OwnIndicators, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ReportIndicator)?;
    let state = crate::state::app_state()?;
    super::steps::load_own(&state.pool, &access, state.clock.today(), &year).await
}

/// Adds or changes an indicator.
#[server(name = SaveIndicator, prefix = "/api", endpoint = "unit_kpi/save_indicator")]
pub async fn save_indicator(form: IndicatorForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageIndicators)?;
    let state = crate::state::app_state()?;
    let indicator = match form.indicator.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| AppError::NotFound)?),
    };
    let (unit, year) = (form.unit, form.year.clone());
    let typed = super::steps::TypedIndicator {
        unit,
        year: form.year,
        indicator,
        version: form.version,
        function: form.function,
        name: form.name,
        unit_of_measure: form.unit_of_measure,
        direction: form.direction,
        measure: form.measure,
        target: form.target,
        weight: form.weight,
        owner: form.owner,
    };
    super::steps::save_indicator(&state.pool, &access, state.clock.today(), typed).await?;
    back(unit, &year, "indicator");
    Ok(())
}

/// Removes an indicator that has no figures.
#[server(name = RemoveIndicator, prefix = "/api", endpoint = "unit_kpi/remove_indicator")]
pub async fn remove_indicator(indicator: Uuid, version: i32) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageIndicators)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let (unit, year) =
        super::steps::remove_indicator(&state.pool, &access, today, indicator, version).await?;
    back(unit, &year.to_string(), "removed");
    Ok(())
}

/// Reports the figure of a month, or corrects it.
#[server(name = ReportIndicator, prefix = "/api", endpoint = "unit_kpi/report")]
pub async fn report_indicator(form: ReportForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ReportIndicator)?;
    let state = crate::state::app_state()?;
    let typed = super::steps::TypedReport {
        indicator: form.indicator,
        seen: form.seen,
        period: form.period,
        actual: form.actual,
        source: form.source,
        cut_off: form.cut_off,
        evidence: form.evidence,
        reason: form.reason,
    };
    let today = state.clock.today();
    let (unit, year) = super::steps::report(&state.pool, &access, today, typed).await?;
    if form.from == "mine" {
        leptos_axum::redirect(&format!("/indicators?year={year}&done=reported"));
    } else {
        back(unit, &year.to_string(), "reported");
    }
    Ok(())
}

/// Gives the points of the common criteria.
#[server(name = GivePoints, prefix = "/api", endpoint = "unit_kpi/give_points")]
pub async fn give_points(
    unit: Uuid,
    year: String,
    version: i32,
    #[server(default)] points: BTreeMap<String, String>,
    #[server(default)] reasons: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::AssessUnit)?;
    let state = crate::state::app_state()?;
    let of = (unit, year.as_str(), version);
    let given = (&points, &reasons);
    super::steps::give_points(&state.pool, &access, state.clock.today(), of, given).await?;
    back(unit, &year, "points");
    Ok(())
}

/// Records what the authority knows.
#[server(name = PutFacts, prefix = "/api", endpoint = "unit_kpi/facts")]
pub async fn put_facts(
    unit: Uuid,
    year: String,
    version: i32,
    #[server(default)] facts: FactsForm,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::AssessUnit)?;
    let state = crate::state::app_state()?;
    let given = super::wire::Facts {
        shortcomings_fixed: facts.shortcomings_open.is_empty(),
        shortcomings_note: facts.shortcomings_note,
        wrongdoing: !facts.wrongdoing.is_empty(),
        wrongdoing_document: facts.wrongdoing_document,
        force_majeure: !facts.force_majeure.is_empty(),
        force_majeure_document: facts.force_majeure_document,
    };
    let of = (unit, year.as_str(), version);
    super::steps::put_facts(&state.pool, &access, state.clock.today(), of, given).await?;
    back(unit, &year, "facts");
    Ok(())
}

/// Recognises the level of a unit.
#[server(name = RecogniseUnit, prefix = "/api", endpoint = "unit_kpi/recognise")]
pub async fn recognise_unit(
    unit: Uuid,
    year: String,
    version: i32,
    #[server(default)] level: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::AssessUnit)?;
    let state = crate::state::app_state()?;
    let of = (unit, year.as_str(), version);
    let decided = (level.as_str(), reason.as_str());
    super::steps::recognise(&state.pool, &access, state.clock.today(), of, decided).await?;
    back(unit, &year, "recognised");
    Ok(())
}

/// Takes a recognised level back.
#[server(name = ReopenUnit, prefix = "/api", endpoint = "unit_kpi/reopen")]
pub async fn reopen_unit(
    unit: Uuid,
    year: String,
    version: i32,
    #[server(default)] reopen_reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::AssessUnit)?;
    let state = crate::state::app_state()?;
    let of = (unit, year.as_str(), version);
    super::steps::reopen(
        &state.pool,
        &access,
        state.clock.today(),
        of,
        &reopen_reason,
    )
    .await?;
    back(unit, &year, "reopened");
    Ok(())
}

/// The page of a unit's year, with a word about what was done.
#[cfg(feature = "ssr")]
fn back(unit: Uuid, year: &str, done: &str) {
    // The year was checked, so it is a number.
    let year = crate::ui::query_value(year.trim());
    leptos_axum::redirect(&format!("/unit-kpi?unit={unit}&year={year}&done={done}"));
}
