//! Server functions of the queue.

use std::collections::BTreeMap;

use kpi::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::Queue;
use crate::error::AppError;

/// Whose sheets the viewer confirms or prepares.
#[server(name = LoadQueue, prefix = "/api", endpoint = "review/load_queue", input = GetUrl)]
pub async fn load_queue(
    #[server(default)] unit: String,
    #[server(default)] period: String,
) -> Result<Queue, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::PrepareReview)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let unit = (!unit.is_empty())
        .then(|| unit.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    let period = crate::review::api::month_of(&period, today)?;
    super::steps::load_queue(&state.pool, &access, today, (unit, period)).await
}

/// Prepares and marks one sheet; `choice` is own, changed or clear.
#[server(name = PrepareSheet, prefix = "/api", endpoint = "review/prepare")]
pub async fn prepare_sheet(
    officer: Uuid,
    period: Period,
    version: i32,
    key: Uuid,
    #[server(default)] choice: String,
    #[server(default)] points: BTreeMap<String, String>,
    #[server(default)] reason: String,
    #[server(default)] other_reason: String,
    #[server(default)] remark: String,
    #[server(default)] organising: String,
    #[server(default)] organising_reason: String,
    #[server(default)] organising_other: String,
    #[server(default)] unity: String,
    #[server(default)] unity_reason: String,
    #[server(default)] unity_other: String,
    #[server(default)] instead_reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::PrepareReview)?;
    let state = crate::state::app_state()?;
    let texts = [
        ("reason", &reason),
        ("other_reason", &other_reason),
        ("remark", &remark),
        ("organising", &organising),
        ("organising_reason", &organising_reason),
        ("organising_other", &organising_other),
        ("unity", &unity),
        ("unity_reason", &unity_reason),
        ("unity_other", &unity_other),
        ("instead_reason", &instead_reason),
    ];
    let typed = crate::review::typed::Typed {
        points: points.clone(),
        texts: texts
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .into(),
        ..Default::default()
    };
    // What was typed comes before what was picked.
    let said = |typed: String, picked: String| {
        if typed.trim().is_empty() {
            picked
        } else {
            typed
        }
    };
    let given = super::steps::Given {
        conclusion: crate::review::steps::Conclusion {
            officer,
            version,
            points,
            remark,
            organising,
            organising_reason: said(organising_other, organising_reason),
            unity,
            unity_reason: said(unity_other, unity_reason),
            instead_reason,
            ..Default::default()
        },
        reason: said(other_reason, reason),
        choice: match choice.as_str() {
            "own" => super::steps::Choice::Own,
            "clear" => super::steps::Choice::Clear,
            _ => super::steps::Choice::Changed,
        },
    };
    super::steps::prepare(
        &state.pool,
        &access,
        state.clock.today(),
        period,
        (given, key),
    )
    .await
    .map_err(|refusal| typed.kept_in(refusal))
}

/// Marks calm sheets as they were sent: `shown` is "officer.version,officer.version,…".
#[server(name = AcceptRest, prefix = "/api", endpoint = "review/accept_rest")]
pub async fn accept_rest(period: Period, key: Uuid, shown: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::PrepareReview)?;
    let state = crate::state::app_state()?;
    let shown = crate::review::api::shown_pairs(&shown)?;
    let today = state.clock.today();
    super::steps::accept_rest(&state.pool, &access, today, period, (shown, key)).await
}

/// Signs everything that is marked: `shown` is "officer.version,…" with the versions of what is prepared.
#[server(name = SignReady, prefix = "/api", endpoint = "review/sign_ready")]
pub async fn sign_ready(
    period: Period,
    key: Uuid,
    shown: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ConfirmReview)?;
    let state = crate::state::app_state()?;
    let shown = crate::review::api::shown_pairs(&shown)?;
    let signer = crate::sign::confirm(&access, password).await?;
    let who = (&access, &signer);
    let today = state.clock.today();
    super::steps::sign_ready(&state.pool, who, today, period, (shown, key)).await?;
    Ok(())
}
