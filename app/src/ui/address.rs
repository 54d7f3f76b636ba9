//! Switches that live in the address: links that change one query value and keep the others, so that
//! a view can be bookmarked, sent, and used before WASM arrives.

use kpi::period::Period;
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

/// What a link to another view must not carry along: the page of a list, and what an earlier form said.
const PASSING: [&str; 5] = ["page", "done", "form", "__path", "__err"];

/// Makes addresses of this page with another value for `key`; everything else in the query stays.
/// Call it once in a component, then use the result for each link.
pub fn query_link(key: &'static str) -> impl Fn(&str) -> String + Copy + Send + Sync + 'static {
    let path = use_location().pathname;
    let query = use_query_map();
    move |value| {
        let mut query = query.get();
        for passing in PASSING {
            query.remove(passing);
        }
        query.replace(key, value.to_owned());
        format!("{}{}", path.get(), query.to_query_string())
    }
}

/// The month that is shown, with links to the months beside it.
#[component]
pub fn PeriodSwitch(
    /// The month shown.
    #[prop(into)]
    period: Signal<Period>,
    /// The last month that can be opened; without it there is always a next one.
    #[prop(optional, into)]
    until: Option<Period>,
) -> impl IntoView {
    let link = query_link("period");
    let before = move || period.get().previous();
    let after = move || period.get().next();
    let ended = move || until.is_some_and(|until| after() > until);
    view! {
        <nav class="period" aria-label="Kỳ đánh giá">
            <a rel="prev" href=move || link(&before().to_string()) aria-label=move || format!("Kỳ trước: {}", before().label())>"‹"</a>
            <span class="period-label" aria-current="true">{move || period.get().label()}</span>
            <a
                rel="next"
                href=move || (!ended()).then(|| link(&after().to_string()))
                aria-disabled=move || ended().then_some("true")
                aria-label=move || format!("Kỳ sau: {}", after().label())
            >"›"</a>
        </nav>
    }
}

/// A few views of the same thing as one row of links.
#[component]
pub fn Segmented(
    /// What is chosen, for those who do not see that the links belong together.
    #[prop(into)]
    label: String,
    /// The query value that the links set.
    key: &'static str,
    /// Each value with its words, in order.
    options: Vec<(&'static str, &'static str)>,
    /// The value in force.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    let link = query_link(key);
    let links = options
        .into_iter()
        .map(|(value, words)| {
            let chosen = move || current.with(|current| current == value).then_some("true");
            view! { <a href=move || link(value) aria-current=chosen>{words}</a> }
        })
        .collect_view();
    view! { <nav class="segmented" aria-label=label>{links}</nav> }
}
