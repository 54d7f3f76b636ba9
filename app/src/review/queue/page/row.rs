//! One person of the queue: a line that says it all, and the details in place.

use kpi::period::Period;
use leptos::prelude::*;

use super::panel::Panel;
use crate::format::score;
use crate::review::queue::api::PrepareSheet;
use crate::review::queue::wire::QueueRow;
use crate::ui::{Avatar, Chip, LevelChip, refusal_in};

/// The line and its details; open again where something was refused.
#[component]
pub fn Row(
    /// Who.
    row: QueueRow,
    /// The month.
    period: Period,
) -> impl IntoView {
    let open = refusal_in::<PrepareSheet>(&form_id(&row)).is_some();
    let marked = row.is_ready();
    let state = match &row.prepared {
        Some(_) if marked => Some(view! { <Chip tone="good" text="✓ đã đánh dấu"/> }),
        Some(prepared) if !prepared.fits => {
            Some(view! { <Chip tone="risk" text="phiếu đổi sau khi chuẩn bị"/> })
        }
        Some(_) => Some(view! { <Chip tone="plain" text="đã chuẩn bị"/> }),
        None => None,
    };
    let prepared_by = row
        .prepared
        .as_ref()
        .and_then(|prepared| Some((prepared.by.clone()?, prepared.at.clone())))
        .map(|(by, at)| format!("{by} chuẩn bị lúc {at}"));
    let attention = row
        .attention
        .iter()
        .map(|why| view! { <li>{why.clone()}</li> })
        .collect_view();
    let figures = [
        ("Tự chấm", row.own),
        ("Tính được", row.computed),
        ("Kết luận", row.concluded),
    ]
    .into_iter()
    .map(|(name, value)| view! { <span><span class="figure-label">{name}</span><b class="num">{score(value)}</b></span> })
    .collect_view();
    let said = row.said.first().map(|said| {
        view! { <span class="queue-said small"><b>{said.label()}": "</b>{short(&said.text)}</span> }
    });
    let key = row.officer.to_string();
    view! {
        <li class="queue-row" data-row data-key=key data-marked=marked.then_some("")>
            <details open=open>
                <summary>
                    <Avatar name=row.name.clone()/>
                    <span class="queue-who">
                        <b>{row.name.clone()}</b>
                        <span class="meter-words">{row.title.clone()}</span>
                    </span>
                    <span class="queue-figures">{figures}</span>
                    <LevelChip level=row.level/>
                    {state}
                    {(!row.attention.is_empty()).then(|| view! { <ul class="queue-why">{attention}</ul> })}
                    {said}
                    {prepared_by.map(|by| view! { <span class="muted small">{by}</span> })}
                </summary>
                <Panel row period/>
            </details>
        </li>
    }
}

/// The beginning of a text, for a line; the whole stands in the details.
fn short(text: &str) -> String {
    const MOST: usize = 160;
    if text.chars().count() > MOST {
        text.chars().take(MOST - 1).chain(['…']).collect()
    } else {
        text.to_owned()
    }
}

/// The form of one person; a refusal names it.
pub fn form_id(row: &QueueRow) -> String {
    format!("prepare-{}", row.officer)
}
