//! Saving while somebody types: one request at a time a field, a retry while the network is away, and both values
//! when another tab changed the same field. The text in the field is never rewritten.

use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::error::AppError;
use crate::review::wire::Saved;
use crate::ui::SaveStatus;

/// How long typing must pause.
const PAUSE: Duration = Duration::from_secs(1);
/// How long after a field was left: a press on the form's button, which sends everything, comes first.
pub const LEFT: Duration = Duration::from_millis(400);
/// How long before a save that did not reach the server is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// Sends a text with the one that was stored before.
pub type Send = fn(context: String, text: String, stored: String) -> Sending;
/// The answer to come.
pub type Sending = std::pin::Pin<
    Box<dyn std::future::Future<Output = Result<Saved, AppError>> + std::marker::Send>,
>;

/// What all fields of a form share.
#[derive(Clone, Copy)]
pub struct Shared {
    /// Where the last change is.
    pub status: RwSignal<SaveStatus>,
    /// What the last save brought back.
    pub saved: RwSignal<Option<Saved>>,
    /// The whole form is on its way: no field needs to be saved by itself.
    pub sending: RwSignal<bool>,
}

/// One field that saves itself.
#[derive(Clone, Copy)]
pub struct Autosave {
    /// What stands in the field.
    pub text: RwSignal<String>,
    /// Why the last save was refused.
    pub refusal: RwSignal<Option<AppError>>,
    /// What the server holds.
    pub stored: RwSignal<String>,
    context: StoredValue<String>,
    busy: StoredValue<bool>,
    timer: StoredValue<Option<TimeoutHandle>>,
    shared: Shared,
    send: StoredValue<Send>,
}

impl Autosave {
    /// A field that holds `text`, which is stored; `context` goes along with every save.
    pub fn new(text: String, stored: String, context: String, shared: Shared, send: Send) -> Self {
        Self {
            text: RwSignal::new(text),
            refusal: RwSignal::new(None),
            stored: RwSignal::new(stored),
            context: StoredValue::new(context),
            busy: StoredValue::new(false),
            timer: StoredValue::new(None),
            shared,
            send: StoredValue::new(send),
        }
    }

    /// Somebody types: saves once the typing pauses.
    pub fn typed(self, text: String) {
        self.text.set(text);
        self.shared.sending.set(false);
        self.later(PAUSE);
    }

    /// The field was left: saves soon.
    pub fn left(self) {
        self.later(LEFT);
    }

    /// After a conflict: the own text goes over the one that is stored now.
    pub fn keep_mine(self, current: String) {
        self.stored.set(current);
        self.refusal.set(None);
        self.save();
    }

    fn later(self, wait: Duration) {
        self.stop();
        let handle = set_timeout_with_handle(move || self.save(), wait).ok();
        self.timer.set_value(handle);
    }

    fn stop(self) {
        if let Some(Some(timer)) = self.timer.try_get_value() {
            timer.clear();
            self.timer.set_value(None);
        }
    }

    fn save(self) {
        // The page may be gone when a timer fires.
        if self.busy.try_get_value() != Some(false)
            || self.shared.sending.try_get_untracked() != Some(false)
        {
            return;
        }
        self.busy.set_value(true);
        spawn_local(async move {
            while self.pending() {
                self.shared.status.set(SaveStatus::Saving);
                let text = self.text.get_untracked();
                let stored = self.stored.get_untracked();
                let send = self.send.get_value();
                let answer = send(self.context.get_value(), text.clone(), stored).await;
                if self.busy.try_get_value().is_none() || !self.answered(text, answer) {
                    break;
                }
            }
            self.busy.try_set_value(false);
        });
    }

    fn pending(self) -> bool {
        match (
            self.text.try_get_untracked(),
            self.stored.try_get_untracked(),
        ) {
            (Some(text), Some(stored)) => text != stored,
            _ => false,
        }
    }

    /// Takes an answer in; whether to go on with what was typed meanwhile.
    fn answered(self, text: String, answer: Result<Saved, AppError>) -> bool {
        match answer {
            Ok(saved) => {
                self.stored.set(text);
                self.refusal.set(None);
                self.shared.status.set(SaveStatus::Saved(saved.at.clone()));
                self.shared.saved.set(Some(saved));
                true
            }
            Err(error) => {
                let again = matches!(error, AppError::Offline | AppError::Unavailable { .. });
                self.shared.status.set(SaveStatus::after(&error));
                self.refusal.set(Some(error));
                if again {
                    self.later(AGAIN);
                }
                false
            }
        }
    }
}

/// Why a field was not saved, below it, with a way on after a conflict.
#[component]
pub fn FieldRefusal(field: Autosave, #[prop(into)] id: String) -> impl IntoView {
    let view = move || {
        let error = field.refusal.get()?;
        let again = match &error {
            AppError::Conflict { current, .. } => {
                let current = if current == "chưa chấm" {
                    String::new()
                } else {
                    current.clone()
                };
                let keep = move |_| field.keep_mine(current.clone());
                Some(view! { <button type="button" class="button" on:click=keep>"Ghi giá trị của tôi"</button> }.into_any())
            }
            AppError::SignedOut => Some(
                view! { <a class="button" href="/sign-in" target="_blank" rel="external">"Đăng nhập lại ở thẻ mới"</a> }.into_any(),
            ),
            _ => None,
        };
        Some(view! { <span>{error.to_string()}</span> {again} })
    };
    view! { <div class="field-error" id=id role="alert">{view}</div> }
}
