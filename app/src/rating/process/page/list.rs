//! Everybody by step: what the visitor has to do first, the places at "xuất sắc" always in sight, then the people.

use kpi::rating::process::YearStatus;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::YearPath;
use super::decide::Sign;
use super::prepare::{Meetings, ProposeAll as ProposeCard, Publish};
use super::row::PersonRow;
use crate::format::capital;
use crate::rating::page::GaugeList;
use crate::rating::process::api::load_process;
use crate::rating::process::wire::ProcessView;
use crate::rating::wire::UnitOption;
use crate::ui::{Empty, Pager, ask, query_link, shown};

/// The yearly steps of the agency.
#[component]
pub fn ProcessPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let query = query.read();
        let value = |key: &str| query.get(key).unwrap_or_default();
        (
            params.read().get("year").unwrap_or_default(),
            value("step"),
            value("unit"),
            value("page"),
        )
    };
    let view = ask(asked, |(year, step, unit, page)| {
        load_process(year, step, unit.parse().ok(), page.parse().unwrap_or(1))
    });
    view! {
        <Title text="Tiến trình xếp loại năm"/>
        {Suspend::new(async move { shown(view.await, |view| view! { <Body view/> }) })}
    }
}

#[component]
fn Body(view: ProcessView) -> impl IntoView {
    let until = chrono::Datelike::year(&view.today);
    let people: u32 = view.counts.iter().map(|(_, count)| count).sum();
    let done = view
        .counts
        .iter()
        .find(|(status, _)| *status == YearStatus::Published)
        .map_or(0, |(_, count)| *count);
    let lead = format!(
        "{} · {people} người, {done} người đã có kết quả công khai. Các bước theo Điều 21 Nghị định 335/2025/NĐ-CP.",
        view.agency
    );
    let nothing = view.to_meet.is_empty()
        && view.to_propose == 0
        && view.to_decide.is_empty()
        && view.to_publish == 0;
    let calm = nothing.then(|| {
        view! { <p class="notice" data-tone="good">"Hiện không có bước nào chờ bạn."</p> }
    });
    view! {
        <header class="page-head">
            <a class="page-back" href=format!("/rating?year={}", view.year)>"‹ Xếp loại năm"</a>
            <h1>{format!("Tiến trình xếp loại năm {}", view.year)}</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar">
                <YearPath base="/year-process" year=view.year until/>
                <UnitFilter units=view.units.clone() unit=view.unit year=view.year step=view.step/>
                <a class="button" href=format!("/publication/{}", view.year)>"Kết quả công khai"</a>
            </div>
        </header>
        <section class="card year-gauges" aria-labelledby="places">
            <header><h2 id="places">"Suất hoàn thành xuất sắc"</h2>
                <a class="muted" href=format!("/rating?year={}#candidates", view.year)>"Chọn trong số vượt tỷ lệ"</a></header>
            <div class="card-body"><GaugeList gauges=view.gauges.clone()/></div>
        </section>
        {calm}
        <Sign view=view.clone()/>
        <Publish view=view.clone()/>
        <Meetings view=view.clone()/>
        <ProposeCard view=view.clone()/>
        <People view/>
    }
}

/// A plain form, so that switching needs no WASM.
#[component]
fn UnitFilter(
    units: Vec<UnitOption>,
    unit: Option<Uuid>,
    year: i32,
    step: Option<YearStatus>,
) -> impl IntoView {
    let options = units
        .into_iter()
        .map(|option| view! { <option value=option.unit.to_string() selected=Some(option.unit) == unit>{option.name}</option> })
        .collect_view();
    view! {
        <form class="row" method="get" action=format!("/year-process/{year}")>
            <input type="hidden" name="step" value=step.map_or("", YearStatus::as_str)/>
            <label class="visually-hidden" for="unit">"Đơn vị"</label>
            <select id="unit" name="unit">
                <option value="" selected=unit.is_none()>"Mọi đơn vị"</option>
                {options}
            </select>
            <button class="button">"Xem"</button>
        </form>
    }
}

#[component]
fn People(view: ProcessView) -> impl IntoView {
    let link = query_link("step");
    let page_link = query_link("page");
    let all: u32 = view.counts.iter().map(|(_, count)| count).sum();
    let chosen = view.step.map_or("", YearStatus::as_str);
    let filter = std::iter::once(("", "Tất cả".to_owned(), all))
        .chain(
            view.counts
                .iter()
                .map(|(status, count)| (status.as_str(), capital(status.label()), *count)),
        )
        .map(|(value, words, count)| {
            let current = (value == chosen).then_some("true");
            let words = format!("{words} ({count})");
            view! { <a href=move || link(value) aria-current=current>{words}</a> }
        })
        .collect_view();
    let nobody = view.rows.is_empty();
    let rows = view
        .rows
        .iter()
        .map(|row| {
            let own = view.me == Some(row.line.officer);
            view! { <PersonRow row=row.clone() year=view.year records=view.records && !own own/> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="people">
            <header>
                <h2 id="people">"Từng người: bước nào, ai đang chờ"</h2>
                <nav class="segmented rating-levels" aria-label="Lọc theo bước">{filter}</nav>
            </header>
            {if nobody {
                view! {
                    <Empty text="Không có ai ở bước này trong phạm vi đang xem.">
                        <a class="button" href=format!("/year-process/{}", view.year)>"Xem tất cả"</a>
                    </Empty>
                }.into_any()
            } else {
                view! { <ol class="rating-candidates year-people">{rows}</ol> }.into_any()
            }}
            <Pager page=view.page per_page=view.per_page found=view.found rows="người" href=move |page| page_link(&page.to_string())/>
        </section>
    }
}
