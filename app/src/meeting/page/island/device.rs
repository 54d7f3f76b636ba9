//! What the island does in the browser, on the elements that the server rendered.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::ev::{self, MouseEvent, SubmitEvent};
use leptos::html::Div;
use leptos::prelude::{NodeRef, window, window_event_listener};
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{
    Document, Element, FormData, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlTextAreaElement,
};
use uuid::Uuid;

use super::held::{Held, Store, new_id, post};
use super::{Start, tokens};
use crate::browser::{all, fresh};
use crate::error::AppError;
use crate::live::{Changed, Heard, hear};
use crate::meeting::api::{AssignTask, Beat, Conduct, Present, WriteEntry};
use crate::meeting::wire::RoomState;

/// Milliseconds between signs of life.
const BEAT: u32 = 30_000;
/// Milliseconds before what could not be sent is tried again.
const AGAIN: u32 = 5_000;

thread_local! {
    static DEVICE: RefCell<Option<Rc<Device>>> = const { RefCell::new(None) };
}

struct Device {
    root: Element,
    me: Uuid,
    state: RefCell<RoomState>,
    /// Whom this device looks at by itself.
    own: Cell<Option<Uuid>>,
    /// Officers whose figures moved since they were rendered.
    changed: RefCell<BTreeSet<Uuid>>,
    /// Entries that are shown.
    shown_entries: Cell<u32>,
    /// Frozen or thawed since the figures were rendered.
    stale: Cell<bool>,
    store: Store,
    moving: Cell<bool>,
    sending: Cell<bool>,
    lost: Cell<bool>,
}

/// Takes the room over once it is there.
pub fn start(root: NodeRef<Div>, start: Start) {
    root.on_load(move |root| {
        let device = Rc::new(Device {
            root: root.into(),
            me: start.me,
            own: Cell::new(None),
            changed: RefCell::default(),
            shown_entries: Cell::new(start.state.entries),
            stale: Cell::new(false),
            store: Store::open(start.me, start.state.meeting),
            moving: Cell::new(false),
            sending: Cell::new(false),
            lost: Cell::new(!window().navigator().on_line()),
            state: RefCell::new(start.state),
        });
        set(&device.root, "data-script", "");
        if start.looks {
            device.own.set(device.visible());
        }
        DEVICE.set(Some(Rc::clone(&device)));
        device.listen();
        device.draw_held();
        device.draw();
        device.flush();
        spawn_local(async move {
            loop {
                TimeoutFuture::new(BEAT).await;
                device.beat().await;
                device.flush();
            }
        });
    });
}

fn device() -> Option<Rc<Device>> {
    DEVICE.with_borrow(Clone::clone)
}

/// A press on one of the room's switches.
pub fn click(event: &MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let switch = target.and_then(|target| {
        target
            .closest("[data-move],[data-go],[data-local],[data-drop]")
            .ok()
            .flatten()
    });
    let (Some(device), Some(switch)) = (device(), switch) else {
        return;
    };
    if event.ctrl_key() || event.meta_key() {
        return;
    }
    event.prevent_default();
    let value = |name: &str| switch.get_attribute(name);
    if let Some(way) = value("data-move") {
        if let Some(id) = device.beside(&way) {
            device.go(id);
        }
    } else if let Some(id) = value("data-go") {
        if let Ok(id) = id.parse() {
            device.go(id);
        }
    } else if let Some(id) = value("data-drop") {
        device.store.remove(&id);
        device.entry(&id).iter().for_each(Element::remove);
        device.draw();
    } else {
        match value("data-local").as_deref() {
            Some("back") => {
                device.own.set(None);
                device.draw();
            }
            Some("update") => device.update(),
            _ => {
                let _ = device.root.toggle_attribute("data-large");
            }
        }
    }
}

/// A form of the room; the end of the meeting leaves it, and is sent as on every page.
pub fn submit(event: &SubmitEvent) {
    let form = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let (Some(device), Some(form)) = (device(), form) else {
        return;
    };
    let by = event
        .submitter()
        .and_then(|by| by.dyn_into::<HtmlElement>().ok());
    match form.id().as_str() {
        "conduct" => {
            let act = by
                .and_then(|by| by.get_attribute("value"))
                .unwrap_or_default();
            spawn_local(async move { device.conduct(&act).await });
        }
        "present" => {
            if let Some(id) = device.visible() {
                device.own.set(Some(id));
                device.present();
            }
        }
        "write" => device.write(&form, by.as_ref()),
        "task" => spawn_local(async move { device.task(form).await }),
        _ => return,
    }
    event.prevent_default();
}

impl Device {
    fn listen(self: &Rc<Self>) {
        let device = Rc::clone(self);
        hear(move |heard| match heard {
            Heard::Told(text) => {
                if let Ok(state) = serde_json::from_str::<RoomState>(text) {
                    device.apply(state);
                }
            }
            Heard::Changed(changed) => device.moved(changed),
        });
        for online in [true, false] {
            let device = Rc::clone(self);
            let turned = move || {
                device.lost.set(!online);
                device.draw();
                if online {
                    device.flush();
                    let device = Rc::clone(&device);
                    spawn_local(async move { device.beat().await });
                }
            };
            let heard = if online {
                window_event_listener(ev::online, move |_| turned())
            } else {
                window_event_listener(ev::offline, move |_| turned())
            };
            // It lives as long as the page.
            std::mem::forget(heard);
        }
    }

    /// Figures moved: they are counted, and wait for a tap.
    fn moved(&self, changed: &Changed) {
        if self.state.borrow().frozen.is_empty() {
            let subjects = self.subjects();
            let mut moved = self.changed.borrow_mut();
            let of_these = |id: &&Uuid| {
                changed.all || changed.officers.contains(id) || changed.units.contains(id)
            };
            moved.extend(subjects.iter().filter(of_these).filter(|_| !changed.all));
        }
        self.draw();
    }

    /// Where the meeting is, unless this device knows better.
    fn apply(self: &Rc<Self>, state: RoomState) {
        let frozen = {
            let mut now = self.state.borrow_mut();
            if state.meeting != now.meeting || state.step < now.step {
                return;
            }
            let entries = now.entries.max(state.entries);
            let frozen = now.frozen != state.frozen;
            *now = RoomState { entries, ..state };
            frozen
        };
        if frozen {
            self.stale.set(true);
            // The presenter froze what everybody looks at; whoever looks for himself taps.
            if self.own.get().is_none() {
                self.update();
            }
        }
        self.draw();
    }

    fn is_mine(&self) -> bool {
        self.state.borrow().presenter == Some(self.me)
    }

    fn articles(&self) -> Vec<Element> {
        all(&self.root, "[data-subject]").collect()
    }

    fn subjects(&self) -> Vec<Uuid> {
        self.articles().iter().filter_map(id_of).collect()
    }

    fn visible(&self) -> Option<Uuid> {
        let shown = self
            .articles()
            .into_iter()
            .find(|one| !one.has_attribute("hidden"));
        shown.as_ref().and_then(id_of)
    }

    fn beside(&self, way: &str) -> Option<Uuid> {
        let subjects = self.subjects();
        let at = self
            .visible()
            .and_then(|shown| subjects.iter().position(|id| *id == shown))?;
        let at = if way == "after" {
            at.checked_add(1)
        } else {
            at.checked_sub(1)
        };
        subjects.get(at?).copied()
    }

    /// To somebody: of the presenter on all devices, of others on this one.
    fn go(self: &Rc<Self>, id: Uuid) {
        self.own.set(Some(id));
        if self.is_mine() {
            self.draw();
            self.present();
        } else {
            if self.state.borrow().subject == Some(id) {
                self.own.set(None);
            }
            self.draw();
        }
    }

    /// Tells the server whom this device presents, one act after the other.
    fn present(self: &Rc<Self>) {
        if self.moving.replace(true) {
            return;
        }
        let device = Rc::clone(self);
        spawn_local(async move {
            while let Some(id) = device.own.get() {
                let (meeting, step) = device.place();
                let subject = id.to_string();
                let fields = [
                    ("meeting", meeting.as_str()),
                    ("step", &step),
                    ("subject", &subject),
                ];
                match post(Present::url(), &fields).await {
                    Ok(state) => {
                        device.say("");
                        if device.own.get() == Some(id) {
                            device.own.set(None);
                        }
                        device.apply(state);
                    }
                    Err(error) => {
                        device.refused(&error).await;
                        break;
                    }
                }
            }
            device.moving.set(false);
            device.draw();
        });
    }

    fn place(&self) -> (String, String) {
        let state = self.state.borrow();
        (state.meeting.to_string(), state.step.to_string())
    }

    async fn conduct(self: &Rc<Self>, act: &str) {
        let (meeting, step) = self.place();
        let fields = [("meeting", meeting.as_str()), ("step", &step), ("act", act)];
        match post(Conduct::url(), &fields).await {
            Ok(state) => {
                self.say("");
                self.apply(state);
            }
            Err(error) => self.refused(&error).await,
        }
    }

    /// A stale device is brought to where the meeting is, and says why it was refused.
    async fn refused(self: &Rc<Self>, error: &AppError) {
        if *error == AppError::Offline {
            self.lost.set(true);
        } else {
            self.own.set(None);
            self.beat().await;
        }
        self.say(&error.to_string());
        self.draw();
    }

    async fn beat(self: &Rc<Self>) {
        let meeting = self.place().0;
        match post(Beat::url(), &[("meeting", meeting.as_str())]).await {
            Ok(state) => {
                self.lost.set(false);
                self.apply(state);
            }
            Err(AppError::Offline) => self.lost.set(true),
            Err(_) => {}
        }
        self.draw();
    }

    /// Keeps what was typed, and sends it.
    fn write(self: &Rc<Self>, form: &HtmlFormElement, by: Option<&HtmlElement>) {
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
    fn flush(self: &Rc<Self>) {
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

    fn later(self: &Rc<Self>) {
        let device = Rc::clone(self);
        spawn_local(async move {
            TimeoutFuture::new(AGAIN).await;
            device.flush();
        });
    }

    async fn task(self: &Rc<Self>, form: HtmlFormElement) {
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

    /// Lays fresh figures and entries over the shown ones: the tap that updates wait for.
    fn update(self: &Rc<Self>) {
        let device = Rc::clone(self);
        spawn_local(async move {
            let here = window().location().pathname().unwrap_or_default();
            match fresh(here).await {
                Some(page) => device.take(&page),
                None => device.lost.set(true),
            }
            device.draw();
        });
    }

    fn take(&self, page: &Document) {
        for part in [".room-scroll", "[data-part=caps]", "[data-part=list]"] {
            let new = page.query_selector(part).ok().flatten();
            if let (Some(old), Some(new)) = (find(&self.root, part), new) {
                old.set_inner_html(&new.inner_html());
            }
        }
        let count = page.query_selector("[data-count]").ok().flatten();
        let count = count
            .and_then(|count| count.get_attribute("data-count")?.parse().ok())
            .unwrap_or_else(|| self.state.borrow().entries);
        self.shown_entries.set(count);
        self.changed.borrow_mut().clear();
        self.stale.set(false);
        self.lost.set(false);
        self.draw_held();
    }

    /// Makes the page say what is so. Only what differs is touched; nothing that stands moves.
    fn draw(&self) {
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

    fn on(&self, selector: &str, on: bool) {
        if let Some(element) = find(&self.root, selector) {
            set(&element, "data-on", if on { "yes" } else { "" });
        }
    }

    fn slot(&self, name: &str, text: &str) {
        if let Some(slot) = find(&self.root, &format!("[data-slot={name}]"))
            && slot.text_content().as_deref() != Some(text)
        {
            slot.set_text_content(Some(text));
        }
    }

    fn say(&self, text: &str) {
        self.slot("refused", text);
    }

    fn entry(&self, id: &str) -> Option<Element> {
        find(&self.root, &format!("[data-entry='{id}']"))
    }

    /// Everything that is held, at the end of what was said about its subject.
    fn draw_held(&self) {
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

    fn draw_entry(&self, held: &Held, state: &str) {
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

    fn mark(&self, id: &str, state: &str) {
        if let Some(by) = self.entry(id).and_then(|line| find(&line, ".room-by")) {
            by.set_text_content(Some(state));
        }
    }
}

fn id_of(article: &Element) -> Option<Uuid> {
    article.get_attribute("data-subject")?.parse().ok()
}

fn find(within: &Element, selector: &str) -> Option<Element> {
    within.query_selector(selector).ok().flatten()
}

fn set(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        let _ = element.set_attribute(name, value);
    }
}

fn flag(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set(element, name, value),
        None => {
            let _ = element.remove_attribute(name);
        }
    }
}

/// Scrolls a list just so far that one of its rows is in sight.
fn in_sight(row: &Element) {
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
