//! What changed, from a commit to every open screen: change rows, one merging worker, NOTIFY, SSE.
//! The stream carries what changed, never a score; the page is read again, and the permission stays with the server.

mod client;
#[cfg(feature = "ssr")]
mod hub;
#[cfg(feature = "ssr")]
pub mod merge;
#[cfg(feature = "ssr")]
mod notification;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod stream;
#[cfg(feature = "ssr")]
mod told;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[cfg(feature = "hydrate")]
pub use client::hear;
pub use client::{Connection, Follow, Heard, LiveState};
#[cfg(feature = "ssr")]
pub use hub::{Hub, Signal, Told, Touched};
#[cfg(feature = "ssr")]
pub use notification::notify;
#[cfg(feature = "ssr")]
pub use told::tell;

/// What one merged batch touched, cut to what the viewer may see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Periods as "2026-11".
    pub periods: Vec<String>,
    /// Units whose sums moved.
    pub units: Vec<Uuid>,
    /// Officers whose month moved.
    pub officers: Vec<Uuid>,
    /// Everything may have moved: ask again.
    #[serde(default)]
    pub all: bool,
}
