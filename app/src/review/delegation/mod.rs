//! Who prepares for which competent person: recorded by himself or the personnel office, for a time and on a document. A
//! delegate sees and marks; only the competent person signs.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
mod store;
pub mod wire;

pub use page::DelegationPage;
