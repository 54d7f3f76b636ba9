//! The dot plot as SVG: a picture with title and description, and over it one link a row.
//! The links stand beside the picture, not inside it: whatever is inside an image does not exist for a screen reader.

use leptos::prelude::*;

use super::dot_plot::{BandName, Dot, DotPlot, DotRow};

/// One dot plot; a page shows it wide or compact by the room there is.
#[component]
pub fn DotPlotChart(
    /// The computed picture.
    plot: DotPlot,
    /// Id that no other chart of the page has.
    #[prop(into)]
    id: String,
    /// What is shown ("Điểm của 9 đơn vị, tháng 11/2026").
    #[prop(into)]
    title: String,
    /// The rows in words.
    #[prop(into)]
    description: String,
    /// Name of the expected value's line.
    #[prop(into)]
    mark_name: String,
) -> impl IntoView {
    let layout = plot.layout;
    let (top, bottom, height) = (plot.top, plot.bottom, plot.height);
    let id = format!("{id}-{}", layout.name);
    let (title_id, desc_id) = (format!("{id}-title"), format!("{id}-desc"));
    let named = format!("{title_id} {desc_id}");
    let bands = plot
        .bands
        .into_iter()
        .map(|name| band(name, top, bottom))
        .collect_view();
    let ticks = plot
        .ticks
        .into_iter()
        .map(|(value, x)| {
            view! {
                <g>
                    <line class="dots-tick" x1=x x2=x y1=top y2=bottom></line>
                    <text class="dots-scale" x=x y=bottom + 18 text-anchor="middle">{value}</text>
                </g>
            }
        })
        .collect_view();
    let mark = plot.mark.map(|(x, text_x)| {
        view! {
            <g>
                <line class="dots-mark" x1=x x2=x y1=top - 4 y2=bottom></line>
                <text class="dots-mark-name" x=text_x y=top - 10 text-anchor="middle">{mark_name}</text>
            </g>
        }
    });
    let links = plot
        .rows
        .iter()
        .cloned()
        .map(|row| link(row, layout.width))
        .collect_view();
    let rows = plot
        .rows
        .into_iter()
        .map(|row| drawn(row, layout.left, layout.right))
        .collect_view();
    view! {
        <svg class=format!("dots dots-{}", layout.name) viewBox=format!("0 0 {} {height}", layout.width)>
            <g role="img" aria-labelledby=named>
                <title id=title_id>{title}</title>
                <desc id=desc_id>{description}</desc>
                {bands}
                {ticks}
                {mark}
                {rows}
            </g>
            <g>{links}</g>
        </svg>
    }
}

fn band(name: BandName, top: i32, bottom: i32) -> impl IntoView {
    view! {
        <g>
            <rect class="dots-band" data-level=name.band.kind x=name.x y=top width=name.width height=bottom - top></rect>
            <text class="dots-band-name" x=name.text_x y=name.text_y text-anchor=name.anchor>{name.band.name}</text>
        </g>
    }
}

fn drawn(row: DotRow, left: i32, right: i32) -> impl IntoView {
    let y = row.y;
    let anchor = if row.label_x == 0 { "start" } else { "end" };
    let label = row
        .label
        .into_iter()
        .map(|(line, text)| {
            view! { <text class="dots-label" x=row.label_x y=line text-anchor=anchor>{text}</text> }
        })
        .collect_view();
    let between = match (row.dot, row.previous) {
        (Some(dot), Some(previous)) if dot.x != previous.x => {
            Some(view! { <line class="dots-between" x1=previous.x x2=dot.x y1=y y2=y></line> })
        }
        _ => None,
    };
    let previous = row.previous.map(|dot| view! { <g><circle class="dots-previous" cx=dot.x cy=y r="5"></circle>{beyond(dot, y)}</g> });
    let dot = row.dot.map(|dot| view! { <g><circle class="dots-value" cx=dot.x cy=y r="8"></circle>{beyond(dot, y)}</g> });
    let missing = row.entry.value.is_none();
    view! {
        <g class="dots-row" data-tone=row.entry.tone.name() data-own=row.entry.own.then_some("true")>
            <line class="dots-rule" x1=left x2=right y1=y y2=y></line>
            {label}
            {between}
            {previous}
            {dot}
            <text class="dots-text" data-missing=missing.then_some("true") x=row.text_x y=y + 5 text-anchor=row.text_anchor>{row.entry.value_text}</text>
        </g>
    }
}

/// A small arrow at the end of the scale, where the value lies beyond it.
fn beyond(dot: Dot, y: i32) -> Option<impl IntoView> {
    (dot.beyond != 0).then(|| {
        let (base, tip) = (dot.x + dot.beyond * 3, dot.x + dot.beyond * 12);
        view! { <polygon class="dots-beyond" points=format!("{base},{} {base},{} {tip},{y}", y - 5, y + 5)></polygon> }
    })
}

/// The whole row as a link.
fn link(row: DotRow, width: i32) -> impl IntoView {
    let (top, height) = (row.top, row.height);
    let (words, href) = (row.entry.words, row.entry.href);
    let title = words.clone();
    view! {
        <g class="dots-link">
            <a href=href aria-label=words>
                <rect class="dots-hit" x="0" y=top width=width height=height rx="6"></rect>
                <title>{title}</title>
            </a>
        </g>
    }
}
