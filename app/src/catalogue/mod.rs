//! Versioned catalogues of products and their coefficients (Điều 13 NĐ 335/2025/NĐ-CP): one approved version an agency,
//! drafts before it, superseded ones behind it. An approved version never changes.

mod api;
#[cfg(feature = "ssr")]
pub mod store;

use leptos::prelude::*;

pub use api::{Product, Status, Version};

/// CataloguePage
#[component]
pub fn CataloguePage() -> impl IntoView {
    view! { <h1>"CataloguePage"</h1> }
}
