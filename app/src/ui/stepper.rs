//! A number between two buttons. The text is the officer's while he types: Vietnamese input methods
//! send backspaces and retype, so the field is written to only by the buttons and when it has no focus.

use kpi::number::parse_number;
use leptos::html::Input;
use leptos::prelude::*;
use rust_decimal::Decimal;

/// − number +. Without WASM it is a plain text field that the server reads.
#[component]
pub fn Stepper(
    /// Name of the field in its form.
    #[prop(into)]
    name: String,
    /// Id of the field, for a label or `Field` outside; the name if there is none.
    #[prop(optional, into)]
    id: Option<String>,
    /// What is counted; read out with the field and its buttons.
    #[prop(into)]
    label: String,
    /// The text as typed, "4,5" or "4.5"; it need not be a number.
    text: RwSignal<String>,
    /// The most that the buttons reach; typing more is refused by the server, in words.
    #[prop(optional)]
    most: Option<Decimal>,
    /// Called when a button was pressed or a changed field was left.
    #[prop(optional, into)]
    settled: Option<Callback<()>>,
    /// Whether the server refused the value.
    #[prop(optional, into)]
    refused: Signal<bool>,
    /// No change allowed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let field = NodeRef::<Input>::new();
    let typing = StoredValue::new(false);
    // What comes from outside (a reload, a button) is shown, unless somebody is typing in the field.
    Effect::new(move |_| {
        let text = text.get();
        if let Some(field) = field.get()
            && !typing.get_value()
            && field.value() != text
        {
            field.set_value(&text);
        }
    });
    let settle = move || {
        if let Some(settled) = settled {
            settled.run(());
        }
    };
    let step = move |by: Decimal| {
        let now = text.with_untracked(|text| parse_number(text).unwrap_or_default());
        let most = most.unwrap_or(Decimal::MAX);
        let next = (now + by).min(most.max(now)).max(Decimal::ZERO);
        if next != now {
            text.set(crate::format::number(next, 4));
            settle();
        }
    };
    let group = label.clone();
    let less = format!("Bớt một: {label}");
    let more = format!("Thêm một: {label}");
    view! {
        <span class="stepper" role="group" aria-label=group>
            <button type="button" aria-label=less disabled=disabled on:click=move |_| step(Decimal::NEGATIVE_ONE)>"−"</button>
            <input
                node_ref=field
                id=id.unwrap_or_else(|| name.clone())
                name=name
                inputmode="decimal"
                autocomplete="off"
                maxlength="20"
                aria-label=label
                aria-invalid=move || refused.get().then_some("true")
                disabled=disabled
                value=text.get_untracked()
                on:focus=move |_| typing.set_value(true)
                on:blur=move |_| typing.set_value(false)
                on:input=move |event| text.set(event_target_value(&event))
                on:change=move |_| settle()
            />
            <button type="button" aria-label=more disabled=disabled on:click=move |_| step(Decimal::ONE)>"+"</button>
        </span>
    }
}
