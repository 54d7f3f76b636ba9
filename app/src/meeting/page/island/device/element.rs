//! Elements of the room: found, set where they differ, scrolled into sight.

use leptos::web_sys::Element;
use uuid::Uuid;

pub(super) fn id_of(article: &Element) -> Option<Uuid> {
    article.get_attribute("data-subject")?.parse().ok()
}

pub(super) fn find(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

pub(super) fn set(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        let _ = element.set_attribute(name, value);
    }
}

pub(super) fn flag(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set(element, name, value),
        None => {
            let _ = element.remove_attribute(name);
        }
    }
}

/// Scrolls a list just so far that one of its rows is in sight.
pub(super) fn in_sight(row: &Element) {
    let Some(list) = row.closest("nav").ok().flatten() else {
        return;
    };
    let (row, shown) = (
        row.get_bounding_client_rect(),
        list.get_bounding_client_rect(),
    );
    let (above, below) = (row.top() - shown.top(), row.bottom() - shown.bottom());
    let by = if above < 0.0 {
        above
    } else if below > 0.0 {
        below
    } else {
        return;
    };
    list.scroll_by_with_x_and_y(0.0, by);
}
