//! The form that delivers a quantity, and the one that reports progress on the page of an assignment.

use leptos::prelude::*;

use super::refusal::{Refusal, names};
use crate::format;
use crate::progress::api::Deliver;
use crate::progress::wire::AssignmentData;
use crate::ui::{Field, PostForm, TextArea, refusal_of};

/// Delivers a quantity of the assignment.
#[component]
pub fn DeliverForm(
    /// The assignment.
    data: AssignmentData,
) -> impl IntoView {
    let refusal = refusal_of::<Deliver>();
    let (quantity, day) = (names(refusal, "quantity"), names(refusal, "work_day"));
    let key = data.keys.first().map(ToString::to_string);
    view! {
        <PostForm<Deliver> said="Đã bàn giao, chờ nghiệm thu.">
            <div class="form-grid">
                <input type="hidden" name="period" value=data.period/>
                <input type="hidden" name="assignment" value=data.item.assignment.to_string()/>
                <input type="hidden" name="key" value=key/>
                <Field label="Số lượng bàn giao" name="quantity" hint=format!("Còn có thể bàn giao {}.", format::number(data.left, 4))>
                    <input
                        id="quantity"
                        name="quantity"
                        inputmode="decimal"
                        autocomplete="off"
                        required
                        maxlength="20"
                        value=format::number(data.left, 4)
                        aria-describedby="quantity-hint"
                        aria-invalid=move || quantity.get().then_some("true")
                    />
                </Field>
                <Field label="Ngày hoàn thành" name="work_day" hint="Ngày thực tế làm xong, không phải ngày nhập.">
                    <input
                        id="work_day"
                        type="date"
                        name="work_day"
                        required
                        value=data.today.to_string()
                        aria-describedby="work_day-hint"
                        aria-invalid=move || day.get().then_some("true")
                    />
                </Field>
                <div class="field-wide">
                    <Field label="Ghi chú cho người nghiệm thu" name="note">
                        <TextArea name="note" value=String::new() rows=2/>
                    </Field>
                </div>
            </div>
            <Refusal refusal/>
            <div class="form-actions">
                <button class="button" data-tone="act">"Bàn giao để nghiệm thu"</button>
            </div>
        </PostForm<Deliver>>
    }
}
