//! Lays a fresh rendering over the shown one, element by element: only what differs is touched, so that focus, scroll
//! position, open details and a pointer's target stay. Forms that somebody is filling in are left alone.

use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, Node};

use super::field::{
    all, busy_within, changed_within, focus_again, focused_id, follow, is_changed, type_again,
    typed_within,
};

/// What the shown page follows.
#[derive(Clone, Copy)]
pub enum Occasion<'a> {
    /// Something changed elsewhere.
    Change,
    /// The server answered this form.
    Answer {
        /// The form.
        form: &'a Element,
        /// It was refused: what was typed in it stays.
        refused: bool,
    },
}

impl Occasion<'_> {
    /// Whether an element with fields must stay as it is.
    fn holds(self, element: &Element) -> bool {
        match self {
            Self::Change => busy_within(element),
            Self::Answer { form, .. } => {
                !element.contains(Some(form))
                    && !form.contains(Some(element))
                    && changed_within(element)
            }
        }
    }
}

const ISLAND: &str = "leptos-island";
const ELEMENT: u16 = Node::ELEMENT_NODE;

/// Makes `shown` say what `fresh` says.
pub fn morph(shown: &Element, fresh: &Element, occasion: Occasion) {
    let focused = focused_id();
    element(shown, fresh, occasion);
    focus_again(focused);
}

fn element(shown: &Element, fresh: &Element, occasion: Occasion) {
    let name = shown.local_name();
    if name == ISLAND {
        return island(shown, fresh, occasion);
    }
    if name == "form" && occasion.holds(shown) {
        return;
    }
    let is_field = matches!(name.as_str(), "input" | "textarea");
    let untouched = is_field && !is_changed(shown);
    attributes(shown, fresh, occasion);
    children(shown, fresh, occasion);
    if untouched {
        follow(shown);
    }
}

/// An island draws itself: it is replaced when the server gives it something else to begin with.
fn island(shown: &Element, fresh: &Element, occasion: Occasion) {
    let given = |island: &Element| {
        (
            island.get_attribute("data-component"),
            island.get_attribute("data-props"),
        )
    };
    // An island that saves by itself knows better than a page that was read meanwhile.
    let knows = matches!(occasion, Occasion::Change)
        && shown
            .query_selector("[data-holds]")
            .ok()
            .flatten()
            .is_some();
    if given(shown) == given(fresh) || knows || occasion.holds(shown) {
        return;
    }
    let typed = match occasion {
        Occasion::Answer { refused: true, .. } => typed_within(shown),
        _ => Vec::new(),
    };
    if let Some(new) = imported::<Element>(shown, fresh)
        && shown.replace_with_with_node_1(&new).is_ok()
    {
        type_again(typed);
        hydrate(&new);
    }
}

fn attributes(shown: &Element, fresh: &Element, occasion: Occasion) {
    for name in names(fresh) {
        let value = fresh.get_attribute(&name);
        // What the reader opened or closed is his; an answer may open what it has something to say in.
        let own = name == "open" && matches!(occasion, Occasion::Change);
        if let Some(value) = value.filter(|_| !own)
            && shown.get_attribute(&name).as_deref() != Some(&value)
        {
            let _ = shown.set_attribute(&name, &value);
        }
    }
    for name in names(shown) {
        if name != "open" && !fresh.has_attribute(&name) {
            let _ = shown.remove_attribute(&name);
        }
    }
}

fn names(element: &Element) -> Vec<String> {
    element
        .get_attribute_names()
        .iter()
        .filter_map(|name| name.as_string())
        .collect()
}

/// Elements with an id or a `data-key` are found again wherever they stand; the rest by place and kind.
fn children(shown: &Element, fresh: &Element, occasion: Occasion) {
    let (old, new) = (nodes(shown), nodes(fresh));
    let coming: Vec<String> = new.iter().filter_map(key).collect();
    for node in &old {
        if key(node).is_some_and(|key| !coming.contains(&key)) && !kept(node, occasion) {
            let _ = shown.remove_child(node);
        }
    }
    let mut place = shown.first_child();
    for node in &new {
        let found = match key(node) {
            Some(wanted) => old
                .iter()
                .find(|old| {
                    old.parent_node().as_deref() == Some(shown)
                        && key(old).as_ref() == Some(&wanted)
                })
                .cloned(),
            None => place
                .clone()
                .filter(|old| key(old).is_none() && old.node_name() == node.node_name()),
        };
        match found {
            Some(found) => {
                if place.as_ref() == Some(&found) {
                    place = found.next_sibling();
                } else {
                    let _ = shown.insert_before(&found, place.as_ref());
                }
                one(&found, node, occasion);
            }
            None => insert(shown, node, place.as_ref()),
        }
    }
    while let Some(node) = place {
        place = node.next_sibling();
        if !kept(&node, occasion) {
            let _ = shown.remove_child(&node);
        }
    }
}

fn one(shown: &Node, fresh: &Node, occasion: Occasion) {
    match (shown.dyn_ref::<Element>(), fresh.dyn_ref::<Element>()) {
        (Some(shown), Some(fresh)) => element(shown, fresh, occasion),
        _ => {
            if shown.node_value() != fresh.node_value() {
                shown.set_node_value(fresh.node_value().as_deref());
            }
        }
    }
}

fn insert(parent: &Element, fresh: &Node, place: Option<&Node>) {
    let Some(new) = imported::<Node>(parent, fresh) else {
        return;
    };
    if parent.insert_before(&new, place).is_ok()
        && let Some(element) = new.dyn_ref::<Element>()
    {
        hydrate(element);
    }
}

/// What somebody is filling in does not vanish under his hands.
fn kept(node: &Node, occasion: Occasion) -> bool {
    node.dyn_ref::<Element>()
        .is_some_and(|element| occasion.holds(element))
}

fn nodes(parent: &Element) -> Vec<Node> {
    let list = parent.child_nodes();
    (0..list.length()).filter_map(|at| list.get(at)).collect()
}

/// By what a node is found again, with its kind.
fn key(node: &Node) -> Option<String> {
    if node.node_type() != ELEMENT {
        return None;
    }
    let element = node.dyn_ref::<Element>()?;
    let key = element
        .get_attribute("data-key")
        .or_else(|| element.get_attribute("id"))?;
    Some(format!("{} {key}", element.local_name()))
}

fn imported<T: JsCast>(near: &Element, fresh: &Node) -> Option<T> {
    let page = near.owner_document()?;
    let node = page.import_node_with_deep(fresh, true).ok()?;
    node.dyn_into().ok()
}

/// Wakes the islands of a new element, as the page's script did for the first ones.
fn hydrate(element: &Element) {
    let window = leptos::prelude::window();
    let Ok(wake) = js_sys::Reflect::get(&window, &JsValue::from_str("__hydrateIsland")) else {
        return;
    };
    let Some(wake) = wake.dyn_ref::<js_sys::Function>() else {
        return;
    };
    let itself = (element.local_name() == ISLAND).then(|| element.clone());
    for island in itself.into_iter().chain(all(element, ISLAND)) {
        let name = island.get_attribute("data-component").unwrap_or_default();
        let _ = wake.call2(&JsValue::NULL, &island, &JsValue::from_str(&name));
    }
}
