//! The form that reports a month's figure of an indicator, or corrects it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::line::Line;
use crate::ui::{Field, PostForm, RefusalNotice, refusal_in, refused_in, typed_in};
use crate::unit_kpi::api::ReportIndicator;
use crate::unit_kpi::wire::IndicatorView;

/// The form of one indicator; closed until it is asked for or refused.
#[component]
pub(super) fn Report(
    indicator: IndicatorView,
    today: NaiveDate,
    from: &'static str,
) -> impl IntoView {
    let form = format!("report-{}", indicator.indicator);
    let refusal = Signal::stored(refusal_in::<ReportIndicator>(&form));
    let refused = refusal.with_untracked(Option::is_some);
    let id = indicator.indicator;
    let name = move |field: &str| format!("{field}-{id}");
    let next = indicator.open.first().copied();
    let cut_off = next.map_or(today, |month| month.last_day().min(today));
    let months = indicator
        .open
        .iter()
        .map(|month| {
            let reported = indicator
                .reports
                .iter()
                .any(|report| report.period == *month);
            let words = if reported {
                format!("{} (đính chính)", month.label())
            } else {
                month.label()
            };
            view! { <option value=month.to_string() selected=Some(*month) == next>{words}</option> }
        })
        .collect_view();
    let source = indicator
        .latest()
        .map(|report| report.source.clone())
        .unwrap_or_default();
    let seen = indicator.reports.len().to_string();
    let subject = format!(" {}", indicator.name);
    let figure = if indicator.accumulates {
        format!("Lũy kế từ đầu năm ({})", indicator.unit_of_measure)
    } else {
        format!("Mức của năm đến ngày chốt ({})", indicator.unit_of_measure)
    };
    let day = move || typed_in(refusal, "cut_off")().unwrap_or_else(|| cut_off.to_string());
    view! {
        <details class="more" open=refused>
            <summary>"Báo cáo số liệu"<span class="visually-hidden">{subject}</span></summary>
            <PostForm<ReportIndicator> id=form said="Đã ghi số liệu.">
                <div class="stack">
                    <RefusalNotice refusal/>
                    <input type="hidden" name="form[indicator]" value=indicator.indicator.to_string()/>
                    <input type="hidden" name="form[seen]" value=seen/>
                    <input type="hidden" name="form[from]" value=from/>
                    <div class="form-grid">
                        <Field label="Tháng" name=name("period")>
                            <select id=name("period") name="form[period]" aria-invalid=refused_in(refusal, "period")>{months}</select>
                        </Field>
                        <Line label=figure field="actual" id=name("actual") value="" refusal numeric=true/>
                        <Field label="Ngày chốt số liệu" name=name("cut_off")>
                            <input id=name("cut_off") name="form[cut_off]" type="date" max=today.to_string() required
                                value=day aria-invalid=refused_in(refusal, "cut_off")/>
                        </Field>
                        <Line label="Nguồn số liệu" field="source" id=name("source") value=source refusal/>
                        <Line label="Minh chứng (không bắt buộc)" field="evidence" id=name("evidence") value="" refusal
                            hint="Số văn bản, tên hồ sơ; không ghi nội dung mật." free=true/>
                        <Line label="Lý do đính chính (khi tháng đã có số liệu)" field="reason" id=name("reason") value="" refusal free=true/>
                    </div>
                    <div class="form-actions"><button class="button" data-tone="act">"Ghi số liệu"</button></div>
                </div>
            </PostForm<ReportIndicator>>
        </details>
    }
}
