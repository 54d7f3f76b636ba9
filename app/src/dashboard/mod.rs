//! Compare.

use leptos::prelude::*;

/// ComparePage
#[component]
pub fn ComparePage() -> impl IntoView {
    view! { <h1>"ComparePage"</h1> }
}

/// HomePage
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <h1>"HomePage"</h1> }
}
