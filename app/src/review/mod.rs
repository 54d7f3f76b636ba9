//! Reviewing a month: the unit at a glance, decisions about deliveries and causes, the sheet (Mẫu số 01) from
//! self-assessment to the lock, and the pages for them.

mod api;
pub mod delegation;
pub mod leader;
mod page;
pub mod queue;
#[cfg(feature = "ssr")]
mod reasons;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
mod typed;
pub mod version;
pub mod wire;

pub use delegation::DelegationPage;
pub use page::{MonthPage, ReviewPage, SelfAssessment, SheetPage, UnitPage};
pub use queue::QueuePage;
