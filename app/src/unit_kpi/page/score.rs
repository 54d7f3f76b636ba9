//! The unit's score: both groups, the level with its reason, the way there.

use leptos::prelude::*;
use rust_decimal::Decimal;

use super::list::LevelState;
use crate::format::{number, score};
use crate::ui::{Bands, WhyDetails};
use crate::unit_kpi::wire::{Standing, UnitKpi};

/// The card of the score.
#[component]
pub(super) fn Score(unit: UnitKpi) -> impl IntoView {
    let standing = unit.standing;
    let total = standing.outcome.as_ref().map(|outcome| outcome.total);
    let parts = format!(
        "Tiêu chí chung {} / 30 + theo chức năng {} / 70",
        part(standing.basic),
        part(standing.functional)
    );
    let gaps = (!standing.gaps.is_empty()).then(|| {
        let lines = standing
            .gaps
            .iter()
            .map(|gap| view! { <li>{gap.words()}</li> })
            .collect_view();
        view! {
            <div class="notice" data-tone="risk">
                <p><b>"Chưa có điểm vì:"</b></p>
                <ul>{lines}</ul>
            </div>
        }
    });
    let why = (!unit.why.is_empty())
        .then(|| view! { <WhyDetails sentences=unit.why subject="điểm của đơn vị"/> });
    view! {
        <section class="card" aria-labelledby="score">
            <header>
                <h2 id="score">"Điểm của đơn vị"</h2>
                <LevelState standing=standing.clone()/>
            </header>
            <div class="card-body stack">
                <p class="figure-line">
                    <span class="figure">{score(total)}</span>
                    <span class="figure-of">"/ 100"</span>
                </p>
                <Bands value=total/>
                <p>{parts}</p>
                {gaps}
                <Reason standing/>
                {why}
                <p class="muted small">
                    "Mức xếp loại của người đứng đầu không cao hơn mức của đơn vị (khoản 6 Điều 20 NĐ 335/2025/NĐ-CP)."
                </p>
            </div>
        </section>
    }
}

fn part(points: Option<Decimal>) -> String {
    points.map_or_else(|| "–".to_owned(), |points| number(points, 2))
}

/// Why the level is what it is.
#[component]
fn Reason(standing: Standing) -> impl IntoView {
    let rule = standing.outcome.map(|outcome| {
        let level = outcome
            .level
            .map_or("Cấp có thẩm quyền quyết định", |level| {
                level.label()
            });
        format!(
            "Theo quy định: {level} – {} ({}).",
            outcome.reason.label(),
            outcome.article()
        )
    });
    let recognised = standing.recognised.map(|recognised| {
        let by = if recognised.by.is_empty() {
            recognised.at
        } else {
            format!("{}, {}", recognised.by, recognised.at)
        };
        let reason = (!recognised.reason.is_empty())
            .then(|| view! { <p>{format!("Lý do: {}", recognised.reason)}</p> });
        view! {
            <div class="notice" data-tone="plain">
                <p><b>{format!("Đã công nhận: {}", recognised.level.label())}</b></p>
                {reason}
                <p class="muted small">{by}</p>
            </div>
        }
    });
    view! {
        {rule.map(|rule| view! { <p>{rule}</p> })}
        {recognised}
    }
}
