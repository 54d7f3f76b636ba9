//! The steps of a yearly rating (Điều 21): Mẫu số 02, the minutes of the meeting, the opinion of the Party committee, the
//! proposal, the signed decision, notice and publication, and the decision that replaces one. The order is `kpi::rating::process`.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;

pub use page::{DecisionPage, LevelSelect, ProcessPage, PublicationPage, YearSheetPage};
