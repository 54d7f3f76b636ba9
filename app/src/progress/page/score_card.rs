//! The score of a month: one large number on its bands, what would raise it, and what it is made of.

use leptos::prelude::*;

use super::why::Why;
use crate::format;
use crate::progress::wire::{MonthData, ScorePart};
use crate::ui::{Bands, LevelChip, Meter, MeterTone};

/// The card; it follows the data without being drawn anew.
#[component]
pub fn ScoreCard(
    /// The month shown.
    data: RwSignal<MonthData>,
) -> impl IntoView {
    let score = Memo::new(move |_| data.with(|data| data.score.clone()));
    let total = Signal::derive(move || score.with(|score| score.total));
    let label = move || {
        if score.with(|score| score.confirmed) {
            "Điểm đã xác nhận"
        } else {
            "Điểm tạm tính"
        }
    };
    let advice = move || score.with(|score| score.advice.clone());
    let parts = move || {
        score.with(|score| {
            score
                .parts
                .iter()
                .map(|part| part.label.clone())
                .collect::<Vec<_>>()
        })
    };
    view! {
        <section class="card" aria-labelledby="month-score-title">
            <h2 class="visually-hidden" id="month-score-title">"Điểm của tháng"</h2>
            <div class="month-score">
                <div class="stack">
                    <div class="figure-block">
                        <p class="figure-label">{label}</p>
                        <p class="figure-line">
                            <span class="figure" data-testid="score">{move || format::score(total.get())}</span>
                            <span class="figure-of">"/ 100"</span>
                            {move || view! { <LevelChip level=score.with(|score| score.level) full=true/> }}
                        </p>
                    </div>
                    <Bands value=total/>
                    {move || advice().map(|sentence| view! { <p class="month-advice">{sentence}</p> })}
                    <Show when=move || total.get().is_some()>
                        <Why steps=Signal::derive(move || score.with(|score| score.why.clone())) subject="điểm của tháng"/>
                    </Show>
                </div>
                <ul class="month-parts">
                    <For each=parts key=|label| label.clone() let(label)>
                        <Part label data/>
                    </For>
                </ul>
            </div>
        </section>
    }
}

#[component]
fn Part(label: String, data: RwSignal<MonthData>) -> impl IntoView {
    let name = label.clone();
    let part = Memo::new(move |last: Option<&Option<ScorePart>>| {
        data.with(|data| {
            data.score
                .parts
                .iter()
                .find(|part| part.label == name)
                .cloned()
        })
        .or_else(|| last.cloned().flatten())
    });
    let of = move |read: fn(&ScorePart) -> String| {
        part.with(|part| part.as_ref().map(read).unwrap_or_default())
    };
    let percent = Signal::derive(move || {
        part.with(|part| part.as_ref().map(|part| part.percent).unwrap_or_default())
    });
    let tone = Signal::derive(move || {
        if part.with(|part| part.as_ref().is_some_and(|part| part.judged)) {
            MeterTone::Good
        } else {
            MeterTone::Measure
        }
    });
    let steps = Signal::derive(move || {
        part.with(|part| {
            part.as_ref()
                .map(|part| part.why.clone())
                .unwrap_or_default()
        })
    });
    let lines = Signal::derive(move || {
        part.with(|part| {
            part.as_ref()
                .map(|part| part.lines.clone())
                .unwrap_or_default()
        })
    });
    view! {
        <li class="month-part">
            <p><b>{label.clone()}</b><br/><span class="muted small">{move || of(|part| part.formula.clone())}</span></p>
            <Meter value=percent tone label=label.clone()/>
            <b class="num">{move || of(|part| part.figure.clone())}</b>
            <Why steps lines subject=label/>
        </li>
    }
}
