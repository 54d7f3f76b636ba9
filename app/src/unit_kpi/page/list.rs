//! Units of a year side by side, those that need attention first.

use leptos::prelude::*;

use super::YearSwitch;
use crate::format::{number, score};
use crate::live::Follow;
use crate::ui::{Chip, Empty, LevelChip, Meter, MeterTone, Pager};
use crate::unit_kpi::wire::{Standing, UnitLine, UnitList};

/// The list with its head.
#[component]
pub(super) fn List(list: UnitList) -> impl IntoView {
    let UnitList {
        year,
        this_year,
        days,
        units,
        page,
        per_page,
        found,
    } = list;
    let lead = format!(
        "{found} đơn vị · ngày làm việc {} / {} (đã qua {} % năm). Đơn vị cần chú ý đứng trước.",
        days.done,
        days.total,
        days.percent()
    );
    let nobody = units.is_empty();
    let rows = units
        .into_iter()
        .map(|line| view! { <Row line year/> })
        .collect_view();
    let href = move |page: u32| format!("/unit-kpi?year={year}&page={page}");
    view! {
        <Follow all_units=true/>
        <header class="page-head">
            <h1>"KPI đơn vị"</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar"><YearSwitch year this_year unit=None path="/unit-kpi"/></div>
        </header>
        <section class="card">
            <header><h2>"Điểm và mức xếp loại của đơn vị"</h2></header>
            {if nobody {
                view! { <Empty text="Chưa có đơn vị nào trong phạm vi bạn được xem."><a class="button" href="/organisation">"Xem tổ chức"</a></Empty> }.into_any()
            } else {
                view! {
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Bảng KPI đơn vị">
                        <table class="unit-kpi-list">
                            <thead>
                                <tr>
                                    <th scope="col">"Đơn vị"</th>
                                    <th scope="col" class="num">"Điểm"</th>
                                    <th scope="col">"Mức xếp loại"</th>
                                    <th scope="col">"Chậm nhất so với dự kiến"</th>
                                    <th scope="col">"Cần làm"</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
            <Pager page per_page found rows="đơn vị" href/>
        </section>
    }
}

#[component]
fn Row(line: UnitLine, year: i32) -> impl IntoView {
    let href = format!("/unit-kpi?unit={}&year={year}", line.unit);
    let standing = &line.standing;
    let total = standing.outcome.as_ref().map(|outcome| outcome.total);
    let bar = total.map(|total| {
        view! { <Meter value=total label=format!("Điểm của {}", line.name)/> }
    });
    let lag = line.lag.as_ref().map(|lag| {
        view! {
            <p>{lag.name.clone()}</p>
            <p class="muted small">{format!("chậm {} điểm phần trăm", number(lag.points, 1))}</p>
        }
    });
    let on_way = lag.is_none().then_some("–");
    let todo = todo(&line);
    let tone = (line.lag.is_some() && standing.recognised.is_none()).then_some("risk");
    view! {
        <tr data-key=line.unit.to_string() data-tone=tone>
            <th scope="row"><a href=href>{line.name.clone()}</a></th>
            <td class="num"><b>{score(total)}</b> {bar}</td>
            <td><LevelState standing=standing.clone()/></td>
            <td>{lag} {on_way}</td>
            <td>{todo}</td>
        </tr>
    }
}

/// What somebody still has to do, as words.
fn todo(line: &UnitLine) -> String {
    let standing = &line.standing;
    if standing.recognised.is_some() {
        return "Đã công nhận".to_owned();
    }
    let mut words: Vec<String> = standing.gaps.iter().map(|gap| gap.words()).collect();
    if line.unreported > 0 {
        words.push(format!(
            "{} chỉ số chưa báo cáo tháng gần nhất.",
            line.unreported
        ));
    }
    let open = standing
        .outcome
        .as_ref()
        .is_some_and(|outcome| outcome.level.is_none());
    if open {
        words.push("Luật để cấp có thẩm quyền quyết định mức.".to_owned());
    }
    if words.is_empty() {
        "Không có".to_owned()
    } else {
        words.join(" ")
    }
}

/// The recognised level, or the one by the rules as provisional.
#[component]
pub(super) fn LevelState(standing: Standing) -> impl IntoView {
    if let Some(recognised) = standing.recognised {
        return view! { <LevelChip level=Some(recognised.level)/> }.into_any();
    }
    match standing.outcome {
        Some(outcome) if outcome.level.is_none() => {
            view! { <Chip tone="risk" text="Chờ quyết định"/> }.into_any()
        }
        Some(outcome) => view! {
            <LevelChip level=outcome.level/>
            <span class="muted small">" tạm tính"</span>
        }
        .into_any(),
        None => view! { <LevelChip level=None/> }.into_any(),
    }
}

/// The tone of a bar by how far it is behind.
pub(super) fn tone(lag: bool, achieved: bool) -> MeterTone {
    match (lag, achieved) {
        (true, _) => MeterTone::Risk,
        (false, true) => MeterTone::Good,
        (false, false) => MeterTone::Measure,
    }
}
