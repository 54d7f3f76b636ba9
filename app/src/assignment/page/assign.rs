//! New work for one or several people: what, how much, until when, for whom.

use leptos::prelude::*;
use leptos_meta::Title;

/// The page `/unit/assign`.
#[component]
pub fn AssignPage() -> impl IntoView {
    view! { <Title text="Giao việc"/> <h1>"Giao việc"</h1> }
}
