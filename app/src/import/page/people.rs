//! Upload, preview and apply people and units.

use leptos::prelude::*;

/// Upload, preview and apply people.
#[component]
pub fn PeopleImportPage() -> impl IntoView {
    view! { <h1>"Nhập danh sách công chức"</h1> }
}
