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

/// A text area. Leptos 0.8 writes its children unescaped on the server, so the text is escaped here. No other `textarea` may stand in the project.
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
    value: String,
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
    let escaped = escape(&value);
    let id = id.unwrap_or_else(|| name.clone());
    view! {
        <textarea id=id name=name rows=rows maxlength=maxlength required=required>
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

/// A form bound to a server function: a plain post, which the browser sends in place once WASM is there, so that
/// nothing typed elsewhere on the page is lost. Either way the server renders what comes of it.
#[component]
pub fn PostForm<T>(
    #[prop(optional)] _function: PhantomData<T>,
    /// Id where the page has several forms of this function: a refusal then names its form.
    #[prop(optional, into)]
    id: Option<String>,
    /// Leaves the page as the browser does by itself: signing in and out, passwords.
    #[prop(optional)]
    plain: bool,
    /// Said once it is done, to those who do not see what moved.
    #[prop(optional, into)]
    said: Option<String>,
    children: Children,
) -> impl IntoView
where
    T: ServerFn + 'static,
{
    let action = match &id {
        Some(id) => format!("{}?{FORM}={id}", T::url()),
        None => T::url().to_owned(),
    };
    view! { <form method="post" id=id action=action data-in-place=(!plain).then_some("") data-said=said>{children()}</form> }
}

/// The query value that names the form of a page: posted with it, and in the address that a refusal leads back to.
pub const FORM: &str = "form";

/// What the server refused when the form with this id was posted.
pub fn refusal_in<T: ServerFn>(id: &str) -> Option<AppError> {
    let named = use_query_map().with_untracked(|query| query.get(FORM));
    (named.as_deref() == Some(id))
        .then(|| refusal_of::<T>().get_untracked())
        .flatten()
}

/// What the server refused when a form was posted: it comes back in the address.
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
