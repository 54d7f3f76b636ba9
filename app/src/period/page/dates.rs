//! Opening a month after a look at what is missing; its dates; the units' own dates.

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::PeriodDates;
use leptos::prelude::*;

use super::super::api::{OpenPeriod, SetPeriodDates, SetUnitDates};
use super::super::wire::{Lack, MonthLine, UnitLine};
use crate::error::AppError;
use crate::format::day;
use crate::ui::{
    Chip, Field, PostForm, RefusalNotice, TextArea, refusal_in, refusal_of, refused_in,
};

/// The five dates with the switch that lets them move the month on.
#[component]
fn DateFields(
    dates: PeriodDates,
    automatic: bool,
    refusal: Signal<Option<AppError>>,
) -> impl IntoView {
    let fields = [
        ("self_from", "Bắt đầu tự đánh giá", dates.self_from),
        ("self_until", "Hạn tự đánh giá", dates.self_until),
        ("confirm_until", "Hạn xác nhận", dates.confirm_until),
        ("announce_on", "Ngày công bố", dates.announce_on),
        ("lock_on", "Ngày khóa", dates.lock_on),
    ]
    .map(|(name, label, date)| {
        let id = format!("dates-{name}");
        view! {
            <Field label name=id.clone()>
                <input id=id name=format!("dates[{name}]") type="date" required value=date.to_string() aria-invalid=refused_in(refusal, name)/>
            </Field>
        }
    })
    .collect_view();
    view! {
        <div class="form-grid">{fields}</div>
        <label class="row">
            <input type="checkbox" name="dates[automatic]" value="on" checked=automatic/>
            "Tự chuyển bước theo các mốc này (công bố luôn do người thực hiện)"
        </label>
    }
}

/// Opening a month: what is missing first, each with where it is mended.
#[component]
pub(super) fn OpenCard(period: Period, proposed: PeriodDates, lacks: Vec<Lack>) -> impl IntoView {
    let refusal = refusal_of::<OpenPeriod>();
    let complete = lacks.is_empty();
    let items = lacks
        .into_iter()
        .map(|lack| {
            let count = (lack.count > 0).then(|| format!(" ({})", lack.count));
            let more = usize::try_from(lack.count).unwrap_or_default() > lack.names.len();
            let mut names = lack.names.join(", ");
            if more {
                names.push_str(", …");
            }
            let names = (!names.is_empty()).then(|| format!(": {names}"));
            view! {
                <li class="notice" data-tone="risk">
                    <p><a href=lack.link><b>{lack.what}{count}</b></a>{names}"."</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="open-period">
            <header>
                <h2 id="open-period">{format!("Mở {}", period.label().to_lowercase())}</h2>
                <Chip tone="plain" text="Chưa mở"/>
            </header>
            <div class="card-body stack">
                {if complete {
                    view! { <p class="notice" data-tone="good">"Đã đủ điều kiện: ai cũng có vị trí, người đứng đầu, nhóm và việc theo kế hoạch."</p> }.into_any()
                } else {
                    view! {
                        <p>"Kiểm tra trước khi mở thấy còn thiếu:"</p>
                        <ul class="notice-list">{items}</ul>
                    }.into_any()
                }}
                <PostForm<OpenPeriod> said="Đã mở kỳ.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <input type="hidden" name="period" value=period.to_string()/>
                        <DateFields dates=proposed automatic=true refusal/>
                        {(!complete).then(|| view! {
                            <Field label="Lý do vẫn mở kỳ khi còn thiếu" name="open-reason">
                                <TextArea name="reason" id="open-reason" value="" maxlength=1000/>
                            </Field>
                        })}
                        <div><button class="button" data-tone="act">"Mở kỳ"</button></div>
                    </div>
                </PostForm<OpenPeriod>>
            </div>
        </section>
    }
}

/// The dates of an opened month.
#[component]
pub(super) fn DatesCard(line: MonthLine, proposed: PeriodDates) -> impl IntoView {
    let refusal = refusal_of::<SetPeriodDates>();
    let open = refusal.get_untracked().is_some();
    view! {
        <section class="card">
            <details class="more card-body" open=open>
                <summary>"Các mốc của kỳ"</summary>
                <PostForm<SetPeriodDates> said="Đã đặt các mốc.">
                    <div class="stack">
                        <RefusalNotice refusal/>
                        <input type="hidden" name="period" value=line.period.to_string()/>
                        <input type="hidden" name="version" value=line.version.to_string()/>
                        <DateFields dates=line.dates.unwrap_or(proposed) automatic=line.automatic refusal/>
                        <div><button class="button">"Lưu các mốc"</button></div>
                    </div>
                </PostForm<SetPeriodDates>>
            </details>
        </section>
    }
}

/// Units with their own dates.
#[component]
pub(super) fn UnitsCard(period: Period, units: Vec<UnitLine>) -> impl IntoView {
    let refusal = Signal::stored(refusal_in::<SetUnitDates>("unit-dates"));
    let open = refusal.get_untracked().is_some();
    let own = units
        .iter()
        .filter(|unit| {
            unit.announced
                || unit.self_until.or(unit.confirm_until).or(unit.announce_on).is_some()
        })
        .map(|unit| {
            let said = |name: &str, date: Option<NaiveDate>| {
                date.map(|date| format!("{name} {}", day(date)))
            };
            let mut parts: Vec<String> = [
                said("tự đánh giá đến", unit.self_until),
                said("xác nhận đến", unit.confirm_until),
                said("công bố", unit.announce_on),
            ]
            .into_iter()
            .flatten()
            .collect();
            if unit.announced {
                parts.push("đã công bố trước".to_owned());
            }
            view! { <li data-key=unit.unit.to_string()><b>{unit.name.clone()}</b>": "{parts.join(", ")}</li> }
        })
        .collect_view();
    let options = units
        .iter()
        .filter(|unit| !unit.announced)
        .map(|unit| view! { <option value=unit.unit.to_string()>{unit.name.clone()}</option> })
        .collect_view();
    let none = own.is_empty();
    let fields = [
        ("self_until", "Hạn tự đánh giá"),
        ("confirm_until", "Hạn xác nhận"),
        ("announce_on", "Ngày công bố"),
    ]
    .map(|(name, label)| {
        let id = format!("unit-{name}");
        view! {
            <Field label name=id.clone()>
                <input id=id name=name type="date" aria-invalid=refused_in(refusal, name)/>
            </Field>
        }
    })
    .collect_view();
    view! {
        <section class="card">
            <details class="more card-body" open=open>
                <summary>"Mốc riêng của đơn vị"</summary>
                <div class="stack">
                    {if none {
                        view! { <p class="muted">"Mọi đơn vị theo mốc của cơ quan."</p> }.into_any()
                    } else {
                        view! { <ul>{own}</ul> }.into_any()
                    }}
                    <PostForm<SetUnitDates> id="unit-dates" said="Đã đặt mốc riêng.">
                        <div class="stack">
                            <RefusalNotice refusal/>
                            <input type="hidden" name="period" value=period.to_string()/>
                            <Field label="Đơn vị" name="dates-unit">
                                <select id="dates-unit" name="unit">{options}</select>
                            </Field>
                            <div class="form-grid">{fields}</div>
                            <p class="field-hint">"Để trống mốc nào thì theo mốc đó của cơ quan. Mốc của đơn vị áp dụng cho cả đơn vị trực thuộc."</p>
                            <div><button class="button">"Lưu mốc riêng"</button></div>
                        </div>
                    </PostForm<SetUnitDates>>
                </div>
            </details>
        </section>
    }
}
