//! The year of an agency's people (Điều 10, 11, 17, 19, 20): months into a mean, a level and its reason, what blocks it,
//! and how many may be "xuất sắc". The rules are `kpi::rating`; whom to choose is the authority's.

mod api;
pub mod months;
mod page;
pub mod process;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;
#[cfg(feature = "ssr")]
pub mod year;

pub use page::{PersonYearPage, RatingPage};
