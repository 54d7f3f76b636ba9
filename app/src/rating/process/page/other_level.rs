//! The decision about one person alone, at another level than the one proposed, with its reason: beside everything that
//! the authority has to read first.

use leptos::prelude::*;

use super::LevelSelect;
use crate::rating::process::api::DecideLevels;
use crate::rating::process::wire::{ToDecide, YearSheet};
use crate::sign::PasswordField;
use crate::ui::{Field, LevelChip, PostForm, RefusalNotice, refusal_of, refused_in, typed_in};

/// For the head of the agency, while the proposal waits for him.
#[component]
pub(super) fn OtherLevel(sheet: YearSheet) -> impl IntoView {
    let waits = sheet.to_decide.clone();
    waits.map(|waits| view! { <Form sheet waits/> })
}

#[component]
fn Form(sheet: YearSheet, waits: ToDecide) -> impl IntoView {
    let refusal = refusal_of::<DecideLevels>();
    let why = (!waits.reason.is_empty())
        .then(|| view! { <span class="small">{format!("Lý do: {}", waits.reason)}</span> });
    let all = format!("/year-process/{}#sign", sheet.year);
    view! {
        <section class="card no-print" aria-labelledby="decide">
            <header><h2 id="decide">"Quyết định mức xếp loại"</h2></header>
            <div class="card-body stack">
                <p class="row">
                    <span>"Đề xuất: "</span><LevelChip level=Some(waits.proposed) full=true/>{why}
                </p>
                <p class="row">
                    <span>"Mức tính theo điểm: "</span><LevelChip level=Some(waits.computed) full=true/>
                </p>
                <p><a href=all>"Quyết định theo đề xuất, cùng những người khác"</a></p>
                <details class="more" open=move || refusal.get().is_some()>
                    <summary>"Chọn mức khác…"</summary>
                    <PostForm<DecideLevels> said="Đã ký quyết định.">
                        <div class="stack">
                            <RefusalNotice refusal/>
                            <p class="muted">"Không cao hơn mức tính theo điểm (Điều 20). Sau khi ký, mức chỉ thay đổi bằng quyết định thay thế (khoản 3 Điều 21)."</p>
                            <input type="hidden" name="year" value=sheet.year.to_string()/>
                            <input type="hidden" name="officers[]" value=sheet.officer.to_string()/>
                            <div class="form-grid">
                                <Field label="Mức" name="level"><LevelSelect id="level" name="level" chosen=None most=waits.computed/></Field>
                                <Field label="Lý do" name="reason"><input id="reason" name="reason" required maxlength="1000" autocomplete="off" value=typed_in(refusal, "reason") aria-invalid=refused_in(refusal, "reason")/></Field>
                                <Field label="Số quyết định" name="number"><input id="number" name="number" required maxlength="200" autocomplete="off" value=typed_in(refusal, "number") aria-invalid=refused_in(refusal, "number")/></Field>
                                <Field label="Ngày quyết định" name="decided_on"><input id="decided_on" name="decided_on" type="date" required value=sheet.today.to_string() aria-invalid=refused_in(refusal, "decided_on")/></Field>
                                <PasswordField refusal/>
                            </div>
                            <div><button class="button" data-tone="act">"Ký quyết định mức này"</button></div>
                        </div>
                    </PostForm<DecideLevels>>
                </details>
            </div>
        </section>
    }
}
