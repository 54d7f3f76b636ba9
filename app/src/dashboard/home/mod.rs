//! "Việc của tôi bây giờ": what waits for the visitor in each of his roles, as counts with a date and a link.

pub mod api;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod surplus;

pub use api::{Line, Part};
