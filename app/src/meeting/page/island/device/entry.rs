//! Entries: kept on the device until the server has them, and shown from the first moment.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
};

use super::super::held::{Held, new_id, post};
use super::Device;
use super::element::{find, set};
use crate::error::AppError;
use crate::meeting::api::{AssignTask, WriteEntry};

/// Milliseconds before what could not be sent is tried again.
const AGAIN: u32 = 5_000;

impl Device {
    /// Keeps what was typed, and sends it.
    pub(super) fn write(self: &Rc<Self>, form: &HtmlFormElement, by: Option<&HtmlElement>) {
        let Some(area) =
            find(form, "textarea").and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok())
        else {
            return;
        };
        let text = area.value();
        if text.trim().is_empty() {
            return;
        }
        area.set_value("");
        let held = Held {
            id: new_id().to_string(),
            kind: by
                .and_then(|by| by.get_attribute("value"))
                .unwrap_or_else(|| "remark".to_owned()),
            label: by.and_then(|by| by.text_content()).unwrap_or_default(),
            subject: self.visible().map_or_else(String::new, |id| id.to_string()),
            text: text.trim().to_owned(),
            written: format!("{:.0}", js_sys::Date::now()),
            refused: String::new(),
        };
        self.draw_entry(&held, "đang gửi");
        self.store.push(held);
        self.flush();
    }

    /// Sends what is held, one after the other; what the server refuses stays with the reason.
    pub(super) fn flush(self: &Rc<Self>) {
        if self.store.next().is_none() || self.sending.replace(true) {
            self.draw();
            return;
        }
        let device = Rc::clone(self);
        spawn_local(async move {
            while let Some(held) = device.store.next() {
                let meeting = device.place().0;
                let fields = [
                    ("meeting", meeting.as_str()),
                    ("entry", &held.id),
                    ("kind", &held.kind),
                    ("subject", &held.subject),
                    ("text", &held.text),
                    ("written", &held.written),
                ];
                match post(WriteEntry::url(), &fields).await {
                    Ok(state) => {
                        device.lost.set(false);
                        device.store.remove(&held.id);
                        device.mark(&held.id, "đã gửi");
                        device
                            .shown_entries
                            .set(device.shown_entries.get().saturating_add(1));
                        device.apply(state);
                    }
                    Err(
                        AppError::Offline
                        | AppError::Unavailable { .. }
                        | AppError::SignedOut
                        | AppError::TooMany { .. },
                    ) => {
                        device.lost.set(true);
                        device.mark(&held.id, "đang giữ trên máy");
                        device.later();
                        break;
                    }
                    Err(error) => {
                        device.store.refuse(&held.id, &error.to_string());
                        device.draw_held();
                    }
                }
            }
            device.sending.set(false);
            device.draw();
        });
    }

    pub(super) fn later(self: &Rc<Self>) {
        let device = Rc::clone(self);
        spawn_local(async move {
            TimeoutFuture::new(AGAIN).await;
            device.flush();
        });
    }

    pub(super) async fn task(self: &Rc<Self>, form: HtmlFormElement) {
        let Ok(data) = FormData::new_with_form(&form) else {
            return;
        };
        let value = |name: &str| data.get(name).as_string().unwrap_or_default();
        let subject = self.visible().map_or_else(String::new, |id| id.to_string());
        let texts = ["meeting", "entry", "product", "quantity", "due_day", "text"]
            .map(|name| (name, value(name)));
        let mut fields: Vec<(&str, &str)> = texts
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        fields.push(("subject", &subject));
        match post(AssignTask::url(), &fields).await {
            Ok(state) => {
                self.slot("task", "");
                form.reset();
                // The next task is another one.
                if let Some(id) = find(&form, "[name=entry]")
                    .and_then(|id| id.dyn_into::<HtmlInputElement>().ok())
                {
                    id.set_value(&new_id().to_string());
                }
                if let Some(sheet) = form.closest("details").ok().flatten() {
                    let _ = sheet.remove_attribute("open");
                }
                self.apply(state);
                self.update();
            }
            Err(error) => self.slot("task", &error.to_string()),
        }
    }

    pub(super) fn entry(&self, id: &str) -> Option<Element> {
        find(&self.root, &format!("[data-entry='{id}']"))
    }

    /// Everything that is held, at the end of what was said about its subject.
    pub(super) fn draw_held(&self) {
        for held in self.store.all() {
            self.entry(&held.id).iter().for_each(Element::remove);
            if held.refused.is_empty() {
                self.draw_entry(&held, "đang giữ trên máy");
            } else {
                self.draw_entry(&held, &held.refused);
                let page = leptos::prelude::document();
                if let (Some(line), Ok(drop)) =
                    (self.entry(&held.id), page.create_element("button"))
                {
                    for (name, value) in [
                        ("type", "button"),
                        ("class", "button"),
                        ("data-drop", held.id.as_str()),
                    ] {
                        set(&drop, name, value);
                    }
                    drop.set_text_content(Some("Bỏ"));
                    let _ = line.append_with_node_1(&drop);
                }
            }
        }
    }

    pub(super) fn draw_entry(&self, held: &Held, state: &str) {
        let page = leptos::prelude::document();
        let Some(list) = find(&self.root, &format!("[data-entries='{}']", held.subject)) else {
            return;
        };
        let make = |tag: &str, class: &str, text: &str| {
            let element = page.create_element(tag).ok()?;
            set(&element, "class", class);
            element.set_text_content(Some(text));
            Some(element)
        };
        let Some(line) = make("li", "room-own", "") else {
            return;
        };
        set(&line, "data-entry", &held.id);
        for (class, text) in [
            ("chip", held.label.as_str()),
            ("room-text", &held.text),
            ("muted small room-by", state),
        ] {
            if let Some(part) = make("span", class, text) {
                let _ = line.append_with_node_1(&part);
            }
        }
        let _ = list.append_with_node_1(&line);
        // One's own words are seen at once.
        line.scroll_into_view();
    }

    pub(super) fn mark(&self, id: &str, state: &str) {
        if let Some(by) = self.entry(id).and_then(|line| find(&line, ".room-by")) {
            by.set_text_content(Some(state));
        }
    }
}
