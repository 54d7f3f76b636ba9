//! Makes the page say what is so.

use uuid::Uuid;

use super::super::tokens;
use super::Device;
use super::element::{find, flag, id_of, in_sight, set};
use crate::browser::all;

impl Device {
    /// Makes the page say what is so. Only what differs is touched; nothing that stands moves.
    pub(super) fn draw(&self) {
        let state = self.state.borrow();
        let articles = self.articles();
        let first = articles.first().and_then(id_of);
        let known = |id: &Uuid| articles.iter().any(|one| id_of(one).as_ref() == Some(id));
        let shown = self.own.get().or(state.subject).filter(known).or(first);
        let before = self.visible();
        for article in &articles {
            let _ = article.toggle_attribute_with_force("hidden", id_of(article) != shown);
        }
        if before != shown
            && let Some(scroll) = find(&self.root, ".room-scroll")
        {
            scroll.set_scroll_top(0);
        }
        set(&self.root, "data-is", &tokens(&state, self.me));
        let shown_text = shown.map_or_else(String::new, |id| id.to_string());
        let presented = state.subject.map_or_else(String::new, |id| id.to_string());
        for link in all(&self.root, "[data-go]") {
            let id = link.get_attribute("data-go").unwrap_or_default();
            if id == shown_text && before != shown {
                in_sight(&link);
            }
            flag(&link, "aria-current", (id == shown_text).then_some("true"));
            flag(&link, "data-presented", (id == presented).then_some(""));
        }
        for (name, value) in [("subject", &shown_text), ("step", &state.step.to_string())] {
            for field in all(&self.root, &format!("input[name={name}]")) {
                set(&field, "value", value);
            }
        }
        for task in all(&self.root, "[data-can]") {
            let can = task
                .get_attribute("data-can")
                .is_some_and(|can| can.contains(&shown_text));
            flag(&task, "data-off", (!can).then_some(""));
        }
        for way in ["before", "after"] {
            if let Some(link) = find(&self.root, &format!("[data-move={way}]")) {
                flag(
                    &link,
                    "aria-disabled",
                    self.beside(way).is_none().then_some("true"),
                );
            }
        }
        let away = self.own.get().is_some()
            && state.subject.is_some()
            && shown != state.subject
            && state.presenter != Some(self.me);
        self.on("[data-local=back]", away);
        let flying = u32::from(self.sending.get());
        let new = state
            .entries
            .saturating_sub(self.shown_entries.get().saturating_add(flying));
        let moved = u32::try_from(self.changed.borrow().len()).unwrap_or(u32::MAX);
        let changes = moved
            .saturating_add(new)
            .saturating_add(u32::from(self.stale.get()));
        self.slot("changes", &changes.to_string());
        self.on("[data-local=update]", changes > 0);
        self.slot("presenter", &state.presenter_name);
        self.slot("present", &state.present.max(1).to_string());
        self.slot("frozen", &state.frozen);
        let held = self.store.len();
        let words = match (self.lost.get(), held) {
            (true, 0) => "Mất mạng – vẫn xem và ghi được".to_owned(),
            (true, _) => format!("Mất mạng – đang giữ {held} ghi chép trên máy"),
            (false, 0) => String::new(),
            (false, _) if self.sending.get() => format!("Đang gửi {held} ghi chép"),
            (false, _) => format!("{held} ghi chép chưa gửi được"),
        };
        self.slot("held", &words);
        self.on("[data-slot=held]", !words.is_empty());
    }

    pub(super) fn on(&self, selector: &str, on: bool) {
        if let Some(element) = find(&self.root, selector) {
            set(&element, "data-on", if on { "yes" } else { "" });
        }
    }

    pub(super) fn slot(&self, name: &str, text: &str) {
        if let Some(slot) = find(&self.root, &format!("[data-slot={name}]"))
            && slot.text_content().as_deref() != Some(text)
        {
            slot.set_text_content(Some(text));
        }
    }

    pub(super) fn say(&self, text: &str) {
        self.slot("refused", text);
    }
}
