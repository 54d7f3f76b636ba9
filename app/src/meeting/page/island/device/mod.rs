//! What the island does in the browser, on the elements that the server rendered.

mod draw;
mod element;
mod entry;
mod follow;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::ev::{self, MouseEvent, SubmitEvent};
use leptos::html::Div;
use leptos::prelude::{NodeRef, window, window_event_listener};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, HtmlFormElement};
use uuid::Uuid;

use self::element::{id_of, set};
use super::Start;
use super::held::Store;
use crate::browser::all;
use crate::live::{Heard, hear};
use crate::meeting::wire::RoomState;

/// Milliseconds between signs of life.
const BEAT: u32 = 30_000;

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
    pub(super) fn listen(self: &Rc<Self>) {
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

    pub(super) fn is_mine(&self) -> bool {
        self.state.borrow().presenter == Some(self.me)
    }

    pub(super) fn articles(&self) -> Vec<Element> {
        all(&self.root, "[data-subject]").collect()
    }

    pub(super) fn subjects(&self) -> Vec<Uuid> {
        self.articles().iter().filter_map(id_of).collect()
    }

    pub(super) fn visible(&self) -> Option<Uuid> {
        let shown = self
            .articles()
            .into_iter()
            .find(|one| !one.has_attribute("hidden"));
        shown.as_ref().and_then(id_of)
    }

    pub(super) fn beside(&self, way: &str) -> Option<Uuid> {
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
}
