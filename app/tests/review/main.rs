//! Reviews on a real PostgreSQL: decisions, the sheet from self-assessment to the lock, and who sees what.
#![cfg(feature = "ssr")]

mod decide;
mod fixture;
mod reach;
mod sheet;
