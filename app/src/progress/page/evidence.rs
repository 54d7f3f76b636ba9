//! Evidence of an assignment: the list, and the forms that add to it. A file is posted plainly: it needs no WASM.

use leptos::prelude::*;
use uuid::Uuid;

use super::refusal::Refusal;
use crate::format;
use crate::progress::api::{AddEvidence, RemoveEvidence};
use crate::progress::wire::{AssignmentData, EvidenceItem};
use crate::ui::{Empty, Field, PostForm, refusal_of};

/// The evidence of an assignment.
#[component]
pub fn Evidence(
    /// The assignment.
    data: AssignmentData,
) -> impl IntoView {
    let (period, editable) = (data.period.clone(), data.editable);
    let rows = data
        .evidence
        .iter()
        .map(|item| view! { <Row item=item.clone() period=period.clone() editable/> })
        .collect_view();
    let none = data
        .evidence
        .is_empty()
        .then(|| view! { <Empty text="Chưa có minh chứng."/> });
    let refused = refusal_of::<RemoveEvidence>();
    view! {
        <section class="card" id="evidence" aria-labelledby="evidence-title">
            <header><h2 id="evidence-title">"Minh chứng"</h2></header>
            {none}
            <ul class="rows">{rows}</ul>
            <Refusal refusal=refused/>
            {data.editable.then(|| view! { <Add data/> })}
        </section>
    }
}

#[component]
fn Row(item: EvidenceItem, period: String, editable: bool) -> impl IntoView {
    let what = match item.kind.as_str() {
        "file" => view! {
            <a href=format!("/evidence/{period}/{}", item.evidence) rel="external" download>{item.label.clone()}</a>
            <span class="muted small">{size(item.size)}</span>
        }
        .into_any(),
        "link" => view! { <a href=item.label.clone() rel="external noopener noreferrer" target="_blank">{item.label.clone()}</a> }.into_any(),
        _ => view! { <span>{item.label.clone()}</span> }.into_any(),
    };
    let name = format!("Bỏ minh chứng {}", item.label);
    view! {
        <li data-key=item.evidence.to_string()>
            {what}
            <span class="muted small">{item.at}</span>
            {editable.then(|| view! {
                <PostForm<RemoveEvidence>>
                    <input type="hidden" name="period" value=period/>
                    <input type="hidden" name="evidence" value=item.evidence.to_string()/>
                    <input type="hidden" name="key" value=item.key.to_string()/>
                    <button class="button" data-tone="quiet" aria-label=name>"Bỏ"</button>
                </PostForm<RemoveEvidence>>
            })}
        </li>
    }
}

/// Bytes as kB or MB.
fn size(bytes: i32) -> String {
    let kilo = rust_decimal::Decimal::from(bytes) / rust_decimal::Decimal::from(1024);
    if kilo >= rust_decimal::Decimal::from(1024) {
        format!(
            "{} MB",
            format::number(kilo / rust_decimal::Decimal::from(1024), 1)
        )
    } else {
        format!("{} kB", format::number(kilo, 0))
    }
}

#[component]
fn Add(data: AssignmentData) -> impl IntoView {
    let refusal = refusal_of::<AddEvidence>();
    let key = |index: usize| data.keys.get(index).map(Uuid::to_string);
    let (first, second) = (key(2), key(3));
    let address = format!("/evidence/add/{}/{}", data.period, data.item.assignment);
    view! {
        <div class="card-body grid-2">
            <PostForm<AddEvidence>>
                <div class="stack">
                    <input type="hidden" name="period" value=data.period.clone()/>
                    <input type="hidden" name="assignment" value=data.item.assignment.to_string()/>
                    <input type="hidden" name="key" value=first/>
                    <Field label="Số văn bản hoặc đường dẫn" name="label" hint="Ví dụ: 123/BC-VP ngày 12/11/2026, hoặc https://…">
                        <input id="label" name="label" required maxlength="500" aria-describedby="label-hint"/>
                    </Field>
                    <Refusal refusal/>
                    <div><button class="button">"Thêm văn bản, đường dẫn"</button></div>
                </div>
            </PostForm<AddEvidence>>
            <form method="post" action=address enctype="multipart/form-data">
                <div class="stack">
                    <input type="hidden" name="key" value=second/>
                    <Field label="Tệp minh chứng" name="file" hint="PDF, ảnh PNG hoặc JPG, Word, Excel, ODT; tối đa 10 MB. Không đưa tài liệu bí mật nhà nước.">
                        <input id="file" type="file" name="file" required accept=".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt" aria-describedby="file-hint"/>
                    </Field>
                    <div><button class="button">"Tải tệp lên"</button></div>
                </div>
            </form>
        </div>
    }
}
