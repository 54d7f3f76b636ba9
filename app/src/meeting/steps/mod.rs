//! The steps of a meeting on the server, apart from `api` so that they run without a request.

mod close;
mod figures;
mod open;
mod present;
mod room;
mod write;

pub use close::{compose_again, end, minutes_view, save_minutes, sign_minutes};
pub use open::{NewMeeting, list, open};
pub use present::{Act, act, beat, present};
pub use room::room;
pub use write::{TypedEntry, TypedTask, assign, write};

use kpi::permission::{Permission, Scope};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::presenter::{Chair, Standing};
use super::store::{self, Stored};
use super::wire::{MeetingKind, MeetingLine, RoomState};
use crate::audit;
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::live::{Told, tell};

/// Most characters of what is written in a meeting.
pub const TEXT: usize = 2_000;
/// Most characters of minutes.
pub const MINUTES: usize = 60_000;

/// Whether the actor takes part: whoever leads above, below or in the unit, all its officers where its year is discussed
/// (Điều 21), and those whose work is the whole agency.
fn takes_part(access: &Access, line: &MeetingLine) -> Result<(), AppError> {
    let near = |path: &str| path.starts_with(&line.path) || line.path.starts_with(path);
    let leads = access.actor.led_paths().iter().any(|path| near(path));
    let year = line.kind == MeetingKind::Year
        && access
            .actor
            .posts
            .iter()
            .any(|post| post.path.starts_with(&line.path));
    if access.scope == Scope::Agency || leads || year {
        return Ok(());
    }
    Err(AppError::Forbidden)
}

/// Whether the actor may present, freeze and end this meeting.
fn holds(access: &Access, line: &MeetingLine) -> bool {
    check(access.actor.clone(), Permission::HoldMeeting)
        .is_ok_and(|access| access.reach_unit(&line.path).is_ok())
}

/// A meeting in which the actor takes part.
async fn find(
    db: &mut PgConnection,
    access: &Access,
    meeting: Uuid,
    lock: bool,
) -> Result<Stored, AppError> {
    let stored = store::find(db, access.agency(), meeting, lock).await?;
    takes_part(access, &stored.line)?;
    Ok(stored)
}

/// The meeting as the actor finds it.
fn standing(access: &Access, stored: &Stored) -> Standing {
    let me = access.actor.account.0;
    Standing {
        ended: stored.state.ended.clone(),
        step: stored.state.step,
        chair: match stored.state.presenter {
            None => Chair::Free,
            Some(presenter) if presenter == me => Chair::Mine,
            Some(_) => Chair::Taken {
                name: stored.state.presenter_name.clone(),
                silent: stored.silent,
            },
        },
    }
}

/// Tells every device where the meeting is once the transaction commits.
async fn tell_room(
    db: &mut PgConnection,
    access: &Access,
    line: &MeetingLine,
    state: &RoomState,
) -> Result<(), AppError> {
    let told = Told {
        agency: access.agency(),
        path: line.path.clone(),
        everyone: line.kind == MeetingKind::Year,
        data: serde_json::to_string(state).map_err(AppError::inner)?,
    };
    tell(db, &told).await
}

async fn record(
    db: &mut PgConnection,
    access: &Access,
    action: &str,
    meeting: Uuid,
    detail: Value,
) -> Result<(), AppError> {
    let subject = ("meeting", Some(meeting));
    audit::write(
        db,
        access.actor.agency,
        access.actor.audit(),
        action,
        subject,
        detail,
    )
    .await
}

/// A text within its bounds, trimmed.
fn text(field: &str, typed: &str, most: usize, missing: &str) -> Result<String, AppError> {
    let tidy = typed.trim().replace("\r\n", "\n");
    if tidy.is_empty() {
        return Err(AppError::invalid(field, missing, ""));
    }
    if tidy.chars().count() > most || tidy.contains('\0') {
        let typed: String = tidy.replace('\0', "").chars().take(most).collect();
        let message = format!("Nội dung dài tối đa {most} ký tự, không có ký tự điều khiển.");
        return Err(AppError::invalid(field, message, typed));
    }
    Ok(tidy)
}
