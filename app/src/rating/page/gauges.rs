//! The places at "xuất sắc", of the agency and of each group, and the decision about their share (khoản 5 Điều 20).

use leptos::prelude::*;
use rust_decimal::Decimal;

use crate::format::{capital, day, number, percent};
use crate::rating::api::DecideRatio;
use crate::rating::wire::{Gauge, YearView};
use crate::ui::{
    Field, Meter, MeterTone, PostForm, RefusalNotice, refusal_of, refused_in, typed_in,
};

/// A live gauge for each scope.
#[component]
pub(super) fn Gauges(view: YearView) -> impl IntoView {
    let stopped = view.stopped.len();
    let waiting = (stopped > 0).then(|| {
        view! { <p class="muted small">{format!("{stopped} người chưa xếp loại được nên chưa tính vào đây; số suất có thể tăng khi họ có kết quả.")}</p> }
    });
    view! {
        <section class="card" aria-labelledby="gauges">
            <header>
                <h2 id="gauges">"Suất hoàn thành xuất sắc"</h2>
                <span class="muted small">{ratio_words(&view)}</span>
            </header>
            <div class="card-body stack">
                <GaugeList gauges=view.gauges.clone()/>
                {waiting}
            </div>
        </section>
    }
}

/// The gauges alone, the agency first.
#[component]
pub(in crate::rating) fn GaugeList(gauges: Vec<Gauge>) -> impl IntoView {
    let rows = gauges.iter().map(gauge).collect_view();
    view! { <ul class="rating-gauges">{rows}</ul> }
}

fn ratio_words(view: &YearView) -> String {
    let share = number(view.ratio * Decimal::ONE_HUNDRED, 2);
    match &view.decision {
        Some(decision) => format!(
            "Không quá {share} % số xếp mức tốt, theo {} ngày {}",
            decision.document,
            day(decision.decided_on)
        ),
        None => format!("Không quá {share} % số xếp mức tốt (điểm a khoản 5 Điều 20)"),
    }
}

fn gauge(gauge: &Gauge) -> impl IntoView + use<> {
    let name = if gauge.group.is_empty() {
        "Toàn cơ quan".to_owned()
    } else {
        gauge.group.clone()
    };
    let (standing, most) = (Decimal::from(gauge.standing()), Decimal::from(gauge.most));
    let tone = if gauge.over() > 0 {
        MeterTone::Risk
    } else {
        MeterTone::Good
    };
    let value = percent(standing, most).unwrap_or(if gauge.over() > 0 {
        Decimal::ONE_HUNDRED
    } else {
        Decimal::ZERO
    });
    let counted = format!(
        "{} đề nghị xuất sắc, tối đa {} trên {} người từ mức tốt trở lên",
        gauge.standing(),
        gauge.most,
        gauge.good_or_better
    );
    let sentence = format!("{}.", capital(&gauge.words()));
    view! {
        <li class="rating-gauge" data-key=format!("gauge-{name}")>
            <p><b>{name.clone()}</b></p>
            <Meter value tone=Signal::stored(tone) label=format!("Suất xuất sắc đã dùng, {name}")/>
            <p>{sentence}</p>
            <p class="muted small">{counted}</p>
        </li>
    }
}

/// The decision about the share: for those who record it.
#[component]
pub(super) fn RatioCard(view: YearView) -> impl IntoView {
    let refusal = refusal_of::<DecideRatio>();
    view.records.then(|| {
        let percent = |ratio: Decimal| number(ratio * Decimal::ONE_HUNDRED, 2);
        let hint = format!(
            "Từ {} % đến {} %, khi tổ chức có thành tích vượt trội (điểm b khoản 5 Điều 20).",
            percent(view.usual_ratio),
            percent(view.most_ratio)
        );
        view! {
            <details class="card no-print" open=move || refusal.get().is_some()>
                <summary>"Quyết định tỷ lệ xuất sắc của năm"</summary>
                <div class="card-body">
                    <PostForm<DecideRatio> said="Đã ghi nhận tỷ lệ.">
                        <div class="stack">
                            <RefusalNotice refusal/>
                            <input type="hidden" name="year" value=view.year.to_string()/>
                            <div class="form-grid">
                                <Field label="Tỷ lệ, %" name="ratio" hint>
                                    <input id="ratio" name="ratio" inputmode="decimal" required aria-describedby="ratio-hint" value=typed_in(refusal, "ratio") aria-invalid=refused_in(refusal, "ratio")/>
                                </Field>
                                <Field label="Số văn bản" name="ratio-document">
                                    <input id="ratio-document" name="document" required maxlength="200" value=typed_in(refusal, "document") aria-invalid=refused_in(refusal, "document")/>
                                </Field>
                                <Field label="Ngày quyết định" name="ratio-day">
                                    <input id="ratio-day" name="decided_on" type="date" required aria-invalid=refused_in(refusal, "decided_on")/>
                                </Field>
                            </div>
                            <div><button class="button" data-tone="act">"Ghi nhận tỷ lệ"</button></div>
                        </div>
                    </PostForm<DecideRatio>>
                </div>
            </details>
        }
    })
}
