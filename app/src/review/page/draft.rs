//! The draft of the own sheet: ten criteria that save themselves, remarks, sending. An island: it knows what is on its
//! way and what another tab stored meanwhile. Without WASM it is one form, sent as a whole.

use kpi::period::Period;
use leptos::ev::Event;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::HtmlTextAreaElement;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::autosave::{Autosave, FieldRefusal, LEFT, Sending, Shared};
use crate::error::AppError;
use crate::format::number;
use crate::review::api::{SaveSheet, save_criterion, save_remarks};
use crate::review::typed::{Typed, field_of};
use crate::review::wire::{CriterionRow, GroupRow, SheetView};
use crate::ui::{Chip, Field, PostForm, RefusalNotice, SaveState, SaveStatus, TextArea};

/// What the draft begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSheet {
    period: Period,
    version: i32,
    key: Uuid,
    groups: Vec<GroupRow>,
    criteria: Vec<CriterionRow>,
    strengths: String,
    shortcomings: String,
    refusal: Option<AppError>,
}

impl DraftSheet {
    /// The draft of a sheet, and why it was refused when it was last sent.
    pub fn of(sheet: &SheetView, refusal: Option<AppError>) -> Self {
        Self {
            period: sheet.period,
            version: sheet.version,
            key: sheet.key,
            groups: sheet.groups.clone(),
            criteria: sheet.criteria.clone(),
            strengths: sheet.strengths.clone(),
            shortcomings: sheet.shortcomings.clone(),
            refusal,
        }
    }

    /// Sum of the points given and of the most there are.
    fn sums(&self) -> (Decimal, Decimal) {
        let own = self.criteria.iter().filter_map(|row| row.own).sum();
        (own, self.criteria.iter().map(|row| row.max).sum())
    }
}

fn send_criterion(context: String, text: String, stored: String) -> Sending {
    Box::pin(async move {
        let (period, criterion) = context.split_once('/').unwrap_or_default();
        let period = period.parse().map_err(|_| AppError::NotFound)?;
        save_criterion(period, criterion.to_owned(), text, stored).await
    })
}

/// The form of a draft.
#[island]
pub fn Draft(
    /// What it begins with.
    draft: DraftSheet,
) -> impl IntoView {
    let shared = Shared {
        status: RwSignal::new(SaveStatus::Idle),
        saved: RwSignal::new(None),
        sending: RwSignal::new(false),
    };
    let refusal = Signal::stored(draft.refusal.clone());
    let typed = Typed::of(draft.refusal.as_ref());
    let (stored_version, (own, most)) = (draft.version, draft.sums());
    let version = Signal::derive(move || {
        shared
            .saved
            .with(|saved| saved.as_ref().map_or(stored_version, |saved| saved.version))
    });
    let sum = move || {
        let points = shared
            .saved
            .with(|saved| saved.as_ref().map_or(own, |saved| saved.points));
        format!("{} / {}", number(points, 2), number(most, 2))
    };
    let groups = draft
        .groups
        .iter()
        .map(|group| {
            let fields = draft
                .criteria
                .iter()
                .filter(|row| row.group == group.code)
                .map(|row| {
                    let stored = row.own.map_or_else(String::new, |own| number(own, 2));
                    let text = typed
                        .as_ref()
                        .and_then(|typed| typed.points.get(&row.code).cloned())
                        .unwrap_or_else(|| stored.clone());
                    let context = format!("{}/{}", draft.period, row.code);
                    let field = Autosave::new(text, stored, context, shared, send_criterion);
                    view! { <CriterionField row=row.clone() field refusal/> }
                })
                .collect_view();
            view! {
                <fieldset class="stack">
                    <legend>{format!("{}. {}", group.code, group.label)}</legend>
                    {fields}
                </fieldset>
            }
        })
        .collect_view();
    let strengths = Typed::text(typed.as_ref(), "strengths", &draft.strengths);
    let shortcomings = Typed::text(typed.as_ref(), "shortcomings", &draft.shortcomings);
    view! {
        <div on:submit=move |_| shared.sending.set(true) data-holds="">
        <PostForm<SaveSheet> said="Đã ghi phiếu.">
            <div class="card-body stack">
                <div class="row">
                    {move || view! { <Chip tone="measure" text=sum()/> }}
                    <span class="muted grow">"Điểm ghi như 4,5 hoặc 4.5; tối đa hai chữ số thập phân. Từng ô tự lưu khi bạn ngừng gõ."</span>
                    <SaveState status=shared.status/>
                </div>
                <input type="hidden" name="period" value=draft.period.to_string()/>
                <input type="hidden" name="version" value=move || version.get().to_string()/>
                <input type="hidden" name="key" value=draft.key.to_string()/>
                {groups}
                <Remarks period=draft.period strengths shortcomings version shared/>
                <RefusalNotice refusal/>
                <div class="form-actions">
                    <button class="button" name="then" value="save">"Lưu phiếu"</button>
                    <button class="button" data-tone="act" name="then" value="submit">"Gửi tự đánh giá"</button>
                </div>
            </div>
        </PostForm<SaveSheet>>
        </div>
    }
}

#[component]
fn CriterionField(
    row: CriterionRow,
    field: Autosave,
    refusal: Signal<Option<AppError>>,
) -> impl IntoView {
    let id = format!("own-{}", row.code);
    let name = format!("points[{}]", row.code);
    let (hint, error) = (format!("{id}-hint"), format!("{id}-error"));
    let described = format!("{hint} {error}");
    let named = name.clone();
    let invalid = move || {
        (field.refusal.get().is_some()
            || refusal.with(|refusal| field_of(refusal.as_ref()) == named))
        .then_some("true")
    };
    let input = NodeRef::<Input>::new();
    // What is stored is what the page takes for unchanged; what was typed before WASM arrived is saved now.
    Effect::new(move |before: Option<()>| {
        let stored = field.stored.get();
        if let Some(input) = input.get() {
            if before.is_some() {
                input.set_default_value(&stored);
            } else if input.value() != field.text.get_untracked() {
                field.typed(input.value());
            }
        }
    });
    view! {
        <div class="review-criterion">
            <label for=id.clone()><b>{row.code}</b>" "{row.label}</label>
            <div class="review-points">
                <input
                    node_ref=input
                    id=id
                    name=name
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="20"
                    size="6"
                    value=field.text.get_untracked()
                    aria-describedby=described
                    aria-invalid=invalid
                    on:input=move |event| field.typed(event_target_value(&event))
                    on:change=move |_| field.left()
                />
                <span class="muted" id=hint>{format!("tối đa {}", number(row.max, 2))}</span>
            </div>
            <FieldRefusal field id=error/>
        </div>
    }
}

/// Strengths and shortcomings (Mẫu số 01, II.4 and II.5), saved when a field is left.
#[component]
fn Remarks(
    period: Period,
    strengths: String,
    shortcomings: String,
    version: Signal<i32>,
    shared: Shared,
) -> impl IntoView {
    let texts = (RwSignal::new(strengths), RwSignal::new(shortcomings));
    let refusal = RwSignal::new(None::<AppError>);
    let save = move |area: HtmlTextAreaElement| {
        if shared.sending.try_get_untracked() != Some(false) {
            return;
        }
        let given = (texts.0.get_untracked(), texts.1.get_untracked());
        shared.status.set(SaveStatus::Saving);
        spawn_local(async move {
            let text = area.value();
            match save_remarks(period, version.get_untracked(), given.0, given.1).await {
                Ok(saved) => {
                    // A page that went on without this answer has nothing to mark.
                    let _ = area.set_default_value(&text);
                    refusal.try_set(None);
                    shared.status.try_set(SaveStatus::Saved(saved.at.clone()));
                    shared.saved.try_set(Some(saved));
                }
                Err(error) => {
                    shared.status.try_set(SaveStatus::after(&error));
                    refusal.try_set(Some(error));
                }
            }
        });
    };
    let left = move |event: Event| {
        let area = event_target::<HtmlTextAreaElement>(&event);
        set_timeout(move || save(area), LEFT);
    };
    view! {
        <div class="grid-2" on:change=left>
            <Field label="Ưu điểm" name="strengths">
                <div on:input=move |event| texts.0.set(event_target_value(&event))>
                    <TextArea name="strengths" value=texts.0.get_untracked() maxlength=4000/>
                </div>
            </Field>
            <Field label="Hạn chế, khuyết điểm" name="shortcomings">
                <div on:input=move |event| texts.1.set(event_target_value(&event))>
                    <TextArea name="shortcomings" value=texts.1.get_untracked() maxlength=4000/>
                </div>
            </Field>
        </div>
        <RefusalNotice refusal/>
    }
}
