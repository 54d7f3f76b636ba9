//! The explanation of a score, and what is recorded about leaders.

use uuid::Uuid;

use crate::cases::{Case, Form, get, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let of = |officer: Uuid| -> Form {
        vec![
            ("officer", officer.to_string()),
            ("period", "2026-11".into()),
            ("with", "self".into()),
        ]
    };
    let e = "why/compare";
    cases.push(get(e, "", "nobody is signed in", of(world.officer)));
    cases.push(get(e, "canbo", "a colleague", of(world.colleague)));
    cases.push(get(
        e,
        "truongphong",
        "another unit's person",
        of(world.outsider),
    ));
    cases.push(get(
        e,
        "lanhdao",
        "another agency's person",
        of(world.foreign.officer),
    ));
    cases.push(get(
        e,
        "quantri",
        "the administrator sees no scores",
        of(world.officer),
    ));
    cases.push(get(
        e,
        "canbo",
        "the same month twice",
        with(&of(world.officer), "with", "2026-11"),
    ));
    for month in ["2026-13", "thang-6", "' or true --"] {
        cases.push(get(
            e,
            "canbo",
            "no month",
            with(&of(world.officer), "with", month),
        ));
    }
    cases.push(get(
        e,
        "canbo",
        "no person",
        with(&of(world.officer), "officer", "1"),
    ));
}
