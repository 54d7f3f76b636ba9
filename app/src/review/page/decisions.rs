//! What waits for the superior: deliveries to accept or return, objective causes to confirm or refuse.

use leptos::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::review::refresh_when_done;
use crate::error::AppError;
use crate::format::{day, number};
use crate::review::api::{AcceptAll, DecideCause, DecideDelivery};
use crate::review::typed::Typed;
use crate::review::wire::{CauseRow, DeliverableRow, EvidenceRow, ReviewView};
use crate::ui::{Chip, RefusalNotice, refusal_of, refusal_of_action};

/// Waiting deliveries and open causes first; nothing when nothing waits.
#[component]
pub fn Decisions(data: RwSignal<ReviewView>, refresh: RwSignal<u32>) -> impl IntoView {
    let open = move || {
        data.with(|data| {
            data.deliverables
                .iter()
                .filter(|row| row.waits || !row.causes.is_empty())
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let waiting = move || open().iter().filter(|row| row.waits).count();
    let asked = move || open().iter().map(|row| row.causes.len()).sum::<usize>();
    let any = move || waiting() + asked() > 0;
    let decides =
        move || data.with(|data| data.decides && !data.sheet.is_confirmed() && !data.sheet.closed);
    let posted = refusal_of::<DecideDelivery>();
    let posted_cause = refusal_of::<DecideCause>();
    view! {
        <Show when=any>
            <section class="card" aria-labelledby="waiting">
                <header>
                    <h2 id="waiting">"Chờ quyết định"</h2>
                    {move || (waiting() > 0).then(|| view! { <Chip tone="risk" text=format!("{} sản phẩm", waiting())/> })}
                    {move || (asked() > 0).then(|| view! { <Chip tone="risk" text=format!("{} đề nghị nguyên nhân khách quan", asked())/> })}
                    <Show when=move || decides() && (waiting() > 1)>
                        <All data refresh/>
                    </Show>
                </header>
                <RefusalNotice refusal=posted/>
                <RefusalNotice refusal=posted_cause/>
                <ul class="rows">
                    <For each=open key=|row| (row.deliverable, row.version, row.causes.len()) let(row)>
                        <Open row data refresh decides=Signal::derive(decides)/>
                    </For>
                </ul>
            </section>
        </Show>
    }
}

/// "Nghiệm thu tất cả": exactly what is shown, each in the version that is shown.
#[component]
fn All(data: RwSignal<ReviewView>, refresh: RwSignal<u32>) -> impl IntoView {
    let action = ServerAction::<AcceptAll>::new();
    refresh_when_done(action, refresh);
    let refusal = refusal_of_action(action);
    let list = move || {
        data.with(|data| {
            data.deliverables
                .iter()
                .filter(|row| row.waits)
                .map(|row| format!("{}.{}", row.deliverable, row.version))
                .collect::<Vec<_>>()
                .join(",")
        })
    };
    view! {
        <ActionForm action>
            <input type="hidden" name="officer" value=move || data.with(|data| data.sheet.officer.to_string())/>
            <input type="hidden" name="period" value=move || data.with(|data| data.sheet.period.to_string())/>
            <input type="hidden" name="key" value=move || data.with(|data| data.accept_key.to_string())/>
            <input type="hidden" name="shown" value=list/>
            <button class="button" data-tone="good" disabled=action.pending()>"Nghiệm thu tất cả"</button>
            <RefusalNotice refusal/>
        </ActionForm>
    }
}

#[component]
fn Open(
    row: DeliverableRow,
    data: RwSignal<ReviewView>,
    refresh: RwSignal<u32>,
    decides: Signal<bool>,
) -> impl IntoView {
    let period = data.with_untracked(|data| data.sheet.period.to_string());
    let (new_due_day, costs) =
        data.with_untracked(|data| (data.new_due_day.to_string(), data.major_costs));
    let about = format!(
        "{} × hệ số {} · lần bàn giao {} · ngày thực hiện {} · hạn {}",
        number(row.quantity, 4),
        number(row.coefficient, 6),
        row.rounds,
        day(row.work_day),
        day(row.due_day)
    );
    let late = (row.waits && row.work_day > row.due_day)
        .then(|| view! { <Chip tone="bad" text=format!("Trễ {} ngày", (row.work_day - row.due_day).num_days())/> });
    let failed = (row.failed_reviews > 0)
        .then(|| view! { <Chip tone="bad" text=format!("Trả lại {} lần", row.failed_reviews)/> });
    let link = format!("/assignment/{period}/{}", row.assignment);
    let note = (!row.note.is_empty()).then(|| view! { <p>{format!("Ghi chú: {}", row.note)}</p> });
    let evidence = row
        .evidence
        .iter()
        .map(|piece| evidence(piece, &link))
        .collect_view();
    let causes = row
        .causes
        .iter()
        .cloned()
        .map(|cause| {
            let period = period.clone();
            view! { <Cause cause product=row.product.clone() period refresh decides/> }
        })
        .collect_view();
    let waits = row.waits;
    let form = row.clone();
    view! {
        <li class="review-open">
            <div class="stack">
                <div class="row"><a href=link.clone()><b>{row.product.clone()}</b></a>{late}{failed}</div>
                <p class="muted small">{about}</p>
                {note}
                <div class="row small">{evidence}</div>
                <Show when=move || waits && decides.get()>
                    <Decide row=form.clone() period=period.clone() new_due_day=new_due_day.clone() costs refresh/>
                </Show>
                {causes}
            </div>
        </li>
    }
}

fn evidence(piece: &EvidenceRow, assignment: &str) -> impl IntoView + use<> {
    let label = format!("Minh chứng: {}", piece.label);
    match piece.kind.as_str() {
        "link" if piece.label.starts_with("https://") || piece.label.starts_with("http://") => {
            view! { <a href=piece.label.clone() rel="external noopener noreferrer" target="_blank">{label}</a> }.into_any()
        }
        "file" => view! { <a href=assignment.to_owned()>{label}</a> }.into_any(),
        _ => view! { <span>{label}</span> }.into_any(),
    }
}

/// What this very form was refused in the browser; what was posted without WASM stands above the list.
fn own_refusal<T>(action: ServerAction<T>) -> Signal<Option<AppError>>
where
    T: leptos::server_fn::ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || match &*value.read() {
        Some(Err(error)) => Some(error.clone()),
        _ => None,
    })
}

/// One form, three buttons: accept, return for a major error, return for small fixes.
#[component]
fn Decide(
    row: DeliverableRow,
    period: String,
    new_due_day: String,
    costs: Decimal,
    refresh: RwSignal<u32>,
) -> impl IntoView {
    let action = ServerAction::<DecideDelivery>::new();
    refresh_when_done(action, refresh);
    let refusal = own_refusal(action);
    // A refused form that was posted without WASM comes back with what stood in it.
    let posted = refusal_of::<DecideDelivery>().get_untracked();
    let typed = Typed::of(posted.as_ref())
        .filter(|typed| typed.texts.get("deliverable") == Some(&row.deliverable.to_string()));
    let text = |name: &str, stored: &str| Typed::text(typed.as_ref(), name, stored);
    let confirmed_day = text("confirmed_day", &row.work_day.to_string());
    let (reason, new_due_day) = (text("reason", ""), text("new_due_day", &new_due_day));
    let open = typed.is_some();
    let major = format!("Trả lại vì sai sót lớn (trừ {} %)", number(costs, 2));
    let id = |part: &str| format!("{part}-{}", row.deliverable);
    let (day_id, reason_id, due_id) = (id("day"), id("reason"), id("due"));
    let pending = action.pending();
    view! {
        <ActionForm action>
            <div class="stack">
                <input type="hidden" name="deliverable" value=row.deliverable.to_string()/>
                <input type="hidden" name="period" value=period/>
                <input type="hidden" name="version" value=row.version.to_string()/>
                <input type="hidden" name="key" value=row.key.to_string()/>
                <div class="filter">
                    <div class="field">
                        <label for=day_id.clone()>"Ngày thực hiện (xác nhận hoặc sửa)"</label>
                        <input type="date" id=day_id name="confirmed_day" value=confirmed_day/>
                    </div>
                    <button class="button" data-tone="good" name="decision" value="accept" disabled=pending aria-label=format!("Nghiệm thu: {}", row.product)>"Nghiệm thu"</button>
                </div>
                <details class="more" open=open>
                    <summary>"Trả lại…"</summary>
                    <div class="stack">
                        <div class="field">
                            <label for=reason_id.clone()>"Lý do trả lại: cần sửa gì"</label>
                            <input id=reason_id name="reason" maxlength="1000" autocomplete="off" value=reason/>
                        </div>
                        <div class="field">
                            <label for=due_id.clone()>"Hạn bàn giao lại"</label>
                            <input type="date" id=due_id name="new_due_day" value=new_due_day/>
                        </div>
                        <div class="form-actions">
                            <button class="button" name="decision" value="return_minor" disabled=pending>"Trả lại để chỉnh sửa nhỏ (không trừ)"</button>
                            <button class="button" data-tone="act" name="decision" value="return_major" disabled=pending>{major}</button>
                        </div>
                    </div>
                </details>
                <RefusalNotice refusal/>
            </div>
        </ActionForm>
    }
}

#[component]
fn Cause(
    cause: CauseRow,
    product: String,
    period: String,
    refresh: RwSignal<u32>,
    decides: Signal<bool>,
) -> impl IntoView {
    let what = if cause.of_delay {
        "lần trễ hạn"
    } else {
        "lần trả lại"
    };
    let said = format!(
        "Đề nghị xác nhận nguyên nhân khách quan cho {} {what}: {}",
        cause.occurrences, cause.reason
    );
    let evidence = (!cause.evidence.is_empty())
        .then(|| view! { <p class="small">{format!("Văn bản: {}", cause.evidence)}</p> });
    let (id, key) = (cause.cause, cause.key);
    view! {
        <div class="notice" data-tone="risk">
            <p>{said}</p>
            {evidence}
            <Show when=move || decides.get()>
                <DecideOne id key product=product.clone() period=period.clone() refresh/>
            </Show>
        </div>
    }
}

#[component]
fn DecideOne(
    id: Uuid,
    key: Uuid,
    product: String,
    period: String,
    refresh: RwSignal<u32>,
) -> impl IntoView {
    let action = ServerAction::<DecideCause>::new();
    refresh_when_done(action, refresh);
    let refusal = own_refusal(action);
    let reason_id = format!("cause-{id}");
    let pending = action.pending();
    view! {
        <ActionForm action>
            <input type="hidden" name="cause" value=id.to_string()/>
            <input type="hidden" name="period" value=period/>
            <input type="hidden" name="key" value=key.to_string()/>
            <div class="filter">
                <div class="field grow">
                    <label for=reason_id.clone()>"Ý kiến (bắt buộc khi từ chối)"</label>
                    <input id=reason_id name="reason" maxlength="1000" autocomplete="off"/>
                </div>
                <button class="button" data-tone="good" name="decision" value="confirm" disabled=pending aria-label=format!("Xác nhận nguyên nhân khách quan: {product}")>"Xác nhận"</button>
                <button class="button" name="decision" value="refuse" disabled=pending aria-label=format!("Không xác nhận nguyên nhân khách quan: {product}")>"Không xác nhận"</button>
            </div>
            <RefusalNotice refusal/>
        </ActionForm>
    }
}
