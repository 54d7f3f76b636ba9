//! Versioned catalogues of products.

use leptos::prelude::*;

/// CataloguePage
#[component]
pub fn CataloguePage() -> impl IntoView {
    view! { <h1>"CataloguePage"</h1> }
}
