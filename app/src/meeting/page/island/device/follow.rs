//! Follows the presenter, presents, and takes what the server says of the meeting.

use std::rc::Rc;

use leptos::prelude::window;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos::web_sys::Document;
use uuid::Uuid;

use super::super::held::post;
use super::Device;
use super::element::find;
use crate::browser::fresh;
use crate::error::AppError;
use crate::live::Changed;
use crate::meeting::api::{Beat, Conduct, Present};
use crate::meeting::wire::RoomState;

impl Device {
    /// Figures moved: they are counted, and wait for a tap.
    pub(super) fn moved(&self, changed: &Changed) {
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
    pub(super) fn apply(self: &Rc<Self>, state: RoomState) {
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

    /// To somebody: of the presenter on all devices, of others on this one.
    pub(super) fn go(self: &Rc<Self>, id: Uuid) {
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
    pub(super) fn present(self: &Rc<Self>) {
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

    pub(super) fn place(&self) -> (String, String) {
        let state = self.state.borrow();
        (state.meeting.to_string(), state.step.to_string())
    }

    pub(super) async fn conduct(self: &Rc<Self>, act: &str) {
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
    pub(super) async fn refused(self: &Rc<Self>, error: &AppError) {
        if *error == AppError::Offline {
            self.lost.set(true);
        } else {
            self.own.set(None);
            self.beat().await;
        }
        self.say(&error.to_string());
        self.draw();
    }

    pub(super) async fn beat(self: &Rc<Self>) {
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

    /// Lays fresh figures and entries over the shown ones: the tap that updates wait for.
    pub(super) fn update(self: &Rc<Self>) {
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

    pub(super) fn take(&self, page: &Document) {
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
}
