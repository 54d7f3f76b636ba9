//! What is public in the organisation: names and levels, by unit (điểm đ Điều 21). Scores only where the rule set says so.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::YearPath;
use crate::format::score;
use crate::rating::process::api::load_publication;
use crate::rating::process::wire::{PublicLine, PublicationView};
use crate::ui::{Empty, LevelChip, Pager, ask, query_link, shown};

/// The levels of a year that were announced.
#[component]
pub fn PublicationPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        (
            params.read().get("year").unwrap_or_default(),
            query.read().get("page").unwrap_or_default(),
        )
    };
    let view = ask(asked, |(year, page)| {
        load_publication(year, page.parse().unwrap_or(1))
    });
    view! {
        <Title text="Công khai kết quả năm"/>
        {Suspend::new(async move { shown(view.await, |view| view! { <Body view/> }) })}
    }
}

#[component]
fn Body(view: PublicationView) -> impl IntoView {
    let page_link = query_link("page");
    let until = chrono::Datelike::year(&view.today);
    let counts = view
        .counts
        .iter()
        .map(|(level, people)| {
            view! { <li class="row"><LevelChip level=Some(*level) full=true/><b class="num">{*people}</b></li> }
        })
        .collect_view();
    let with_score = view.with_score;
    let rows = view
        .lines
        .clone()
        .into_iter()
        .map(|line| row(line, with_score))
        .collect_view();
    let words = if with_score {
        "Công khai trong cơ quan: mức xếp loại và điểm, theo quy định của cơ quan."
    } else {
        "Công khai trong cơ quan: chỉ mức xếp loại. Điểm và căn cứ chỉ gửi người được xếp loại, người có thẩm quyền và bộ phận tổ chức cán bộ."
    };
    view! {
        <header class="page-head">
            <h1>{format!("Kết quả xếp loại chất lượng năm {}", view.year)}</h1>
            <p class="muted">{format!("{} · {words}", view.agency)}</p>
            <div class="toolbar"><YearPath base="/publication" year=view.year until/></div>
        </header>
        {if view.found == 0 {
            view! {
                <Empty text=format!("Năm {} chưa có kết quả nào được công khai. Kết quả hiện ở đây sau khi quyết định được ký và thông báo.", view.year)>
                    <a class="button" href=format!("/publication/{}", view.year - 1)>{format!("Xem năm {}", view.year - 1)}</a>
                </Empty>
            }.into_any()
        } else {
            view! {
                <section class="card" aria-labelledby="counts">
                    <header><h2 id="counts">{format!("{} người", view.found)}</h2></header>
                    <ul class="card-body row year-counts">{counts}</ul>
                </section>
                <section class="card" aria-labelledby="levels">
                    <header><h2 id="levels">"Từng người"</h2></header>
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Mức xếp loại của từng người">
                        <table>
                            <caption class="visually-hidden">{format!("Mức xếp loại năm {}", view.year)}</caption>
                            <thead><tr>
                                <th scope="col">"Họ và tên"</th><th scope="col">"Đơn vị"</th>
                                {with_score.then(|| view! { <th scope="col" class="num">"Điểm"</th> })}
                                <th scope="col">"Mức xếp loại"</th><th scope="col">"Quyết định"</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                    <Pager page=view.page per_page=view.per_page found=view.found rows="người" href=move |page| page_link(&page.to_string())/>
                </section>
            }.into_any()
        }}
    }
}

fn row(line: PublicLine, with_score: bool) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">{line.name}<span class="rating-about muted small">{line.title}</span></th>
            <td>{line.unit_name}</td>
            {with_score.then(|| view! { <td class="num">{score(line.mean)}</td> })}
            <td><LevelChip level=Some(line.level) full=true/></td>
            <td>{line.decision}</td>
        </tr>
    }
}
