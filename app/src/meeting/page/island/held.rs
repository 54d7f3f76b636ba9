//! What a device wrote and the server does not have yet, and how it is sent.

use std::cell::RefCell;

use gloo_net::http::Request;
use leptos::web_sys::UrlSearchParams;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::browser::{keep, kept};
use crate::error::AppError;
use crate::meeting::wire::RoomState;

/// An entry on the device.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Held {
    /// Its id: sent again it counts once.
    pub id: String,
    /// Code of the kind.
    pub kind: String,
    /// The kind in words.
    pub label: String,
    /// About whom.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Milliseconds since 1970.
    pub written: String,
    /// Why the server refused it; empty before.
    pub refused: String,
}

/// Entries of one account and meeting, kept on the device until they were sent.
pub struct Store {
    name: String,
    entries: RefCell<Vec<Held>>,
}

impl Store {
    /// What was left on the device.
    pub fn open(me: Uuid, meeting: Uuid) -> Self {
        let name = format!("meeting.{me}.{meeting}");
        let entries = kept(&name).and_then(|text| serde_json::from_str(&text).ok());
        Self {
            name,
            entries: RefCell::new(entries.unwrap_or_default()),
        }
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Held>)) {
        let mut entries = self.entries.borrow_mut();
        change(&mut entries);
        let text = serde_json::to_string(&*entries)
            .ok()
            .filter(|_| !entries.is_empty());
        keep(&self.name, text.as_deref());
    }

    pub fn push(&self, held: Held) {
        self.change(|entries| entries.push(held));
    }

    pub fn remove(&self, id: &str) {
        self.change(|entries| entries.retain(|held| held.id != id));
    }

    pub fn refuse(&self, id: &str, why: &str) {
        self.change(|entries| {
            for held in entries.iter_mut().filter(|held| held.id == id) {
                why.clone_into(&mut held.refused);
            }
        });
    }

    /// The first that was not refused.
    pub fn next(&self) -> Option<Held> {
        self.entries
            .borrow()
            .iter()
            .find(|held| held.refused.is_empty())
            .cloned()
    }

    pub fn all(&self) -> Vec<Held> {
        self.entries.borrow().clone()
    }

    pub fn len(&self) -> usize {
        self.entries.borrow().len()
    }
}

/// A random id; `crypto.randomUUID` is missing on plain HTTP, where a tablet in the office may stand.
pub fn new_id() -> Uuid {
    let mut bytes = [0; 16];
    let random = std::iter::repeat_with(js_sys::Math::random)
        // The low bytes of the mantissa are the random ones.
        .flat_map(|random| random.to_bits().to_le_bytes().into_iter().take(6));
    for (byte, random) in bytes.iter_mut().zip(random) {
        *byte = random;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}

/// Posts a form to a server function of the meeting; each answers with where it is.
pub async fn post(address: &str, fields: &[(&str, &str)]) -> Result<RoomState, AppError> {
    let form = UrlSearchParams::new().map_err(|_| AppError::Offline)?;
    for (name, value) in fields {
        form.append(name, value);
    }
    let request = Request::post(address)
        .header("accept", "application/json")
        .body(form)
        .map_err(|_| AppError::Offline)?;
    let answer = request.send().await.map_err(|_| AppError::Offline)?;
    let text = answer.text().await.map_err(|_| AppError::Offline)?;
    if answer.ok() {
        serde_json::from_str(&text).map_err(|_| AppError::Offline)
    } else {
        Err(serde_json::from_str(&text).unwrap_or(AppError::Offline))
    }
}
