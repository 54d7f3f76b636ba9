//! Server functions of petitions.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::{Lists, Petition};
use crate::error::AppError;

/// The petitions that the visitor may see; `about` asks for the form about one's own result.
#[server(name = LoadPetitions, prefix = "/api", endpoint = "petition/lists", input = GetUrl)]
pub async fn load_petitions(#[server(default)] about: String) -> Result<Lists, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewPetition)?;
    let state = crate::state::app_state()?;
    super::steps::load_lists(&state.pool, &access, state.clock.today(), &about).await
}

/// A petition for its parties.
#[server(name = LoadPetition, prefix = "/api", endpoint = "petition/load", input = GetUrl)]
pub async fn load_petition(petition: Uuid) -> Result<Petition, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewPetition)?;
    let state = crate::state::app_state()?;
    super::steps::load(&state.pool, &access, state.clock.today(), petition).await
}

/// Lodges a petition about one's own announced result.
#[server(name = LodgePetition, prefix = "/api", endpoint = "petition/lodge")]
pub async fn lodge_petition(
    about: String,
    #[server(default)] line: String,
    text: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::LodgePetition)?;
    let state = crate::state::app_state()?;
    let typed = super::steps::Lodging { about, line, text };
    let id = super::steps::lodge(&state.pool, &access, state.clock.today(), &typed).await?;
    leptos_axum::redirect(&format!("/petition/{id}"));
    Ok(())
}

/// Takes one's own petition back.
#[server(name = WithdrawPetition, prefix = "/api", endpoint = "petition/withdraw")]
pub async fn withdraw_petition(petition: Uuid, version: i32) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::LodgePetition)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::withdraw(&state.pool, &access, today, (petition, version)).await
}

/// Answers a petition and signs the reply.
#[server(name = AnswerPetition, prefix = "/api", endpoint = "petition/answer")]
pub async fn answer_petition(
    petition: Uuid,
    version: i32,
    #[server(default)] outcome: String,
    #[server(default)] reply: String,
    #[server(default)] points: BTreeMap<String, String>,
    #[server(default)] waive_returns: Vec<Uuid>,
    #[server(default)] waive_delays: Vec<Uuid>,
    #[server(default)] organising: String,
    #[server(default)] unity: String,
    #[server(default)] level: String,
    #[server(default)] number: String,
    #[server(default)] decided_on: String,
    password: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::AnswerPetition)?;
    let state = crate::state::app_state()?;
    let signer = crate::sign::confirm(&access, password).await?;
    let form = super::steps::Answering {
        petition,
        outcome,
        reply,
        points,
        waive_returns,
        waive_delays,
        organising,
        unity,
        level,
        number,
        decided_on,
        version,
    };
    super::steps::answer(&state.pool, &access, state.clock.today(), &signer, &form).await
}
