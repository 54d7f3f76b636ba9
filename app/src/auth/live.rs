//! `GET /live`: the event stream of one tab, cut to what the permission table lets its viewer hear of.

use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use kpi::ids::OfficerId;
use kpi::permission::{Permission, Scope};

use super::{Access, Actor, check};
use crate::live::stream::{Hears, open};
use crate::live::{Told, Touched};
use crate::state::AppState;

/// An event stream; `Last-Event-ID` resumes after a drop.
pub async fn handler(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    headers: HeaderMap,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| id.parse().ok());
    let hears = (viewer(actor.clone()), listener(actor));
    match open(&state.pool, &state.hub, last, hears).await {
        Ok(events) => Sse::new(events)
            .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
            .into_response(),
        Err(error) => StatusCode::from_u16(error.status())
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            .into_response(),
    }
}

/// Sums of units with `CompareUnits`, persons within the reach of `ViewMonth`, nothing of another agency.
fn viewer(actor: Actor) -> impl Fn(&Touched) -> Hears + Send + 'static {
    let units = check(actor.clone(), Permission::CompareUnits).is_ok();
    let month = check(actor.clone(), Permission::ViewMonth).unwrap_or(Access {
        actor,
        scope: Scope::Own,
    });
    move |row| {
        if row.agency != month.agency() {
            return Hears::default();
        }
        let officer = month
            .reach_person(OfficerId(row.officer), &row.path)
            .is_ok();
        Hears {
            unit: units || officer,
            officer,
        }
    }
}

/// What is told at once of a unit reaches whoever leads above or below it, its staff where it is meant for them, and those
/// whose work is the whole agency.
fn listener(actor: Actor) -> impl Fn(&Told) -> bool + Send + 'static {
    let whole = check(actor.clone(), Permission::TakePart)
        .is_ok_and(|access| access.scope == Scope::Agency);
    move |told| {
        let near = actor.posts.iter().any(|post| {
            let related =
                post.path.starts_with(&told.path) || told.path.starts_with(post.path.as_str());
            related && (told.everyone || post.kind != "staff")
        });
        told.agency == actor.agency.0 && (whole || near)
    }
}
