//! Server functions of what is recorded about a leader's unit.

use kpi::period::Period;
use kpi::review::NoteKind;
use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Records an initiative or a complaint of a unit.
#[server(name = RecordNote, prefix = "/api", endpoint = "review/record_note")]
pub async fn record_note(
    unit: Uuid,
    period: Period,
    key: Uuid,
    kind: NoteKind,
    #[server(default)] text: String,
    #[server(default)] document: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordLeaderNote)?;
    let state = crate::state::app_state()?;
    let given = super::steps::NewNote {
        unit: unit.into(),
        kind,
        text,
        document,
    };
    super::steps::record(
        &state.pool,
        &access,
        state.clock.today(),
        period,
        (given, key),
    )
    .await
}

/// Withdraws what was recorded.
#[server(name = WithdrawNote, prefix = "/api", endpoint = "review/withdraw_note")]
pub async fn withdraw_note(note: Uuid, #[server(default)] reason: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::RecordLeaderNote)?;
    let state = crate::state::app_state()?;
    super::steps::withdraw(&state.pool, &access, note, &reason).await
}
