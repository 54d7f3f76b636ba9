//! What speaks for a leader's d, đ and e, where the superior chooses; the forms that record and withdraw.

use kpi::period::Period;
use kpi::review::NoteKind;
use leptos::prelude::*;

use super::api::{RecordNote, WithdrawNote};
use super::wire::{LeaderGrounds, Named, Note};
use crate::ui::{
    Chip, Field, PostForm, RefusalNotice, refusal_in, refusal_of, refused_in, typed_in,
};

/// The card of what speaks for d, đ and e.
#[component]
pub fn Grounds(grounds: LeaderGrounds, period: Period) -> impl IntoView {
    let fact = |label: &'static str, none: &'static str, named: &Named| {
        let text = if named.count == 0 {
            none.to_owned()
        } else {
            words(named)
        };
        view! { <li><b>{label}": "</b>{text}</li> }
    };
    let unscored = (grounds.unscored.count > 0).then(|| {
        let text = format!(
            "{}: chưa có điểm, không tính vào d.",
            words(&grounds.unscored)
        );
        view! { <p class="notice" data-tone="plain">{text}</p> }
    });
    let records = grounds.records;
    let empty = grounds.notes.is_empty();
    let notes = grounds
        .notes
        .iter()
        .map(|note| view! { <NoteLine note=note.clone() records/> })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="grounds" data-key="grounds">
            <header><h2 id="grounds">"Căn cứ cho tiêu chí d, đ, e của người lãnh đạo"</h2></header>
            <div class="card-body stack">
                {unscored}
                <ul class="why-causes">
                    {fact("Quá hạn, chưa được nghiệm thu", "không có", &grounds.overdue)}
                    {fact("Bị trả lại vì sai sót lớn", "không có", &grounds.returned)}
                    {fact("Việc đột xuất ngoài kế hoạch đã nghiệm thu", "không có", &grounds.extra)}
                </ul>
                <h3>"Sáng kiến và phản ánh được ghi nhận trong tháng"</h3>
                {empty.then(|| view! { <p class="muted">"Chưa ghi nhận sáng kiến hay phản ánh nào."</p> })}
                <ul class="rows">{notes}</ul>
                {records.then(|| view! { <Record grounds period/> })}
            </div>
        </section>
    }
}

/// "7, gồm “A” (An), “B” (Bình), …".
fn words(named: &Named) -> String {
    let more = usize::try_from(named.count).is_ok_and(|count| count > named.names.len());
    let rest = if more { ", …" } else { "" };
    format!("{}, gồm {}{rest}", named.count, named.names.join(", "))
}

#[component]
fn NoteLine(note: Note, records: bool) -> impl IntoView {
    let tone = match note.kind {
        NoteKind::Initiative => "good",
        NoteKind::Complaint => "risk",
    };
    let stands = note.withdrawn.is_none();
    let withdraw = (records && stands).then(|| view! { <Withdraw note=note.clone()/> });
    let withdrawn = note
        .withdrawn
        .map(|words| view! { <p class="small">{words}</p> });
    let tone = if stands { tone } else { "plain" };
    view! {
        <li class="stack" data-key=note.note.to_string()>
            <p><Chip tone text=note.kind.label()/>" "{note.text}</p>
            <p class="small muted">{format!("Căn cứ: {}. {}.", note.document, note.recorded)}</p>
            {withdrawn}
            {withdraw}
        </li>
    }
}

#[component]
fn Withdraw(note: Note) -> impl IntoView {
    let form = format!("withdraw-{}", note.note);
    let refusal = Signal::stored(refusal_in::<WithdrawNote>(&form));
    let id = format!("reason-{}", note.note);
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>"Rút lại…"</summary>
            <PostForm<WithdrawNote> id=form said="Đã rút lại.">
                <input type="hidden" name="note" value=note.note.to_string()/>
                <div class="filter">
                    <div class="field grow">
                        <label for=id.clone()>"Lý do rút lại"</label>
                        <input id=id name="reason" required maxlength="1000" autocomplete="off"/>
                    </div>
                    <button class="button" aria-label=format!("Rút lại: {}", note.text)>"Rút lại"</button>
                </div>
                <RefusalNotice refusal/>
            </PostForm<WithdrawNote>>
        </details>
    }
}

#[component]
fn Record(grounds: LeaderGrounds, period: Period) -> impl IntoView {
    let refusal = refusal_of::<RecordNote>();
    let kinds = NoteKind::ALL
        .iter()
        .map(|kind| view! { <option value=kind.as_str()>{kind.label()}</option> })
        .collect_view();
    let typed = move |field| typed_in(refusal, field)().unwrap_or_default();
    view! {
        <details class="more no-print" open=refusal.get_untracked().is_some()>
            <summary>"Ghi nhận sáng kiến hoặc phản ánh"</summary>
            <PostForm<RecordNote> said="Đã ghi nhận.">
                <input type="hidden" name="unit" value=grounds.unit.to_string()/>
                <input type="hidden" name="period" value=period.to_string()/>
                <input type="hidden" name="key" value=grounds.key.to_string()/>
                <div class="form-grid">
                    <Field label="Loại" name="note-kind"><select id="note-kind" name="kind">{kinds}</select></Field>
                    <Field label="Nội dung" name="note-text">
                        <input id="note-text" name="text" required maxlength="1000" autocomplete="off" value=typed("text") aria-invalid=refused_in(refusal, "text")/>
                    </Field>
                    <Field label="Văn bản làm căn cứ" name="note-document" hint="Số, ngày của quyết định công nhận, đơn hoặc biên bản.">
                        <input id="note-document" name="document" required maxlength="200" autocomplete="off" value=typed("document") aria-invalid=refused_in(refusal, "document") aria-describedby="note-document-hint"/>
                    </Field>
                </div>
                <RefusalNotice refusal/>
                <div class="form-actions"><button class="button">"Ghi nhận"</button></div>
            </PostForm<RecordNote>>
        </details>
    }
}

/// Beside a choice: that nothing recorded speaks for it, so that the sheet will say so.
#[component]
pub fn Unrecorded(kind: NoteKind, recorded: usize) -> impl IntoView {
    let said = match kind {
        NoteKind::Initiative => {
            "Tháng này chưa ghi nhận sáng kiến nào. Vẫn chọn được mức cao nhất khi nêu căn cứ; phiếu sẽ ghi rõ điều này."
        }
        NoteKind::Complaint => {
            "Tháng này chưa ghi nhận phản ánh nào. Vẫn chọn được mức thấp hơn khi nêu căn cứ; phiếu sẽ ghi rõ điều này."
        }
    };
    (recorded == 0).then(|| view! { <p class="small muted">{said}</p> })
}
