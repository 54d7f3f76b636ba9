//! The whole agency in one card, and what a leader should look at first.

use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::dashboard::api::Comparison;
use crate::dashboard::attention::notices;
use crate::dashboard::figures::{Measure, change};
use crate::format::{number, score};
use crate::ui::{Chip, Meter, MeterTone};

/// Mean score of the agency, its change, and its shares against what is expected today.
#[component]
pub fn Whole(data: Comparison) -> impl IntoView {
    let (now, before) = (
        data.whole.value(Measure::Score),
        data.whole.previous(Measure::Score),
    );
    let figures = data.whole.now.clone();
    let expected = Decimal::from(data.days.percent());
    let bars = [Measure::Quantity, Measure::Quality, Measure::Progress]
        .into_iter()
        .map(|measure| {
            let value = data.whole.value(measure);
            let shown = value.unwrap_or_default();
            let tone = if value.is_some_and(|value| value + Decimal::TEN <= expected) { MeterTone::Risk } else { MeterTone::Measure };
            view! {
                <div class="compare-share">
                    <span>{measure.label()}</span>
                    <Meter value=Signal::stored(shown) mark=Signal::stored(expected) tone=Signal::stored(tone) label=measure.label()/>
                    <b class="num">{value.map_or_else(|| "–".to_owned(), |value| measure.written(value))}</b>
                </div>
            }
        })
        .collect_view();
    let formula = format!(
        "Tổng điểm của người có điểm ÷ số người có điểm = {} ÷ {} = {}",
        number(figures.score_sum, 2),
        figures.scored,
        score(now)
    );
    view! {
        <section class="card compare-whole">
            <header><h2>"Toàn cơ quan"</h2></header>
            <div class="card-body stack">
                <p class="row compare-total">
                    <span class="figure">{now.map_or_else(|| "–".to_owned(), |now| number(now, 1))}</span>
                    {if data.is_over() {
                        view! { <ChangeChip change=change(now, before) than=data.month_before()/> }.into_any()
                    } else {
                        let text = before.map_or_else(|| "tạm tính".to_owned(), |before| format!("tạm tính · {}: {}", data.month_before(), number(before, 1)));
                        view! { <Chip tone="plain" text/> }.into_any()
                    }}
                </p>
                <details class="why">
                    <summary>"Vì sao?"</summary>
                    <p class="formula">{formula}</p>
                    <p class="formula">"Số lượng, chất lượng, tiến độ = sản phẩm quy đổi đã hoàn thành (sau khi trừ lỗi chất lượng, trừ chậm) ÷ sản phẩm quy đổi được giao."</p>
                </details>
                <div class="compare-shares">{bars}</div>
                <p class="small muted">
                    {format!("Vạch đứng: mức dự kiến đến nay {}% ({}/{} ngày làm việc).", data.days.percent(), data.days.done, data.days.total)}
                </p>
                <p class="small muted">
                    {format!("{}/{} người có điểm · {} sản phẩm chờ duyệt · {}/{} phiếu đã xác nhận", figures.scored, figures.people, figures.waiting, figures.confirmed, figures.people)}
                </p>
            </div>
        </section>
    }
}

/// "▲ 1,9 so với tháng 10", of a finished month.
#[component]
fn ChangeChip(change: Option<Decimal>, than: String) -> impl IntoView {
    change.map(|change| {
        let (tone, text) = changed(change);
        view! { <Chip tone text=format!("{text} so với {than}")/> }
    })
}

/// Tone and figure of a change: a word or a shape stands beside the colour.
pub fn changed(change: Decimal) -> (&'static str, String) {
    let size = number(change.abs(), 2);
    match change {
        change if change.is_zero() => ("plain", "không đổi".to_owned()),
        change if change.is_sign_negative() => ("bad", format!("▼ {size}")),
        _ => ("good", format!("▲ {size}")),
    }
}

/// Exceptions in sentences.
#[component]
pub fn Attention(data: Comparison) -> impl IntoView {
    let items = notices(&data)
        .into_iter()
        .map(|notice| view! { <li><b>{notice.subject}</b>" "{notice.words}</li> })
        .collect_view();
    let calm = items.is_empty();
    view! {
        <section class="card compare-attention">
            <header><h2>"Cần chú ý"</h2></header>
            <div class="card-body">
                {if calm {
                    view! { <p class="muted">"Không có điểm nào nổi bật: các đơn vị ở gần mức dự kiến và gần tháng trước."</p> }.into_any()
                } else {
                    view! { <ul class="compare-notices">{items}</ul> }.into_any()
                }}
            </div>
        </section>
    }
}
