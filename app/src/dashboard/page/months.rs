//! Month by month of each unit: small multiples on one scale.

use kpi::period::Period;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::address::{anchor, detail};
use super::plot::{PER_PAGE, levels};
use super::summary::changed;
use crate::dashboard::api::{Comparison, UnitCompared};
use crate::dashboard::figures::{Measure, change};
use crate::ui::Chip;
use crate::ui::chart::{Axis, Lines, LinesChart};

/// A card a unit, in the order of the chart.
#[component]
pub fn Months(data: Comparison, page: usize) -> impl IntoView {
    let axis = Axis::of(
        data.units
            .iter()
            .flat_map(|unit| unit.series.iter().copied())
            .flatten(),
    );
    let pages = data.units.len().div_ceil(PER_PAGE).max(1);
    let units = data
        .units
        .iter()
        .skip((page.clamp(1, pages) - 1) * PER_PAGE)
        .take(PER_PAGE);
    let levels: Vec<(Decimal, &'static str)> = if data.measure == Measure::Score {
        levels(&data.rules)
            .into_iter()
            .map(|(start, _, kind)| (start, kind))
            .collect()
    } else {
        Vec::new()
    };
    let running = !data.is_over();
    let cards = units
        .map(|unit| card(&data, unit, Lines::of(axis, &unit.series, &levels, running)))
        .collect_view();
    view! {
        <section class="stack compare-year">
            <h2>{format!("{} trong 12 tháng", data.measure.label())}</h2>
            <p class="small muted">
                {format!("Mọi đơn vị trên cùng một thang {}–{}.", axis.min, axis.max)}
                {(data.measure == Measure::Score).then_some(" Đường gạch ngang: mốc các mức xếp loại.")}
                {running.then_some(" Chấm rỗng: tháng đang chạy, tạm tính.")}
            </p>
            <div class="compare-months">{cards}</div>
        </section>
    }
}

fn card(data: &Comparison, unit: &UnitCompared, lines: Lines) -> impl IntoView + use<> {
    let by = data.measure;
    let months = months(data.period, unit.series.len());
    let first = months.first().copied().unwrap_or(data.period);
    let id = anchor(unit.unit);
    let chart = format!("{id}-months");
    let value = unit
        .value(by)
        .map(|value| by.written(value))
        .unwrap_or_default();
    let running = !data.is_over();
    // A month that runs is not held against a finished one.
    let change = change(unit.value(by), unit.previous(by)).filter(|_| !running);
    let chip = change.map(|change| {
        let (tone, text) = changed(change);
        view! { <Chip tone text/> }
    });
    let name = if unit.reachable {
        view! { <a href=detail(unit.unit, data.period, true)>{unit.name.clone()}</a> }.into_any()
    } else {
        unit.name.clone().into_any()
    };
    view! {
        <article class="card compare-month" id=id data-own=unit.own.then_some("true")>
            <div class="compare-month-head"><h3>{name}</h3>{chip}</div>
            <LinesChart lines id=chart title=format!("{}, {} trong 12 tháng", unit.name, by.words()) description=described(&months, unit, by, running) value/>
            <p class="row small muted compare-month-foot">
                <span>{short(first)}</span>
                <span>{format!("{} · {} người", short(data.period), unit.now.people)}</span>
            </p>
        </article>
    }
}

fn months(last: Period, count: usize) -> Vec<Period> {
    let mut months: Vec<Period> = std::iter::successors(Some(last), |month| Some(month.previous()))
        .take(count)
        .collect();
    months.reverse();
    months
}

fn short(period: Period) -> String {
    format!("{:02}/{}", period.month_number(), period.year())
}

/// Every month with its value, for those who do not see the line.
fn described(months: &[Period], unit: &UnitCompared, by: Measure, running: bool) -> String {
    let figures: Vec<String> = months
        .iter()
        .zip(&unit.series)
        .map(|(month, value)| {
            let value = value.map_or_else(|| "chưa có".to_owned(), |value| by.written(value));
            format!("{}: {value}", short(*month))
        })
        .collect();
    let provisional = if running { " (tạm tính)" } else { "" };
    format!("{}{provisional}.", figures.join("; "))
}
