//! Short keys of a list of rows (`data-keys`): every one does what a press on the page does as well.

use leptos::ev;
use leptos::prelude::{document, window_event_listener};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent};

use super::field::all;

const LIST: &str = "[data-keys]";
const HEADS: &str = "[data-row] > details > summary";

/// Hears the keys as long as the page lives; a page without such a list hears nothing.
pub fn listen() {
    let handle = window_event_listener(ev::keydown, |event| {
        if let Some(list) = list_for(&event)
            && pressed(&list, &event.key())
        {
            event.prevent_default();
        }
    });
    std::mem::forget(handle);
}

/// The list of the page, unless somebody types or holds a key that belongs to the browser.
fn list_for(event: &KeyboardEvent) -> Option<Element> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
        return None;
    }
    let focused = document().active_element();
    let types = |element: &Element| {
        element
            .matches("input, select, textarea, [contenteditable]")
            .unwrap_or(false)
    };
    if focused.as_ref().is_some_and(types) {
        return None;
    }
    document().query_selector(LIST).ok().flatten()
}

/// Whether the key meant something.
fn pressed(list: &Element, key: &str) -> bool {
    match key {
        "j" | "ArrowDown" => step(list, true),
        "k" | "ArrowUp" => step(list, false),
        "a" => row().is_some_and(|row| click(&row, "[data-accept]")),
        "b" => click(list, "[data-accept-rest]"),
        "s" => focus(list, "#sign-password"),
        _ => false,
    }
}

/// The row that holds the focus.
fn row() -> Option<Element> {
    document().active_element()?.closest("[data-row]").ok()?
}

/// Moves the focus to the next row or the one before; from elsewhere to the first.
fn step(list: &Element, forward: bool) -> bool {
    let heads: Vec<HtmlElement> = all(list, HEADS)
        .filter_map(|head| head.dyn_into().ok())
        .collect();
    let current = row();
    let at = heads
        .iter()
        .position(|head| current.as_ref().is_some_and(|row| row.contains(Some(head))));
    let next = match (at, forward) {
        (None, _) => Some(0),
        (Some(at), true) => at.checked_add(1),
        (Some(at), false) => at.checked_sub(1),
    };
    next.and_then(|next| heads.get(next))
        .is_some_and(|head| head.focus().is_ok())
}

fn click(within: &Element, selector: &str) -> bool {
    found(within, selector).is_some_and(|element| {
        element.click();
        true
    })
}

fn focus(within: &Element, selector: &str) -> bool {
    found(within, selector).is_some_and(|element| element.focus().is_ok())
}

fn found(within: &Element, selector: &str) -> Option<HtmlElement> {
    within.query_selector(selector).ok()??.dyn_into().ok()
}
