//! Fans committed batches out to the streams of this instance.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use uuid::Uuid;

/// One changed person and unit of a merged batch.
#[derive(Clone, Debug)]
pub struct Touched {
    /// Agency of the row.
    pub agency: Uuid,
    /// First day of the period.
    pub period: NaiveDate,
    /// Unit whose sums moved.
    pub unit: Uuid,
    /// Its path, for the viewer's scope.
    pub path: String,
    /// Officer whose month moved.
    pub officer: Uuid,
}

/// Something that open screens hear at once rather than with the next batch: it holds no score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Agency.
    pub agency: Uuid,
    /// Path of the unit that it concerns.
    pub path: String,
    /// Staff of the unit hear it too; else only those who lead.
    pub everyone: bool,
    /// One line of JSON for the browser.
    pub data: String,
}

/// What a stream is told.
#[derive(Clone, Debug)]
pub enum Signal {
    /// A merged batch.
    Batch {
        /// Its number: the event id by which a stream resumes.
        batch: i64,
        /// What it touched.
        rows: Arc<Vec<Touched>>,
    },
    /// Something to pass on at once.
    Told(Arc<Told>),
    /// The listener lost its connection, so anything may have changed.
    Refetch,
}

/// The broadcast channel of one server instance.
#[derive(Clone, Debug)]
pub struct Hub(broadcast::Sender<Signal>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Hub {
    /// Tells every stream; nobody listening is fine.
    pub fn send(&self, signal: Signal) {
        let _ = self.0.send(signal);
    }

    /// A new receiver; one that falls more than 256 signals behind is told so and asks again.
    pub fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.0.subscribe()
    }
}
