//! Where one writes during a meeting: a line that is always there, and a small form for work on the spot.

use leptos::prelude::*;
use uuid::Uuid;

use super::article::entry;
use crate::meeting::api::{AssignTask, WriteEntry};
use crate::meeting::wire::{EntryKind, Room};
use crate::ui::{Field, PostForm, TextArea, refusal_of, typed_in};

/// The forms below the subject.
#[component]
pub(super) fn Dock(room: Room, shown: Option<Uuid>) -> impl IntoView {
    let subject = shown.map_or_else(String::new, |id| id.to_string());
    let task = (!room.assigns.is_empty())
        .then(|| view! { <Task room=room.clone() subject=subject.clone()/> });
    let refusal = refusal_of::<WriteEntry>();
    let typed = typed_in(refusal, "text")().unwrap_or_default();
    let kinds = [
        Some(EntryKind::Remark),
        Some(EntryKind::Opinion),
        room.holds.then_some(EntryKind::Conclusion),
    ];
    let buttons = kinds
        .into_iter()
        .flatten()
        .map(|kind| {
            let tone = (kind == EntryKind::Conclusion).then_some("good");
            view! { <button class="button" data-tone=tone name="kind" value=kind.code()>{kind.label()}</button> }
        })
        .collect_view();
    let general: Vec<_> = room
        .entries
        .iter()
        .filter(|entry| entry.subject.is_none())
        .map(entry)
        .collect();
    view! {
        <div class="room-dock">
            <PostForm<WriteEntry> id="write">
                <input type="hidden" name="meeting" value=room.line.meeting.to_string()/>
                <input type="hidden" name="entry" value=room.keys.0.to_string()/>
                <input type="hidden" name="subject" value=subject/>
                <label class="visually-hidden" for="text">"Nội dung ghi chép"</label>
                <TextArea name="text" value=typed rows=1/>
                {buttons}
            </PostForm<WriteEntry>>
            {task}
        </div>
        {(!general.is_empty()).then(|| view! {
            <details class="room-general"><summary>"Ghi chép chung"</summary><ol class="room-entries">{general}</ol></details>
        })}
    }
}

/// Work for the one who is discussed.
#[component]
fn Task(room: Room, subject: String) -> impl IntoView {
    let refusal = refusal_of::<AssignTask>();
    let typed = move |field| move || typed_in(refusal, field)();
    let day = |at: Option<chrono::NaiveDate>| at.map(|day| day.to_string());
    let (first, last) = (
        day(room.due.map(|due| due.0)),
        day(room.due.map(|due| due.1)),
    );
    let products = room
        .products
        .iter()
        .map(|product| view! { <option value=product.clone()></option> })
        .collect_view();
    let can: Vec<String> = room.assigns.iter().map(Uuid::to_string).collect();
    view! {
        <details class="room-task" data-can=can.join(" ") open=refusal.get_untracked().is_some()>
            <summary class="button">"Giao việc"</summary>
            <div class="room-sheet">
                <PostForm<AssignTask> id="task">
                    <input type="hidden" name="meeting" value=room.line.meeting.to_string()/>
                    <input type="hidden" name="entry" value=room.keys.1.to_string()/>
                    <input type="hidden" name="subject" value=subject/>
                    <div class="form-grid">
                        <Field label="Sản phẩm (gõ để tìm)" name="task-product">
                            <input id="task-product" name="product" list="task-products" required maxlength="300" autocomplete="off" value=typed("product")/>
                            <datalist id="task-products">{products}</datalist>
                        </Field>
                        <Field label="Số lượng" name="task-quantity">
                            <input id="task-quantity" name="quantity" inputmode="decimal" required maxlength="20" autocomplete="off" value=typed("quantity")/>
                        </Field>
                        <Field label="Hạn" name="task-due">
                            <input id="task-due" name="due_day" type="date" required min=first max=last/>
                        </Field>
                        <Field label="Yêu cầu (không bắt buộc)" name="task-text">
                            <input id="task-text" name="text" maxlength="500" autocomplete="off"/>
                        </Field>
                    </div>
                    <div class="form-actions"><button class="button" data-tone="act">"Giao cho người đang xem"</button></div>
                    <p class="room-task-said" role="alert" data-slot="task">{refusal.get_untracked().map(|error| error.to_string())}</p>
                </PostForm<AssignTask>>
            </div>
        </details>
    }
}
