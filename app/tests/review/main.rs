//! Reviews on a real PostgreSQL: decisions, the sheet from self-assessment to the lock, and who sees what.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot set its scene must fail"
)]

#[path = "../actor/mod.rs"]
mod actor;
mod decide;
mod fixture;
mod leader;
mod mail;
mod meeting;
#[path = "../month_state/mod.rs"]
mod month_state;
mod period;
mod petition;
mod queue;
mod reach;
mod report;
mod sheet;
mod steps;
mod version;
mod viewed;
#[path = "../viewed/mod.rs"]
mod views;
mod why;
