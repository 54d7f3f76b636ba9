//! The month on a real PostgreSQL: assigning, reporting, delivering, and what the figures say afterwards.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot set its scene must fail"
)]

#[path = "../actor/mod.rs"]
mod actor;
mod assignment;
mod fixture;
#[path = "../month_state/mod.rs"]
mod month_state;
mod progress;
mod random;
mod reading;
mod rules;
