//! Review.

use leptos::prelude::*;

/// ReviewPage
#[component]
pub fn ReviewPage() -> impl IntoView {
    view! { <h1>"ReviewPage"</h1> }
}

/// SheetPage
#[component]
pub fn SheetPage() -> impl IntoView {
    view! { <h1>"SheetPage"</h1> }
}

/// UnitPage
#[component]
pub fn UnitPage() -> impl IntoView {
    view! { <h1>"UnitPage"</h1> }
}
