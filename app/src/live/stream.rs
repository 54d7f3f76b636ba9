//! The SSE stream of one tab: batches after the last one seen, cut to what its viewer may hear of.

use std::convert::Infallible;

use axum::response::sse::Event;
use futures::stream::{self, Stream, StreamExt};
use sqlx::PgPool;
use tokio_stream::wrappers::BroadcastStream;

use super::hub::{Hub, Signal, Told, Touched};
use super::{Changed, store};
use crate::error::AppError;

/// What a viewer may hear of one touched row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hears {
    /// That the unit's sums moved.
    pub unit: bool,
    /// Whose month moved.
    pub officer: bool,
}

/// Events for one viewer: first what was missed since batch `last`, then everything new. `viewer` says what he may hear
/// of a change, `listener` whether he may hear what is told at once.
///
/// # Errors
/// The database's failure.
pub async fn open<V, T>(
    pool: &PgPool,
    hub: &Hub,
    last: Option<i64>,
    (viewer, listener): (V, T),
) -> Result<impl Stream<Item = Result<Event, Infallible>> + use<V, T>, AppError>
where
    V: Fn(&Touched) -> Hears + Send + 'static,
    T: Fn(&Told) -> bool + Send + 'static,
{
    // Subscribed before the past is read, so that nothing falls between.
    let receiver = hub.subscribe();
    let now = store::last_batch(pool).await?;
    let missed = match last {
        Some(last) if last < now => {
            let rows = store::touched(pool, last, now).await?;
            if rows.len() >= store::MOST_TOUCHED {
                everything()
            } else {
                cut(&rows, &viewer)
            }
        }
        _ => Changed::default(),
    };
    let first = stream::once(async move { Ok(event(Some(now), &missed)) });
    let rest = BroadcastStream::new(receiver).filter_map(move |signal| {
        let told = match signal {
            Ok(Signal::Batch { batch, rows }) if batch > now => {
                let changed = cut(&rows, &viewer);
                (changed != Changed::default()).then(|| event(Some(batch), &changed))
            }
            Ok(Signal::Batch { .. }) => None,
            Ok(Signal::Told(told)) => {
                listener(&told).then(|| Event::default().event("told").data(&told.data))
            }
            // A lagging receiver lost signals: the screen asks for everything again.
            Ok(Signal::Refetch) | Err(_) => Some(event(None, &everything())),
        };
        async move { told.map(Ok) }
    });
    Ok(first.chain(rest))
}

fn everything() -> Changed {
    Changed {
        all: true,
        ..Changed::default()
    }
}

fn event(batch: Option<i64>, changed: &Changed) -> Event {
    let event = Event::default()
        .event("change")
        .data(serde_json::to_string(changed).unwrap_or_default());
    match batch {
        Some(batch) => event.id(batch.to_string()),
        None => event,
    }
}

fn cut(rows: &[Touched], viewer: impl Fn(&Touched) -> Hears) -> Changed {
    let mut changed = Changed::default();
    for row in rows {
        let hears = viewer(row);
        if !hears.unit && !hears.officer {
            continue;
        }
        if let Ok(period) = kpi::period::Period::of(row.period) {
            insert(&mut changed.periods, period.to_string());
        }
        insert(&mut changed.units, row.unit);
        if hears.officer {
            insert(&mut changed.officers, row.officer);
        }
    }
    changed
}

fn insert<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}
