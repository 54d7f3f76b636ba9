//! The month of an officer: his score and the table of his work.

use kpi::period::Period;
use leptos::prelude::*;
use uuid::Uuid;

use super::score_card::ScoreCard;
use super::work_row::WorkRow;
use crate::format;
use crate::live::Follow;
use crate::progress::api::load_month;
use crate::progress::wire::MonthData;
use crate::ui::{Chip, Empty, ask, shown};

/// Score card and table of work of the own month, or of another officer's within reach.
#[component]
pub fn MonthWork(
    /// The month; the current one when none is named.
    #[prop(into)]
    period: Signal<Option<Period>>,
    /// Whose month; the reader's own when none is named.
    #[prop(into)]
    officer: Signal<Option<Uuid>>,
) -> impl IntoView {
    let named = move || {
        period
            .get()
            .map_or_else(String::new, |period| period.to_string())
    };
    let loaded = ask(
        move || (named(), officer.get()),
        |(period, officer)| load_month(period, officer),
    );
    view! {
        {Suspend::new(async move {
            shown(loaded.await, |data| view! {
                <Follow officers=vec![data.officer]/>
                <MonthHead data=data.clone()/>
                <ScoreCard score=data.score.clone()/>
                <Work data/>
            })
        })}
    }
}

#[component]
fn MonthHead(data: MonthData) -> impl IntoView {
    let whose = (!data.own).then(|| format!("{} · {}", data.name, data.post));
    view! {
        <div class="row">
            {whose.map(|whose| view! { <p><b>{whose}</b></p> })}
            <Chip tone=data.status_tone text=data.status/>
        </div>
    }
}

#[component]
fn Work(data: MonthData) -> impl IntoView {
    let summary = format!(
        "{} việc · {} quy đổi",
        data.rows.len(),
        format::number(data.score.assigned, 2)
    );
    let body = if data.rows.is_empty() {
        view! { <NoWork data/> }.into_any()
    } else {
        view! { <WorkTable data/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="month-work-title">
            <header>
                <h2 id="month-work-title">"Sản phẩm, công việc được giao"</h2>
                <Chip tone="plain" text=summary/>
            </header>
            {body}
        </section>
    }
}

#[component]
fn WorkTable(data: MonthData) -> impl IntoView {
    let rows = data
        .rows
        .iter()
        .map(|item| view! { <WorkRow item=item.clone() data=data.clone()/> })
        .collect_view();
    view! {
        <table class="month-work">
            <caption class="visually-hidden">"Sản phẩm, công việc được giao, tiến độ và trạng thái"</caption>
            <thead>
                <tr>
                    <th scope="col">"Sản phẩm / công việc"</th>
                    <th scope="col" class="num">"Giao"</th>
                    <th scope="col">"Hoàn thành"</th>
                    <th scope="col">"Tiến độ"</th>
                    <th scope="col">"Trạng thái"</th>
                    <th scope="col" class="num">"Lần chưa đạt"</th>
                    <th scope="col" class="num">"Minh chứng"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn NoWork(data: MonthData) -> impl IntoView {
    let text = if data.own {
        format!("Chưa có việc được giao trong {}.", data.period_label)
    } else {
        format!(
            "{} chưa được giao việc trong {}.",
            data.name, data.period_label
        )
    };
    let hint = data.own.then(|| {
        view! { <p>"Khi người đứng đầu giao việc, việc hiện ngay tại đây. Điểm được tính từ lúc có việc theo kế hoạch."</p> }
    });
    view! { <Empty text>{hint}</Empty> }
}
