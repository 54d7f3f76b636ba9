//! Server functions of meetings. What a device posts answers with where the meeting is.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::{Meetings, MinutesView, Room, RoomState};
use crate::error::AppError;

/// Meetings that the reader takes part in.
#[server(name = LoadMeetings, prefix = "/api", endpoint = "meeting/list_meetings", input = GetUrl)]
pub async fn load_meetings() -> Result<Meetings, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::TakePart)?;
    let state = crate::state::app_state()?;
    super::steps::list(&state.pool, &access, state.clock.today()).await
}

/// Opens a meeting, or finds the one about the same that runs.
#[server(name = OpenMeeting, prefix = "/api", endpoint = "meeting/open")]
pub async fn open_meeting(
    kind: String,
    unit: String,
    #[server(default)] period: String,
    #[server(default)] year: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::HoldMeeting)?;
    let state = crate::state::app_state()?;
    let typed = super::steps::NewMeeting {
        kind,
        unit,
        period,
        year,
    };
    let meeting = super::steps::open(&state.pool, &access, state.clock.today(), &typed).await?;
    leptos_axum::redirect(&format!("/meeting/{meeting}"));
    Ok(())
}

/// A meeting with everything that a device needs.
#[server(name = LoadRoom, prefix = "/api", endpoint = "meeting/load_room", input = GetUrl)]
pub async fn load_room(meeting: Uuid) -> Result<Room, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::TakePart)?;
    let state = crate::state::app_state()?;
    super::steps::room(&state.pool, &access, state.clock.today(), meeting).await
}

/// Presents somebody; `step` is the one that the device knows.
#[server(name = Present, prefix = "/api", endpoint = "meeting/present")]
pub async fn present(meeting: Uuid, step: i32, subject: Uuid) -> Result<RoomState, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::HoldMeeting)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::present(&pool, &access, (meeting, step, subject)).await
}

/// Takes or gives back the chair, hides or shows names, freezes or thaws the figures.
#[server(name = Conduct, prefix = "/api", endpoint = "meeting/conduct")]
pub async fn conduct(meeting: Uuid, step: i32, act: String) -> Result<RoomState, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::HoldMeeting)?;
    let state = crate::state::app_state()?;
    let act = super::steps::Act::parse(&act)
        .ok_or_else(|| AppError::invalid("act", "Không có thao tác này trong cuộc họp.", ""))?;
    let today = state.clock.today();
    super::steps::act(&state.pool, &access, today, (meeting, step, act)).await
}

/// A device's sign of life.
#[server(name = Beat, prefix = "/api", endpoint = "meeting/beat")]
pub async fn beat(meeting: Uuid) -> Result<RoomState, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::TakePart)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::beat(&pool, &access, meeting).await
}

/// Keeps a remark, an opinion or a conclusion; `written` in milliseconds since 1970 on the device's clock.
#[server(name = WriteEntry, prefix = "/api", endpoint = "meeting/write")]
pub async fn write_entry(
    meeting: Uuid,
    entry: Uuid,
    kind: String,
    #[server(default)] subject: String,
    text: String,
    #[server(default)] written: String,
) -> Result<RoomState, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::TakePart)?;
    let pool = crate::state::app_state()?.pool;
    let subject = match subject.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| AppError::NotFound)?),
    };
    let typed = super::steps::TypedEntry {
        meeting,
        entry,
        kind,
        subject,
        text,
        written,
    };
    super::steps::write(&pool, &access, &typed).await
}

/// Assigns work to somebody who is discussed.
#[server(name = AssignTask, prefix = "/api", endpoint = "meeting/assign")]
pub async fn assign_task(
    meeting: Uuid,
    entry: Uuid,
    subject: Uuid,
    product: String,
    quantity: String,
    due_day: String,
    #[server(default)] text: String,
) -> Result<RoomState, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::Assign)?;
    let state = crate::state::app_state()?;
    let typed = super::steps::TypedTask {
        meeting,
        entry,
        subject,
        product,
        quantity,
        due_day,
        text,
    };
    super::steps::assign(&state.pool, &access, state.clock.today(), &typed).await
}

/// Ends a meeting and begins its minutes.
#[server(name = EndMeeting, prefix = "/api", endpoint = "meeting/end")]
pub async fn end_meeting(meeting: Uuid, step: i32) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::HoldMeeting)?;
    let state = crate::state::app_state()?;
    super::steps::end(&state.pool, &access, state.clock.today(), (meeting, step)).await?;
    leptos_axum::redirect(&format!("/meeting/{meeting}/minutes"));
    Ok(())
}

/// The minutes of a meeting.
#[server(name = LoadMinutes, prefix = "/api", endpoint = "meeting/load_minutes", input = GetUrl)]
pub async fn load_minutes(meeting: Uuid) -> Result<MinutesView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::TakePart)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::minutes_view(&pool, &access, meeting).await
}

/// Stores the text of the minutes.
#[server(name = SaveMinutes, prefix = "/api", endpoint = "meeting/save_minutes")]
pub async fn save_minutes(meeting: Uuid, version: i32, text: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::KeepMinutes)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::save_minutes(&pool, &access, (meeting, version), &text).await
}

/// Composes the minutes again from all entries.
#[server(name = ComposeAgain, prefix = "/api", endpoint = "meeting/compose_again")]
pub async fn compose_again(meeting: Uuid, version: i32) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::KeepMinutes)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::compose_again(&state.pool, &access, today, (meeting, version)).await
}

/// Signs the minutes; the password is typed again.
#[server(name = SignMinutes, prefix = "/api", endpoint = "meeting/sign_minutes")]
pub async fn sign_minutes(meeting: Uuid, version: i32, password: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignMinutes)?;
    let pool = crate::state::app_state()?.pool;
    let signer = crate::sign::confirm(&access, password).await?;
    super::steps::sign_minutes(&pool, &access, &signer, (meeting, version)).await
}
