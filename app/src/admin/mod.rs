//! Admin.

use leptos::prelude::*;

/// AccountsPage
#[component]
pub fn AccountsPage() -> impl IntoView {
    view! { <h1>"AccountsPage"</h1> }
}

/// AuditPage
#[component]
pub fn AuditPage() -> impl IntoView {
    view! { <h1>"AuditPage"</h1> }
}

/// NotificationsPage
#[component]
pub fn NotificationsPage() -> impl IntoView {
    view! { <h1>"NotificationsPage"</h1> }
}

/// SetupPage
#[component]
pub fn SetupPage() -> impl IntoView {
    view! { <h1>"SetupPage"</h1> }
}
