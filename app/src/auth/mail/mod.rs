//! Where mail to an account goes, and whether the daily digest is sent: its owner says so, or the administrator.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
mod store;

pub(super) use api::SetOwnMail;
pub(super) use page::OwnMailCard;
