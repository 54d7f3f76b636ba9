//! The audit log on screen and as a file: who did what, newest first. It holds no scores and no secrets.

mod api;
#[cfg(feature = "ssr")]
pub mod download;
mod page;
#[cfg(feature = "ssr")]
pub mod store;
pub(in crate::admin) mod words;

pub use page::AuditPage;
