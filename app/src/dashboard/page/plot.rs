//! The dot plot of the units, with the switch of the measure.

use kpi::level::{Level, level_of};
use kpi::rule_set::RuleSet;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::address::{Address, detail};
use crate::dashboard::api::{Comparison, UnitCompared};
use crate::dashboard::figures::{Measure, change, ranks};
use crate::format::number;
use crate::ui::chart::{DotPlot, DotPlotChart, Entry, Layout, Tone};

/// Rows of one page of the chart: more cannot be taken in at once.
pub const PER_PAGE: usize = 30;
/// Percentage points below the expected share of today that colour a dot.
const BEHIND: i64 = 10;

/// The chart with its title, its switch and, past 30 units, its pages.
#[component]
pub fn PlotCard(data: Comparison, page: usize) -> impl IntoView {
    let address = Address::of(&data);
    let by = data.measure;
    let switch = Measure::ALL
        .into_iter()
        .map(|measure| {
            view! {
                <a href=address.measure(measure).text() aria-current=(measure == by).then_some("true")>{measure.label()}</a>
            }
        })
        .collect_view();
    let entries = entries(&data);
    let pages = entries.len().div_ceil(PER_PAGE);
    let page = page.clamp(1, pages.max(1));
    let entries: Vec<Entry> = entries
        .into_iter()
        .skip((page - 1) * PER_PAGE)
        .take(PER_PAGE)
        .collect();
    let title = format!(
        "{} của {} đơn vị, {}",
        by.label(),
        data.units.len(),
        data.period.label().to_lowercase()
    );
    let description = entries
        .iter()
        .map(|entry| entry.words.as_str())
        .collect::<Vec<_>>()
        .join(" ");
    let expected = (by != Measure::Score).then(|| Decimal::from(data.days.percent()));
    let mark_name = format!("Dự kiến {}%", data.days.percent());
    let starts = if by == Measure::Score {
        levels(&data.rules)
    } else {
        Vec::new()
    };
    let charts = [Layout::WIDE, Layout::COMPACT]
        .into_iter()
        .map(|layout| {
            let plot = DotPlot::of(layout, entries.clone(), &starts, expected);
            view! { <DotPlotChart plot id="compare" title=title.clone() description=description.clone() mark_name=mark_name.clone()/> }
        })
        .collect_view();
    view! {
        <section class="card compare-plot">
            <header>
                <h2>{format!("Xếp theo {} {}", by.words(), data.period.label().to_lowercase())}</h2>
                <nav class="segmented" aria-label="So sánh theo">{switch}</nav>
            </header>
            <div class="card-body stack">
                <p class="compare-legend small">
                    <span class="compare-key" data-key="now">"tháng này"</span>
                    <span class="compare-key" data-key="before">{data.month_before()}</span>
                    <span class="muted no-print">"chạm vào một dòng để xem đơn vị"</span>
                </p>
                {(!data.is_over()).then(|| view! { <p class="small muted">{running(&data)}</p> })}
                <div class="dots-frame">{charts}</div>
                {(pages > 1).then(|| view! { <Pages address page pages/> })}
            </div>
        </section>
    }
}

#[component]
fn Pages(address: Address, page: usize, pages: usize) -> impl IntoView {
    let links = (1..=pages)
        .map(|number| {
            view! {
                <a href=address.page(number).text() aria-label=format!("Trang {number}") aria-current=(number == page).then_some("page")>{number}</a>
            }
        })
        .collect_view();
    view! { <nav class="segmented" aria-label="Trang của biểu đồ">{links}</nav> }
}

/// What a reader must know of a month that still runs.
fn running(data: &Comparison) -> String {
    format!(
        "Tháng đang chạy: đã qua {}/{} ngày làm việc, điểm là tạm tính và còn tăng khi sản phẩm được duyệt.",
        data.days.done, data.days.total
    )
}

/// Beginnings of the levels (Điều 20), for the bands.
pub fn levels(rules: &RuleSet) -> Vec<(Decimal, &'static str, &'static str)> {
    [
        (Level::NotCompleted, "not-completed"),
        (Level::Completed, "completed"),
        (Level::Good, "good"),
        (Level::Excellent, "excellent"),
    ]
    .into_iter()
    .map(|(level, kind)| (level.threshold(rules), level.short(), kind))
    .collect()
}

fn entries(data: &Comparison) -> Vec<Entry> {
    let values: Vec<Option<Decimal>> = data
        .units
        .iter()
        .map(|unit| unit.value(data.measure))
        .collect();
    data.units
        .iter()
        .zip(ranks(&values))
        .map(|(unit, rank)| entry(data, unit, rank))
        .collect()
}

fn entry(data: &Comparison, unit: &UnitCompared, rank: Option<u32>) -> Entry {
    let by = data.measure;
    let (value, previous) = (unit.value(by), unit.previous(by));
    Entry {
        label: unit.name.clone(),
        value,
        value_text: value.map_or_else(|| "chưa đủ dữ liệu".to_owned(), |value| by.written(value)),
        previous,
        words: words(data, unit, rank),
        href: detail(unit.unit, data.period, unit.reachable),
        own: unit.own,
        tone: tone(data, value),
    }
}

/// A row as a sentence: "Vụ Xã hội: 88,7, hạng 2, tháng 10 là 84, tăng 4,7."
fn words(data: &Comparison, unit: &UnitCompared, rank: Option<u32>) -> String {
    let by = data.measure;
    let (now, before) = (unit.value(by), unit.previous(by));
    let mut words = match (now, rank) {
        (Some(value), Some(rank)) => format!("{}: {}, hạng {rank}", unit.name, by.written(value)),
        _ => format!("{}: chưa đủ dữ liệu", unit.name),
    };
    if let Some(before) = before {
        words.push_str(&format!(
            ", {} là {}",
            data.month_before(),
            by.written(before)
        ));
    }
    // A month that runs is not held against a finished one.
    let change = change(now, before).filter(|change| data.is_over() && !change.is_zero());
    if let Some(change) = change {
        let verb = if change.is_sign_negative() {
            "giảm"
        } else {
            "tăng"
        };
        words.push_str(&format!(", {verb} {}", number(change.abs(), by.decimals())));
    }
    words.push('.');
    words
}

/// A finished month is coloured by its level; shares, and a month that runs, by what was expected.
fn tone(data: &Comparison, value: Option<Decimal>) -> Tone {
    let Some(value) = value else {
        return Tone::Measure;
    };
    if data.measure == Measure::Score {
        if !data.is_over() {
            return Tone::Measure;
        }
        return match level_of(&data.rules, value) {
            Level::Excellent => Tone::Good,
            Level::Good => Tone::Measure,
            Level::Completed => Tone::Risk,
            Level::NotCompleted => Tone::Bad,
        };
    }
    let below = Decimal::from(data.days.percent()) - value;
    if below >= Decimal::from(BEHIND) {
        Tone::Risk
    } else {
        Tone::Measure
    }
}

#[cfg(test)]
mod tests {
    use kpi::period::WorkingDays;
    use uuid::Uuid;

    use super::*;
    use crate::dashboard::figures::Figures;

    /// November 2026 seen on `today`; one unit with this and last month's mean score.
    fn data(today: &str, now: &str, before: &str) -> Comparison {
        let figures = |score: &str| Figures {
            people: 1,
            scored: if score.is_empty() { 0 } else { 1 },
            score_sum: score.parse().unwrap_or_default(),
            ..Figures::default()
        };
        let unit = UnitCompared {
            unit: Uuid::nil(),
            name: "Vụ Xã hội".to_owned(),
            own: true,
            reachable: true,
            now: figures(now),
            before: figures(before),
            series: Vec::new(),
        };
        Comparison {
            agency: String::new(),
            period: "2026-11".parse().unwrap(),
            today: today.parse().unwrap(),
            rules: kpi::rule_set::RuleSet::nd_335_2025(),
            days: WorkingDays {
                done: 10,
                total: 20,
            },
            measure: Measure::Score,
            units: vec![unit.clone()],
            whole: unit,
        }
    }

    #[test]
    fn a_row_is_a_sentence() {
        let words = |data: &Comparison| entries(data)[0].words.clone();
        assert_eq!(
            words(&data("2026-12-01", "88.7", "84")),
            "Vụ Xã hội: 88,7, hạng 1, tháng 10 là 84, tăng 4,7."
        );
        assert_eq!(
            words(&data("2026-12-01", "84", "84")),
            "Vụ Xã hội: 84, hạng 1, tháng 10 là 84."
        );
        assert_eq!(
            words(&data("2026-12-01", "", "84")),
            "Vụ Xã hội: chưa đủ dữ liệu, tháng 10 là 84."
        );
    }

    #[test]
    fn a_running_month_is_not_called_a_fall() {
        assert_eq!(
            entries(&data("2026-11-13", "52", "84"))[0].words,
            "Vụ Xã hội: 52, hạng 1, tháng 10 là 84."
        );
    }

    #[test]
    fn only_a_finished_month_is_coloured_by_its_level() {
        let tone = |today, now| entries(&data(today, now, ""))[0].tone;
        assert_eq!(tone("2026-12-01", "90"), Tone::Good);
        assert_eq!(tone("2026-12-01", "89.99"), Tone::Measure);
        assert_eq!(tone("2026-12-01", "69"), Tone::Risk);
        assert_eq!(tone("2026-12-01", "49"), Tone::Bad);
        assert_eq!(tone("2026-11-30", "49"), Tone::Measure);
    }

    #[test]
    fn shares_are_coloured_by_what_is_expected_today() {
        let mut behind = data("2026-11-13", "50", "");
        behind.measure = Measure::Progress;
        behind.units[0].now.assigned = Decimal::ONE_HUNDRED;
        for (progress, expected) in [(40, Tone::Risk), (41, Tone::Measure), (50, Tone::Measure)] {
            behind.units[0].now.progress = Decimal::from(progress);
            assert_eq!(entries(&behind)[0].tone, expected, "{progress}");
        }
    }
}
