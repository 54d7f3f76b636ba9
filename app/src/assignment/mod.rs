//! Assigning work (Điều 18), the lock of a month, and its figures.

#[cfg(feature = "ssr")]
pub mod figures;
#[cfg(feature = "ssr")]
pub mod month_lock;

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
