//! The import's reading and writing of workbooks; fixtures are made here.
//! `CONGTAM_REAL_WORKBOOK` names a real catalogue to read as well; without it and without one beside the checkout that
//! one test says that it was skipped.
#![cfg(feature = "ssr")]
#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail the test"
)]

mod catalogue;
mod fixture;
mod people;
mod properties;
mod refusals;
mod words;
