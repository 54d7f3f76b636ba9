//! Who looked at my record, who changed it: every officer sees the log's rows about himself.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod store;

pub use page::RecordPage;
