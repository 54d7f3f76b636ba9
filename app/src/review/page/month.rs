//! The month of an officer: the score and the work, then the sheet.

use kpi::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::self_assessment::SelfAssessment;
use crate::auth::current_visitor;
use crate::progress::MonthWork;
use crate::ui::PeriodSwitch;

/// The own month, or another officer's within reach.
#[component]
pub fn MonthPage() -> impl IntoView {
    let (query, params) = (use_query_map(), use_params_map());
    let period: Signal<Option<Period>> = Memo::new(move |_| {
        query
            .read()
            .get("period")
            .and_then(|text| text.parse().ok())
    })
    .into();
    let officer: Signal<Option<Uuid>> = Memo::new(move |_| {
        params
            .read()
            .get("officer")
            .and_then(|text| text.parse().ok())
    })
    .into();
    let own = move || officer.get().is_none();
    // The document's title is written when the page's signals may be gone: it reads none.
    let title = if officer.get_untracked().is_none() {
        "Tháng của tôi"
    } else {
        "Tháng của công chức"
    };
    view! {
        <Title text=title/>
        <header class="page-head">
            <h1>{title}</h1>
            <p class="muted">"Điểm tính theo Nghị định 335/2025/NĐ-CP, cập nhật ngay khi ghi tiến độ."</p>
            <div class="toolbar">
                {Suspend::new(async move {
                    let today = current_visitor().await.ok().flatten().map(|visitor| visitor.today);
                    let shown = Signal::derive(move || period.get().or_else(|| Period::of(today?).ok()));
                    view! { <Tools period=shown officer/> }
                })}
            </div>
        </header>
        <MonthWork period officer/>
        <Show when=own>
            <SelfAssessment period/>
        </Show>
    }
}

/// The month beside the links to the sheet and, for another officer, to the review.
#[component]
fn Tools(period: Signal<Option<Period>>, officer: Signal<Option<Uuid>>) -> impl IntoView {
    move || {
        let period = period.get()?;
        let links = officer.get().map(|officer| {
            view! {
                <a class="button" href=format!("/sheet/{officer}?period={period}")>"Phiếu đánh giá"</a>
                <a class="button" href=format!("/review/{officer}?period={period}")>"Xem xét"</a>
            }
        });
        Some(view! { <PeriodSwitch period/> {links} })
    }
}
