//! One assignment in the table: what is done, how it stands, and the form that reports it. The form belongs to the
//! officer while he types: a change from elsewhere reaches it only when it is untouched.

use kpi::number::parse_number;
use leptos::prelude::*;
use leptos_router::components::A;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::refusal::{Refusal, names};
use crate::error::AppError;
use crate::format;
use crate::progress::api::Report;
use crate::progress::wire::{MonthData, WorkItem, row_of};
use crate::ui::{Chip, Meter, MeterTone, Stepper, TextArea};

/// The row of an assignment.
#[component]
pub fn WorkRow(
    /// The assignment.
    id: Uuid,
    /// The month it stands in.
    data: RwSignal<MonthData>,
    /// Grows when the month must be read again.
    refresh: RwSignal<u32>,
    /// What a report posted without WASM was refused for.
    posted: Signal<Option<AppError>>,
) -> impl IntoView {
    let row = move |data: &MonthData| data.rows.iter().find(|row| row.assignment == id).cloned();
    let Some(first) = data.with_untracked(row) else {
        return ().into_any();
    };
    // A row that left the list keeps its last state until it is taken away.
    let item = Memo::new(move |last: Option<&WorkItem>| {
        data.with(row)
            .or_else(|| last.cloned())
            .unwrap_or_else(|| first.clone())
    });
    let link = data.with_untracked(|data| format!("/assignment/{}/{id}", data.period));
    let editable = Signal::derive(move || data.with(|data| data.editable));
    let tone = Signal::derive(move || item.with(|item| tone(&item.tone)));
    let done = move || {
        item.with(|item| {
            format!(
                "{}% · hạn {}",
                format::number(item.percent, 1),
                format::short_day(item.due_day)
            )
        })
    };
    let given = move || {
        item.with(|item| {
            let over = (!item.handed_over.is_zero())
                .then(|| view! { <div class="muted small">{format!("đã chuyển {}", format::number(item.handed_over, 4))}</div> });
            view! { {format::number(item.quantity, 4)} {over} }
        })
    };
    let state =
        move || item.with(|item| view! { <Chip tone=item.tone.clone() text=item.state.clone()/> });
    let remark = move || {
        item.with(|item| {
            (!item.remark.is_empty())
                .then(|| view! { <div class="muted small">{item.remark.clone()}</div> })
        })
    };
    let faults = move || item.with(|item| item.faults.0.to_string());
    let evidence = move || item.with(|item| format!("{} minh chứng", item.evidence));
    let name = item.with_untracked(|item| item.product.clone());
    let bar = format!("Tiến độ {name}");
    view! {
        <tr>
            <th scope="row">
                <A href=link.clone()>{name}</A>
                <div class="muted small">{move || item.with(|item| item.about.clone())}</div>
            </th>
            <td class="num" data-label="Giao">{given}</td>
            <td data-label="Hoàn thành">
                <Show when=move || editable.get() fallback=move || view! { <span>{move || item.with(|item| format::number(item.done, 4))}</span> }>
                    <ReportForm item data refresh posted/>
                </Show>
            </td>
            <td data-label="Tiến độ">
                <Meter
                    value=Signal::derive(move || item.with(|item| item.percent))
                    mark=Signal::derive(move || item.with(|item| item.expected))
                    tone
                    label=bar
                />
                <div class="muted small">{done}</div>
            </td>
            <td data-label="Trạng thái">{state} {remark}</td>
            <td class="num" data-label="Lần chưa đạt">{faults}</td>
            <td class="num" data-label="Minh chứng">
                <A href=format!("{link}#evidence") attr:class="small">{evidence}</A>
            </td>
        </tr>
    }
    .into_any()
}

fn tone(name: &str) -> MeterTone {
    match name {
        "good" => MeterTone::Good,
        "risk" => MeterTone::Risk,
        "bad" => MeterTone::Bad,
        _ => MeterTone::Measure,
    }
}

/// What a report must name: the state that the officer saw when he began to type.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    version: i32,
    key: Uuid,
    done: Decimal,
}

#[component]
fn ReportForm(
    item: Memo<WorkItem>,
    data: RwSignal<MonthData>,
    refresh: RwSignal<u32>,
    posted: Signal<Option<AppError>>,
) -> impl IntoView {
    let action = ServerAction::<Report>::new();
    let first = item.get_untracked();
    let (period, today) = data.with_untracked(|data| (data.period.clone(), data.today));
    let seen = RwSignal::new(Seen {
        version: first.version,
        key: first.key,
        done: first.done,
    });
    let id = first.assignment;
    let posted = posted
        .get_untracked()
        .filter(|error| row_of(error).is_some_and(|(_, row)| row == id));
    let typed = match &posted {
        Some(AppError::Invalid { field, typed, .. }) if field.starts_with("quantity_done") => {
            Some(typed.clone())
        }
        _ => None,
    };
    let touched = RwSignal::new(typed.is_some());
    let text = RwSignal::new(typed.unwrap_or_else(|| format::number(first.done, 4)));
    // Two spellings of one number are the same: an untouched field is one that says what was seen.
    let dirty = Signal::derive(move || {
        touched.get() || parse_number(&text.read()).ok() != Some(seen.read().done)
    });
    Effect::new(move |_| {
        let item = item.get();
        if !dirty.get_untracked() && !action.pending().get_untracked() {
            text.set(format::number(item.done, 4));
            seen.set(Seen {
                version: item.version,
                key: item.key,
                done: item.done,
            });
        }
    });
    let sent = RwSignal::new(0_u32);
    Effect::new(move |_| {
        if let Some(Ok(reported)) = action.value().get() {
            seen.set(Seen {
                version: reported.version,
                key: reported.key,
                done: reported.done,
            });
            touched.set(false);
            sent.update(|sent| *sent += 1);
            refresh.update(|refresh| *refresh += 1);
        }
    });
    let refusal = Signal::derive(move || match action.value().get() {
        Some(Err(error)) => Some(error),
        Some(Ok(_)) => None,
        None => posted.clone(),
    });
    // After a conflict the officer has seen both values: the next report names the new state.
    Effect::new(move |_| {
        if matches!(refusal.get(), Some(AppError::Conflict { .. })) {
            refresh.update(|refresh| *refresh += 1);
            touched.set(true);
        }
    });
    let newer = move || item.with(|item| (item.version, item.key));
    let (version, key) = (
        move || {
            if conflict(refusal) {
                newer().0
            } else {
                seen.read().version
            }
        },
        move || {
            if conflict(refusal) {
                newer().1
            } else {
                seen.read().key
            }
        },
    );
    let most = first.quantity - first.handed_over;
    let day_refused = names(refusal, "work_day");
    view! {
        <ActionForm action>
            <input type="hidden" name="period" value=period/>
            <input type="hidden" name="assignment" value=id.to_string()/>
            <input type="hidden" name="version" value=move || version().to_string()/>
            <input type="hidden" name="key" value=move || key().to_string()/>
            <div class="month-report">
                <Stepper
                    name="quantity_done"
                    id=format!("done-{id}")
                    label=format!("Số lượng hoàn thành: {}", first.product)
                    text
                    most
                    refused=names(refusal, "quantity_done")
                />
                <button class="button" data-tone=move || if dirty.get() { "act" } else { "quiet" } aria-busy=move || action.pending().get().to_string()>
                    {move || if action.pending().get() { "Đang ghi…" } else { "Ghi" }}
                </button>
            </div>
            <details class="month-more" open=move || day_refused.get() || names(refusal, "note").get()>
                <summary>"Ngày, ghi chú"</summary>
                <div class="stack">
                    <label>
                        "Ngày thực hiện "
                        <input
                            type="date"
                            name="work_day"
                            value=today.to_string()
                            aria-invalid=move || day_refused.get().then_some("true")
                            on:input=move |_| touched.set(true)
                        />
                    </label>
                    {move || {
                        sent.track();
                        view! {
                            <label for=format!("note-{id}")>"Ghi chú"</label>
                            <TextArea name="note" id=format!("note-{id}") value=String::new() rows=2/>
                        }
                    }}
                </div>
            </details>
            <Refusal refusal/>
        </ActionForm>
    }
}

fn conflict(refusal: Signal<Option<AppError>>) -> bool {
    matches!(refusal.get(), Some(AppError::Conflict { .. }))
}
