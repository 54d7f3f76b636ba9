//! Asks the server for the page that is shown, and lays it over it.

use std::cell::Cell;

use gloo_net::http::Request;
use leptos::prelude::{document, window};
use leptos::task::spawn_local;
use leptos::web_sys::{Document, DomParser, SupportedType};

use super::morph::{Occasion, morph};

/// The part of the document that follows: navigation, bar and page.
const FRAME: &str = ".frame";

/// One reading at a time; a change during it is read once more afterwards.
#[derive(Clone, Copy, Default, PartialEq)]
enum Reading {
    #[default]
    None,
    Running,
    Again,
}

thread_local! {
    static READING: Cell<Reading> = const { Cell::new(Reading::None) };
    /// How many renderings were laid over the page so far.
    static SHOWN: Cell<u32> = const { Cell::new(0) };
}

/// Reads the shown page again, from `address` where the page names one, and shows what differs. A failure keeps
/// what is shown: the stream's state says that the connection is lost.
pub fn refresh(address: Option<String>) {
    if READING.get() != Reading::None {
        READING.set(Reading::Again);
        return;
    }
    READING.set(Reading::Running);
    spawn_local(async move {
        loop {
            let before = SHOWN.get();
            let fresh = fresh(address.clone().unwrap_or_else(here)).await;
            if SHOWN.get() != before {
                // A form's answer came meanwhile: what was asked before it may be older than what is shown now.
                READING.set(Reading::Again);
            } else if let Some(fresh) = fresh {
                show(&fresh, Occasion::Change);
            }
            if READING.replace(Reading::Running) != Reading::Again {
                break;
            }
        }
        READING.set(Reading::None);
    });
}

/// Path and query of the shown page.
pub fn here() -> String {
    let place = window().location();
    let part = |text: Result<String, _>| text.unwrap_or_default();
    format!("{}{}", part(place.pathname()), part(place.search()))
}

/// A fresh rendering of a page, for what lays it over the shown one by itself.
pub async fn fresh(address: String) -> Option<Document> {
    read(address).await.as_deref().and_then(parsed)
}

/// A page of the server, unless the way there failed or led to another one, such as the sign-in.
async fn read(address: String) -> Option<String> {
    let answer = Request::get(&address)
        .header("accept", "text/html")
        .send()
        .await
        .ok()?;
    if !answer.ok() || answer.redirected() {
        return None;
    }
    answer.text().await.ok()
}

/// The document of an answer; its scripts do not run.
pub fn parsed(text: &str) -> Option<Document> {
    DomParser::new()
        .ok()?
        .parse_from_string(text, SupportedType::TextHtml)
        .ok()
}

/// Shows what a fresh document says.
pub fn show(fresh: &Document, occasion: Occasion) {
    SHOWN.set(SHOWN.get().wrapping_add(1));
    let shown = document();
    let frame = |page: &Document| page.query_selector(FRAME).ok().flatten();
    if let (Some(shown), Some(fresh)) = (frame(&shown), frame(fresh)) {
        morph(&shown, &fresh, occasion);
    }
    if shown.title() != fresh.title() {
        shown.set_title(&fresh.title());
    }
}
