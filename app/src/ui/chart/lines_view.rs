//! The small multiple of `Lines` as SVG.

use leptos::prelude::*;

use super::lines::{HEIGHT, Lines, RIGHT, WIDTH};

/// Month by month of one unit; the description carries every value.
#[component]
pub fn LinesChart(
    /// The computed picture.
    lines: Lines,
    /// Id that no other chart of the page has.
    #[prop(into)]
    id: String,
    /// What is shown ("Vụ Xã hội, 12 tháng").
    #[prop(into)]
    title: String,
    /// Every month with its value.
    #[prop(into)]
    description: String,
    /// The last value, written at its point.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named = format!("{title_id} {desc_id}");
    let levels = lines
        .levels
        .into_iter()
        .map(|(y, kind)| view! { <line class="lines-level" data-level=kind x1="0" x2=RIGHT y1=y y2=y></line> })
        .collect_view();
    let runs = lines
        .runs
        .into_iter()
        .map(|points| view! { <polyline class="lines-run" points=points></polyline> })
        .collect_view();
    let alone = lines
        .alone
        .into_iter()
        .map(|point| view! { <circle class="lines-alone" cx=point.x cy=point.y r="3"></circle> })
        .collect_view();
    let open = lines
        .open
        .map(|points| view! { <polyline class="lines-run" data-running="true" points=points></polyline> });
    let running = lines.running.then_some("true");
    let last = lines.last.map(|point| {
        view! {
            <g>
                <circle class="lines-last" data-running=running cx=point.x cy=point.y r="4"></circle>
                <text class="lines-value" x=point.x + 8 y=point.y + 4>{value}</text>
            </g>
        }
    });
    view! {
        <svg class="lines" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-labelledby=named>
            <title id=title_id>{title}</title>
            <desc id=desc_id>{description}</desc>
            {levels}
            {runs}
            {open}
            {alone}
            {last}
        </svg>
    }
}
