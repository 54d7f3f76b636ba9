//! One line of text in a form of this feature: its label, what was stored, what was typed when it was refused.

use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::{Field, refused_in, typed_in};

/// A text field named `form[field]`; a refusal of `field` gives back what was typed.
#[component]
pub(super) fn Line(
    /// What it asks for.
    #[prop(into)]
    label: String,
    /// The field as the server names it.
    field: &'static str,
    /// Id that no other field of the page has.
    #[prop(into)]
    id: String,
    /// What is stored.
    #[prop(into)]
    value: String,
    /// What was refused.
    refusal: Signal<Option<AppError>>,
    /// How to fill it in.
    #[prop(optional, into)]
    hint: Option<String>,
    /// A number rather than words.
    #[prop(optional)]
    numeric: bool,
    /// May stay empty.
    #[prop(optional)]
    free: bool,
    /// Suggestions: id of a `datalist`.
    #[prop(optional)]
    list: Option<&'static str>,
) -> impl IntoView {
    let described = hint.is_some().then(|| format!("{id}-hint"));
    let control = id.clone();
    let most = if numeric { 30 } else { 500 };
    let value = move || typed_in(refusal, field)().unwrap_or_else(|| value.clone());
    let input = view! {
        <input
            id=control
            name=format!("form[{field}]")
            inputmode=numeric.then_some("decimal")
            autocomplete="off"
            maxlength=most
            required=!free
            list=list
            aria-describedby=described
            aria-invalid=refused_in(refusal, field)
            value=value
        />
    };
    let hint = hint.unwrap_or_default();
    if hint.is_empty() {
        view! { <Field label name=id>{input}</Field> }.into_any()
    } else {
        view! { <Field label name=id hint>{input}</Field> }.into_any()
    }
}
