//! The SSE stream of one tab: batches after the last one seen, cut to what the viewer may see.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, Stream, StreamExt};
use kpi::permission::Permission;
use tokio_stream::wrappers::BroadcastStream;

use super::hub::{Signal, Touched};
use super::{Changed, store};
use crate::auth::{Access, Actor, check};
use crate::error::AppError;
use crate::state::AppState;

/// `GET /live`: an event stream; `Last-Event-ID` resumes after a drop.
pub async fn handler(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    headers: HeaderMap,
) -> Response {
    let Some(Extension(actor)) = actor else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    match open(state, actor, &headers).await {
        Ok(events) => Sse::new(events)
            .keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
            .into_response(),
        Err(error) => StatusCode::from_u16(error.status())
            .unwrap_or(StatusCode::SERVICE_UNAVAILABLE)
            .into_response(),
    }
}

async fn open(
    state: AppState,
    actor: Actor,
    headers: &HeaderMap,
) -> Result<impl Stream<Item = Result<Event, Infallible>> + use<>, AppError> {
    // Subscribed before the past is read, so that nothing falls between.
    let receiver = state.hub.subscribe();
    let viewer = Viewer::of(actor)?;
    let last = headers
        .get("last-event-id")
        .and_then(|id| id.to_str().ok())
        .and_then(|id| id.parse::<i64>().ok());
    let now = store::last_batch(&state.pool).await?;
    let missed = match last {
        Some(last) if last < now => {
            let rows = store::touched(&state.pool, last, now).await?;
            if rows.len() >= 2000 {
                Changed {
                    all: true,
                    ..Changed::default()
                }
            } else {
                viewer.cut(&rows)
            }
        }
        _ => Changed::default(),
    };
    let first = stream::once(async move { Ok(event(now, &missed)) });
    let rest = BroadcastStream::new(receiver).filter_map(move |signal| {
        let told = match signal {
            Ok(Signal::Batch { batch, rows }) if batch > now => {
                let changed = viewer.cut(&rows);
                (changed != Changed::default()).then(|| event(batch, &changed))
            }
            Ok(Signal::Batch { .. }) => None,
            // A lagging receiver lost signals: the screen asks for everything again.
            Ok(Signal::Refetch) | Err(_) => Some(refetch()),
        };
        async move { told.map(Ok) }
    });
    Ok(first.chain(rest))
}

fn event(batch: i64, changed: &Changed) -> Event {
    let data = serde_json::to_string(changed).unwrap_or_default();
    Event::default()
        .event("change")
        .id(batch.to_string())
        .data(data)
}

fn refetch() -> Event {
    let data = serde_json::to_string(&Changed {
        all: true,
        ..Changed::default()
    })
    .unwrap_or_default();
    Event::default().event("change").data(data)
}

/// What a viewer may hear of: sums of units with `CompareUnits`, persons with `ViewMonth`.
struct Viewer {
    month: Access,
    units: bool,
}

impl Viewer {
    fn of(actor: Actor) -> Result<Self, AppError> {
        let units = check(actor.clone(), Permission::CompareUnits).is_ok();
        // An account without an officer hears of nobody's month, only of sums.
        let month = match check(actor.clone(), Permission::ViewMonth) {
            Ok(access) => access,
            Err(_) => Access {
                actor,
                scope: kpi::permission::Scope::Own,
            },
        };
        Ok(Self { month, units })
    }

    fn cut(&self, rows: &[Touched]) -> Changed {
        let mut changed = Changed::default();
        for row in rows.iter().filter(|row| row.agency == self.month.agency()) {
            let officer = kpi::ids::OfficerId(row.officer);
            let person = self.month.reach_person(officer, &row.path).is_ok();
            if !person && !self.units {
                continue;
            }
            let Ok(period) = kpi::period::Period::of(row.period) else {
                continue;
            };
            let period = period.to_string();
            if !changed.periods.contains(&period) {
                changed.periods.push(period);
            }
            if person && !changed.officers.contains(&row.officer) {
                changed.officers.push(row.officer);
            }
            if !changed.units.contains(&row.unit) {
                changed.units.push(row.unit);
            }
        }
        changed
    }
}
