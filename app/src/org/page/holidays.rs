//! Holidays: days that count neither as working days nor towards expected progress.

use leptos::form::ActionForm;
use leptos::prelude::*;

use super::super::api::Settings;
use super::Acts;
use crate::format::day;
use crate::ui::{Field, RefusalNotice, refusal_of_action, refused_in, typed_in};

/// Holidays of this year and the next.
#[component]
pub(super) fn HolidayCard(
    /// What is set.
    settings: Settings,
    /// What may be done.
    acts: Acts,
) -> impl IntoView {
    let (add, remove) = (acts.add_holiday, acts.remove_holiday);
    let refusal = refusal_of_action(add);
    let may = settings.may_set_holidays;
    let empty = settings
        .holidays
        .is_empty()
        .then(|| view! { <p class="muted">"Chưa có ngày nghỉ nào trong năm nay và năm sau."</p> });
    let items = settings
        .holidays
        .into_iter()
        .map(|(date, name)| {
            let label = format!("Bỏ ngày nghỉ {}", day(date));
            view! {
                <li class="row">
                    <span class="num">{day(date)}</span>
                    <span>{name}</span>
                    {may.then(|| view! {
                        <ActionForm action=remove>
                            <input type="hidden" name="holiday" value=date.to_string()/>
                            <button class="button" data-tone="quiet" aria-label=label disabled=move || remove.pending().get()>"Bỏ"</button>
                        </ActionForm>
                    })}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="card">
            <summary class="card-body">"Ngày nghỉ"</summary>
            <div class="card-body stack">
                {empty}
                <ul class="stack">{items}</ul>
                <RefusalNotice refusal=refusal_of_action(remove)/>
                {may.then(|| view! {
                    <ActionForm action=add>
                        <div class="stack">
                            <RefusalNotice refusal/>
                            <div class="form-grid">
                                <Field label="Ngày" name="holiday">
                                    <input id="holiday" name="holiday" type="date" required aria-invalid=refused_in(refusal, "holiday")/>
                                </Field>
                                <Field label="Tên ngày nghỉ" name="holiday_name">
                                    <input id="holiday_name" name="holiday_name" required maxlength="200" value=typed_in(refusal, "holiday_name") aria-invalid=refused_in(refusal, "holiday_name")/>
                                </Field>
                            </div>
                            <div><button class="button" disabled=move || add.pending().get()>"Thêm ngày nghỉ"</button></div>
                        </div>
                    </ActionForm>
                })}
            </div>
        </details>
    }
}
