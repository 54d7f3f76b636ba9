//! The browser's end: one stream a tab, a counter that resources depend on, a visible state.

use leptos::prelude::*;

use super::Changed;

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

/// What the stream last said; shared by every page of the tab.
#[derive(Clone, Copy, Debug)]
pub struct Live {
    /// State of the stream.
    pub connection: RwSignal<Connection>,
    /// The last change and its number in this tab.
    pub changed: RwSignal<(u32, Changed)>,
}

impl Live {
    /// A number that grows whenever something `concerns` the reader: put it into a resource's source.
    pub fn version(self, concerns: impl Fn(&Changed) -> bool + Send + Sync + 'static) -> Memo<u32> {
        Memo::new(move |last: Option<&u32>| {
            let (number, changed) = self.changed.get();
            if number > 0 && (changed.all || concerns(&changed)) {
                number
            } else {
                last.copied().unwrap_or(0)
            }
        })
    }
}

/// Opens the stream of this tab; call once, in the shell, for signed-in visitors.
pub fn provide_live(signed_in: Signal<bool>) -> Live {
    let live = Live {
        connection: RwSignal::new(Connection::Waiting),
        changed: RwSignal::new((0, Changed::default())),
    };
    provide_context(live);
    browser::open(live, signed_in);
    live
}

/// The stream of this tab.
pub fn use_live() -> Live {
    use_context().unwrap_or_else(|| Live {
        connection: RwSignal::new(Connection::Waiting),
        changed: RwSignal::new((0, Changed::default())),
    })
}

/// "Trực tiếp" or "Mất kết nối", in the page head.
#[component]
pub fn LiveState() -> impl IntoView {
    let live = use_live();
    let words = move || match live.connection.get() {
        Connection::Waiting => "Tải lại trang để cập nhật",
        Connection::Open => "Trực tiếp",
        Connection::Lost => "Mất kết nối, đang thử lại",
    };
    let state = move || match live.connection.get() {
        Connection::Waiting => "waiting",
        Connection::Open => "open",
        Connection::Lost => "lost",
    };
    view! { <span class="live" role="status" data-state=state>{words}</span> }
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::rc::{Rc, Weak};

    use futures_util::StreamExt;
    use gloo_net::eventsource::State;
    use gloo_net::eventsource::futures::EventSource;
    use gloo_timers::future::TimeoutFuture;
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    use super::{Connection, Live};
    use crate::live::Changed;

    /// Milliseconds before a stream that the server refused is opened again.
    const AGAIN: u32 = 3_000;
    /// Milliseconds between looks at the stream's state: a dropped one reconnects without an event.
    const LOOK: u32 = 1_000;

    /// Opens the stream once the visitor is known; it lives as long as the tab.
    pub fn open(live: Live, signed_in: Signal<bool>) {
        Effect::new(move |opened: Option<bool>| {
            if opened == Some(true) {
                return true;
            }
            if !signed_in.get() {
                return false;
            }
            spawn_local(async move {
                loop {
                    listen(live).await;
                    live.connection.set(Connection::Lost);
                    TimeoutFuture::new(AGAIN).await;
                    // A new stream knows no last event: whatever happened meanwhile is asked for.
                    tell(
                        live,
                        Changed {
                            all: true,
                            ..Changed::default()
                        },
                    );
                }
            });
            true
        });
    }

    /// Reads until the stream is closed for good. The source is never cloned: any drop would close it.
    async fn listen(live: Live) {
        let Ok(mut source) = EventSource::new("/live") else {
            return;
        };
        let Ok(mut events) = source.subscribe("change") else {
            return;
        };
        let source = Rc::new(source);
        spawn_local(watch(live, Rc::downgrade(&source)));
        while let Some(Ok((_, message))) = events.next().await {
            live.connection.set(Connection::Open);
            let text = message.data().as_string().unwrap_or_default();
            if let Ok(changed) = serde_json::from_str::<Changed>(&text) {
                tell(live, changed);
            }
        }
    }

    async fn watch(live: Live, source: Weak<EventSource>) {
        loop {
            TimeoutFuture::new(LOOK).await;
            let Some(source) = source.upgrade() else {
                return;
            };
            let lost = source.state() != State::Open;
            let shown = live.connection.get_untracked();
            if lost && shown == Connection::Open {
                live.connection.set(Connection::Lost);
            } else if !lost && shown == Connection::Lost {
                live.connection.set(Connection::Open);
            }
        }
    }

    fn tell(live: Live, changed: Changed) {
        if changed != Changed::default() {
            live.changed.update(|last| *last = (last.0 + 1, changed));
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod browser {
    use leptos::prelude::*;

    use super::Live;

    pub fn open(_: Live, _: Signal<bool>) {}
}
