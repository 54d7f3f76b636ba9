//! The month.

use leptos::prelude::*;

/// MonthPage
#[component]
pub fn MonthPage() -> impl IntoView {
    view! { <h1>"MonthPage"</h1> }
}

/// AssignmentPage
#[component]
pub fn AssignmentPage() -> impl IntoView {
    view! { <h1>"AssignmentPage"</h1> }
}
