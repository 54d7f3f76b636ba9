//! The tree of units as nested lists of links; the chosen one is marked.

use leptos::prelude::*;
use uuid::Uuid;

use super::super::api::UnitLine;
use crate::ui::Chip;

/// Units of the agency.
#[component]
pub(super) fn Tree(
    /// Units by path: a unit stands after the one above it.
    units: Vec<UnitLine>,
    /// The chosen unit; the root without one.
    chosen: Option<Uuid>,
) -> impl IntoView {
    let chosen = chosen.or_else(|| units.first().map(|root| root.unit));
    let count = units.len();
    view! {
        <section class="card">
            <header><h2>"Đơn vị"</h2><span class="muted small">{count}</span></header>
            <nav class="card-body" aria-label="Đơn vị">
                <ul class="organisation-tree">{branch(&units, None, chosen)}</ul>
            </nav>
        </section>
    }
}

/// The units below `parent`, each with its own branch. The tree is finite: a parent always has the shorter path.
fn branch(units: &[UnitLine], parent: Option<Uuid>, chosen: Option<Uuid>) -> Vec<AnyView> {
    units
        .iter()
        .filter(|unit| unit.parent == parent)
        .map(|unit| {
            let below = branch(units, Some(unit.unit), chosen);
            let below = (!below.is_empty()).then(|| view! { <ul>{below}</ul> });
            let current = (chosen == Some(unit.unit)).then_some("true");
            let closed = (!unit.active).then(|| view! { <Chip tone="plain" text="Đã ngừng"/> });
            view! {
                <li>
                    <a href=format!("/organisation?unit={}", unit.unit) aria-current=current>
                        <span>{unit.name.clone()}</span>
                        <span class="muted small">{format!("{} người", unit.people)}</span>
                        {closed}
                    </a>
                    {below}
                </li>
            }
            .into_any()
        })
        .collect()
}
