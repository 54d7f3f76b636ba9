//! What stops the rating or needs a look, each with the person and the way to settle it.

use leptos::prelude::*;

use super::basis;
use crate::format::capital;
use crate::rating::wire::{PersonLine, Standing, YearView};

/// Most lines of one kind that are shown before the rest is counted.
const SHOWN: usize = 8;

/// "Việc cần xử lý trước".
#[component]
pub(super) fn Exceptions(view: YearView) -> impl IntoView {
    let year = view.year;
    let open = view
        .candidates
        .iter()
        .filter(|line| line.standing == Standing::Open)
        .count();
    let over: Vec<String> = view
        .gauges
        .iter()
        .filter(|gauge| gauge.over() > 0)
        .map(crate::rating::wire::Gauge::words)
        .collect();
    let surplus = (!over.is_empty()).then(|| {
        let text = format!("Số được đề nghị xuất sắc {}.", over.join("; "));
        view! {
            <li class="notice" data-tone="risk">
                <p>{text}" "<a href="#candidates">{format!("Xem {open} người chờ chọn")}</a></p>
            </li>
        }
    });
    let ungrouped = (view.ungrouped > 0).then(|| {
        view! {
            <li class="notice" data-tone="risk">
                <p>{format!("{} người chưa xếp vào nhóm nhiệm vụ tương đồng, nên được tính chung một nhóm. ", view.ungrouped)}
                <a href="/organisation">"Xếp nhóm ở trang Tổ chức"</a></p>
            </li>
        }
    });
    let stopped = lines(&view.stopped, year, "risk", basis);
    let blocked = lines(&view.blocked, year, "bad", |line| {
        let words: Vec<&str> = line
            .blockers
            .iter()
            .map(|blocker| blocker.label())
            .collect();
        format!(
            "{}: không hoàn thành nhiệm vụ, bất kể điểm.",
            capital(&words.join("; "))
        )
    });
    let more = |all: &[PersonLine], filter: &str, words: &str| {
        (all.len() > SHOWN).then(|| {
            let href = format!("/rating?year={year}&level={filter}");
            let text = format!("Xem cả {} {words}", all.len());
            view! { <p><a href=href>{text}</a></p> }
        })
    };
    let more_stopped = more(&view.stopped, "stopped", "người chưa xếp loại được");
    let more_blocked = more(&view.blocked, "not_completed", "người không hoàn thành");
    let nothing = over.is_empty()
        && view.stopped.is_empty()
        && view.blocked.is_empty()
        && view.ungrouped == 0;
    view! {
        <section class="rating-exceptions" aria-labelledby="exceptions">
            <h2 id="exceptions">"Việc cần xử lý trước"</h2>
            {if nothing {
                view! { <p class="notice" data-tone="good">"Không thiếu tháng nào, không vượt tỷ lệ, không có trường hợp không hoàn thành theo khoản 4 Điều 20."</p> }.into_any()
            } else {
                view! { <ul class="notice-list">{surplus}{ungrouped}{stopped}{blocked}</ul> }.into_any()
            }}
            {more_stopped}
            {more_blocked}
        </section>
    }
}

fn lines(
    all: &[PersonLine],
    year: i32,
    tone: &'static str,
    words: impl Fn(&PersonLine) -> String,
) -> Vec<AnyView> {
    all.iter()
        .take(SHOWN)
        .map(|line| {
            let href = format!("/rating/{}?year={year}", line.officer);
            let key = format!("{tone}-{}", line.officer);
            view! {
                <li class="notice" data-tone=tone data-key=key>
                    <p><a href=href><b>{line.name.clone()}</b></a>{format!(" · {}: {}", line.unit_name, words(line))}</p>
                </li>
            }
            .into_any()
        })
        .collect()
}
