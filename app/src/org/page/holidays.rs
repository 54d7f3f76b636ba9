//! Holidays: days that count neither as working days nor towards expected progress, nor towards the days of a petition.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_meta::Title;

use super::super::api::{AddHoliday, RemoveHoliday, load_holidays};
use crate::format::day;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_of, refused_in, shown, typed_in};

/// Holidays of this year and the next, for the personnel office.
#[component]
pub fn HolidaysPage() -> impl IntoView {
    view! {
        <Title text="Ngày nghỉ"/>
        <header class="page-head">
            <h1>"Ngày nghỉ"</h1>
            <p class="muted">"Ngày nghỉ không tính là ngày làm việc: hạn của công việc, các mốc của kỳ và hạn trả lời kiến nghị đều tính theo lịch này."</p>
            <div class="toolbar"><a class="button" href="/period">"Kỳ đánh giá"</a></div>
        </header>
        {Suspend::new(async move { shown(load_holidays().await, |holidays| view! { <HolidayCard holidays/> }) })}
    }
}

#[component]
fn HolidayCard(
    /// Day and name, in order.
    holidays: Vec<(NaiveDate, String)>,
) -> impl IntoView {
    let refusal = refusal_of::<AddHoliday>();
    let kept = refusal_of::<RemoveHoliday>();
    let empty = holidays
        .is_empty()
        .then(|| view! { <p class="muted">"Chưa có ngày nghỉ nào trong năm nay và năm sau."</p> });
    let items = holidays
        .into_iter()
        .map(|(date, name)| {
            let label = format!("Bỏ ngày nghỉ {}", day(date));
            view! {
                <li class="row">
                    <span class="num">{day(date)}</span>
                    <span>{name}</span>
                    <PostForm<RemoveHoliday>>
                        <input type="hidden" name="holiday" value=date.to_string()/>
                        <button class="button" data-tone="quiet" aria-label=label>"Bỏ"</button>
                    </PostForm<RemoveHoliday>>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="card-body stack">
                {empty}
                <ul class="stack">{items}</ul>
                <RefusalNotice refusal=kept/>
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
            </div>
        </section>
    }
}
