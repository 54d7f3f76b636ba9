//! The organisation: units, heads, people.

use leptos::prelude::*;

/// Units and people of the agency.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    view! {
        <leptos_meta::Title text="Tổ chức"/>
        <h1>"Tổ chức"</h1>
    }
}
