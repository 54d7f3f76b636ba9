//! Forms: a labelled field, a text area that escapes, a plain form bound to a server function, what was refused.

use std::marker::PhantomData;

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::server_fn::error::ServerFnUrlError;
use leptos_router::hooks::use_query_map;

use crate::error::AppError;

/// A label above its control, with an optional hint below (`aria-describedby="{name}-hint"` on the control).
#[component]
pub fn Field(
    /// What the control asks for.
    #[prop(into)]
    label: String,
    /// Id of the control.
    #[prop(into)]
    name: String,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{name}-hint");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {children()}
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A text area. Leptos 0.8 writes its children unescaped on the server, so the text is escaped here,
/// and set as a property in the browser. No other `textarea` may stand in the project.
#[component]
pub fn TextArea(
    /// Name, and id where none is given.
    #[prop(into)]
    name: String,
    /// Id, where the name stands more than once on a page.
    #[prop(optional, into)]
    id: Option<String>,
    /// The text in it.
    #[prop(into)]
    value: Signal<String>,
    /// Visible lines.
    #[prop(default = 3)]
    rows: u32,
    /// Longest text, in characters.
    #[prop(default = 2000)]
    maxlength: u32,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let escaped = escape(&value.get_untracked());
    let id = id.unwrap_or_else(|| name.clone());
    view! {
        <textarea id=id name=name rows=rows maxlength=maxlength required=required prop:value=move || value.get()>
            {escaped}
        </textarea>
    }
}

#[cfg(feature = "ssr")]
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(not(feature = "ssr"))]
fn escape(text: &str) -> String {
    text.to_owned()
}

/// A plain form that posts to a server function and reloads the page: nothing in it needs WASM.
#[component]
pub fn PostForm<T>(#[prop(optional)] _function: PhantomData<T>, children: Children) -> impl IntoView
where
    T: ServerFn + 'static,
{
    view! { <form method="post" action=T::url()>{children()}</form> }
}

/// What the server refused when a form was posted without WASM: it comes back in the address.
pub fn refusal_of<T: ServerFn>() -> Signal<Option<AppError>> {
    let query = use_query_map();
    Signal::derive(move || {
        let query = query.read();
        (query.get("__path").as_deref() == Some(T::PATH))
            .then(|| {
                query
                    .get("__err")
                    .map(|text| ServerFnUrlError::<AppError>::decode_err(&text))
            })
            .flatten()
    })
}

/// What an action refused, whether it ran in the browser or was posted without WASM.
pub fn refusal_of_action<T>(action: ServerAction<T>) -> Signal<Option<AppError>>
where
    T: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    T::Output: Clone + Send + Sync + 'static,
{
    let posted = refusal_of::<T>();
    let value = action.value();
    Signal::derive(move || match &*value.read() {
        Some(Err(error)) => Some(error.clone()),
        Some(Ok(_)) => None,
        None => posted.get(),
    })
}

/// `aria-invalid` of a control: "true" while its field is the refused one.
pub fn refused_in(
    refusal: Signal<Option<AppError>>,
    field: &'static str,
) -> impl Fn() -> Option<&'static str> + Copy + Send + Sync + 'static {
    move || {
        refusal.with(|refusal| {
            matches!(refusal, Some(AppError::Invalid { field: refused, .. }) if refused == field)
                .then_some("true")
        })
    }
}

/// What was typed in a field that was refused; empty otherwise.
pub fn typed_in(
    refusal: Signal<Option<AppError>>,
    field: &'static str,
) -> impl Fn() -> Option<String> + Copy + Send + Sync + 'static {
    move || match refusal.get() {
        Some(AppError::Invalid {
            field: refused,
            typed,
            ..
        }) if refused == field => Some(typed),
        _ => None,
    }
}
