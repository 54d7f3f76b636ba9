//! The first start: a one-time link opens the page that makes the agency and its first administrator.

mod api;
mod page;
#[cfg(feature = "ssr")]
mod steps;
#[cfg(feature = "ssr")]
pub mod store;

pub use page::SetupPage;
#[cfg(feature = "ssr")]
pub use steps::{NewAgency, SetupForm, establish, new_link};
