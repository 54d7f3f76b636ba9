//! The yearly rating of the agency: what stops it first, then the places at "xuất sắc", then everybody.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::YearSwitch;
use super::candidates::Candidates;
use super::exceptions::Exceptions;
use super::gauges::{Gauges, RatioCard};
use super::table::People;
use crate::rating::api::load_year;
use crate::rating::wire::{Outcome, UnitOption, YearView};
use crate::ui::{ask, shown};

/// The year of the people within reach; whoever reaches himself alone is led to his own page.
#[component]
pub fn RatingPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |key: &str| query.read().get(key).unwrap_or_default();
    let year = ask(
        move || (asked("year"), asked("unit"), asked("level"), asked("page")),
        |(year, unit, level, page)| {
            load_year(year, unit.parse().ok(), level, page.parse().unwrap_or(1))
        },
    );
    view! {
        <Title text="Xếp loại năm"/>
        {Suspend::new(async move {
            shown(year.await, |view| match view.own {
                Some(me) => view! { <Redirect path=format!("/rating/{me}?year={}", view.year)/> }.into_any(),
                None => view! { <Body view/> }.into_any(),
            })
        })}
    }
}

#[component]
fn Body(view: YearView) -> impl IntoView {
    let total: u32 = view.counts.iter().map(|(_, count)| count).sum();
    let stopped = view
        .stopped
        .iter()
        .filter(|line| matches!(line.outcome, Outcome::Stopped(_)))
        .count();
    let lead = format!(
        "{} · {total} người · {stopped} người chưa xếp loại được. Mức dưới đây do hệ thống đề nghị theo Điều 20 Nghị định 335/2025/NĐ-CP; người có thẩm quyền quyết định.",
        view.agency
    );
    let until = chrono::Datelike::year(&view.today);
    let running = (!view.past).then(|| {
        view! {
            <p class="notice" data-tone="risk">
                {format!("Năm {} chưa kết thúc: số liệu tạm tính theo các tháng đã có điểm được xác nhận.", view.year)}
            </p>
        }
    });
    view! {
        <header class="page-head">
            <h1>{format!("Xếp loại năm {}", view.year)}</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar">
                <YearSwitch year=view.year until/>
                <UnitFilter units=view.units.clone() unit=view.unit year=view.year level=view.level.clone()/>
                {(view.decides || view.records).then(|| view! { <a class="button" data-tone="act" href=format!("/year-process/{}", view.year)>"Tiến trình, quyết định"</a> })}
                <a class="button" href=format!("/publication/{}", view.year)>"Kết quả công khai"</a>
            </div>
        </header>
        {running}
        <Exceptions view=view.clone()/>
        <Gauges view=view.clone()/>
        <Candidates view=view.clone()/>
        <People view=view.clone()/>
        <RatioCard view/>
    }
}

/// A plain form, so that switching needs no WASM.
#[component]
fn UnitFilter(
    units: Vec<UnitOption>,
    unit: Option<Uuid>,
    year: i32,
    level: String,
) -> impl IntoView {
    (units.len() > 1).then(|| {
        let options = units
            .into_iter()
            .map(|option| {
                let depth = option.path.matches('/').count().saturating_sub(2);
                let indent = "\u{2003}".repeat(depth);
                view! { <option value=option.unit.to_string() selected=Some(option.unit) == unit>{format!("{indent}{}", option.name)}</option> }
            })
            .collect_view();
        view! {
            <form class="row" method="get" action="/rating">
                <input type="hidden" name="year" value=year.to_string()/>
                <input type="hidden" name="level" value=level/>
                <label class="visually-hidden" for="unit">"Đơn vị"</label>
                <select id="unit" name="unit">
                    <option value="" selected=unit.is_none()>"Mọi đơn vị"</option>
                    {options}
                </select>
                <button class="button">"Xem"</button>
            </form>
        }
    })
}
