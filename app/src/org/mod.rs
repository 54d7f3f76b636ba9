//! Units, posts and people of an agency: who sits where on which day, and who is whose direct superior.

mod api;
#[cfg(feature = "ssr")]
mod change;
#[cfg(feature = "ssr")]
mod list;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod superior;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
mod view;
#[cfg(feature = "ssr")]
pub mod write;

pub use api::{PersonForm, PostForm};
pub use page::{HolidaysPage, OrganisationPage};
#[cfg(feature = "ssr")]
pub use superior::{direct_superior, direct_superiors, require_superior};
