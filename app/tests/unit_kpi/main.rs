//! The KPI of units on a real PostgreSQL: indicators and their figures, the score and its conditions, what the authority
//! decides, and who sees what.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot set its scene must fail"
)]

#[path = "../actor/mod.rs"]
mod actor;
mod decision;
mod fixture;
mod indicator;
mod score;
