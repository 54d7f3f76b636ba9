//! The same numbers as a table: nothing of the comparison exists in the picture alone.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::address::{Address, detail};
use crate::dashboard::api::{Comparison, UnitCompared};
use crate::dashboard::figures::{Measure, change, ranks};
use crate::format::number;

/// All units with all figures of the month.
#[component]
pub fn Table(data: Comparison) -> impl IntoView {
    let by = data.measure;
    let values: Vec<Option<Decimal>> = data.units.iter().map(|unit| unit.value(by)).collect();
    let rows = data
        .units
        .iter()
        .zip(ranks(&values))
        .map(|(unit, rank)| row(&data, unit, rank))
        .collect_view();
    let address = Address::of(&data).view(true);
    let heads = Measure::ALL
        .into_iter()
        .map(|measure| {
            let sorted = (measure == by).then_some("descending");
            view! {
                <th scope="col" class="num" aria-sort=sorted>
                    <a href=address.measure(measure).text()>{measure.label()}</a>
                </th>
                <th scope="col" class="num">{data.month_before()}</th>
                <th scope="col" class="num">"Thay đổi"</th>
            }
        })
        .collect_view();
    let caption = format!(
        "Các đơn vị, {}, xếp theo {}",
        data.period.label().to_lowercase(),
        by.words()
    );
    view! {
        <section class="card">
            <header><h2>{format!("Bảng số liệu {}", data.period.label().to_lowercase())}</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Bảng số liệu các đơn vị">
                <table class="compare-table">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Đơn vị"</th>
                            <th scope="col" class="num">"Hạng"</th>
                            {heads}
                            <th scope="col" class="num">"Người"</th>
                            <th scope="col" class="num">"Có điểm"</th>
                            <th scope="col" class="num">"Xuất sắc"</th>
                            <th scope="col" class="num">"Tốt"</th>
                            <th scope="col" class="num">"Hoàn thành"</th>
                            <th scope="col" class="num">"Không hoàn thành"</th>
                            <th scope="col" class="num">"Chờ duyệt"</th>
                            <th scope="col" class="num">"Đã xác nhận"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">{data.whole.name.clone()}</th><td></td>{cells(&data.whole)}</tr></tfoot>
                </table>
            </div>
        </section>
    }
}

fn row(data: &Comparison, unit: &UnitCompared, rank: Option<u32>) -> impl IntoView + use<> {
    let name = if unit.reachable {
        view! { <a href=detail(unit.unit, data.period, true)>{unit.name.clone()}</a> }.into_any()
    } else {
        unit.name.clone().into_any()
    };
    view! {
        <tr data-own=unit.own.then_some("true")>
            <th scope="row">{name}</th>
            <td class="num">{rank.map_or_else(|| "–".to_owned(), |rank| rank.to_string())}</td>
            {cells(unit)}
        </tr>
    }
}

fn cells(unit: &UnitCompared) -> impl IntoView + use<> {
    let values = Measure::ALL
        .into_iter()
        .map(|measure| {
            let (now, before) = (unit.value(measure), unit.previous(measure));
            let now_text = now.map_or_else(
                || "chưa đủ dữ liệu".to_owned(),
                |value| measure.written(value),
            );
            let before_text = before.map_or_else(|| "–".to_owned(), |value| measure.written(value));
            view! {
                <td class="num">{now_text}</td>
                <td class="num muted">{before_text}</td>
                <td class="num">{signed(change(now, before), measure)}</td>
            }
        })
        .collect_view();
    let figures = &unit.now;
    let counts = [
        figures.people,
        figures.scored,
        figures.excellent,
        figures.good,
        figures.completed,
        figures.not_completed,
        figures.waiting,
        figures.confirmed,
    ]
    .into_iter()
    .map(|count| view! { <td class="num">{count}</td> })
    .collect_view();
    view! { {values}{counts} }
}

/// "+1,9" or "−0,4": the sign says what a colour would.
fn signed(change: Option<Decimal>, measure: Measure) -> String {
    let Some(change) = change else {
        return "–".to_owned();
    };
    let size = number(change.abs(), measure.decimals());
    match change {
        change if change.is_zero() => "0".to_owned(),
        change if change.is_sign_negative() => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_carries_its_sign() {
        let text = |change: &str| signed(change.parse().ok(), Measure::Score);
        assert_eq!(text("1.9"), "+1,9");
        assert_eq!(text("-0.45"), "−0,45");
        assert_eq!(text("0.00"), "0");
        assert_eq!(text(""), "–");
    }
}
