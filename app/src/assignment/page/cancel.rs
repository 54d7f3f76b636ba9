//! The form that cancels an assignment; the page of an assignment shows it to the direct superior.

use leptos::prelude::*;
use uuid::Uuid;

use crate::assignment::api::CancelAssignment;
use crate::ui::{Field, PostForm, RefusalNotice, TextArea, refusal_of};

/// Cancels an assignment of which nothing was delivered.
#[component]
pub fn CancelForm(
    /// The month, "2026-11".
    period: String,
    /// The assignment.
    assignment: Uuid,
    /// Its version, as it is shown.
    version: i32,
) -> impl IntoView {
    let refusal = refusal_of::<CancelAssignment>();
    view! {
        <details class="more" open=move || refusal.get().is_some()>
            <summary>"Hủy việc này"</summary>
            <PostForm<CancelAssignment>>
                <div class="stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="period" value=period/>
                    <input type="hidden" name="assignment" value=assignment.to_string()/>
                    <input type="hidden" name="version" value=version.to_string()/>
                    <Field label="Lý do hủy" name="reason" hint="Việc đã hủy không tính vào số được giao; lý do được lưu lại.">
                        <TextArea name="reason" value=String::new() required=true/>
                    </Field>
                    <div><button class="button">"Hủy việc"</button></div>
                </div>
            </PostForm<CancelAssignment>>
        </details>
    }
}
