//! Two rule sets side by side: only what differs.

use kpi::rule_set::field::{Difference, field};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::rule_set::api::{SetsCompared, compare_sets};
use crate::ui::{Empty, ask, shown};

/// What differs between two rule sets.
#[component]
pub fn CompareSetsPage() -> impl IntoView {
    let query = use_query_map();
    let asked = query.with_untracked(|query| {
        let code = |name: &str| query.get(name).unwrap_or_else(|| "nd-335-2025".to_owned());
        (code("one"), code("other"))
    });
    let loaded = ask(|| (), |()| compare_sets(asked.0, asked.1));
    view! {
        <Title text="So sánh bộ quy tắc"/>
        <header class="page-head">
            <p><a href="/rule-set">"← Các bộ quy tắc"</a></p>
            <h1>"So sánh hai bộ quy tắc"</h1>
        </header>
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Differences data/> }) })}
    }
}

#[component]
fn Differences(data: SetsCompared) -> impl IntoView {
    let name = |code: &str| {
        data.sets
            .iter()
            .find(|(other, _)| other == code)
            .map(|(_, name)| name.clone())
            .unwrap_or_default()
    };
    let (one, other) = (name(&data.one), name(&data.other));
    let options = |chosen: &str| {
        data.sets
            .iter()
            .map(|(code, name)| view! { <option value=code.clone() selected=code == chosen>{name.clone()}</option> })
            .collect_view()
    };
    let (first, second) = (options(&data.one), options(&data.other));
    let empty = data.differences.is_empty();
    let rows = data
        .differences
        .into_iter()
        .map(|found| view! { <Line found/> })
        .collect_view();
    view! {
        <form class="toolbar" method="get" action="/rule-set/compare">
            <span class="row"><label for="one">"Bộ thứ nhất"</label><select id="one" name="one">{first}</select></span>
            <span class="row"><label for="other">"Bộ thứ hai"</label><select id="other" name="other">{second}</select></span>
            <button class="button">"So sánh"</button>
        </form>
        {if empty {
            view! { <Empty text="Hai bộ quy tắc giống nhau ở mọi mục."><p>"Hãy chọn một bộ khác để so sánh."</p></Empty> }.into_any()
        } else {
            view! {
                <section class="card">
                    <div class="scroll-x" tabindex="0" role="region" aria-label="Các mục khác nhau">
                        <table>
                            <caption class="visually-hidden">"Các mục khác nhau"</caption>
                            <thead><tr><th scope="col">"Mục"</th><th scope="col">{one}</th><th scope="col">{other}</th></tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                </section>
            }.into_any()
        }}
    }
}

#[component]
fn Line(found: Difference) -> impl IntoView {
    let cell = |text: String| {
        let lines = text
            .lines()
            .map(|line| view! { <span class="rule-line">{line.to_owned()}</span> })
            .collect_view();
        view! { <td>{lines}</td> }
    };
    let group =
        field(&found.path).map(|field| view! { <p class="muted small">{field.group.label()}</p> });
    view! { <tr data-key=found.path><th scope="row">{found.label}{group}</th>{cell(found.before)}{cell(found.after)}</tr> }
}
