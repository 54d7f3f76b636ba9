//! One deliverable: its rounds, what the head decided, and what the officer can do next.

use leptos::prelude::*;

use super::refusal::{Refusal, names};
use crate::format;
use crate::progress::api::{Redeliver, RequestCause, Withdraw};
use crate::progress::wire::{CauseItem, DeliverableItem, RoundItem};
use crate::ui::{Chip, Field, PostForm, TextArea, refusal_in};

/// Where the forms of a deliverable stand.
#[derive(Clone)]
pub struct Place {
    /// The month, "2026-11".
    pub period: String,
    /// Today as a date field writes it.
    pub today: String,
    /// The reader may act.
    pub editable: bool,
}

/// A deliverable with its history and its forms.
#[component]
pub fn Deliverable(
    /// The deliverable.
    item: DeliverableItem,
    /// Where its forms stand.
    place: Place,
) -> impl IntoView {
    let (tone, words) = status_words(&item.status);
    let rounds = item.rounds.iter().map(round).collect_view();
    let causes = item.causes.iter().map(cause).collect_view();
    let faults = faults(&item);
    let forms = place.editable.then(|| {
        let again = (item.status == "returned")
            .then(|| view! { <Again item=item.clone() place=place.clone()/> });
        let back = (item.status == "delivered" && item.rounds.len() <= 1)
            .then(|| view! { <Back item=item.clone() place=place.clone()/> });
        let ask = (item.askable.0 + item.askable.1 > 0)
            .then(|| view! { <Ask item=item.clone() place=place.clone()/> });
        view! { {again} {ask} {back} }
    });
    view! {
        <li class="stack deliverable" data-key=item.deliverable.to_string()>
            <div class="row">
                <b>{format!("Số lượng {}", format::number(item.quantity, 4))}</b>
                <Chip tone text=words/>
                <span class="muted small">{format!("hạn {}", format::day(item.due_day))}</span>
                {faults}
            </div>
            <ol class="rounds">{rounds}</ol>
            {(!item.causes.is_empty()).then(|| view! { <ul class="rounds">{causes}</ul> })}
            {forms}
        </li>
    }
}

fn status_words(status: &str) -> (&'static str, &'static str) {
    match status {
        "delivered" => ("measure", "Chờ nghiệm thu"),
        "returned" => ("bad", "Bị trả lại"),
        "accepted" => ("good", "Đã nghiệm thu"),
        _ => ("plain", "Đã rút"),
    }
}

fn faults(item: &DeliverableItem) -> impl IntoView + use<> {
    let words = |(happened, excused): (u32, u32), what: &str| {
        (happened > 0).then(|| {
            let excuse = if excused > 0 {
                format!(" ({excused} lần do nguyên nhân khách quan)")
            } else {
                String::new()
            };
            view! { <span class="small">{format!("{happened} lần {what}{excuse}")}</span> }
        })
    };
    view! {
        {words(item.failed_reviews, "chưa đạt")}
        {words(item.delays, "chậm")}
    }
}

fn round(round: &RoundItem) -> impl IntoView + use<> {
    let day = match round.confirmed_day {
        Some(confirmed) if confirmed != round.work_day => format!(
            "{} (người đứng đầu xác nhận; công chức ghi {})",
            format::day(confirmed),
            format::day(round.work_day)
        ),
        _ => format::day(round.work_day),
    };
    let late = round.confirmed_day.unwrap_or(round.work_day) > round.due_day;
    let decision = match round.decision.as_deref() {
        Some("accept") => "nghiệm thu",
        Some("return_major") => "trả lại vì sai sót lớn",
        Some("return_minor") => "trả lại để chỉnh sửa nhỏ",
        _ => "chờ quyết định",
    };
    let reason = (!round.reason.is_empty())
        .then(|| view! { <p class="small">{format!("Lý do: {}", round.reason)}</p> });
    let note =
        (!round.note.is_empty()).then(|| view! { <p class="small muted">{round.note.clone()}</p> });
    view! {
        <li>
            <p>
                {format!("Lần {}: làm xong {day}, hạn {}", round.round, format::day(round.due_day))}
                {late.then_some(" (chậm)")}
                ": "
                <b>{decision}</b>
            </p>
            {reason}
            {note}
        </li>
    }
}

fn cause(cause: &CauseItem) -> impl IntoView + use<> {
    let what = if cause.concerns == "delay" {
        "lần chậm"
    } else {
        "lần chưa đạt"
    };
    let (tone, words) = match cause.status.as_str() {
        "confirmed" => ("good", "đã xác nhận"),
        "refused" => ("bad", "không được xác nhận"),
        _ => ("measure", "chờ xác nhận"),
    };
    let decision = (!cause.decision_reason.is_empty())
        .then(|| view! { <p class="small">{format!("Ý kiến: {}", cause.decision_reason)}</p> });
    view! {
        <li>
            <p>{format!("Nguyên nhân khách quan cho {} {what}: {} ", cause.occurrences, cause.reason)} <Chip tone text=words/></p>
            {decision}
        </li>
    }
}

#[component]
fn Again(item: DeliverableItem, place: Place) -> impl IntoView {
    let form = format!("redeliver-{}", item.deliverable);
    let refusal = Signal::stored(refusal_in::<Redeliver>(&form));
    let day = names(refusal, "work_day");
    let id = item.deliverable;
    view! {
        <details class="more" open>
            <summary>"Bàn giao lại"</summary>
            <PostForm<Redeliver> id=form>
                <div class="form-grid">
                    <input type="hidden" name="period" value=place.period/>
                    <input type="hidden" name="deliverable" value=id.to_string()/>
                    <input type="hidden" name="key" value=item.keys[0].to_string()/>
                    <Field label="Ngày hoàn thành" name=format!("again-{id}")>
                        <input
                            id=format!("again-{id}")
                            type="date"
                            name="work_day"
                            required
                            value=place.today
                            aria-invalid=move || day.get().then_some("true")
                        />
                    </Field>
                    <div class="field-wide">
                        <Field label="Đã sửa những gì" name=format!("again-note-{id}")>
                            <TextArea name="note" id=format!("again-note-{id}") value=String::new() rows=2/>
                        </Field>
                    </div>
                </div>
                <Refusal refusal/>
                <div class="form-actions"><button class="button" data-tone="act">"Bàn giao lại"</button></div>
            </PostForm<Redeliver>>
        </details>
    }
}

#[component]
fn Back(item: DeliverableItem, place: Place) -> impl IntoView {
    let form = format!("withdraw-{}", item.deliverable);
    let refusal = Signal::stored(refusal_in::<Withdraw>(&form));
    view! {
        <PostForm<Withdraw> id=form>
            <input type="hidden" name="period" value=place.period/>
            <input type="hidden" name="deliverable" value=item.deliverable.to_string()/>
            <input type="hidden" name="key" value=item.keys[1].to_string()/>
            <Refusal refusal/>
            <button class="button" data-tone="quiet">"Rút lại"</button>
        </PostForm<Withdraw>>
    }
}

#[component]
fn Ask(item: DeliverableItem, place: Place) -> impl IntoView {
    let form = format!("requestcause-{}", item.deliverable);
    let refusal = Signal::stored(refusal_in::<RequestCause>(&form));
    let (failed, delays) = item.askable;
    let id = item.deliverable;
    let option = |value: &'static str, left: u32, what: &str| {
        (left > 0)
            .then(|| view! { <option value=value>{format!("Lần {what} (còn {left})")}</option> })
    };
    let (count, reason) = (names(refusal, "occurrences"), names(refusal, "reason"));
    view! {
        <details class="more" open=move || count.get() || reason.get()>
            <summary>"Đề nghị xác nhận nguyên nhân khách quan"</summary>
            <PostForm<RequestCause> id=form>
                <div class="form-grid">
                    <input type="hidden" name="period" value=place.period/>
                    <input type="hidden" name="deliverable" value=id.to_string()/>
                    <input type="hidden" name="key" value=item.keys[2].to_string()/>
                    <Field label="Cho lần nào" name=format!("concerns-{id}")>
                        <select id=format!("concerns-{id}") name="concerns">
                            {option("delay", delays, "chậm")}
                            {option("failed_review", failed, "chưa đạt")}
                        </select>
                    </Field>
                    <Field label="Số lần" name=format!("occurrences-{id}")>
                        <input
                            id=format!("occurrences-{id}")
                            name="occurrences"
                            inputmode="numeric"
                            required
                            maxlength="4"
                            value="1"
                            aria-invalid=move || count.get().then_some("true")
                        />
                    </Field>
                    <Field label="Văn bản hoặc đường dẫn làm căn cứ" name=format!("cause-evidence-{id}")>
                        <input id=format!("cause-evidence-{id}") name="evidence" maxlength="500"/>
                    </Field>
                    <div class="field-wide">
                        <Field label="Nguyên nhân" name=format!("cause-{id}")>
                            <TextArea name="reason" id=format!("cause-{id}") value=String::new() rows=3 required=true/>
                        </Field>
                    </div>
                </div>
                <Refusal refusal/>
                <div class="form-actions"><button class="button">"Gửi đề nghị"</button></div>
            </PostForm<RequestCause>>
        </details>
    }
}
