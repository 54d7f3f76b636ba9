//! Short messages: what was refused, what could not be loaded, a state as a word in a coloured chip.

use kpi::level::Level;
use leptos::prelude::*;

use crate::error::AppError;

/// Why the server refused, read out at once.
#[component]
pub fn RefusalNotice(
    /// The refusal, if there is one.
    #[prop(into)]
    refusal: Signal<Option<AppError>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {move || refusal.get().map(|error| view! { <p class="notice" data-tone="bad">{error.to_string()}</p> })}
        </div>
    }
}

/// What a page asks for while it is rendered: once, since the browser reads a page again as a whole.
pub fn ask<S, F: Future>(source: impl Fn() -> S, load: impl FnOnce(S) -> F) -> F {
    load(untrack(source))
}

/// Shows what was loaded, or why it could not be, with a way out; the answer's status says the same.
pub fn shown<T, V: IntoView + 'static>(
    loaded: Result<T, AppError>,
    view: impl FnOnce(T) -> V,
) -> AnyView {
    match loaded {
        Ok(data) => view(data).into_any(),
        Err(error) => {
            error.set_status();
            view! {
                <div class="notice" data-tone="bad" role="alert">
                    <p>{error.to_string()}</p>
                    <p><a href="" rel="external">"Tải lại trang"</a></p>
                </div>
            }
            .into_any()
        }
    }
}

/// A word in a coloured chip; the colour only repeats what the word says.
#[component]
pub fn Chip(
    /// good, risk, bad, measure or plain.
    #[prop(into)]
    tone: String,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="chip" data-tone=tone>{text}</span> }
}

/// A level as a chip: short in lists, in full elsewhere.
#[component]
pub fn LevelChip(
    /// The level; none while the data do not suffice.
    level: Option<Level>,
    /// The long name ("Hoàn thành tốt nhiệm vụ").
    #[prop(optional)]
    full: bool,
) -> impl IntoView {
    let Some(level) = level else {
        return view! { <Chip tone="plain" text="Chưa đủ dữ liệu"/> };
    };
    let tone = match level {
        Level::Excellent | Level::Good => "good",
        Level::Completed => "risk",
        Level::NotCompleted => "bad",
    };
    let text = if full { level.label() } else { level.short() };
    view! { <Chip tone text/> }
}

/// Where the last change of a form is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveStatus {
    /// Nothing changed yet.
    #[default]
    Idle,
    /// On its way.
    Saving,
    /// Stored, at a time as text ("15:42") that the server gave.
    Saved(String),
    /// Could not be sent; kept in this browser.
    Held,
    /// Somebody else changed the same row.
    Conflict,
}

impl SaveStatus {
    /// Where a change is that was not stored.
    pub fn after(error: &AppError) -> Self {
        match error {
            AppError::Conflict { .. } => Self::Conflict,
            AppError::Offline | AppError::Unavailable { .. } | AppError::SignedOut => Self::Held,
            _ => Self::Idle,
        }
    }
}

/// The state of a save in honest words, read out when it changes.
#[component]
pub fn SaveState(
    /// Where the last change is.
    #[prop(into)]
    status: Signal<SaveStatus>,
) -> impl IntoView {
    let words = move || match status.get() {
        SaveStatus::Idle => String::new(),
        SaveStatus::Saving => "Đang lưu…".to_owned(),
        SaveStatus::Saved(at) => format!("Đã lưu {at}"),
        SaveStatus::Held => "Chưa gửi được, đang giữ trên máy".to_owned(),
        SaveStatus::Conflict => "Có người khác vừa sửa".to_owned(),
    };
    let state = move || match status.get() {
        SaveStatus::Idle => "idle",
        SaveStatus::Saving => "saving",
        SaveStatus::Saved(_) => "saved",
        SaveStatus::Held => "held",
        SaveStatus::Conflict => "conflict",
    };
    view! { <span class="save" role="status" data-state=state>{words}</span> }
}
