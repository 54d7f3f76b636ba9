//! Server functions of the yearly rating.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::{AbsenceForm, BlockerForm, OutsideForm, PersonYear, YearView};
use crate::error::AppError;

/// The year of the people within reach; last year when none is named.
#[server(name = LoadYear, prefix = "/api", endpoint = "rating/year", input = GetUrl)]
pub async fn load_year(
    #[server(default)] year: String,
    #[server(default)] unit: Option<Uuid>,
    #[server(default)] level: String,
    #[server(default)] page: u32,
) -> Result<YearView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewRating)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let year = super::steps::parse_year(&year, today)?;
    let asked = super::steps::Asked { unit, level, page };
    super::steps::load_year(&state.pool, &access, (year, today), &asked).await
}

/// One person's year; last year when none is named.
#[server(name = LoadPersonYear, prefix = "/api", endpoint = "rating/person", input = GetUrl)]
pub async fn load_person(
    officer: Uuid,
    #[server(default)] year: String,
) -> Result<PersonYear, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewRating)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let year = super::steps::parse_year(&year, today)?;
    let officer = kpi::ids::OfficerId(officer);
    super::steps::load_person(&state.pool, &access, (year, today), officer).await
}

/// Records an absence.
#[server(name = RecordAbsence, prefix = "/api", endpoint = "rating/record_absence")]
pub async fn record_absence(absence: AbsenceForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordYear)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::record_absence(&pool, &access, &absence).await
}

/// Takes an absence back, with a reason.
#[server(name = WithdrawAbsence, prefix = "/api", endpoint = "rating/withdraw_absence")]
pub async fn withdraw_absence(absence: Uuid, reason: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordYear)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::withdraw_absence(&pool, &access, absence, &reason).await
}

/// Records a month that another organisation scored.
#[server(name = RecordOutsideMonth, prefix = "/api", endpoint = "rating/record_outside_month")]
pub async fn record_outside_month(outside: OutsideForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordYear)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::record_outside_month(&state.pool, &access, &outside, today).await
}

/// Records what makes a year "không hoàn thành".
#[server(name = RecordBlocker, prefix = "/api", endpoint = "rating/record_blocker")]
pub async fn record_blocker(blocker: BlockerForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordYear)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::record_blocker(&state.pool, &access, &blocker, today).await
}

/// Takes a blocker back, with a reason.
#[server(name = WithdrawBlocker, prefix = "/api", endpoint = "rating/withdraw_blocker")]
pub async fn withdraw_blocker(blocker: Uuid, reason: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordYear)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::withdraw_blocker(&pool, &access, blocker, &reason).await
}

/// Records a decision about the share of "xuất sắc".
#[server(name = DecideRatio, prefix = "/api", endpoint = "rating/decide_ratio")]
pub async fn decide_ratio(
    year: String,
    ratio: String,
    document: String,
    decided_on: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordYear)?;
    let state = crate::state::app_state()?;
    let typed = super::steps::Typed {
        year,
        ratio,
        document,
        decided_on,
    };
    super::steps::decide_ratio(&state.pool, &access, &typed, state.clock.today()).await
}

/// Chooses about a candidate for "xuất sắc".
#[server(name = ChooseRating, prefix = "/api", endpoint = "rating/choose")]
pub async fn choose(
    year: String,
    officer: Uuid,
    chosen: String,
    reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DecideRating)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let year = super::steps::parse_year(&year, today)?;
    let typed = (officer, chosen.as_str(), reason.as_str());
    super::steps::choose(&state.pool, &access, (year, today), typed).await
}

/// Undoes a choice, with a reason.
#[server(name = UndoChoice, prefix = "/api", endpoint = "rating/undo_choice")]
pub async fn undo_choice(choice: Uuid, version: i32, reason: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DecideRating)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::undo_choice(&state.pool, &access, today, (choice, version, &reason)).await
}
