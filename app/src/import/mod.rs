//! Import.
use leptos::prelude::*;

#[component]
pub fn CatalogueImportPage() -> impl IntoView { view! { <h1>"x"</h1> } }
#[component]
pub fn PeopleImportPage() -> impl IntoView { view! { <h1>"x"</h1> } }
