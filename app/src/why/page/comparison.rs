//! Two traces side by side: first what differs, with the items, inputs and weights behind it, then what is the same.

use leptos::prelude::*;

use crate::format::score;
use crate::ui::{Chip, Figure, LevelChip};
use crate::why::trial::signed;
use crate::why::wire::{Compared, ItemRow, Side, StepRow};

/// The month's score, alone or beside another.
#[component]
pub fn Comparison(main: Side, compared: Option<Compared>) -> impl IntoView {
    let Some(compared) = compared else {
        return view! {
            <section class="card" aria-label="Điểm của tháng"><div class="card-body"><SideCard side=main/></div></section>
        }
        .into_any();
    };
    let base = compared.base;
    let names = (base.name.clone(), main.name.clone());
    let difference = base.total.zip(main.total).map(|(before, after)| {
        let tone = if after < before { "risk" } else { "plain" };
        view! { <Chip tone text=format!("{} điểm", signed(after - before))/> }
    });
    let alike = base.rules == main.rules;
    let rules = if alike {
        "Cả hai theo cùng một bộ quy tắc.".to_owned()
    } else {
        "Hai bên theo hai bộ quy tắc khác nhau; trọng số và ngưỡng khác nhau có trong từng bước."
            .to_owned()
    };
    let same = compared.equal.len();
    let side = |side: Side| {
        let name = side.name.clone();
        view! { <section class="card" aria-label=name><div class="card-body"><SideCard side/></div></section> }
    };
    let body = if compared.differing.is_empty() {
        view! { <p class="card-body">"Hai bên giống nhau ở mọi bước."</p> }.into_any()
    } else {
        view! { <Steps rows=compared.differing names=names.clone() caption="Các bước khác nhau"/> }
            .into_any()
    };
    view! {
        <div class="grid-2">
            {side(base)} {side(main)}
        </div>
        <section class="card" aria-labelledby="why-differs">
            <header><h2 id="why-differs">"Khác nhau ở đâu"</h2>{difference}</header>
            <p class="card-body muted">{rules}</p>
            {body}
        </section>
        {(same > 0).then(|| view! {
            <details class="card more why-same">
                <summary>{format!("{same} bước giống nhau")}</summary>
                <Steps rows=compared.equal names caption="Các bước giống nhau"/>
            </details>
        })}
    }
    .into_any()
}

#[component]
fn SideCard(side: Side) -> impl IntoView {
    let level = side.level;
    view! {
        <div class="stack">
            <Figure label=side.name value=score(side.total) of="/ 100"><LevelChip level full=true/></Figure>
            <p class="small muted">
                {side.state}" Bộ quy tắc: "<a href=format!("/rule-set/{}", side.rules.0)>{side.rules.1}</a>{format!(" ({}).", side.rules.0)}
            </p>
        </div>
    }
}

#[component]
fn Steps(rows: Vec<StepRow>, names: (String, String), caption: &'static str) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| view! { <StepPair row/> })
        .collect_view();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label=caption>
            <table class="why-table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Bước"</th>
                        <th scope="col">{names.0}</th>
                        <th scope="col">{names.1}</th>
                        <th scope="col" class="num">"Chênh lệch"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

/// Items of a step that stand open: two months have hardly one in common, and all of them at once hide the steps.
const MOST_OPEN: usize = 3;

#[component]
fn StepPair(row: StepRow) -> impl IntoView {
    let many = row.items.len();
    let items = row.items.into_iter().map(item).collect_view();
    let inputs = row
        .inputs
        .into_iter()
        .map(|input| {
            view! { <li>{input.name}": "<span class="num">{input.before}</span>" → "<span class="num">{input.after}</span></li> }
        })
        .collect_view();
    let causes = (!items.is_empty() || !inputs.is_empty()).then(|| {
        let list = view! { <ul class="why-causes">{inputs}{items}</ul> };
        if many > MOST_OPEN {
            view! { <details class="more"><summary>{format!("{many} việc khác nhau")}</summary>{list}</details> }.into_any()
        } else {
            list.into_any()
        }
    });
    let cell = |value: Option<String>, formula: Option<String>| {
        let none = value.is_none().then_some("không có bước này");
        view! {
            <td>
                <b>{value}</b><span class="muted">{none}</span>
                {formula.map(|formula| view! { <p class="formula">{formula}</p> })}
            </td>
        }
    };
    view! {
        <tr>
            <th scope="row">{row.title}<p class="why-article small">{row.article}</p>{causes}</th>
            {cell(row.before, row.formula_before)}
            {cell(row.after, row.formula_after)}
            <td class="num">{row.difference}</td>
        </tr>
    }
}

/// An item that counts differently: its lines in both, in words that begin with its name.
fn item(row: ItemRow) -> impl IntoView {
    let side = |lines: Vec<String>| {
        if lines.is_empty() {
            "không có".to_owned()
        } else {
            lines.join("; ")
        }
    };
    view! { <li><b>{row.name}</b><br/>{side(row.before)}<br/>"→ "{side(row.after)}</li> }
}
