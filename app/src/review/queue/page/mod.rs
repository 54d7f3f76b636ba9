//! The page of the queue.

mod panel;
mod row;
mod sign_bar;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use self::row::Row;
use self::sign_bar::SignBar;
use super::api::{AcceptRest, load_queue};
use super::wire::{DoneRow, PlaceRow, Queue, QueueRow};
use crate::format::score;
use crate::live::Follow;
use crate::ui::{Empty, LevelChip, PeriodSwitch, PostForm, RefusalNotice, ask, refusal_of, shown};

/// Whoever waits to be confirmed by the viewer, or by the one for whom he prepares.
#[component]
pub fn QueuePage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |key: &str| query.read().get(key).unwrap_or_default();
    let queue = ask(
        move || (asked("unit"), asked("period")),
        |(unit, period)| load_queue(unit, period),
    );
    view! {
        <Title text="Xác nhận phiếu"/>
        {Suspend::new(async move {
            shown(queue.await, |queue| view! { <Body queue/> })
        })}
    }
}

#[component]
fn Body(queue: Queue) -> impl IntoView {
    let period = queue.period;
    let Some(place) = queue.place.clone() else {
        return view! {
            <header class="page-head">
                <h1>"Xác nhận phiếu"</h1>
                <div class="toolbar"><PeriodSwitch period/></div>
            </header>
            <section class="card">
                <Empty text="Bạn không đứng đầu đơn vị nào và chưa được ai giao chuẩn bị kết luận.">
                    <a class="button" href="/month">"Về tháng của tôi"</a>
                </Empty>
            </section>
        }
        .into_any();
    };
    let officers: Vec<Uuid> = queue.rows.iter().map(|row| row.officer).collect();
    let marked = queue.ready().count();
    let lead = format!(
        "{} · {} người chờ xác nhận, {marked} đã đánh dấu, {} đã xác nhận",
        place.name,
        queue.rows.len(),
        queue.done.len()
    );
    let (look, calm): (Vec<QueueRow>, Vec<QueueRow>) = queue
        .rows
        .iter()
        .cloned()
        .partition(|row| !row.attention.is_empty());
    let nobody = queue.rows.is_empty();
    view! {
        <Follow officers units=vec![place.unit]/>
        <header class="page-head">
            <h1>"Xác nhận phiếu"</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar">
                <PeriodSwitch period/>
                <Places places=queue.places.clone() unit=place.unit period=period.to_string()/>
                {place.signs.then(|| view! { <a class="button" data-tone="quiet" href="/review/delegation">"Giao chuẩn bị"</a> })}
            </div>
        </header>
        {queue.why_not.clone().map(|why| view! { <p class="notice" data-tone="risk">{why}</p> })}
        {(!place.signs).then(|| view! {
            <p class="notice" data-tone="plain">{format!("Bạn chuẩn bị cho {}. Chỉ {} ký xác nhận.", place.authority, place.authority)}</p>
        })}
        {if nobody {
            view! { <p class="notice" data-tone="good">"Không còn phiếu nào chờ xác nhận trong tháng này."</p> }.into_any()
        } else {
            view! {
                <div class="queue" data-keys>
                    <p class="muted small no-print queue-keys">
                        "Phím tắt: "<kbd>"j"</kbd>" "<kbd>"k"</kbd>" hoặc ↓ ↑ chuyển dòng · "<kbd>"Enter"</kbd>" mở · "<kbd>"a"</kbd>
                        " giữ điểm tự chấm của dòng đang chọn · "<kbd>"b"</kbd>" chấp nhận tất cả người bình thường · "<kbd>"s"</kbd>" đến ô ký"
                    </p>
                    <Look rows=look queue=queue.clone()/>
                    <Calm rows=calm queue=queue.clone()/>
                    <SignBar queue=queue.clone()/>
                </div>
            }.into_any()
        }}
        <Done rows=queue.done.clone() period=period.to_string()/>
    }
    .into_any()
}

/// A plain form, so that switching needs no WASM.
#[component]
fn Places(places: Vec<PlaceRow>, unit: Uuid, period: String) -> impl IntoView {
    (places.len() > 1).then(|| {
        let options = places
            .into_iter()
            .map(|place| view! { <option value=place.unit.to_string() selected=place.unit == unit>{place.name}</option> })
            .collect_view();
        view! {
            <form class="row" method="get" action="/review">
                <input type="hidden" name="period" value=period/>
                <label class="visually-hidden" for="unit">"Đơn vị"</label>
                <select id="unit" name="unit">{options}</select>
                <button class="button">"Xem"</button>
            </form>
        }
    })
}

/// Those who ask for a look of their own.
#[component]
fn Look(rows: Vec<QueueRow>, queue: Queue) -> impl IntoView {
    let none = rows.is_empty();
    let count = rows.len();
    let list = rows
        .into_iter()
        .map(|row| view! { <Row row period=queue.period/> })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="look" data-key="look">
            <header><h2 id="look">{format!("Cần bạn xem ({count})")}</h2></header>
            {if none {
                view! { <p class="card-body muted">"Không ai cần xem riêng."</p> }.into_any()
            } else {
                view! { <ul class="queue-list">{list}</ul> }.into_any()
            }}
        </section>
    }
}

/// The others, accepted in one go after a look.
#[component]
fn Calm(rows: Vec<QueueRow>, queue: Queue) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let refusal = refusal_of::<AcceptRest>();
    let count = rows.len();
    let open: Vec<String> = queue
        .calm()
        .filter(|row| row.prepares)
        .map(|row| format!("{}.{}", row.officer, row.version))
        .collect();
    let left = open.len();
    let list = rows
        .into_iter()
        .map(|row| view! { <Row row period=queue.period/> })
        .collect_view();
    let blocked = queue.why_not.is_some();
    view! {
        <section class="card" aria-labelledby="calm" data-key="calm">
            <header>
                <h2 id="calm">{format!("Bình thường ({count})")}</h2>
                {(left > 0 && !blocked).then(|| view! {
                    <PostForm<AcceptRest> said="Đã đánh dấu những người bình thường.">
                        <input type="hidden" name="period" value=queue.period.to_string()/>
                        <input type="hidden" name="key" value=queue.key.to_string()/>
                        <input type="hidden" name="shown" value=open.join(",")/>
                        <button class="button" data-tone="act" data-accept-rest>{format!("Chấp nhận tất cả {left} người bình thường")}</button>
                    </PostForm<AcceptRest>>
                })}
            </header>
            <RefusalNotice refusal/>
            <ul class="queue-list">{list}</ul>
        </section>
    }
    .into_any()
}

/// Whoever is confirmed already, folded.
#[component]
fn Done(rows: Vec<DoneRow>, period: String) -> impl IntoView {
    if rows.is_empty() {
        return ().into_any();
    }
    let count = rows.len();
    let list = rows
        .into_iter()
        .map(|row| {
            let link = format!("/review/{}?period={period}", row.officer);
            view! {
                <li data-key=row.officer.to_string()>
                    <a class="grow" href=link>{row.name}</a>
                    <b class="num">{score(row.total)}</b>
                    <LevelChip level=row.level/>
                    <span class="muted">{row.status.label()}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" data-key="done">
            <details class="more card-body">
                <summary>{format!("Đã xác nhận ({count})")}</summary>
                <ul class="rows">{list}</ul>
            </details>
        </section>
    }
    .into_any()
}
