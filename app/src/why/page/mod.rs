//! The explanation of a month: its trace beside another one, and what would change it.

mod comparison;
mod trial;

use kpi::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use self::comparison::Comparison;
use self::trial::Trial;
use crate::error::AppError;
use crate::ui::{PeriodSwitch, ask, shown};
use crate::why::api::compare_traces;
use crate::why::wire::WhyView;

/// Why a person's month has its score, for the person and everyone within reach.
#[component]
pub fn WhyPage() -> impl IntoView {
    let (query, params) = (use_query_map(), use_params_map());
    let asked = move || {
        let query = query.read();
        let value = |name: &str| query.get(name).unwrap_or_default();
        let officer = params.read().get("officer");
        (
            officer.and_then(|text| text.parse::<Uuid>().ok()),
            value("period"),
            value("with"),
        )
    };
    let loaded = ask(asked, |(officer, period, with)| async move {
        match officer {
            Some(officer) => compare_traces(officer, period, with).await,
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Vì sao điểm này"/>
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Why data/> }) })}
    }
}

#[component]
fn Why(data: WhyView) -> impl IntoView {
    let (officer, period) = (data.officer, data.period);
    let sheet = format!("/sheet/{officer}?period={period}");
    view! {
        <header class="page-head">
            <p class="page-back"><a href=sheet>{format!("‹ Phiếu {}", period.label().to_lowercase())}</a></p>
            <h1>{format!("Vì sao điểm này: {}", data.name)}</h1>
            <p class="muted">{data.post.clone()}</p>
            <div class="toolbar"><PeriodSwitch period/></div>
        </header>
        <Beside officer period with=data.with.clone()/>
        <Comparison main=data.main.clone() compared=data.compared.clone()/>
        <Trial start=data.start/>
    }
}

/// What to lay the month beside: links, and any other month.
#[component]
fn Beside(officer: Uuid, period: Period, with: String) -> impl IntoView {
    let before = period.previous();
    let link = |value: &str, words: String| {
        let current = (with == value).then_some("true");
        let href = format!("/why/{officer}?period={period}&with={value}");
        view! { <a href=href aria-current=current>{words}</a> }
    };
    let month = with.parse::<Period>().unwrap_or(before).to_string();
    view! {
        <div class="toolbar no-print">
            <nav class="segmented" aria-label="So với">
                {link("self", "So với tự đánh giá".to_owned())}
                {link(&before.to_string(), format!("So với {}", before.label().to_lowercase()))}
            </nav>
            <form class="row" method="get" action=format!("/why/{officer}")>
                <input type="hidden" name="period" value=period.to_string()/>
                <label for="why-with">"Tháng khác"</label>
                <input id="why-with" type="month" name="with" value=month required/>
                <button class="button">"So sánh"</button>
            </form>
        </div>
    }
}
