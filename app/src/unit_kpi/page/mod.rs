//! The screens of a unit's KPI: units side by side, one unit, one's own indicators.

mod assess;
mod conditions;
mod decide;
mod edit;
mod indicator;
mod line;
mod list;
mod mine;
mod report;
mod score;
mod unit;

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use self::list::List;
pub use self::mine::OwnIndicatorsPage;
use self::unit::One;
use super::api::load_unit_kpi;
use super::wire::Shown;
use crate::ui::{ask, shown};

/// `/unit-kpi?unit=…&year=…`: the KPI of a unit; without a unit all of those within reach.
#[component]
pub fn UnitKpiPage() -> impl IntoView {
    let query = use_query_map();
    let asked = move |key: &str| query.read().get(key).unwrap_or_default();
    let loaded = ask(
        move || (asked("unit"), asked("year"), asked("page"), asked("edit")),
        |(unit, year, page, edit)| {
            load_unit_kpi(unit, year, page.parse().unwrap_or(1), !edit.is_empty())
        },
    );
    let (done, edit) = (asked("done"), asked("edit"));
    view! {
        <Title text="KPI đơn vị"/>
        {Suspend::new(async move {
            shown(loaded.await, |shown| match shown {
                Shown::All(list) => view! { <List list/> }.into_any(),
                Shown::One(unit) => view! { <One unit=*unit done edit/> }.into_any(),
            })
        })}
    }
}

/// The years beside the one that is shown, as links that keep the unit.
#[component]
fn YearSwitch(
    year: i32,
    this_year: i32,
    unit: Option<uuid::Uuid>,
    path: &'static str,
) -> impl IntoView {
    let link = move |year: i32| match unit {
        Some(unit) => format!("{path}?unit={unit}&year={year}"),
        None => format!("{path}?year={year}"),
    };
    let before = (year > 2024).then(|| link(year - 1));
    let after = (year < this_year).then(|| link(year + 1));
    view! {
        <nav class="period" aria-label="Năm">
            <a rel="prev" href=before.clone() aria-disabled=before.is_none().then_some("true") aria-label=format!("Năm {}", year - 1)>"‹"</a>
            <span class="period-label" aria-current="true">{format!("Năm {year}")}</span>
            <a rel="next" href=after.clone() aria-disabled=after.is_none().then_some("true") aria-label=format!("Năm {}", year + 1)>"›"</a>
        </nav>
    }
}

fn done_words(code: &str) -> Option<&'static str> {
    match code {
        "indicator" => Some("Đã lưu chỉ số."),
        "removed" => Some("Đã xóa chỉ số."),
        "reported" => Some("Đã ghi số liệu."),
        "points" => Some("Đã ghi điểm tiêu chí chung."),
        "facts" => Some("Đã ghi các thông tin làm căn cứ xếp loại."),
        "recognised" => Some("Đã công nhận mức xếp loại. Số liệu của năm được khóa lại."),
        "reopened" => Some("Đã thu hồi công nhận. Số liệu sửa được trở lại."),
        _ => None,
    }
}
