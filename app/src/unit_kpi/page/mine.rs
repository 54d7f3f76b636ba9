//! The indicators that the visitor owns, with the form of each.

use chrono::Datelike;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::indicator::Indicator;
use super::{YearSwitch, done_words};
use crate::live::Follow;
use crate::ui::{Empty, ask, shown};
use crate::unit_kpi::api::load_own_indicators;
use crate::unit_kpi::wire::OwnIndicators;

/// `/indicators`: for whoever reports indicators without seeing the unit's KPI.
#[component]
pub fn OwnIndicatorsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |key: &str| query.read().get(key).unwrap_or_default();
    let loaded = ask(move || asked("year"), load_own_indicators);
    let done = asked("done");
    view! {
        <Title text="Chỉ số phụ trách"/>
        {Suspend::new(async move {
            shown(loaded.await, |own| view! { <Own own done/> })
        })}
    }
}

#[component]
fn Own(own: OwnIndicators, done: String) -> impl IntoView {
    let (year, today) = (own.year, own.today);
    let units = own.indicators.iter().map(|one| one.unit).collect();
    let empty = own.indicators.is_empty().then(|| {
        view! {
            <section class="card">
                <Empty text="Bạn chưa phụ trách chỉ số nào trong năm này.">
                    <p>"Người đứng đầu đơn vị giao chỉ số; khi được giao bạn nhận thông báo."</p>
                    <a class="button" href="/month">"Về tháng của tôi"</a>
                </Empty>
            </section>
        }
    });
    let cards = own
        .indicators
        .into_iter()
        .map(|indicator| {
            let (unit, function) = (indicator.unit_name.clone(), indicator.function.clone());
            let label = indicator.name.clone();
            view! {
                <section class="card" aria-label=label>
                    <header><h2>{unit}</h2><h3 class="muted small">{function}</h3></header>
                    <Indicator indicator manages=false today from="mine"/>
                </section>
            }
        })
        .collect_view();
    view! {
        <Follow units/>
        <header class="page-head">
            <h1>"Chỉ số phụ trách"</h1>
            <p class="muted">"Báo cáo số lũy kế từ đầu năm của từng chỉ số, mỗi tháng một lần; đính chính thì ghi lý do."</p>
            <div class="toolbar"><YearSwitch year this_year=today.year() unit=None path="/indicators"/></div>
        </header>
        {done_words(&done).map(|words| view! { <p class="notice" data-tone="good" role="status">{words}</p> })}
        {empty}
        {cards}
    }
}
