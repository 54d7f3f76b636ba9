//! Holidays: days that count neither as working days nor towards expected progress.

use leptos::prelude::*;

use super::super::api::{AddHoliday, RemoveHoliday, Settings};
use crate::format::day;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, typed_in};

/// Holidays of this year and the next.
#[component]
pub(super) fn HolidayCard(
    /// What is set.
    settings: Settings,
) -> impl IntoView {
    let refusal = refusal_of::<AddHoliday>();
    let kept = refusal_of::<RemoveHoliday>();
    let refused = move || refusal.get().or_else(|| kept.get()).is_some();
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
                        <PostForm<RemoveHoliday>>
                            <input type="hidden" name="holiday" value=date.to_string()/>
                            <button class="button" data-tone="quiet" aria-label=label>"Bỏ"</button>
                        </PostForm<RemoveHoliday>>
                    })}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="card" open=refused>
            <summary class="card-body">"Ngày nghỉ"</summary>
            <div class="card-body stack">
                {empty}
                <ul class="stack">{items}</ul>
                <RefusalNotice refusal=kept/>
                {may.then(|| view! {
                    <PostForm<AddHoliday>>
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
                            <div><button class="button">"Thêm ngày nghỉ"</button></div>
                        </div>
                    </PostForm<AddHoliday>>
                })}
            </div>
        </details>
    }
}
