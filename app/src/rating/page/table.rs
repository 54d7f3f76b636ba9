//! Everybody with the means of the year: quarters, halves, the year, the level and what it rests on.

use kpi::level::Level;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::{basis, state_chip};
use crate::format::score;
use crate::rating::wire::{PersonLine, YearView};
use crate::ui::{Empty, Pager, query_link};

/// People of the chosen unit and level.
#[component]
pub(super) fn People(view: YearView) -> impl IntoView {
    let link = query_link("level");
    let page_link = query_link("page");
    let all: u32 = view.counts.iter().map(|(_, count)| count).sum();
    let chosen = view.level.clone();
    let filter = std::iter::once((String::new(), all))
        .chain(view.counts.clone())
        .map(|(value, count)| {
            let words = format!("{} ({count})", filter_words(&value));
            let current = (value == chosen).then_some("true");
            view! { <a href=move || link(&value) aria-current=current>{words}</a> }
        })
        .collect_view();
    let year = view.year;
    let rows = view
        .people
        .iter()
        .map(|line| row(line, year))
        .collect_view();
    let nobody = view.people.is_empty();
    view! {
        <section class="card" aria-labelledby="people">
            <header>
                <h2 id="people">"Kết quả của từng người"</h2>
                <nav class="segmented rating-levels" aria-label="Lọc theo mức">{filter}</nav>
            </header>
            {if nobody {
                view! {
                    <Empty text="Không có ai ở mức này trong phạm vi đang xem.">
                        <a class="button" href=format!("/rating?year={year}")>"Xem tất cả"</a>
                    </Empty>
                }.into_any()
            } else {
                view! {
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Bảng kết quả">
                        <table class="rating-table">
                            <caption class="visually-hidden">{format!("Điểm trung bình và mức xếp loại năm {year}")}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Họ và tên"</th>
                                    <th scope="col" class="num">"Quý I"</th>
                                    <th scope="col" class="num">"Quý II"</th>
                                    <th scope="col" class="num">"Quý III"</th>
                                    <th scope="col" class="num">"Quý IV"</th>
                                    <th scope="col" class="num">"6 tháng đầu"</th>
                                    <th scope="col" class="num">"6 tháng cuối"</th>
                                    <th scope="col" class="num">"Cả năm"</th>
                                    <th scope="col" class="num">"Số tháng"</th>
                                    <th scope="col">"Mức và căn cứ"</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }.into_any()
            }}
            <Pager page=view.page per_page=view.per_page found=view.found rows="người" href=move |page| page_link(&page.to_string())/>
        </section>
    }
}

fn filter_words(value: &str) -> &'static str {
    match value {
        "" => "Tất cả",
        "unrated" => "Không xếp loại",
        "stopped" => "Chưa xếp loại được",
        "left" => "Đã rời cơ quan",
        level => level.parse().map_or("Khác", Level::short),
    }
}

fn row(line: &PersonLine, year: i32) -> impl IntoView + use<> {
    let href = format!("/rating/{}?year={year}", line.officer);
    let group = if line.group.is_empty() {
        crate::rating::months::NO_GROUP
    } else {
        &line.group
    };
    let about = format!("{} · {} · {group}", line.title, line.unit_name);
    let means = line
        .quarters
        .iter()
        .chain(&line.halves)
        .map(|mean| cell(*mean))
        .collect_view();
    view! {
        <tr data-key=line.officer.to_string()>
            <th scope="row">
                <a href=href>{line.name.clone()}</a>
                <span class="rating-about muted small">{about}</span>
            </th>
            {means}
            <td class="num"><b>{score(line.mean)}</b></td>
            <td class="num">{line.scored}</td>
            <td>{state_chip(line)}<span class="rating-about small">{basis(line)}</span></td>
        </tr>
    }
}

fn cell(mean: Option<Decimal>) -> impl IntoView {
    view! { <td class="num">{score(mean)}</td> }
}
