//! Assigning, handing over, cancelling.

use super::{ABSURD, Case, Form, get, post, with};
use crate::key;
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let assign: Form = vec![
        ("period", "2026-11".into()),
        ("product", world.product.to_string()),
        ("quantity", "2".into()),
        ("due_day", "2026-11-27".into()),
        ("kind", "plan".into()),
        ("officers[0]", world.officer.to_string()),
        ("key", key()),
    ];
    let e = "assignment/assign";
    cases.push(post(e, "", "nobody is signed in", assign.clone()));
    cases.push(post(
        e,
        "canbo",
        "an officer assigns nothing",
        assign.clone(),
    ));
    cases.push(post(
        e,
        "phophong",
        "a deputy assigns nothing",
        assign.clone(),
    ));
    cases.push(post(
        e,
        "tochuc",
        "the personnel office assigns nothing",
        assign.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a person of another unit",
        with(&assign, "officers[0]", world.outsider),
    ));
    cases.push(post(
        e,
        "truongphong",
        "himself",
        with(&assign, "officers[0]", world.head),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a person of another agency",
        with(&assign, "officers[0]", world.foreign.officer),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a product of another agency",
        with(&assign, "product", world.foreign.product),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a due day outside the month",
        with(&assign, "due_day", "2026-12-01"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a due day before the month",
        with(&assign, "due_day", "2026-10-31"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "no day",
        with(&assign, "due_day", "31/02/2026"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "an unknown kind",
        with(&assign, "kind", "bonus"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a month that is no month",
        with(&assign, "period", "2026-13"),
    ));
    for value in ABSURD {
        cases.push(post(
            e,
            "truongphong",
            "an absurd quantity",
            with(&assign, "quantity", value),
        ));
    }
    cases.push(get(
        "assignment/load",
        "canbo",
        "an officer assigns nothing",
        vec![("period", "2026-11".into())],
    ));
    cases.push(get(
        "assignment/load",
        "truongphong",
        "another unit",
        vec![
            ("period", "2026-11".into()),
            ("unit", world.other_unit.to_string()),
        ],
    ));
    cases.push(get(
        "assignment/load",
        "truongphong",
        "another agency's unit",
        vec![
            ("period", "2026-11".into()),
            ("unit", world.foreign.unit.to_string()),
        ],
    ));

    let cancel: Form = vec![
        ("period", "2026-11".into()),
        ("assignment", world.colleagues_assignment.0.to_string()),
        ("reason", "Nhầm".into()),
        ("version", world.colleagues_assignment.1.to_string()),
    ];
    let e = "assignment/cancel";
    cases.push(post(
        e,
        "canbo",
        "an officer cancels nothing",
        cancel.clone(),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "not the direct superior",
        cancel.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "no reason",
        with(&cancel, "reason", " "),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a version nobody saw",
        with(&cancel, "version", "99999"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "no version",
        with(&cancel, "version", "4294967296"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another unit's",
        with(&cancel, "assignment", world.outsiders_assignment.0),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another agency's",
        with(&cancel, "assignment", world.foreign.assignment),
    ));

    let hand: Form = vec![
        ("period", "2026-11".into()),
        ("assignment", world.own_assignment.0.to_string()),
        ("quantity", "1".into()),
        ("to", world.colleague.to_string()),
        ("due_day", "2026-11-27".into()),
        ("reason", "Quá tải".into()),
        ("key", key()),
    ];
    let e = "assignment/hand_over";
    cases.push(post(
        e,
        "canbo",
        "an officer hands over nothing himself",
        hand.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "to the same person",
        with(&hand, "to", world.officer),
    ));
    cases.push(post(
        e,
        "truongphong",
        "to another unit's person",
        with(&hand, "to", world.outsider),
    ));
    cases.push(post(
        e,
        "truongphong",
        "to another agency's person",
        with(&hand, "to", world.foreign.officer),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another unit's work",
        with(&hand, "assignment", world.outsiders_assignment.0),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another agency's work",
        with(&hand, "assignment", world.foreign.assignment),
    ));
    for value in ABSURD {
        cases.push(post(
            e,
            "truongphong",
            "an absurd quantity",
            with(&hand, "quantity", value),
        ));
    }
    let load: Form = vec![
        ("period", "2026-11".into()),
        ("assignment", world.outsiders_assignment.0.to_string()),
    ];
    cases.push(get(
        "assignment/load_hand_over",
        "truongphong",
        "another unit's work",
        load.clone(),
    ));
    cases.push(get(
        "assignment/load_hand_over",
        "canbo",
        "an officer hands over nothing himself",
        load,
    ));
}
