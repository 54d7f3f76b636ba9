//! The own sheet: ten criteria that save themselves, remarks, sending, and what the competent person concluded.

use kpi::period::Period;
use kpi::review::SheetStatus;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::autosave::{Autosave, FieldRefusal, Sending, Shared};
use super::concluded::Concluded;
use super::criteria::CriteriaTable;
use crate::error::AppError;
use crate::format::number;
use crate::live::use_live;
use crate::review::api::{
    SaveSheet, WithdrawSubmission, load_own_sheet, save_criterion, save_remarks,
};
use crate::review::typed::{Typed, field_of};
use crate::review::wire::{CriterionRow, SheetView};
use crate::ui::{
    Chip, Field, RefusalNotice, SaveState, SaveStatus, TextArea, refusal_of_action, shown,
};

/// The own sheet of a month (Mẫu số 01), as far as it is.
#[component]
pub fn SelfAssessment(
    /// The month; the current one when none is named.
    #[prop(into)]
    period: Signal<Option<Period>>,
) -> impl IntoView {
    let save = ServerAction::<SaveSheet>::new();
    let withdraw = ServerAction::<WithdrawSubmission>::new();
    let again = RwSignal::new(0_u32);
    let named = move || {
        period
            .get()
            .map_or_else(String::new, |period| period.to_string())
    };
    let sheet = Resource::new_blocking(
        move || (named(), done(save).get(), done(withdraw).get(), again.get()),
        |(period, ..)| load_own_sheet(period),
    );
    let seen = StoredValue::new((Uuid::nil(), SheetStatus::Draft));
    watch(named, seen, again);
    view! {
        <Transition fallback=|| view! { <p class="loading">"Đang tải…"</p> }>
            {move || Suspend::new(async move {
                shown(sheet.await, |sheet| {
                    seen.set_value((sheet.officer, sheet.status));
                    // A sheet that was loaded again gets new fields and a new key: nothing typed for another month stays.
                    view! {
                        <For each=move || [sheet.clone()] key=|sheet| sheet.key let(sheet)>
                            <OwnSheet sheet save withdraw/>
                        </For>
                    }
                })
            })}
        </Transition>
    }
}

/// Counts the successes of an action: a refusal must not draw the form anew, the text in it would be lost.
fn done<T>(action: ServerAction<T>) -> Memo<usize>
where
    T: leptos::server_fn::ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    let (value, version) = (action.value(), action.version());
    Memo::new(move |last: Option<&usize>| match &*value.read() {
        Some(Ok(())) => version.get(),
        _ => last.copied().unwrap_or(0),
    })
}

/// When the own month moves, asks whether the sheet went on; only then is it drawn anew.
fn watch(
    named: impl Fn() -> String + Copy + Send + Sync + 'static,
    seen: StoredValue<(Uuid, SheetStatus)>,
    again: RwSignal<u32>,
) {
    let moved = use_live().version(move |changed| {
        seen.try_with_value(|(officer, _)| changed.officers.contains(officer))
            .unwrap_or(false)
    });
    Effect::new(move |before: Option<u32>| {
        let now = moved.get();
        if before.is_some_and(|before| before != now) {
            let period = named();
            spawn_local(async move {
                if let Ok(fresh) = load_own_sheet(period).await
                    && seen
                        .try_get_value()
                        .is_some_and(|(_, status)| status != fresh.status)
                {
                    again.try_update(|again| *again += 1);
                }
            });
        }
        now
    });
}

#[component]
fn OwnSheet(
    sheet: SheetView,
    save: ServerAction<SaveSheet>,
    withdraw: ServerAction<WithdrawSubmission>,
) -> impl IntoView {
    let print = format!("/sheet/{}?period={}", sheet.officer, sheet.period);
    let most = sheet.criteria.iter().map(|row| row.max).sum();
    let shared = Shared {
        status: RwSignal::new(SaveStatus::Idle),
        saved: RwSignal::new(None),
    };
    let stored = sheet.own_points();
    let sum = move || {
        let points = shared
            .saved
            .with(|saved| saved.as_ref().map_or(stored, |saved| saved.points));
        format!("{} / {}", number(points, 2), number(most, 2))
    };
    let open = sheet.status == SheetStatus::Draft && !sheet.closed;
    let body = if open {
        view! { <DraftForm sheet=sheet.clone() save shared/> }.into_any()
    } else if sheet.is_confirmed() {
        view! { <Concluded sheet=sheet.clone()/> }.into_any()
    } else {
        view! { <Sent sheet=sheet.clone() withdraw/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="own-sheet" id="self-assessment">
            <header>
                <h2 id="own-sheet">"Tiêu chí chung và tự đánh giá"</h2>
                {move || view! { <Chip tone="measure" text=sum()/> }}
                <SheetChip status=sheet.status/>
                <div class="toolbar">
                    {open.then(|| view! { <SaveState status=shared.status/> })}
                    <a class="button" data-tone="quiet" href=print>"Xem phiếu Mẫu số 01"</a>
                </div>
            </header>
            {body}
        </section>
    }
}

/// How far the sheet is, to its owner.
#[component]
pub fn SheetChip(status: SheetStatus) -> impl IntoView {
    let (tone, text) = match status {
        SheetStatus::Draft => ("plain", "Chưa gửi"),
        SheetStatus::SelfAssessed => ("risk", "Đã gửi, chờ xác nhận"),
        SheetStatus::Confirmed => ("good", "Đã xác nhận"),
        SheetStatus::Locked => ("plain", "Đã khóa"),
    };
    view! { <Chip tone text/> }
}

fn send_criterion(context: String, text: String, stored: String) -> Sending {
    Box::pin(async move {
        let (period, criterion) = context.split_once('/').unwrap_or_default();
        let period = period.parse().map_err(|_| AppError::NotFound)?;
        save_criterion(period, criterion.to_owned(), text, stored).await
    })
}

/// The form of a draft. Without WASM it is sent as a whole; with it, each field saves itself.
#[component]
fn DraftForm(sheet: SheetView, save: ServerAction<SaveSheet>, shared: Shared) -> impl IntoView {
    let refusal = refusal_of_action(save);
    let typed = Typed::of(refusal.get_untracked().as_ref());
    let stored_version = sheet.version;
    let version = move || {
        shared
            .saved
            .with(|saved| saved.as_ref().map_or(stored_version, |saved| saved.version))
    };
    let groups = sheet
        .groups
        .iter()
        .map(|group| {
            let fields = sheet
                .criteria
                .iter()
                .filter(|row| row.group == group.code)
                .map(|row| {
                    let stored = row.own.map_or_else(String::new, |own| number(own, 2));
                    let text = typed
                        .as_ref()
                        .and_then(|typed| typed.points.get(&row.code).cloned())
                        .unwrap_or_else(|| stored.clone());
                    let context = format!("{}/{}", sheet.period, row.code);
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
    let strengths = Typed::text(typed.as_ref(), "strengths", &sheet.strengths);
    let shortcomings = Typed::text(typed.as_ref(), "shortcomings", &sheet.shortcomings);
    let pending = save.pending();
    view! {
        <ActionForm action=save>
            <div class="card-body stack">
                <p class="muted">"Điểm ghi như 4,5 hoặc 4.5; tối đa hai chữ số thập phân. Từng ô tự lưu khi bạn ngừng gõ."</p>
                <input type="hidden" name="period" value=sheet.period.to_string()/>
                <input type="hidden" name="version" value=move || version().to_string()/>
                <input type="hidden" name="key" value=sheet.key.to_string()/>
                {groups}
                <Remarks period=sheet.period strengths shortcomings version=Signal::derive(version) shared/>
                <RefusalNotice refusal/>
                <div class="form-actions">
                    <button class="button" name="then" value="save" disabled=pending>"Lưu phiếu"</button>
                    <button class="button" data-tone="act" name="then" value="submit" disabled=pending>"Gửi tự đánh giá"</button>
                </div>
            </div>
        </ActionForm>
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
    view! {
        <div class="review-criterion">
            <label for=id.clone()><b>{row.code}</b>" "{row.label}</label>
            <div class="review-points">
                <input
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
    let left = move |_| {
        let given = (texts.0.get_untracked(), texts.1.get_untracked());
        shared.status.set(SaveStatus::Saving);
        spawn_local(async move {
            let answer = save_remarks(period, version.get_untracked(), given.0, given.1).await;
            match answer {
                Ok(saved) => {
                    refusal.try_set(None);
                    shared.status.try_set(SaveStatus::Saved(saved.at.clone()));
                    shared.saved.try_set(Some(saved));
                }
                Err(error) => {
                    let status = match &error {
                        AppError::Conflict { .. } => SaveStatus::Conflict,
                        AppError::Invalid { .. } => SaveStatus::Idle,
                        _ => SaveStatus::Held,
                    };
                    shared.status.try_set(status);
                    refusal.try_set(Some(error));
                }
            }
        });
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

/// A sheet that waits for the competent person: to read, and to take back.
#[component]
fn Sent(sheet: SheetView, withdraw: ServerAction<WithdrawSubmission>) -> impl IntoView {
    let refusal = refusal_of_action(withdraw);
    let said = match (&sheet.submitted, sheet.closed) {
        (_, true) => format!(
            "{} đã khóa, phiếu không sửa được nữa.",
            sheet.period.label()
        ),
        (Some(at), _) => {
            format!("Đã gửi lúc {at}. Cấp có thẩm quyền chưa xác nhận; bạn có thể rút lại để sửa.")
        }
        (None, _) => "Phiếu chờ xác nhận.".to_owned(),
    };
    let (period, key) = (sheet.period.to_string(), sheet.key.to_string());
    let may_withdraw = !sheet.closed && sheet.status == SheetStatus::SelfAssessed;
    view! {
        <div class="card-body stack">
            <p class="notice" data-tone="plain">{said}</p>
            <RefusalNotice refusal/>
            {may_withdraw.then(|| view! {
                <ActionForm action=withdraw>
                    <input type="hidden" name="period" value=period/>
                    <input type="hidden" name="key" value=key/>
                    <button class="button" disabled=withdraw.pending()>"Rút lại phiếu"</button>
                </ActionForm>
            })}
        </div>
        <CriteriaTable sheet/>
    }
}
