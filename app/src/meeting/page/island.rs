//! The device of one who takes part: shows one subject, follows the presenter, keeps what is written until it was sent.
//! All it shows was rendered by the server, so that it goes on without network.

use leptos::html::Div;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::meeting::wire::RoomState;

/// What a device begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Where the meeting is.
    pub state: RoomState,
    /// The account.
    pub me: Uuid,
    /// It may present.
    pub holds: bool,
    /// The address named somebody: this device looks for itself.
    pub looks: bool,
}

/// What is so, as the style asks for it.
pub(super) fn tokens(state: &RoomState, me: Uuid) -> String {
    let mine = state.presenter == Some(me);
    let pick = |yes: bool, one: &'static str, other: &'static str| if yes { one } else { other };
    [
        pick(mine, "mine", "others"),
        pick(state.presenter.is_some(), "taken", "free"),
        pick(state.hidden, "hidden", "named"),
        pick(state.frozen.is_empty(), "live", "frozen"),
        pick(state.ended.is_empty(), "running", "ended"),
    ]
    .join(" ")
}

/// The room: a frame around what the server rendered.
#[island]
pub fn Room(
    /// What it begins with.
    start: Start,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<Div>::new();
    let is = tokens(&start.state, start.me);
    device::start(root, start);
    view! {
        <div
            class="room"
            node_ref=root
            data-holds=""
            data-is=is
            on:click=move |event| device::click(&event)
            on:submit=move |event| device::submit(&event)
        >
            {children()}
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
mod device {
    use leptos::ev::{MouseEvent, SubmitEvent};
    use leptos::html::Div;
    use leptos::prelude::NodeRef;

    use super::Start;

    pub fn start(_: NodeRef<Div>, _: Start) {}
    pub fn click(_: &MouseEvent) {}
    pub fn submit(_: &SubmitEvent) {}
}

#[cfg(feature = "hydrate")]
mod device;
#[cfg(feature = "hydrate")]
mod held;
