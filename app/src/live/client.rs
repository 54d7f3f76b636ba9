//! The browser's end: one stream a tab, a visible state, and the page read again when the stream names what it shows.

use leptos::prelude::*;
use uuid::Uuid;

/// Whether the stream is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connection {
    /// Not opened yet: the first render, or no WASM.
    #[default]
    Waiting,
    /// Changes arrive.
    Open,
    /// Lost; the browser tries again by itself.
    Lost,
}

impl Connection {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Open => "open",
            Self::Lost => "lost",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Waiting => "Tải lại trang để cập nhật",
            Self::Open => "Trực tiếp",
            Self::Lost => "Mất kết nối, đang thử lại",
        }
    }
}

/// What an island that follows by itself is told.
#[derive(Clone, Debug)]
pub enum Heard {
    /// Something at once: one line of JSON.
    Told(String),
    /// What moved.
    Changed(super::Changed),
}

#[cfg(feature = "hydrate")]
pub use browser::hear;

/// "Trực tiếp" or "Mất kết nối", in the bar; it keeps the stream of this tab.
#[island]
pub fn LiveState() -> impl IntoView {
    let connection = RwSignal::new(Connection::Waiting);
    browser::open(connection);
    view! {
        <span class="live" role="status" data-state=move || connection.get().name()>
            {move || connection.get().words()}
        </span>
    }
}

/// Names what the page shows: when one of these moves, the page is read again.
#[component]
pub fn Follow(
    /// Officers whose month is shown.
    #[prop(optional)]
    officers: Vec<Uuid>,
    /// Units whose sums are shown.
    #[prop(optional)]
    units: Vec<Uuid>,
    /// The sums of any unit are shown.
    #[prop(optional)]
    all_units: bool,
    /// Where the page is read from, if not from its own address: it may keep an order that was shown.
    #[prop(optional, into)]
    address: Option<String>,
) -> impl IntoView {
    let list = |ids: Vec<Uuid>| {
        let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
        ids.join(" ")
    };
    let units = if all_units {
        "*".to_owned()
    } else {
        list(units)
    };
    view! { <div hidden data-follow data-officers=list(officers) data-units=units data-address=address></div> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::cell::RefCell;
    use std::rc::{Rc, Weak};

    use futures_util::StreamExt;
    use gloo_net::eventsource::State;
    use gloo_net::eventsource::futures::EventSource;
    use gloo_timers::future::TimeoutFuture;
    use leptos::prelude::*;
    use leptos::task::spawn_local;
    use leptos::wasm_bindgen::JsCast;
    use leptos::web_sys::Element;

    use super::{Connection, Heard};
    use crate::browser::refresh;
    use crate::live::Changed;

    /// Milliseconds before a stream that the server refused is opened again.
    const AGAIN: u32 = 3_000;
    /// Milliseconds between looks at the stream's state: a dropped one reconnects without an event.
    const LOOK: u32 = 1_000;

    /// Of an island that follows by itself.
    type Listener = Box<dyn Fn(&Heard)>;

    thread_local! {
        static LISTENERS: RefCell<Vec<Listener>> = const { RefCell::new(Vec::new()) };
    }

    /// Calls `listener` with all that this tab hears, as long as the page lives.
    pub fn hear(listener: impl Fn(&Heard) + 'static) {
        LISTENERS.with_borrow_mut(|listeners| listeners.push(Box::new(listener)));
    }

    fn pass_on(heard: &Heard) {
        LISTENERS.with_borrow(|listeners| listeners.iter().for_each(|listener| listener(heard)));
    }

    /// Opens the stream; it lives as long as the tab.
    pub fn open(connection: RwSignal<Connection>) {
        spawn_local(async move {
            loop {
                listen(connection).await;
                connection.set(Connection::Lost);
                TimeoutFuture::new(AGAIN).await;
                // A new stream knows no last event: whatever happened meanwhile is asked for.
                follow(&Changed {
                    all: true,
                    ..Changed::default()
                });
            }
        });
    }

    /// Reads until the stream is closed for good. The source is never cloned: any drop would close it.
    async fn listen(connection: RwSignal<Connection>) {
        let Ok(mut source) = EventSource::new("/live") else {
            return;
        };
        let Ok(mut events) = source.subscribe("change") else {
            return;
        };
        let Ok(mut told) = source.subscribe("told") else {
            return;
        };
        spawn_local(async move {
            while let Some(Ok((_, message))) = told.next().await {
                pass_on(&Heard::Told(message.data().as_string().unwrap_or_default()));
            }
        });
        let source = Rc::new(source);
        spawn_local(watch(connection, Rc::downgrade(&source)));
        while let Some(Ok((_, message))) = events.next().await {
            connection.set(Connection::Open);
            let text = message.data().as_string().unwrap_or_default();
            if let Ok(changed) = serde_json::from_str::<Changed>(&text) {
                follow(&changed);
            }
        }
    }

    async fn watch(connection: RwSignal<Connection>, source: Weak<EventSource>) {
        loop {
            TimeoutFuture::new(LOOK).await;
            let Some(source) = source.upgrade() else {
                return;
            };
            let lost = source.state() != State::Open;
            let shown = connection.get_untracked();
            if lost && shown == Connection::Open {
                connection.set(Connection::Lost);
            } else if !lost && shown == Connection::Lost {
                connection.set(Connection::Open);
            }
        }
    }

    /// Reads the page again if it shows something that changed.
    fn follow(changed: &Changed) {
        pass_on(&Heard::Changed(changed.clone()));
        let Ok(marks) = document().query_selector_all("[data-follow]") else {
            return;
        };
        let marks: Vec<Element> = (0..marks.length())
            .filter_map(|at| marks.item(at)?.dyn_into().ok())
            .collect();
        if changed.all || marks.iter().any(|mark| shows(mark, changed)) {
            refresh(
                marks
                    .iter()
                    .find_map(|mark| mark.get_attribute("data-address")),
            );
        }
    }

    fn shows(mark: &Element, changed: &Changed) -> bool {
        let list = |name: &str| mark.get_attribute(name).unwrap_or_default();
        let (officers, units) = (list("data-officers"), list("data-units"));
        changed
            .officers
            .iter()
            .any(|officer| officers.contains(&officer.to_string()))
            || (units == "*" && !changed.units.is_empty())
            || changed
                .units
                .iter()
                .any(|unit| units.contains(&unit.to_string()))
    }
}

#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::prelude::*;

    use super::Connection;

    pub fn open(_: RwSignal<Connection>) {}
}
