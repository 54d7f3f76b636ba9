//! Meetings run from tablets: a unit's people one after another, or an agency's units. One presents, the others follow; what
//! is said is kept, also without network, and becomes the minutes.

mod api;
pub mod minutes;
mod page;
pub mod presenter;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;

pub use page::{MeetingPage, MeetingsPage, MinutesPage};
