//! A draft before its approval: what is wrong with it, approving it, deleting it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::super::api::{ApproveCatalogue, DeleteDraft, DraftState, Version};
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, typed_in};

/// The draft's faults, or the form that approves it.
#[component]
pub(super) fn DraftCard(version: Version, draft: DraftState, today: NaiveDate) -> impl IntoView {
    let catalogue = version.catalogue.to_string();
    let body = if draft.fault_count > 0 {
        view! { <Faults draft/> }.into_any()
    } else if draft.may_approve {
        view! { <ApproveForm catalogue=catalogue.clone() today/> }.into_any()
    } else {
        view! {
            <p class="notice" data-tone="plain">
                "Bạn là người nhập bản này, nên người khác có quyền phê duyệt sẽ phê duyệt."
            </p>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <header>
                <h2>"Phê duyệt"</h2>
                <PostForm<DeleteDraft>>
                    <input type="hidden" name="catalogue" value=catalogue/>
                    <button class="button" data-tone="quiet">"Xóa bản nháp"</button>
                </PostForm<DeleteDraft>>
            </header>
            <div class="card-body stack">{body}</div>
        </section>
    }
}

#[component]
fn Faults(draft: DraftState) -> impl IntoView {
    let shown = u32::try_from(draft.faults.len()).unwrap_or(u32::MAX);
    let more = draft.fault_count.saturating_sub(shown);
    let rows = draft
        .faults
        .into_iter()
        .map(|fault| {
            let code = (!fault.code.is_empty()).then(|| view! { <b>{fault.code}</b> ": " });
            view! { <li>{code} {fault.message}</li> }
        })
        .collect_view();
    view! {
        <div class="notice" data-tone="bad">
            <p><b>{format!("Còn {} lỗi nên chưa phê duyệt được.", draft.fault_count)}</b>" Sửa trong tệp rồi nhập lại."</p>
            <ul>{rows}</ul>
            {(more > 0).then(|| view! { <p>{format!("Và {more} lỗi khác.")}</p> })}
        </div>
    }
}

#[component]
fn ApproveForm(catalogue: String, today: NaiveDate) -> impl IntoView {
    let refusal = refusal_of::<ApproveCatalogue>();
    view! {
        <PostForm<ApproveCatalogue>>
            <div class="stack">
                <RefusalNotice refusal/>
                <p>"Bản này sẽ thay bản đang áp dụng. Phê duyệt rồi thì không sửa được nữa; muốn đổi phải nhập bản mới."</p>
                <input type="hidden" name="catalogue" value=catalogue/>
                <div class="form-grid">
                    <Field label="Số quyết định ban hành" name="decision" hint="Ví dụ 283/QĐ-UBND">
                        <input id="decision" name="decision" maxlength="100" required aria-describedby="decision-hint"
                            value=typed_in(refusal, "decision") aria-invalid=refused_in(refusal, "decision")/>
                    </Field>
                    <Field label="Áp dụng từ ngày" name="effective_from">
                        <input id="effective_from" name="effective_from" type="date" max=today.to_string() required
                            value=move || typed_in(refusal, "effective_from")().unwrap_or_else(|| today.to_string()) aria-invalid=refused_in(refusal, "effective_from")/>
                    </Field>
                </div>
                <div class="form-actions">
                    <button class="button" data-tone="act">"Phê duyệt"</button>
                </div>
            </div>
        </PostForm<ApproveCatalogue>>
    }
}
