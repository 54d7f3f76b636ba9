//! People of a unit, or those whose name was searched.

use kpi::scoring::ScoringRole;
use leptos::prelude::*;
use uuid::Uuid;

use super::super::api::{PersonLine, UnitLine};
use crate::ui::Chip;

/// Short words for a kind of post.
pub(super) fn kind_words(kind: ScoringRole) -> &'static str {
    match kind {
        ScoringRole::Head => "Người đứng đầu",
        ScoringRole::Deputy => "Cấp phó",
        ScoringRole::Staff => "Công chức",
    }
}

/// A table of people with their posts.
#[component]
pub(super) fn PeopleCard(
    /// Heads first, then by given name.
    people: Vec<PersonLine>,
    /// More match than are shown.
    more: bool,
    /// The unit whose people they are; none for a search.
    unit: Option<UnitLine>,
    /// What was searched.
    search: String,
    /// The chosen person.
    person: Option<Uuid>,
    /// Names lead to the person's posts.
    manages: bool,
) -> impl IntoView {
    let searching = unit.is_none();
    let title = match &unit {
        Some(unit) => unit.name.clone(),
        None => format!("Kết quả tìm “{}”", search.trim()),
    };
    let lead = unit.as_ref().map(|unit| {
        let head = if unit.head.is_empty() {
            "Chưa có người đứng đầu".to_owned()
        } else {
            format!("Người đứng đầu: {}", unit.head)
        };
        let deputies = (!unit.deputies.is_empty())
            .then(|| format!(" · Cấp phó: {}", unit.deputies.join(", ")));
        view! { <p class="card-body muted small">{head}{deputies}</p> }
    });
    let empty = people.is_empty().then(|| {
        let words = if searching {
            "Không tìm thấy ai. Hãy thử một phần của tên, không cần dấu."
        } else {
            "Chưa có ai giữ vị trí ở đơn vị này."
        };
        view! { <p class="card-body empty">{words}</p> }
    });
    let shown = people.len();
    let base = unit.map_or_else(String::new, |unit| format!("unit={}&", unit.unit));
    let rows = people
        .into_iter()
        .map(|line| {
            let name = if manages {
                let current = (person == Some(line.officer)).then_some("true");
                view! { <a href=format!("/organisation?{base}person={}", line.officer) aria-current=current>{line.name}</a> }.into_any()
            } else {
                view! { {line.name} }.into_any()
            };
            let tone = if line.kind == ScoringRole::Staff { "plain" } else { "measure" };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{line.code}</td>
                    <td>{line.title}</td>
                    <td><Chip tone=tone text=kind_words(line.kind)/></td>
                    {searching.then(|| view! { <td>{line.unit_name}</td> })}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <header>
                <h2>{title}</h2>
                <span class="muted small">{if more { format!("{shown} người đầu tiên") } else { format!("{shown} người") }}</span>
            </header>
            {lead}
            {empty}
            {(shown > 0).then(|| view! {
                <div class="scroll-x" tabindex="0" role="region" aria-label="Công chức">
                    <table>
                        <caption class="visually-hidden">"Công chức và vị trí"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Họ và tên"</th><th scope="col">"Mã"</th><th scope="col">"Chức danh"</th><th scope="col">"Vị trí"</th>
                                {searching.then(|| view! { <th scope="col">"Đơn vị"</th> })}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            })}
            {more.then(|| view! { <p class="card-body muted small">"Còn nữa: hãy tìm theo tên để thu hẹp."</p> })}
        </section>
    }
}
