//! The score of a month: one large number on its bands, what would raise it, and what it is made of.

use leptos::prelude::*;

use crate::format;
use crate::progress::wire::{ScoreData, ScorePart};
use crate::ui::{Bands, LevelChip, Meter, MeterTone, WhyDetails};

/// The card.
#[component]
pub fn ScoreCard(
    /// The score shown.
    score: ScoreData,
) -> impl IntoView {
    let label = if score.confirmed {
        "Điểm đã xác nhận"
    } else {
        "Điểm tạm tính"
    };
    let parts = score
        .parts
        .into_iter()
        .map(|part| view! { <Part part/> })
        .collect_view();
    let why = score
        .total
        .map(|_| view! { <WhyDetails sentences=score.why subject="điểm của tháng"/> });
    view! {
        <section class="card" aria-labelledby="month-score-title">
            <h2 class="visually-hidden" id="month-score-title">"Điểm của tháng"</h2>
            <div class="month-score">
                <div class="stack">
                    <div class="figure-block">
                        <p class="figure-label">{label}</p>
                        <p class="figure-line">
                            <span class="figure" data-testid="score">{format::score(score.total)}</span>
                            <span class="figure-of">"/ 100"</span>
                            <LevelChip level=score.level full=true/>
                        </p>
                    </div>
                    <Bands value=score.total/>
                    {score.advice.map(|sentence| view! { <p class="month-advice">{sentence}</p> })}
                    {why}
                    <p class="small muted">"Chấm theo "<a href=format!("/rule-set/{}", score.rules.0)>{score.rules.1}</a></p>
                </div>
                <ul class="month-parts">{parts}</ul>
            </div>
        </section>
    }
}

#[component]
fn Part(part: ScorePart) -> impl IntoView {
    let tone = if part.judged {
        MeterTone::Good
    } else {
        MeterTone::Measure
    };
    view! {
        <li class="month-part">
            <p><b>{part.label.clone()}</b><br/><span class="muted small">{part.formula}</span></p>
            <Meter value=part.percent tone label=part.label.clone()/>
            <b class="num">{part.figure}</b>
            <WhyDetails sentences=part.why lines=part.lines subject=part.label/>
        </li>
    }
}
