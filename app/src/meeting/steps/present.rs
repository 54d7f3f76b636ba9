//! What the presenter does, and the sign of life of every device.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::figures::of_meeting;
use super::{find, holds, record, standing, tell_room};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::moment;
use crate::meeting::presenter::Chair;
use crate::meeting::store::{self, Stored};
use crate::meeting::wire::{MeetingKind, RoomState};

/// What a presenter does beside presenting somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Takes the chair.
    Take,
    /// Gives it back.
    Release,
    /// Hides names.
    Hide,
    /// Shows them again.
    Show,
    /// Freezes the figures.
    Freeze,
    /// Lets them live again.
    Thaw,
}

impl Act {
    /// From the word that forms send.
    pub fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "take" => Self::Take,
            "release" => Self::Release,
            "hide" => Self::Hide,
            "show" => Self::Show,
            "freeze" => Self::Freeze,
            "thaw" => Self::Thaw,
            _ => return None,
        })
    }
}

/// Presents an officer or unit; a free chair becomes the actor's. `seen` is the step that the device knows.
///
/// # Errors
/// `Invalid` with the reason and the way forward; `NotFound` for nobody of this meeting; `Forbidden` for whoever may not
/// hold it; the database's failure.
pub async fn present(
    pool: &PgPool,
    access: &Access,
    (meeting, seen, subject): (Uuid, i32, Uuid),
) -> Result<RoomState, AppError> {
    let mut db = pool.begin().await?;
    let stored = held(access, find(&mut db, access, meeting, true).await?)?;
    standing(access, &stored).must_present(seen)?;
    let agency = access.agency();
    let persons = stored.line.kind != MeetingKind::CompareUnits;
    if !store::is_below(&mut db, agency, &stored.line.path, (subject, persons)).await? {
        return Err(AppError::NotFound);
    }
    let mut state = chaired(access, &stored);
    state.subject = Some(subject);
    moved(&mut db, access, &stored, &mut state).await?;
    db.commit().await?;
    Ok(state)
}

/// Carries out an act of the presenter.
///
/// # Errors
/// As [`present`].
pub async fn act(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (meeting, seen, act): (Uuid, i32, Act),
) -> Result<RoomState, AppError> {
    // Computed before the meeting is locked, so that nobody waits for it.
    let figures = if act == Act::Freeze {
        let mut db = pool.acquire().await?;
        let stored = held(access, find(&mut db, access, meeting, false).await?)?;
        Some(of_meeting(pool, access, today, &stored).await?)
    } else {
        None
    };
    let mut db = pool.begin().await?;
    let stored = held(access, find(&mut db, access, meeting, true).await?)?;
    let found = standing(access, &stored);
    match act {
        Act::Take => found.must_take()?,
        Act::Release => {
            found.must_run()?;
            if found.chair != Chair::Mine {
                return Err(AppError::invalid(
                    "presenter",
                    "Bạn không còn giữ quyền trình bày nên không có gì để trao lại.",
                    "",
                ));
            }
        }
        _ => found.must_present(seen)?,
    }
    let mut state = chaired(access, &stored);
    match act {
        Act::Release => {
            state.presenter = None;
            state.presenter_name = String::new();
        }
        Act::Hide => state.hidden = true,
        Act::Show => state.hidden = false,
        Act::Freeze | Act::Thaw => {
            let figures = figures
                .map(serde_json::to_value)
                .transpose()
                .map_err(AppError::inner)?;
            let at = store::freeze(&mut db, access.agency(), meeting, figures).await?;
            state.frozen = at.map_or_else(String::new, moment);
            let detail = json!({ "frozen": !state.frozen.is_empty() });
            record(&mut db, access, "freeze_meeting", meeting, detail).await?;
        }
        Act::Take => {
            record(&mut db, access, "take_meeting", meeting, json!({})).await?;
        }
    }
    moved(&mut db, access, &stored, &mut state).await?;
    db.commit().await?;
    Ok(state)
}

/// Whether the actor may hold the meeting at all.
fn held(access: &Access, stored: Stored) -> Result<Stored, AppError> {
    if holds(access, &stored.line) {
        Ok(stored)
    } else {
        Err(AppError::Forbidden)
    }
}

/// The state with the actor as presenter.
fn chaired(access: &Access, stored: &Stored) -> RoomState {
    RoomState {
        presenter: Some(access.actor.account.0),
        presenter_name: access.actor.name.clone(),
        ..stored.state.clone()
    }
}

/// One act more: stored, and told to every device.
async fn moved(
    db: &mut sqlx::PgConnection,
    access: &Access,
    stored: &Stored,
    state: &mut RoomState,
) -> Result<(), AppError> {
    state.step = stored.state.step.saturating_add(1);
    store::put_state(&mut *db, access.agency(), state).await?;
    tell_room(db, access, &stored.line, state).await
}

/// A device's sign of life. Returns where the meeting is.
///
/// # Errors
/// `NotFound` for no meeting; `Forbidden` for whoever takes no part; the database's failure.
pub async fn beat(pool: &PgPool, access: &Access, meeting: Uuid) -> Result<RoomState, AppError> {
    let mut db = pool.acquire().await?;
    let stored = find(&mut db, access, meeting, false).await?;
    if stored.ended_at.is_none() {
        let actor = &access.actor;
        let officer = actor.officer.map(|officer| officer.0);
        let who = (actor.account.0, officer, actor.name.as_str());
        store::seen(&mut db, access.agency(), meeting, who).await?;
    }
    Ok(stored.state)
}
