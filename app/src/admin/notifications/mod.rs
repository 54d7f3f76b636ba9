//! The own notifications: what others did that concerns the visitor.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod store;

pub use page::NotificationsPage;
