//! Screens of the month.

use leptos::prelude::*;

/// The page `/month`.
#[component]
pub fn MonthPage() -> impl IntoView {
    view! { <h1>"Tháng của tôi"</h1> }
}

/// The page `/assignment/:period/:assignment`.
#[component]
pub fn AssignmentPage() -> impl IntoView {
    view! { <h1>"Công việc"</h1> }
}
