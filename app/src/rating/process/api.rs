//! Server functions of the yearly steps.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::{DecisionView, ProcessView, PublicationView, YearSheet};
use crate::error::AppError;

#[cfg(feature = "ssr")]
use super::steps;
#[cfg(feature = "ssr")]
use crate::auth::require;
#[cfg(feature = "ssr")]
use crate::rating::steps::parse_year;
#[cfg(feature = "ssr")]
use crate::state::app_state;
#[cfg(feature = "ssr")]
use kpi::permission::Permission;

/// Mẫu số 02 of the visitor, or of somebody within reach.
#[server(name = LoadYearSheet, prefix = "/api", endpoint = "rating/year_sheet", input = GetUrl)]
pub async fn load_year_sheet(
    year: String,
    #[server(default)] officer: Option<Uuid>,
) -> Result<YearSheet, AppError> {
    let access = require(Permission::ViewRating)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    steps::load_sheet(&state.pool, &access, (year, today), officer).await
}

/// Hands the own Mẫu số 02 in.
#[server(name = HandInYearSheet, prefix = "/api", endpoint = "rating/hand_in")]
pub async fn hand_in_year_sheet(
    year: String,
    #[server(default)] self_level: String,
    #[server(default)] self_remarks: String,
    version: i32,
) -> Result<(), AppError> {
    let access = require(Permission::HandInYearSheet)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let form = steps::HandInForm {
        self_level,
        self_remarks,
        version,
    };
    steps::hand_in(&state.pool, &access, (year, today), &form).await
}

/// Takes the own Mẫu số 02 back.
#[server(name = TakeBackYearSheet, prefix = "/api", endpoint = "rating/take_back")]
pub async fn take_back_year_sheet(year: String, version: i32) -> Result<(), AppError> {
    let access = require(Permission::HandInYearSheet)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    steps::take_back(&state.pool, &access, (year, today), version).await
}

/// Makes the sheet of somebody who is away at that time.
#[server(name = HandInForAbsent, prefix = "/api", endpoint = "rating/hand_in_for_absent")]
pub async fn hand_in_for_absent(
    year: String,
    officer: Uuid,
    reason: String,
    version: i32,
) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let typed = (officer, reason.as_str(), version);
    steps::hand_in_for_absent(&state.pool, &access, (year, today), typed).await
}

/// Everybody with the step that comes next.
#[server(name = LoadProcess, prefix = "/api", endpoint = "rating/process", input = GetUrl)]
pub async fn load_process(
    year: String,
    #[server(default)] step: String,
    #[server(default)] unit: Option<Uuid>,
    #[server(default)] page: u32,
) -> Result<ProcessView, AppError> {
    let access = require(Permission::ViewYearProcess)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let asked = steps::Asked {
        step: step.parse().ok(),
        unit,
        page,
    };
    steps::load_process(&state.pool, &access, (year, today), &asked).await
}

/// Records the minutes of a unit's meeting.
#[server(name = RecordMeeting, prefix = "/api", endpoint = "rating/record_meeting")]
pub async fn record_meeting(
    year: String,
    unit: Uuid,
    #[server(default)] kept: bool,
    #[server(default)] number: String,
    #[server(default)] day: String,
    #[server(default)] summary: String,
) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let form = steps::MeetingForm {
        unit,
        kept,
        number,
        day,
        summary,
    };
    steps::record_meeting(&state.pool, &access, (year, today), &form)
        .await
        .map(drop)
}

/// Records what the Party committee wrote about a head or deputy.
#[server(name = RecordOpinion, prefix = "/api", endpoint = "rating/record_opinion")]
pub async fn record_opinion(
    year: String,
    officer: Uuid,
    opinion: String,
    day: String,
    document: String,
    version: i32,
) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let form = steps::OpinionForm {
        officer,
        opinion,
        day,
        document,
        version,
    };
    steps::record_opinion(&state.pool, &access, (year, today), &form).await
}

/// Proposes a level.
#[server(name = ProposeLevel, prefix = "/api", endpoint = "rating/propose")]
pub async fn propose_level(
    year: String,
    officer: Uuid,
    level: String,
    #[server(default)] reason: String,
    #[server(default)] handling: String,
    version: i32,
) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let form = steps::ProposalForm {
        officer,
        level,
        reason,
        handling,
        version,
    };
    steps::propose(&state.pool, &access, (year, today), &form).await
}

/// Proposes the computed level for everybody whose turn it is.
#[server(name = ProposeAll, prefix = "/api", endpoint = "rating/propose_all")]
pub async fn propose_all(year: String) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    steps::propose_all(&state.pool, &access, (year, today))
        .await
        .map(drop)
}

/// Sends a sheet one step back.
#[server(name = StepBackYear, prefix = "/api", endpoint = "rating/step_back")]
pub async fn step_back_year(
    year: String,
    officer: Uuid,
    reason: String,
    version: i32,
) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let typed = (officer, reason.as_str(), version);
    steps::step_back(&state.pool, &access, (year, today), typed).await
}

/// Decides about these people and signs once.
#[server(name = DecideLevels, prefix = "/api", endpoint = "rating/decide")]
pub async fn decide_levels(
    year: String,
    #[server(default)] officers: Vec<Uuid>,
    #[server(default)] level: String,
    #[server(default)] reason: String,
    number: String,
    decided_on: String,
    password: String,
) -> Result<(), AppError> {
    let access = require(Permission::DecideRating)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let signer = crate::sign::confirm(&access, password).await?;
    let form = steps::Deciding {
        officers,
        level,
        reason,
        number,
        decided_on,
    };
    steps::decide(&state.pool, &access, (year, today), &signer, &form)
        .await
        .map(drop)
}

/// Enters the decision of the managing agency about the head of this one.
#[server(name = EnterDecision, prefix = "/api", endpoint = "rating/enter_decision")]
pub async fn enter_decision(
    year: String,
    officer: Uuid,
    level: String,
    #[server(default)] reason: String,
    number: String,
    decided_on: String,
    authority: String,
) -> Result<(), AppError> {
    let access = require(Permission::RecordYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    let form = steps::Above {
        officer,
        level,
        reason,
        number,
        decided_on,
        authority,
    };
    steps::enter_decision(&state.pool, &access, (year, today), &form)
        .await
        .map(drop)
}

/// Announces every signed decision of a year.
#[server(name = PublishLevels, prefix = "/api", endpoint = "rating/publish")]
pub async fn publish_levels(year: String) -> Result<(), AppError> {
    let access = require(Permission::PublishYear)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    steps::publish(&state.pool, &access, (year, today))
        .await
        .map(drop)
}

/// Replaces a decision, and signs.
#[server(name = ReplaceDecision, prefix = "/api", endpoint = "rating/replace")]
pub async fn replace_decision(
    decision: Uuid,
    level: String,
    reason: String,
    number: String,
    decided_on: String,
    password: String,
) -> Result<(), AppError> {
    let access = require(Permission::DecideRating)?;
    let state = app_state()?;
    let signer = crate::sign::confirm(&access, password).await?;
    let form = steps::Replacing {
        decision,
        level,
        reason,
        number,
        decided_on,
    };
    let id = steps::replace(&state.pool, &access, state.clock.today(), &signer, &form).await?;
    leptos_axum::redirect(&format!("/decision/{id}"));
    Ok(())
}

/// A decision for its parties.
#[server(name = LoadDecision, prefix = "/api", endpoint = "rating/decision", input = GetUrl)]
pub async fn load_decision(decision: Uuid) -> Result<DecisionView, AppError> {
    let access = require(Permission::ViewRating)?;
    let state = app_state()?;
    steps::load_decision(&state.pool, &access, state.clock.today(), decision).await
}

/// What is public of a year in the organisation.
#[server(name = LoadPublication, prefix = "/api", endpoint = "rating/publication", input = GetUrl)]
pub async fn load_publication(
    year: String,
    #[server(default)] page: u32,
) -> Result<PublicationView, AppError> {
    let access = require(Permission::ViewPublication)?;
    let state = app_state()?;
    let today = state.clock.today();
    let year = parse_year(&year, today)?;
    steps::load_publication(&state.pool, &access, (year, today), page).await
}
