//! The screens of the yearly rating: the agency, exceptions first, and one person's year.

mod candidates;
mod exceptions;
mod gauges;
mod person;
mod person_facts;
mod table;
mod year;

pub(in crate::rating) use gauges::GaugeList;
pub use person::PersonYearPage;
pub use year::RatingPage;

use leptos::prelude::*;

use crate::rating::wire::{Outcome, PersonLine, Standing};
use crate::ui::{Chip, LevelChip, query_link};

/// The year shown, with links to the years beside it.
#[component]
fn YearSwitch(
    /// The year shown.
    year: i32,
    /// The last year there is: that of today.
    until: i32,
) -> impl IntoView {
    let link = query_link("year");
    let (before, after) = (year - 1, year + 1);
    let ended = after > until;
    view! {
        <nav class="period" aria-label="Năm xếp loại">
            <a rel="prev" href=move || link(&before.to_string()) aria-label=format!("Năm trước: {before}")>"‹"</a>
            <span class="period-label" aria-current="true">{format!("Năm {year}")}</span>
            <a
                rel="next"
                href=move || (!ended).then(|| link(&after.to_string()))
                aria-disabled=ended.then_some("true")
                aria-label=format!("Năm sau: {after}")
            >"›"</a>
        </nav>
    }
}

/// Where the rating of a person is, as a chip.
fn state_chip(line: &PersonLine) -> AnyView {
    match (&line.outcome, &line.standing) {
        (Outcome::Stopped(_), _) => {
            view! { <Chip tone="risk" text="Chưa xếp loại được"/> }.into_any()
        }
        (Outcome::Left(_), _) => view! { <Chip tone="plain" text="Đã rời cơ quan"/> }.into_any(),
        (Outcome::Rated { level: None, .. }, _) => {
            view! { <Chip tone="plain" text="Không xếp loại"/> }.into_any()
        }
        (Outcome::Rated { .. }, Standing::Open) => {
            view! { <Chip tone="measure" text="Đề nghị xuất sắc, chờ chọn"/> }.into_any()
        }
        (Outcome::Rated { .. }, _) => view! { <LevelChip level=line.level()/> }.into_any(),
    }
}

/// What the outcome rests on, as a sentence.
fn basis(line: &PersonLine) -> String {
    match (&line.outcome, &line.standing) {
        (Outcome::Stopped(gaps), _) => {
            format!("Thiếu {}.", crate::rating::months::gap_words(gaps))
        }
        (Outcome::Left(day), _) => format!(
            "Rời cơ quan ngày {}: kết quả các tháng gửi tổ chức mới (Điều 19).",
            crate::format::day(*day)
        ),
        (Outcome::Rated { .. }, Standing::Decided(choice)) => {
            let verb = match choice.chosen {
                crate::rating::wire::Chosen::Excellent => "giữ mức xuất sắc",
                crate::rating::wire::Chosen::Good => "xếp mức tốt do vượt tỷ lệ",
            };
            format!(
                "{} chọn {verb} lúc {}: {} (khoản 5 Điều 20).",
                choice.by, choice.at, choice.reason
            )
        }
        (
            Outcome::Rated {
                reason, article, ..
            },
            _,
        ) => {
            format!("{} ({article}).", crate::format::capital(reason.label()))
        }
    }
}
