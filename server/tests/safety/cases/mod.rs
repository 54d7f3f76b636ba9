//! The table: who tries what, and why it must be refused.

mod accounts;
mod assignment;
mod catalogue;
mod meeting;
mod organisation;
mod period;
mod petition;
mod progress;
mod rating;
mod report;
mod review;
mod rules;
mod unit_kpi;
mod why;
mod year;

use crate::world::World;

pub struct Case {
    pub endpoint: &'static str,
    pub login: &'static str,
    pub why: &'static str,
    pub reads: bool,
    pub form: Vec<(&'static str, String)>,
}

/// Numbers that no field takes.
pub const ABSURD: &[&str] = &[
    "-1",
    "0",
    "1000001",
    "999999999999999999999999",
    "NaN",
    "1e5",
    "4,5,5",
    "",
    "=1+1",
    "<b>1</b>",
];

pub type Form = Vec<(&'static str, String)>;

pub fn post(endpoint: &'static str, login: &'static str, why: &'static str, form: Form) -> Case {
    Case {
        endpoint,
        login,
        why,
        reads: false,
        form,
    }
}

pub fn get(endpoint: &'static str, login: &'static str, why: &'static str, form: Form) -> Case {
    Case {
        endpoint,
        login,
        why,
        reads: true,
        form,
    }
}

/// `base` with one field changed.
pub fn with(base: &Form, field: &'static str, value: impl ToString) -> Form {
    let mut form: Form = base
        .iter()
        .filter(|(name, _)| *name != field)
        .cloned()
        .collect();
    form.push((field, value.to_string()));
    form
}

/// Every case of every feature.
pub fn all(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    assignment::all(world, &mut cases);
    progress::all(world, &mut cases);
    report::all(&mut cases);
    review::all(world, &mut cases);
    catalogue::all(world, &mut cases);
    organisation::all(world, &mut cases);
    period::all(world, &mut cases);
    rating::all(world, &mut cases);
    accounts::all(world, &mut cases);
    rules::all(world, &mut cases);
    unit_kpi::all(world, &mut cases);
    why::all(world, &mut cases);
    meeting::all(world, &mut cases);
    year::all(world, &mut cases);
    petition::all(world, &mut cases);
    cases
}
