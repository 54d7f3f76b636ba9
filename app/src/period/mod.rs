//! Periods of assessment: opened, moved on, announced and locked by the personnel office; what may be done in which.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod watch;
pub mod wire;

pub use page::PeriodsPage;
