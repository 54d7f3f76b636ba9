//! One unit's year: its score, the conditions of Điều 8, its indicators by function, what the authority gave and decided.

use leptos::prelude::*;

use super::assess::{Basic, FactsCard};
use super::conditions::Conditions;
use super::decide::Decide;
use super::edit::Edit;
use super::indicator::Indicator;
use super::score::Score;
use super::{YearSwitch, done_words};
use crate::format::number;
use crate::live::Follow;
use crate::ui::{Chip, Empty, RefusalNotice, refusal_of};
use crate::unit_kpi::api::RemoveIndicator;
use crate::unit_kpi::wire::{IndicatorView, UnitKpi};

/// The page of one unit. `edit` names the indicator whose form is open, "new" for an empty one.
#[component]
pub(super) fn One(unit: UnitKpi, done: String, edit: String) -> impl IntoView {
    use chrono::Datelike;
    let lead = format!(
        "Ngày làm việc {} / {} (đã qua {} % năm)",
        unit.days.done,
        unit.days.total,
        unit.days.percent()
    );
    let said = done_words(&done);
    let year = unit.year;
    let back = unit.has_list.then(
        || view! { <a class="button" href=format!("/unit-kpi?year={year}")>"Mọi đơn vị"</a> },
    );
    let form = (unit.manages && !edit.is_empty()).then(|| {
        view! { <Edit unit=unit.clone() edit/> }
    });
    let refused = refusal_of::<RemoveIndicator>();
    view! {
        <Follow units=vec![unit.unit]/>
        <header class="page-head">
            <h1>{unit.name.clone()}</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar">
                <YearSwitch year this_year=unit.today.year() unit=Some(unit.unit) path="/unit-kpi"/>
                {back}
            </div>
        </header>
        {said.map(|words| view! { <p class="notice" data-tone="good" role="status">{words}</p> })}
        <RefusalNotice refusal=refused/>
        {form}
        <Score unit=unit.clone()/>
        <Conditions unit=unit.clone()/>
        <Indicators unit=unit.clone()/>
        <Basic unit=unit.clone()/>
        <FactsCard unit=unit.clone()/>
        <Decide unit/>
    }
}

/// The indicators, function by function.
#[component]
fn Indicators(unit: UnitKpi) -> impl IntoView {
    let add = unit.manages.then(|| {
        let href = format!("/unit-kpi?unit={}&year={}&edit=new", unit.unit, unit.year);
        view! { <a class="button" data-tone="act" href=href>"Thêm chỉ số"</a> }
    });
    let weights = number(unit.standing.weights, 4);
    let full = unit.standing.weights == rust_decimal::Decimal::ONE_HUNDRED;
    let chip = (!unit.indicators.is_empty()).then(|| {
        let tone = if full { "good" } else { "risk" };
        view! { <Chip tone text=format!("Trọng số {weights} / 100 %")/> }
    });
    let empty = unit.indicators.is_empty().then(|| {
        let words = if unit.manages {
            "Thêm chỉ số theo chức năng, nhiệm vụ của đơn vị; tổng trọng số phải bằng 100 % thì mới có điểm."
        } else {
            "Người đứng đầu đơn vị hoặc bộ phận tổ chức cán bộ đặt chỉ số theo chức năng, nhiệm vụ."
        };
        view! { <Empty text="Chưa có chỉ số nào cho năm này."><p>{words}</p></Empty> }
    });
    let (manages, today) = (unit.manages, unit.today);
    let groups = by_function(unit.indicators)
        .into_iter()
        .map(|(function, indicators)| {
            let cards = indicators
                .into_iter()
                .map(|indicator| view! { <Indicator indicator manages today from=""/> })
                .collect_view();
            let label = function.clone();
            view! {
                <section class="unit-kpi-function" aria-label=label>
                    <h3>{function}</h3>
                    <div class="stack">{cards}</div>
                </section>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="indicators">
            <header>
                <h2 id="indicators">"KPI theo chức năng (tối đa 70 điểm)"</h2>
                {chip}
                <div class="toolbar">{add}</div>
            </header>
            {empty}
            {groups}
        </section>
    }
}

/// Consecutive indicators of one function together.
fn by_function(indicators: Vec<IndicatorView>) -> Vec<(String, Vec<IndicatorView>)> {
    let mut groups: Vec<(String, Vec<IndicatorView>)> = Vec::new();
    for indicator in indicators {
        match groups.last_mut() {
            Some((function, rows)) if *function == indicator.function => rows.push(indicator),
            _ => groups.push((indicator.function.clone(), vec![indicator])),
        }
    }
    groups
}
