//! What waits for the superior: deliveries to accept or return, objective causes to confirm or refuse.

use leptos::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::format::{day, number};
use crate::review::api::{AcceptAll, DecideCause, DecideDelivery};
use crate::review::typed::Typed;
use crate::review::wire::{CauseRow, DeliverableRow, EvidenceRow, ReviewView};
use crate::ui::{Chip, PostForm, RefusalNotice, refusal_in, refusal_of};

/// Waiting deliveries and open causes first; nothing when nothing waits.
#[component]
pub fn Decisions(data: ReviewView) -> impl IntoView {
    let open: Vec<DeliverableRow> = data
        .deliverables
        .iter()
        .filter(|row| row.waits || !row.causes.is_empty())
        .cloned()
        .collect();
    let waiting = open.iter().filter(|row| row.waits).count();
    let asked: usize = open.iter().map(|row| row.causes.len()).sum();
    let decides = data.decides && !data.sheet.is_confirmed() && data.sheet.closed.is_none();
    (waiting + asked > 0).then(|| {
        let rows = open
            .into_iter()
            .map(|row| view! { <Open row data=data.clone() decides/> })
            .collect_view();
        view! {
            <section class="card" aria-labelledby="waiting" data-key="waiting">
                <header>
                    <h2 id="waiting">"Chờ quyết định"</h2>
                    {(waiting > 0).then(|| view! { <Chip tone="risk" text=format!("{waiting} sản phẩm")/> })}
                    {(asked > 0).then(|| view! { <Chip tone="risk" text=format!("{asked} đề nghị nguyên nhân khách quan")/> })}
                    {(decides && waiting > 1).then(|| view! { <All data/> })}
                </header>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}

/// "Nghiệm thu tất cả": exactly what is shown, each in the version that is shown.
#[component]
fn All(data: ReviewView) -> impl IntoView {
    let refusal = refusal_of::<AcceptAll>();
    let shown = data
        .deliverables
        .iter()
        .filter(|row| row.waits)
        .map(|row| format!("{}.{}", row.deliverable, row.version))
        .collect::<Vec<_>>()
        .join(",");
    view! {
        <PostForm<AcceptAll> said="Đã nghiệm thu tất cả.">
            <input type="hidden" name="officer" value=data.sheet.officer.to_string()/>
            <input type="hidden" name="period" value=data.sheet.period.to_string()/>
            <input type="hidden" name="key" value=data.accept_key.to_string()/>
            <input type="hidden" name="shown" value=shown/>
            <button class="button" data-tone="good">"Nghiệm thu tất cả"</button>
            <RefusalNotice refusal/>
        </PostForm<AcceptAll>>
    }
}

#[component]
fn Open(row: DeliverableRow, data: ReviewView, decides: bool) -> impl IntoView {
    let period = data.sheet.period.to_string();
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
            view! { <Cause cause product=row.product.clone() period decides/> }
        })
        .collect_view();
    let key = row.deliverable.to_string();
    let product = row.product.clone();
    let form = (row.waits && decides).then(|| {
        let new_due_day = data.new_due_day.to_string();
        view! { <Decide row period new_due_day costs=data.major_costs/> }
    });
    view! {
        <li class="review-open" data-key=key>
            <div class="stack">
                <div class="row"><a href=link.clone()><b>{product}</b></a>{late}{failed}</div>
                <p class="muted small">{about}</p>
                {note}
                <div class="row small">{evidence}</div>
                {form}
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

/// One form, three buttons: accept, return for a major error, return for small fixes.
#[component]
fn Decide(
    row: DeliverableRow,
    period: String,
    new_due_day: String,
    costs: Decimal,
) -> impl IntoView {
    let form = format!("decide-{}", row.deliverable);
    let refusal = refusal_in::<DecideDelivery>(&form);
    // A refused form that was posted without WASM comes back with what stood in it.
    let typed = Typed::of(refusal.as_ref());
    let text = |name: &str, stored: &str| Typed::text(typed.as_ref(), name, stored);
    let confirmed_day = text("confirmed_day", &row.work_day.to_string());
    let (reason, new_due_day) = (text("reason", ""), text("new_due_day", &new_due_day));
    let open = refusal.is_some();
    let major = format!("Trả lại vì sai sót lớn (trừ {} %)", number(costs, 2));
    let id = |part: &str| format!("{part}-{}", row.deliverable);
    let (day_id, reason_id, due_id) = (id("day"), id("reason"), id("due"));
    view! {
        <PostForm<DecideDelivery> id=form>
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
                    <button class="button" data-tone="good" name="decision" value="accept" aria-label=format!("Nghiệm thu: {}", row.product)>"Nghiệm thu"</button>
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
                            <button class="button" name="decision" value="return_minor">"Trả lại để chỉnh sửa nhỏ (không trừ)"</button>
                            <button class="button" data-tone="act" name="decision" value="return_major">{major}</button>
                        </div>
                    </div>
                </details>
                <RefusalNotice refusal=Signal::stored(refusal)/>
            </div>
        </PostForm<DecideDelivery>>
    }
}

#[component]
fn Cause(cause: CauseRow, product: String, period: String, decides: bool) -> impl IntoView {
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
            {decides.then(|| view! { <DecideOne id key product period/> })}
        </div>
    }
}

#[component]
fn DecideOne(id: Uuid, key: Uuid, product: String, period: String) -> impl IntoView {
    let form = format!("decide-{id}");
    let refusal = Signal::stored(refusal_in::<DecideCause>(&form));
    let reason_id = format!("cause-{id}");
    view! {
        <PostForm<DecideCause> id=form>
            <input type="hidden" name="cause" value=id.to_string()/>
            <input type="hidden" name="period" value=period/>
            <input type="hidden" name="key" value=key.to_string()/>
            <div class="filter">
                <div class="field grow">
                    <label for=reason_id.clone()>"Ý kiến (bắt buộc khi từ chối)"</label>
                    <input id=reason_id name="reason" maxlength="1000" autocomplete="off"/>
                </div>
                <button class="button" data-tone="good" name="decision" value="confirm" aria-label=format!("Xác nhận nguyên nhân khách quan: {product}")>"Xác nhận"</button>
                <button class="button" name="decision" value="refuse" aria-label=format!("Không xác nhận nguyên nhân khách quan: {product}")>"Không xác nhận"</button>
            </div>
            <RefusalNotice refusal/>
        </PostForm<DecideCause>>
    }
}
