//! The month of one officer: reporting progress, delivering, asking for causes, evidence, and the screens of it.

mod api;
#[cfg(feature = "ssr")]
pub mod detail;
#[cfg(feature = "ssr")]
pub mod evidence;
#[cfg(feature = "ssr")]
pub mod month;
mod page;
#[cfg(feature = "ssr")]
pub mod row_state;
#[cfg(feature = "ssr")]
pub mod score_view;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;

pub use page::{AssignmentPage, MonthWork};
