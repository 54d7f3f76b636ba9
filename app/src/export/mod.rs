//! Results for the national database of officers (điểm d khoản 1 Điều 26): made as CSV or JSON of one schema
//! (SCHEMA.md), kept with their hash, due five days after the result, marked as sent with number and date.

mod api;
#[cfg(feature = "ssr")]
pub mod download;
#[cfg(feature = "ssr")]
pub mod file;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;

pub use page::ExportPage;
