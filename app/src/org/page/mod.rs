//! The organisation screen: the tree of units, the people of one of them, and forms for those who manage it.

mod first;
mod holidays;
mod people;
mod person;
mod tree;
mod unit;

pub use holidays::HolidaysPage;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

use super::api::{UnitLine, load_organisation};
use crate::ui::{ask, shown};

/// Units and people of the agency.
#[component]
pub fn OrganisationPage() -> impl IntoView {
    let query = use_query_map();
    let source = Memo::new(move |_| {
        let query = query.read();
        let id = |name: &str| -> Option<Uuid> { query.get(name).and_then(|id| id.parse().ok()) };
        (id("unit"), query.get("q").unwrap_or_default(), id("person"))
    });
    let is_first = Memo::new(move |_| query.read().get("first").as_deref() == Some("1"));
    let view = ask(
        move || source.get(),
        |(unit, search, person)| load_organisation(unit, search, person),
    );
    view! {
            <Title text="Tổ chức"/>
            <header class="page-head">
                <h1>"Tổ chức"</h1>
                <p class="muted">"Đơn vị, người đứng đầu và công chức đang giữ vị trí."</p>
                <form class="toolbar" method="get" action="/organisation" role="search">
                    <label class="visually-hidden" for="q">"Tìm công chức theo tên hoặc mã"</label>
                    <input id="q" name="q" type="search" maxlength="100" placeholder="Tên hoặc mã công chức" value=move || source.get().1/>
                    <button class="button">"Tìm"</button>
                </form>
            </header>
            <Show when=move || is_first.get()><first::FirstStepsCard/></Show>
            {Suspend::new(async move {
                    shown(view.await, move |view| {
                        let (unit, search, chosen_person) = source.get_untracked();
                        let searching = !search.trim().is_empty();
                        let chosen = view
    .units
    .iter()
    .find(|line| Some(line.unit) == unit)
    .or_else(|| view.units.first())
    .filter(|_| !searching)
    .cloned();
                        let choices = unit_choices(&view.units);
                        let manage = view.settings.clone();
                        view! {
    <div class="split">
        <div class="stack">
            <people::PeopleCard
                people=view.people
                more=view.more
                unit=chosen.clone()
                search=search
                person=chosen_person
                manages=manage.is_some()
            />
            {manage.map(|settings| {
                let groups = settings.task_groups.clone();
                view! {
                    {view.person.map(|person| view! { <person::PersonCard person choices=choices.clone() groups=groups.clone()/> })}
                    {chosen.map(|unit| view! { <person::AddPersonCard unit=unit.clone() groups/> <unit::UnitCard unit/> })}
                }
            })}
                                </div>
                                <aside>
                                    <tree::Tree units=view.units chosen=unit/>
                                </aside>
                            </div>
                        }
                    })
                })}
        }
}

/// Active units as options, deeper ones set in.
fn unit_choices(units: &[UnitLine]) -> Vec<(Uuid, String)> {
    units
        .iter()
        .filter(|unit| unit.active)
        .map(|unit| (unit.unit, format!("{} · {}", unit.code, unit.name)))
        .collect()
}
