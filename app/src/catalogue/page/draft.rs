//! A draft before its approval: what is wrong with it, approving it, deleting it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::super::api::{ApproveCatalogue, DeleteDraft, DraftState, Version};
use crate::error::AppError;
use crate::ui::{Field, RefusalNotice, refusal_of_action};

/// The draft's faults, or the form that approves it.
#[component]
pub(super) fn DraftCard(
    version: Version,
    draft: DraftState,
    today: NaiveDate,
    approve: ServerAction<ApproveCatalogue>,
    delete: ServerAction<DeleteDraft>,
) -> impl IntoView {
    let catalogue = version.catalogue.to_string();
    let body = if draft.fault_count > 0 {
        view! { <Faults draft/> }.into_any()
    } else if draft.may_approve {
        view! { <ApproveForm catalogue=catalogue.clone() today approve/> }.into_any()
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
                <ActionForm action=delete>
                    <input type="hidden" name="catalogue" value=catalogue/>
                    <button class="button" data-tone="quiet" disabled=move || delete.pending().get()>"Xóa bản nháp"</button>
                </ActionForm>
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
fn ApproveForm(
    catalogue: String,
    today: NaiveDate,
    approve: ServerAction<ApproveCatalogue>,
) -> impl IntoView {
    let refusal = refusal_of_action(approve);
    let refused = move |name: &'static str| {
        matches!(refusal.get(), Some(AppError::Invalid { field, .. }) if field == name)
            .then_some("true")
    };
    let typed = move |name: &'static str| match refusal.get() {
        Some(AppError::Invalid { field, typed, .. }) if field == name => Some(typed),
        _ => None,
    };
    view! {
        <ActionForm action=approve>
            <div class="stack">
                <RefusalNotice refusal/>
                <p>"Bản này sẽ thay bản đang áp dụng. Phê duyệt rồi thì không sửa được nữa; muốn đổi phải nhập bản mới."</p>
                <input type="hidden" name="catalogue" value=catalogue/>
                <div class="form-grid">
                    <Field label="Số quyết định ban hành" name="decision" hint="Ví dụ 283/QĐ-UBND">
                        <input id="decision" name="decision" maxlength="100" required aria-describedby="decision-hint"
                            value=typed("decision") aria-invalid=move || refused("decision")/>
                    </Field>
                    <Field label="Áp dụng từ ngày" name="effective_from">
                        <input id="effective_from" name="effective_from" type="date" max=today.to_string() required
                            value=typed("effective_from").unwrap_or_else(|| today.to_string()) aria-invalid=move || refused("effective_from")/>
                    </Field>
                </div>
                <div class="form-actions">
                    <button class="button" data-tone="act" disabled=move || approve.pending().get()>"Phê duyệt"</button>
                </div>
            </div>
        </ActionForm>
    }
}
