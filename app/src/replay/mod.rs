//! Computing stored months again: under their own rules, to see that every stored score still follows from its stored
//! inputs; under other rules, to see what they would have made of those months.

mod api;
#[cfg(feature = "ssr")]
mod check;
#[cfg(feature = "ssr")]
mod month;
#[cfg(feature = "ssr")]
pub mod nightly;
mod page;
#[cfg(feature = "ssr")]
pub mod run;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod trial;

pub use api::Differs;
pub use page::{ReplayPage, TrialPage};
