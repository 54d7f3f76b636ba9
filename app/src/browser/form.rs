//! Sends a form marked `data-in-place` without leaving the page. The answer is the page that a plain post would have
//! led to: what was accepted shows at once, and of a refused form nothing typed is lost.

use gloo_net::http::{Request, Response};
use gloo_timers::future::TimeoutFuture;
use leptos::ev;
use leptos::prelude::{document, window, window_event_listener};
use leptos::server_fn::error::ServerFnUrlError;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Element, FormData, HtmlElement, HtmlFormElement, Url, UrlSearchParams};

use super::field::{all, changed_within};
use super::morph::Occasion;
use super::page::{parsed, show};
use crate::error::AppError;

const IN_PLACE: &str = "form[data-in-place]";
/// Where the page says what was done; it stands outside of what follows the server.
const SAID: &str = "said";
/// Milliseconds that it is shown.
const SHOWN: u32 = 6_000;
const SIGN_IN: &str = "/sign-in";

/// Hears every form of the page, whenever it came.
pub fn listen() {
    let sent = window_event_listener(ev::submit, |event| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok())
            .filter(|form| form.matches(IN_PLACE).unwrap_or(false));
        if let Some(form) = form.filter(|_| !event.default_prevented()) {
            event.prevent_default();
            let by = event.submitter().and_then(|by| by.dyn_into().ok());
            send(form, by);
        }
    });
    let touched = window_event_listener(ev::input, |event| {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(form) = target.and_then(|field| field.closest(IN_PLACE).ok().flatten()) {
            let _ = form.toggle_attribute_with_force("data-changed", changed_within(&form));
        }
    });
    // Leaving with something typed asks first.
    let leaving = window_event_listener(ev::beforeunload, |event| {
        let open = document()
            .body()
            .is_some_and(|page| all(&page, IN_PLACE).any(|form| changed_within(&form)));
        if open {
            event.prevent_default();
        }
    });
    // They live as long as the page.
    for handle in [sent, touched, leaving] {
        std::mem::forget(handle);
    }
}

/// Sends the form once: a second press before the answer does nothing.
fn send(form: HtmlFormElement, by: Option<HtmlElement>) {
    if form.has_attribute("aria-busy") {
        return;
    }
    let _ = form.set_attribute("aria-busy", "true");
    spawn_local(async move {
        let answer = post(&form, by.as_ref()).await;
        let _ = form.remove_attribute("aria-busy");
        match answer {
            Ok(answer) => answered(&form, answer).await,
            Err(_) => trouble(&form, &AppError::Offline),
        }
    });
}

async fn post(form: &HtmlFormElement, by: Option<&HtmlElement>) -> Result<Response, JsValue> {
    let data = FormData::new_with_form(form)?;
    // The pressed button belongs to what is sent.
    if let Some(by) = by {
        let part = |name: &str| by.get_attribute(name).unwrap_or_default();
        if !part("name").is_empty() {
            data.append_with_str(&part("name"), &part("value"))?;
        }
    }
    let address = form.get_attribute("action").unwrap_or_default();
    let request = Request::post(&address).header("accept", "text/html");
    let failed = |error: gloo_net::Error| JsValue::from_str(&error.to_string());
    let request = if form.enctype() == "multipart/form-data" {
        request.body(data)
    } else {
        request.body(UrlSearchParams::new_with_str_sequence_sequence(&data)?)
    };
    request.map_err(failed)?.send().await.map_err(failed)
}

async fn answered(form: &HtmlFormElement, answer: Response) {
    let (address, status) = (answer.url(), answer.status());
    let Ok(address) = Url::new(&address) else {
        return trouble(form, &AppError::Offline);
    };
    let Ok(text) = answer.text().await else {
        return trouble(form, &AppError::Offline);
    };
    if address.pathname() == SIGN_IN {
        return trouble(form, &AppError::SignedOut);
    }
    let refusal = address.search_params().get("__err");
    if status >= 500 {
        let why = refusal.map(|text| ServerFnUrlError::<AppError>::decode_err(&text));
        return trouble(form, &why.unwrap_or(AppError::Offline));
    }
    let path = window().location().pathname().unwrap_or_default();
    if address.pathname() != path {
        // Done, and the way on is another page.
        form.reset();
        let _ = window().location().assign(&address.href());
        return;
    }
    let refused = refusal.is_some();
    if !refused {
        form.reset();
        let _ = form.remove_attribute("data-changed");
    }
    let said = form.get_attribute("data-said").filter(|_| !refused);
    if let Ok(history) = window().history() {
        let place = format!("{}{}", address.pathname(), address.search());
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&place));
    }
    if let Some(fresh) = parsed(&text) {
        show(&fresh, Occasion::Answer { form, refused });
    }
    say(said.as_deref().unwrap_or_default());
    if refused {
        to_refused(form);
    }
}

/// Says what was done for a while, to those who see it and those who hear it.
fn say(words: &str) {
    let Some(place) = document().get_element_by_id(SAID) else {
        return;
    };
    place.set_text_content(Some(words));
    let words = words.to_owned();
    spawn_local(async move {
        TimeoutFuture::new(SHOWN).await;
        if place.text_content().as_deref() == Some(&words) {
            place.set_text_content(None);
        }
    });
}

/// The first refused field gets the focus: the sentence beside it says why.
fn to_refused(form: &HtmlFormElement) {
    let field = form.query_selector("[aria-invalid=true]").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Why nothing was sent or shown, below the form; the next rendering takes it away.
fn trouble(form: &HtmlFormElement, error: &AppError) {
    let page = document();
    if let Ok(Some(old)) = form.query_selector("[data-trouble]") {
        old.remove();
    }
    let make = |name: &str, words: &str| {
        let element = page.create_element(name).ok()?;
        element.set_text_content(Some(words));
        Some(element)
    };
    let Some(notice) = make("p", &error.to_string()) else {
        return;
    };
    for (name, value) in [
        ("class", "notice"),
        ("data-tone", "bad"),
        ("role", "alert"),
        ("data-trouble", ""),
    ] {
        let _ = notice.set_attribute(name, value);
    }
    if *error == AppError::SignedOut
        && let Some(link) = make("a", "Đăng nhập lại ở thẻ mới")
    {
        let _ = link.set_attribute("href", SIGN_IN);
        let _ = link.set_attribute("target", "_blank");
        let _ = notice.append_with_str_1(" ");
        let _ = notice.append_with_node_1(&link);
    }
    let _ = form.append_with_node_1(&notice);
}
