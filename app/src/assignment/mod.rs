//! Assigning.

use leptos::prelude::*;

/// AssignPage
#[component]
pub fn AssignPage() -> impl IntoView {
    view! { <h1>"AssignPage"</h1> }
}

/// HandOverPage
#[component]
pub fn HandOverPage() -> impl IntoView {
    view! { <h1>"HandOverPage"</h1> }
}
