//! One indicator: its figure against target and expected progress, month by month, source, evidence, history.

use chrono::{Datelike, NaiveDate};
use kpi::unit::Direction;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::list::tone;
use super::report::Report;
use crate::format::{day, number};
use crate::ui::chart::{Axis, Lines, LinesChart};
use crate::ui::{Chip, Meter, PostForm};
use crate::unit_kpi::api::RemoveIndicator;
use crate::unit_kpi::wire::{IndicatorView, ReportView};

/// The card of an indicator. `from` is "mine" on the page of one's own indicators.
#[component]
pub(super) fn Indicator(
    indicator: IndicatorView,
    manages: bool,
    today: NaiveDate,
    from: &'static str,
) -> impl IntoView {
    let id = indicator.indicator;
    let heading = format!("indicator-{id}");
    let labelled = heading.clone();
    let target = format!(
        "Chỉ tiêu {} {} · trọng số {} % · {} · {} · phụ trách: {}",
        number(indicator.target, 4),
        indicator.unit_of_measure,
        number(indicator.weight, 4),
        indicator.direction.label(),
        if indicator.accumulates {
            "cộng dồn trong năm"
        } else {
            "tỷ lệ, mức bình quân"
        },
        indicator.owner_name
    );
    let form = indicator
        .reports_it
        .then(|| view! { <Report indicator=indicator.clone() today from/> });
    let change = manages.then(|| view! { <Change indicator=indicator.clone()/> });
    view! {
        <article class="unit-kpi-indicator" aria-labelledby=labelled data-key=id.to_string()>
            <header>
                <h4 id=heading>{indicator.name.clone()}</h4>
                <State indicator=indicator.clone()/>
            </header>
            <div class="unit-kpi-figures">
                <Against indicator=indicator.clone()/>
                <Months indicator=indicator.clone()/>
            </div>
            <p class="muted small">{target}</p>
            <Latest indicator=indicator.clone()/>
            <History indicator/>
            {form}
            {change}
        </article>
    }
}

/// On its way, behind, reached or beyond, as a word.
#[component]
fn State(indicator: IndicatorView) -> impl IntoView {
    let (tone, text) = match (indicator.achieved, indicator.lag, indicator.reached) {
        (None, None, _) => ("plain", "Chưa có số liệu".to_owned()),
        (None, Some(_), _) => ("risk", "Chưa có số liệu".to_owned()),
        (_, Some(lag), _) => ("risk", format!("Chậm {} điểm phần trăm", number(lag, 1))),
        (_, _, Some(reached)) if reached > Decimal::ONE_HUNDRED => {
            ("good", format!("Vượt chỉ tiêu: {} %", number(reached, 1)))
        }
        (Some(achieved), ..) if achieved == Decimal::ONE_HUNDRED => {
            ("good", "Đạt chỉ tiêu".to_owned())
        }
        _ => ("measure", "Đúng tiến độ".to_owned()),
    };
    view! { <Chip tone text/> }
}

/// The figure, the bar against target, and where it ought to be.
#[component]
fn Against(indicator: IndicatorView) -> impl IntoView {
    let Some(latest) = indicator.latest().cloned() else {
        return view! { <p>"Chưa có số liệu."</p> }.into_any();
    };
    let achieved = indicator.achieved.unwrap_or_default();
    let reached = achieved == Decimal::ONE_HUNDRED;
    let figure = format!(
        "{} / {} {}",
        number(latest.actual, 4),
        number(indicator.target, 4),
        indicator.unit_of_measure
    );
    let expected = match (indicator.accumulates, indicator.direction) {
        (true, Direction::Higher) => format!(
            "Đạt {} % chỉ tiêu; dự kiến đến {}: {} %",
            number(achieved, 1),
            day(latest.cut_off),
            number(indicator.expected, 1)
        ),
        _ => format!(
            "Đạt {} % chỉ tiêu; so thẳng với chỉ tiêu ở mọi thời điểm",
            number(achieved, 1)
        ),
    };
    let tone = tone(indicator.lag.is_some(), reached);
    let label = format!("{} so với chỉ tiêu", indicator.name);
    let expected_day = day(latest.cut_off);
    view! {
        <div class="figure-block">
            <p><b>{figure}</b></p>
            <Meter value=achieved mark=Signal::stored(indicator.expected) mark_day=expected_day tone label/>
            <p class="small">{expected}</p>
        </div>
    }
    .into_any()
}

/// Percent of the target at each month.
#[component]
fn Months(indicator: IndicatorView) -> impl IntoView {
    let known = indicator.months.iter().flatten().count();
    (known > 1).then(|| {
        // Up to the last month with a figure, so that it is the one that is written at its point.
        let last = indicator
            .months
            .iter()
            .rposition(Option::is_some)
            .map_or(0, |last| last + 1);
        let values: Vec<Option<Decimal>> = indicator.months.iter().take(last).copied().collect();
        let lines = Lines::of(Axis { min: 0, max: 100 }, &values, &[], false);
        let value = indicator
            .achieved
            .map(|value| format!("{}%", number(value, 0)))
            .unwrap_or_default();
        let title = format!("{}: phần trăm chỉ tiêu theo tháng", indicator.name);
        view! {
            <LinesChart lines id=format!("months-{}", indicator.indicator) title description=described(&indicator) value/>
        }
    })
}

fn described(indicator: &IndicatorView) -> String {
    let mut months: Vec<String> = indicator
        .reports
        .iter()
        .filter(|report| report.counts)
        .map(|report| {
            format!(
                "tháng {}: {} {}",
                report.period.month_number(),
                number(report.actual, 4),
                indicator.unit_of_measure
            )
        })
        .collect();
    months.reverse();
    format!("{}.", months.join("; "))
}

/// Source, cut-off day and evidence of the figure that counts.
#[component]
fn Latest(indicator: IndicatorView) -> impl IntoView {
    indicator.latest().cloned().map(|report| {
        let source = format!(
            "Nguồn: {} · chốt đến {}",
            report.source,
            day(report.cut_off)
        );
        let evidence = (!report.evidence.is_empty())
            .then(|| view! { <p class="small">{format!("Minh chứng: {}", report.evidence)}</p> });
        view! {
            <p class="small">{source}</p>
            {evidence}
        }
    })
}

/// Every report, corrections with their reasons.
#[component]
fn History(indicator: IndicatorView) -> impl IntoView {
    (!indicator.reports.is_empty()).then(|| {
        let rows = indicator
            .reports
            .iter()
            .cloned()
            .map(|report| view! { <Reported report/> })
            .collect_view();
        let subject = format!(" {}", indicator.name);
        view! {
            <details class="more">
                <summary>"Số liệu từng tháng"<span class="visually-hidden">{subject}</span></summary>
                <div class="scroll-x" tabindex="0" role="region" aria-label=format!("Số liệu từng tháng: {}", indicator.name)>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">"Tháng"</th>
                                <th scope="col" class="num">{format!("Lũy kế ({})", indicator.unit_of_measure)}</th>
                                <th scope="col">"Chốt đến"</th>
                                <th scope="col">"Nguồn, minh chứng"</th>
                                <th scope="col">"Người báo cáo"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
    })
}

#[component]
fn Reported(report: ReportView) -> impl IntoView {
    let month = format!(
        "{:02}/{}",
        report.period.month_number(),
        report.period.first_day().year()
    );
    let replaced = (!report.counts).then(|| view! { <Chip tone="plain" text="Đã đính chính"/> });
    let reason = (!report.reason.is_empty())
        .then(|| view! { <p class="small">{format!("Lý do đính chính: {}", report.reason)}</p> });
    let evidence = (!report.evidence.is_empty())
        .then(|| view! { <p class="muted small">{report.evidence}</p> });
    view! {
        <tr>
            <th scope="row">{month}" " {replaced}</th>
            <td class="num">{number(report.actual, 4)}</td>
            <td>{day(report.cut_off)}</td>
            <td>{report.source} {evidence} {reason}</td>
            <td>{report.by}<p class="muted small">{report.at}</p></td>
        </tr>
    }
}

/// Links to the form, and removing what has no figures yet.
#[component]
fn Change(indicator: IndicatorView) -> impl IntoView {
    let href = format!(
        "/unit-kpi?unit={}&year={}&edit={}",
        indicator.unit, indicator.year, indicator.indicator
    );
    let subject = format!(" {}", indicator.name);
    let remove = indicator.reports.is_empty().then(|| {
        let subject = subject.clone();
        view! {
            <PostForm<RemoveIndicator> said="Đã xóa chỉ số.">
                <input type="hidden" name="indicator" value=indicator.indicator.to_string()/>
                <input type="hidden" name="version" value=indicator.version.to_string()/>
                <button class="button" data-tone="quiet">"Xóa"<span class="visually-hidden">{subject}</span></button>
            </PostForm<RemoveIndicator>>
        }
    });
    view! {
        <div class="row">
            <a class="button" href=href>"Sửa chỉ số"<span class="visually-hidden">{subject}</span></a>
            {remove}
        </div>
    }
}
