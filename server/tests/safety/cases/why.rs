//! The explanation of a score, and what is recorded about leaders.

use uuid::Uuid;

use super::{Case, Form, get, post, with};
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

    let note: Form = vec![
        ("unit", world.own_unit.to_string()),
        ("period", "2026-11".into()),
        ("key", Uuid::now_v7().to_string()),
        ("kind", "initiative".into()),
        ("text", "Rút ngắn quy trình".into()),
        ("document", "12/QĐ".into()),
    ];
    let e = "review/record_note";
    cases.push(post(e, "", "nobody is signed in", note.clone()));
    cases.push(post(e, "canbo", "an officer records nothing", note.clone()));
    cases.push(post(
        e,
        "phophong",
        "a deputy records nothing",
        note.clone(),
    ));
    cases.push(post(e, "truongphong", "his own unit", note.clone()));
    cases.push(post(
        e,
        "truongphong",
        "another unit",
        with(&note, "unit", world.other_unit),
    ));
    cases.push(post(
        e,
        "tochuc",
        "another agency's unit",
        with(&note, "unit", world.foreign.unit),
    ));
    for (field, value, why) in [
        ("text", " ", "no text"),
        ("document", "", "no document"),
        ("kind", "gossip", "neither of the two"),
        ("period", "2027-03", "a month that did not begin"),
        ("period", "2026-02", "a closed month"),
    ] {
        cases.push(post(e, "tochuc", why, with(&note, field, value)));
    }
    cases.push(post(
        e,
        "tochuc",
        "a text without end",
        with(&note, "text", "a".repeat(5_000)),
    ));
    let e = "review/withdraw_note";
    let form: Form = vec![
        ("note", Uuid::now_v7().to_string()),
        ("reason", "Nhầm".into()),
    ];
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    cases.push(post(
        e,
        "canbo",
        "an officer withdraws nothing",
        form.clone(),
    ));
    cases.push(post(e, "tochuc", "a note that does not exist", form));
}
