//! Petitions (kiến nghị, Điều 22): about one line or the whole of an announced month, or about the decision of a year.
//! Answered and signed by whoever gave the result; seen by its parties only. The rules are `kpi::petition`.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;

pub use page::{PetitionPage, PetitionsPage};
