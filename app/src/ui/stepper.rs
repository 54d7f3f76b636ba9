//! A number between two buttons. The text is the officer's while he types: Vietnamese input methods
//! send backspaces and retype, so the field is written to only by the buttons.

use kpi::number::parse_number;
use leptos::html::Input;
use leptos::prelude::*;
use rust_decimal::Decimal;

/// − number +. Without WASM it is a plain text field that the server reads.
#[island]
pub fn Stepper(
    /// Name of the field in its form.
    #[prop(into)]
    name: String,
    /// Id of the field; no other on the page has it.
    #[prop(into)]
    id: String,
    /// What is counted; read out with the field and its buttons.
    #[prop(into)]
    label: String,
    /// The text in it, "4,5" or "4.5"; it need not be a number.
    #[prop(into)]
    value: String,
    /// The most that the buttons reach; typing more is refused by the server, in words.
    most: Decimal,
    /// Whether the server refused the value.
    refused: bool,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let step = move |by: Decimal| {
        let Some(field) = field.get_untracked() else {
            return;
        };
        let now = parse_number(&field.value()).unwrap_or_default();
        let next = (now + by).min(most.max(now)).max(Decimal::ZERO);
        if next != now {
            field.set_value(&crate::format::number(next, 4));
            tell(&field);
        }
    };
    let group = label.clone();
    let less = format!("Bớt một: {label}");
    let more = format!("Thêm một: {label}");
    view! {
        <span class="stepper" role="group" aria-label=group>
            <button type="button" aria-label=less on:click=move |_| step(Decimal::NEGATIVE_ONE)>"−"</button>
            <input
                node_ref=field
                id=id
                name=name
                inputmode="decimal"
                autocomplete="off"
                maxlength="20"
                aria-label=label
                aria-invalid=refused.then_some("true")
                value=value
            />
            <button type="button" aria-label=more on:click=move |_| step(Decimal::ONE)>"+"</button>
        </span>
    }
}

/// A button changed the field: the form hears it as if it were typed.
#[cfg(feature = "hydrate")]
fn tell(field: &leptos::web_sys::HtmlInputElement) {
    let init = leptos::web_sys::EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = leptos::web_sys::Event::new_with_event_init_dict("input", &init) {
        let _ = field.dispatch_event(&event);
    }
}

#[cfg(not(feature = "hydrate"))]
fn tell(_: &leptos::web_sys::HtmlInputElement) {}
