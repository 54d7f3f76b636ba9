//! What a device keeps until it could be sent. A page that works without network reads it again after a restart.

use leptos::prelude::{window, window_event_listener};
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlFormElement, Storage};

/// Every key begins so: signing out takes them away.
const PREFIX: &str = "congtam.";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under `name`.
pub fn kept(name: &str) -> Option<String> {
    storage()?
        .get_item(&format!("{PREFIX}{name}"))
        .ok()
        .flatten()
}

/// Keeps a text under `name`, or nothing. A device that keeps nothing still has what the page holds.
pub fn keep(name: &str, text: Option<&str>) {
    let Some(storage) = storage() else {
        return;
    };
    let name = format!("{PREFIX}{name}");
    let _ = match text {
        Some(text) => storage.set_item(&name, text),
        None => storage.remove_item(&name),
    };
}

/// Names of all that is kept.
fn names(storage: &Storage) -> Vec<String> {
    let count = storage.length().unwrap_or(0);
    (0..count)
        .filter_map(|at| storage.key(at).ok().flatten())
        .filter(|name| name.starts_with(PREFIX))
        .collect()
}

/// Signing out leaves nothing behind: it asks first while something was not sent.
pub(super) fn listen() {
    let heard = window_event_listener(leptos::ev::submit, |event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let leaves = form
            .and_then(|form| form.get_attribute("action"))
            .is_some_and(|action| action.ends_with("/sign_out"));
        let Some(storage) = storage().filter(|_| leaves) else {
            return;
        };
        let names = names(&storage);
        let asked = "Máy này còn ghi chép chưa gửi được. Đăng xuất sẽ xóa chúng. Vẫn đăng xuất?";
        if !names.is_empty() && !window().confirm_with_message(asked).unwrap_or(false) {
            event.prevent_default();
            return;
        }
        for name in names {
            let _ = storage.remove_item(&name);
        }
    });
    // It lives as long as the page.
    std::mem::forget(heard);
}
