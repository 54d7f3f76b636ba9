//! Whether somebody is typing: fields that differ from what the server wrote, or hold the focus.

use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, HtmlElement, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement, NodeList,
};

/// Every field that a person fills in.
const FIELDS: &str = "input, textarea, select";

/// Whether a field within differs from what the server wrote.
pub fn changed_within(element: &Element) -> bool {
    all(element, FIELDS).any(|field| is_changed(&field))
}

/// Whether something within is being filled in: changed, or a field with the focus.
pub fn busy_within(element: &Element) -> bool {
    changed_within(element) || focus_within(element)
}

/// Elements within that match a selector.
pub fn all(element: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found: Option<NodeList> = element.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |at| found.as_ref()?.item(at)?.dyn_into().ok())
}

fn focus_within(element: &Element) -> bool {
    let focused = element
        .owner_document()
        .and_then(|page| page.active_element());
    focused.is_some_and(|focused| {
        focused.matches(FIELDS).unwrap_or(false) && element.contains(Some(&focused))
    })
}

/// Whether the field says something else than the server wrote.
pub fn is_changed(field: &Element) -> bool {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        return match input.type_().as_str() {
            "hidden" | "submit" | "button" => false,
            "checkbox" | "radio" => input.checked() != input.default_checked(),
            "file" => !input.value().is_empty(),
            _ => input.value() != input.default_value(),
        };
    }
    if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        return area.value() != area.default_value().unwrap_or_default();
    }
    field
        .dyn_ref::<HtmlSelectElement>()
        .is_some_and(is_select_changed)
}

/// A list without a preselected option begins with the first.
fn is_select_changed(list: &HtmlSelectElement) -> bool {
    let options = || {
        let options = list.options();
        (0..options.length()).filter_map(move |at| {
            options
                .get_with_index(at)?
                .dyn_into::<HtmlOptionElement>()
                .ok()
        })
    };
    match options().find(HtmlOptionElement::default_selected) {
        Some(option) => !option.selected(),
        None => list.selected_index() > 0,
    }
}

/// An unchanged field shows what the server now writes, also after somebody typed in it and took it back.
pub fn follow(field: &Element) {
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        match input.type_().as_str() {
            "checkbox" | "radio" => input.set_checked(input.default_checked()),
            "file" => {}
            _ => input.set_value(&input.default_value()),
        }
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(&area.default_value().unwrap_or_default());
    }
}

/// The focused element's id, to find it again when the element itself had to go.
pub fn focused_id() -> Option<String> {
    let focused = leptos::prelude::document().active_element()?;
    Some(focused.id()).filter(|id| !id.is_empty())
}

/// Gives the focus back if it was lost.
pub fn focus_again(id: Option<String>) {
    let page = leptos::prelude::document();
    let lost = page
        .active_element()
        .is_none_or(|focused| focused.tag_name() == "BODY");
    let element = id
        .filter(|_| lost)
        .and_then(|id| page.get_element_by_id(&id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // A field that cannot take the focus any more is no loss.
        let _ = element.focus();
    }
}

/// Ids and texts of the fields within that somebody filled in.
pub fn typed_within(element: &Element) -> Vec<(String, String)> {
    all(element, FIELDS)
        .filter(is_changed)
        .filter_map(|field| Some((field.id(), text_of(&field)?)))
        .collect()
}

/// Puts texts back into the fields that now have these ids.
pub fn type_again(typed: Vec<(String, String)>) {
    for (id, text) in typed {
        let field = leptos::prelude::document().get_element_by_id(&id);
        if let Some(input) = field
            .as_ref()
            .and_then(|field| field.dyn_ref::<HtmlInputElement>())
        {
            input.set_value(&text);
        } else if let Some(area) =
            field.and_then(|field| field.dyn_into::<HtmlTextAreaElement>().ok())
        {
            area.set_value(&text);
        }
    }
}

/// The text of a field that is typed in.
fn text_of(field: &Element) -> Option<String> {
    let area = field
        .dyn_ref::<HtmlTextAreaElement>()
        .map(HtmlTextAreaElement::value);
    area.or_else(|| {
        let input = field.dyn_ref::<HtmlInputElement>()?;
        (!matches!(input.type_().as_str(), "checkbox" | "radio" | "file")).then(|| input.value())
    })
}
