//! Periods of assessment: opened, moved on, announced and locked by the personnel office; what may be done in which.

mod api;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
