//! Units, posts and people of an agency: who sits where on which day, and who is whose direct superior.

mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod superior;
#[cfg(feature = "ssr")]
pub mod write;

pub use page::OrganisationPage;
#[cfg(feature = "ssr")]
pub use superior::{direct_superior, require_superior};
