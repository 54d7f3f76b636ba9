//! Counts the SQL statements of a request by listening to sqlx's own log.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

static LISTENING: AtomicBool = AtomicBool::new(false);
static SEEN: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Hears sqlx's statements while `count` runs, and nothing else ever.
pub struct Counter;

impl<S: Subscriber> Layer<S> for Counter {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if metadata.target() == "sqlx::query" {
            Interest::sometimes()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == "sqlx::query" && LISTENING.load(Ordering::Relaxed)
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut heard = Heard::default();
        event.record(&mut heard);
        let ours = !heard.is_merging();
        if let Ok(mut seen) = SEEN.lock()
            && ours
        {
            seen.push(heard.summary);
        }
    }
}

/// A statement: its first words, and all of it where these are not all.
#[derive(Default)]
struct Heard {
    summary: String,
    whole: String,
}

impl Heard {
    /// Whether it is the merging worker's, which runs beside every request.
    fn is_merging(&self) -> bool {
        let words = [
            "change where batch",
            "pg_try_advisory",
            "with batch",
            "from change",
        ];
        words
            .iter()
            .any(|word| self.summary.contains(word) || self.whole.contains(word))
    }
}

impl Visit for Heard {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.whole),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn std::fmt::Debug) {}
}

/// How many statements `work` sent, the merging worker's own apart, and their first words.
pub async fn count<T>(work: impl Future<Output = T>) -> (T, Vec<String>) {
    if let Ok(mut seen) = SEEN.lock() {
        seen.clear();
    }
    LISTENING.store(true, Ordering::Relaxed);
    let answer = work.await;
    LISTENING.store(false, Ordering::Relaxed);
    let seen = SEEN.lock().map(|seen| seen.clone()).unwrap_or_default();
    (answer, seen)
}
