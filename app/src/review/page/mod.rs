//! Pages of reviews.

use leptos::prelude::*;

/// MonthPage
#[component]
pub fn MonthPage() -> impl IntoView {
    view! { <h1>"MonthPage"</h1> }
}
/// SelfAssessment
#[component]
pub fn SelfAssessment() -> impl IntoView {
    view! { <h1>"MonthPage"</h1> }
}
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
