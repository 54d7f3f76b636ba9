//! The yearly rating on a real PostgreSQL: what stops it, what leaves the divisor, what blocks it, and the choice while
//! more stand for "xuất sắc" than may be.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

#[path = "../actor/mod.rs"]
mod actor;
mod choice;
mod facts;
mod fixture;
mod petition;
mod process;
mod viewed;
#[path = "../viewed/mod.rs"]
mod views;
