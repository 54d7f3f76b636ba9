//! The WASM entry: wakes the islands of the document that the server rendered, and lets the rest of it follow.

use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the document's script once the module is loaded; the script then wakes each island.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
    app::browser::start();
}
