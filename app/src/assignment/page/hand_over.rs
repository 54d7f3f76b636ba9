//! A part of an assignment goes to a colleague.

use leptos::prelude::*;
use leptos_meta::Title;

/// The page `/assignment/:period/:assignment/hand-over`.
#[component]
pub fn HandOverPage() -> impl IntoView {
    view! { <Title text="Chuyển giao việc"/> <h1>"Chuyển giao việc"</h1> }
}
