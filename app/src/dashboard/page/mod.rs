//! The screen of the comparison, and the page that sends each visitor to his own.

mod address;
mod home;
mod months;
mod order;
mod plot;
mod summary;
mod table;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use address::Address;
pub use home::HomePage;
use months::Months;
use order::{arrange, order_of};
use plot::PlotCard;
use summary::{Attention, Whole};
use table::Table;

use super::api::{Comparison, compare};
use crate::live::Follow;
use crate::ui::{ask, shown};

/// Units side by side for a month: `/compare?period=2026-11&by=score&view=chart`.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("period"), query.get("by"))
    });
    let data = ask(move || asked.get(), |(period, by)| compare(period, by));
    let is_table = Memo::new(move |_| query.read().get("view").as_deref() == Some("table"));
    let page = Memo::new(move |_| {
        query
            .read()
            .get("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1)
    });
    let order = move || query.read().get("order").unwrap_or_default();
    let (is_table, page, order) = (is_table.get_untracked(), page.get_untracked(), order());
    view! {
        <Title text="So sánh đơn vị"/>
        {Suspend::new(async move {
            let data = data.await;
            let toolbar = data.as_ref().ok().map(|data| view! { <Toolbar data=data.clone() is_table/> });
            view! {
                <header class="page-head">
                    <div>
                        <h1>"So sánh đơn vị"</h1>
                        <p class="muted">"Điểm đơn vị là điểm trung bình của những người đã có điểm trong tháng, gồm cả đơn vị bên dưới."</p>
                    </div>
                    {toolbar}
                </header>
                {shown(data, |data| view! { <Compared data order is_table page/> })}
            }
        })}
    }
}

/// Month before and after, chart or table, download.
#[component]
fn Toolbar(data: Comparison, is_table: bool) -> impl IntoView {
    let address = Address::of(&data);
    let file = format!("/compare.xlsx?period={}", data.period);
    let earlier = address.period(data.period.previous());
    let later = (data.period.first_day() <= data.today && !data.period.contains(data.today))
        .then(|| address.period(data.period.next()));
    let (chart, table) = (address.view(false), address.view(true));
    view! {
        <div class="toolbar compare-toolbar">
            <nav class="period" aria-label="Tháng">
                <a href=earlier.view(is_table).text() aria-label="Tháng trước">"‹"</a>
                <span class="period-label" aria-current="true">{data.period.label()}</span>
                {match later {
                    Some(later) => view! { <a href=later.view(is_table).text() aria-label="Tháng sau">"›"</a> }.into_any(),
                    None => view! { <span aria-disabled="true" aria-hidden="true">"›"</span> }.into_any(),
                }}
            </nav>
            <nav class="segmented" aria-label="Cách xem">
                <a href=chart.text() aria-current=(!is_table).then_some("true")>"Biểu đồ"</a>
                <a href=table.text() aria-current=is_table.then_some("true")>"Bảng số liệu"</a>
            </nav>
            <a class="button" href=file rel="external" download>"Tải Excel"</a>
        </div>
    }
}

#[component]
fn Compared(data: Comparison, order: String, is_table: bool, page: usize) -> impl IntoView {
    let (units, moved) = arrange(&data, &order);
    let address = Address::of(&data).view(is_table).page(page).text();
    let again = format!("{address}&order={}", order_of(&units));
    let data = Comparison { units, ..data };
    let printed = format!(
        "{} · {} · in ngày {}",
        data.agency,
        data.period.label(),
        crate::format::day(data.today)
    );
    let shown = if data.units.is_empty() {
        view! { <Nothing/> }.into_any()
    } else if is_table {
        view! {
            <div class="grid-2"><Whole data=data.clone()/><Attention data=data.clone()/></div>
            <Table data/>
        }
        .into_any()
    } else {
        view! {
            <div class="split compare-split">
                <PlotCard data=data.clone() page/>
                <div class="stack"><Whole data=data.clone()/><Attention data=data.clone()/></div>
            </div>
            <Months data page/>
        }
        .into_any()
    };
    view! {
        <Follow all_units=true address=again/>
        <p class="compare-printed">{printed}</p>
        <div role="status" class="compare-moved">
            {moved.then(|| view! {
                <p class="notice row" data-tone="plain">
                    <span>"Số liệu mới đã đổi thứ tự các đơn vị."</span>
                    <a class="button" href=address>"Thứ tự đã đổi – sắp lại"</a>
                </p>
            })}
        </div>
        {shown}
    }
}

#[component]
fn Nothing() -> impl IntoView {
    view! {
        <div class="empty">
            <p>"Cơ quan chưa có đơn vị nào để so sánh."</p>
            <p><a href="/organisation">"Xem tổ chức"</a></p>
        </div>
    }
}
