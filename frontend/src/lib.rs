//! The WASM entry: hydrates the document that the server rendered.

use app::shell::App;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the document's script once the module is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
}
