//! The month of an officer: his score and the table of his work, kept current without ever drawing over what he types.

use kpi::period::Period;
use leptos::prelude::*;
use leptos::task::spawn_local;
use uuid::Uuid;

use super::refusal::Refusal;
use super::score_card::ScoreCard;
use super::work_row::WorkRow;
use crate::format;
use crate::live::use_live;
use crate::progress::api::{Report, load_month};
use crate::progress::wire::{MonthData, row_of};
use crate::ui::{Chip, Empty, refusal_of, shown};

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
    let loaded = Resource::new_blocking(
        move || (named(), officer.get()),
        |(period, officer)| load_month(period, officer),
    );
    view! {
        <Transition fallback=|| view! { <p class="loading">"Đang tải…"</p> }>
            {move || Suspend::new(async move {
                shown(loaded.await, move |data| view! { <Month data officer=officer.get_untracked()/> })
            })}
        </Transition>
    }
}

/// The month once it is loaded. What changes later comes through one signal, so that no row is drawn anew.
#[component]
fn Month(data: MonthData, officer: Option<Uuid>) -> impl IntoView {
    let (period, whose) = (data.period.clone(), data.officer);
    let data = RwSignal::new(data);
    let refresh = RwSignal::new(0_u32);
    let live = use_live().version(move |changed| changed.officers.contains(&whose));
    let latest = StoredValue::new(0_u32);
    Effect::new(move |before: Option<(u32, u32)>| {
        let now = (live.get(), refresh.get());
        if before.is_some_and(|before| before != now) {
            let number = latest.try_update_value(|latest| {
                *latest += 1;
                *latest
            });
            let period = period.clone();
            spawn_local(async move {
                // A failure keeps what is shown; the stream's state says that the connection is lost.
                if let Ok(fresh) = load_month(period, officer).await
                    && latest.try_get_value() == number
                {
                    data.try_set(fresh);
                }
            });
        }
        now
    });
    view! {
        <MonthHead data/>
        <ScoreCard data/>
        <Work data refresh/>
    }
}

#[component]
fn MonthHead(data: RwSignal<MonthData>) -> impl IntoView {
    let chip = move || data.with(|data| (data.status_tone.clone(), data.status.clone()));
    let whose =
        data.with_untracked(|data| (!data.own).then(|| format!("{} · {}", data.name, data.post)));
    view! {
        <div class="row">
            {whose.map(|whose| view! { <p><b>{whose}</b></p> })}
            {move || {
                let (tone, text) = chip();
                view! { <Chip tone text/> }
            }}
        </div>
    }
}

#[component]
fn Work(data: RwSignal<MonthData>, refresh: RwSignal<u32>) -> impl IntoView {
    let count = move || data.with(|data| data.rows.len());
    let ids = move || {
        data.with(|data| {
            data.rows
                .iter()
                .map(|row| row.assignment)
                .collect::<Vec<_>>()
        })
    };
    let summary = move || {
        data.with(|data| {
            format!(
                "{} việc · {} quy đổi",
                data.rows.len(),
                format::number(data.score.assigned, 2)
            )
        })
    };
    // A refusal that was posted without WASM stands in its row, where it names one.
    let posted = refusal_of::<Report>();
    let of_no_row = Signal::derive(move || posted.get().filter(|error| row_of(error).is_none()));
    view! {
        <section class="card" aria-labelledby="month-work-title">
            <header>
                <h2 id="month-work-title">"Sản phẩm, công việc được giao"</h2>
                {move || view! { <Chip tone="plain" text=summary()/> }}
            </header>
            <Refusal refusal=of_no_row/>
            <Show when=move || count() != 0 fallback=move || view! { <NoWork data/> }>
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
                    <tbody>
                        <For each=ids key=|id| *id let(id)>
                            <WorkRow id data refresh posted/>
                        </For>
                    </tbody>
                </table>
            </Show>
        </section>
    }
}

#[component]
fn NoWork(data: RwSignal<MonthData>) -> impl IntoView {
    let text = data.with(|data| {
        if data.own {
            format!("Chưa có việc được giao trong {}.", data.period_label)
        } else {
            format!(
                "{} chưa được giao việc trong {}.",
                data.name, data.period_label
            )
        }
    });
    let hint = data.with(|data| data.own).then(|| {
        view! { <p>"Khi người đứng đầu giao việc, việc hiện ngay tại đây. Điểm được tính từ lúc có việc theo kế hoạch."</p> }
    });
    view! { <Empty text>{hint}</Empty> }
}
