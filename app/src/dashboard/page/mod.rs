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
use order::{Kept, arrange};
use plot::PlotCard;
use summary::{Attention, Whole};
use table::Table;

use super::api::{Comparison, compare};
use crate::live::use_live;
use crate::ui::shown;

/// Units side by side for a month: `/compare?period=2026-11&by=score&view=chart`.
#[component]
pub fn ComparePage() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        (query.get("period"), query.get("by"))
    });
    let moved = use_live().version(|changed| !changed.units.is_empty());
    let data = Resource::new_blocking(
        move || (asked.get(), moved.get()),
        |((period, by), _)| compare(period, by),
    );
    let is_table = Memo::new(move |_| query.read().get("view").as_deref() == Some("table"));
    let page = Memo::new(move |_| {
        query
            .read()
            .get("page")
            .and_then(|page| page.parse().ok())
            .unwrap_or(1)
    });
    // The order in which this page first showed the units: nothing jumps while figures move.
    let kept = StoredValue::new(Kept::default());
    let again = RwSignal::new(0_u32);
    let sort_again = Callback::new(move |()| {
        kept.set_value(Kept::default());
        again.update(|times| *times += 1);
    });
    view! {
        <Title text="So sánh đơn vị"/>
        <header class="page-head">
            <div>
                <h1>"So sánh đơn vị"</h1>
                <p class="muted">"Điểm đơn vị là điểm trung bình của những người đã có điểm trong tháng, gồm cả đơn vị bên dưới."</p>
            </div>
            <Transition>
                {move || Suspend::new(async move {
                    data.await.ok().map(|data| view! { <Toolbar data is_table/> })
                })}
            </Transition>
        </header>
        <Transition fallback=|| view! { <p class="muted" role="status">"Đang tải số liệu các đơn vị…"</p> }>
            {move || {
                again.track();
                // Read out here: a closure inside would build new elements at every change, and take the focus along.
                let (is_table, page) = (is_table.get(), page.get());
                Suspend::new(async move {
                    shown(data.await, |data| view! { <Compared data kept is_table page sort_again/> })
                })
            }}
        </Transition>
    }
}

/// Month before and after, chart or table, download.
#[component]
fn Toolbar(data: Comparison, is_table: Memo<bool>) -> impl IntoView {
    let address = Address::of(&data);
    let file = format!("/compare.xlsx?period={}", data.period);
    let earlier = address.period(data.period.previous());
    let later = (data.period.first_day() <= data.today && !data.period.contains(data.today))
        .then(|| address.period(data.period.next()));
    let (chart, table) = (address.view(false), address.view(true));
    view! {
        <div class="toolbar compare-toolbar">
            <nav class="period" aria-label="Tháng">
                <a href=move || earlier.view(is_table.get()).text() aria-label="Tháng trước">"‹"</a>
                <span class="period-label" aria-current="true">{data.period.label()}</span>
                {match later {
                    Some(later) => view! { <a href=move || later.view(is_table.get()).text() aria-label="Tháng sau">"›"</a> }.into_any(),
                    None => view! { <span aria-disabled="true" aria-hidden="true">"›"</span> }.into_any(),
                }}
            </nav>
            <nav class="segmented" aria-label="Cách xem">
                <a href=chart.text() aria-current=move || (!is_table.get()).then_some("true")>"Biểu đồ"</a>
                <a href=table.text() aria-current=move || is_table.get().then_some("true")>"Bảng số liệu"</a>
            </nav>
            <a class="button" href=file rel="external" download>"Tải Excel"</a>
        </div>
    }
}

#[component]
fn Compared(
    data: Comparison,
    kept: StoredValue<Kept>,
    is_table: bool,
    page: usize,
    sort_again: Callback<()>,
) -> impl IntoView {
    let (units, moved) = kept
        .try_update_value(|kept| arrange(kept, &data))
        .unwrap_or_default();
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
        <p class="compare-printed">{printed}</p>
        <div role="status" class="compare-moved">
            {moved.then(|| view! {
                <p class="notice row" data-tone="plain">
                    <span>"Số liệu mới đã đổi thứ tự các đơn vị."</span>
                    <button type="button" class="button" on:click=move |_| sort_again.run(())>"Thứ tự đã đổi – sắp lại"</button>
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
