//! Units, posts and people.

use leptos::prelude::*;

/// OrganisationPage
#[component]
pub fn OrganisationPage() -> impl IntoView {
    view! { <h1>"OrganisationPage"</h1> }
}
