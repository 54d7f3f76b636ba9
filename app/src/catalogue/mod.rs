//! Versioned catalogues of products and their coefficients (Điều 13 NĐ 335/2025/NĐ-CP): one approved version an agency,
//! drafts before it, superseded ones behind it. An approved version never changes.

mod api;
#[cfg(feature = "ssr")]
pub mod lint;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod write;

pub use api::{Group, Product, Status, Version};
pub use page::{CataloguePage, LintPage, two_places};
