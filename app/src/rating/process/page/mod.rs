//! Screens of the yearly steps: the officer's Mẫu số 02, everybody by step, the decision, what is public.

mod decide;
mod decision;
mod list;
mod other_level;
mod prepare;
mod publication;
mod row;
mod sheet;

pub use decision::DecisionPage;
pub use list::ProcessPage;
pub use publication::PublicationPage;
pub use sheet::YearSheetPage;

use kpi::level::Level;
use kpi::rating::process::YearStatus;
use leptos::prelude::*;

use crate::ui::Chip;

/// The year shown, with links to the years beside it; the year is part of the address.
#[component]
fn YearPath(
    /// "/publication".
    base: &'static str,
    /// The year shown.
    year: i32,
    /// The last year there is.
    until: i32,
) -> impl IntoView {
    let (before, after) = (year - 1, year + 1);
    let ended = after > until;
    view! {
        <nav class="period" aria-label="Năm xếp loại">
            <a rel="prev" href=format!("{base}/{before}") aria-label=format!("Năm trước: {before}")>"‹"</a>
            <span class="period-label" aria-current="true">{format!("Năm {year}")}</span>
            <a
                rel="next"
                href=(!ended).then(|| format!("{base}/{after}"))
                aria-disabled=ended.then_some("true")
                aria-label=format!("Năm sau: {after}")
            >"›"</a>
        </nav>
    }
}

/// How far a rating is, as a chip.
#[component]
fn StepChip(status: YearStatus) -> impl IntoView {
    let tone = match status {
        YearStatus::Draft => "plain",
        YearStatus::Published => "good",
        YearStatus::Decided => "measure",
        _ => "risk",
    };
    view! { <Chip tone text=crate::format::capital(status.label())/> }
}

/// The four levels, best first.
#[component]
pub fn LevelSelect(
    /// Id of the control.
    #[prop(into)]
    id: String,
    /// Its name.
    name: &'static str,
    /// The one that is chosen.
    chosen: Option<Level>,
    /// The best that may be chosen; any without one.
    #[prop(optional)]
    most: Option<Level>,
) -> impl IntoView {
    let options = Level::ALL
        .iter()
        .rev()
        .filter(|level| most.is_none_or(|most| **level <= most))
        .map(|level| {
            view! { <option value=level.as_str() selected=chosen == Some(*level)>{level.label()}</option> }
        })
        .collect_view();
    view! {
        <select id=id name=name required>
            {chosen.is_none().then(|| view! { <option value="">"Chọn mức"</option> })}
            {options}
        </select>
    }
}
