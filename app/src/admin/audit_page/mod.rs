//! The audit log on screen: who did what, newest first. It holds no scores and no secrets.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod store;
mod words;

pub use page::AuditPage;
