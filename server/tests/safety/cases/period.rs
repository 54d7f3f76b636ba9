//! Months: opened, moved on, announced, locked by the personnel office alone, and in order.

use super::{ABSURD, Case, Form, post, with};
use crate::key;
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let step: Form = vec![
        ("period", "2026-11".into()),
        ("action", "begin_confirmation".into()),
        ("version", "2".into()),
        ("reason", "Thử".into()),
    ];
    let announce: Form = vec![
        ("period", "2026-11".into()),
        ("version", "2".into()),
        ("key", key()),
        ("reason", "Thử".into()),
    ];
    let lock: Form = vec![
        ("period", "2026-11".into()),
        ("version", "2".into()),
        ("key", key()),
    ];
    for (endpoint, form) in [
        ("period/step", &step),
        ("period/announce", &announce),
        ("period/lock", &lock),
    ] {
        for login in ["canbo", "truongphong", "phophong", "lanhdao", "quantri"] {
            cases.push(post(
                endpoint,
                login,
                "not the personnel office",
                form.clone(),
            ));
        }
        cases.push(post(
            endpoint,
            "tochuc",
            "a stale version",
            with(form, "version", "77"),
        ));
        cases.push(post(
            endpoint,
            "tochuc",
            "a locked month",
            with(&with(form, "period", "2026-09"), "version", "5"),
        ));
        cases.push(post(
            endpoint,
            "tochuc",
            "a month that was not opened",
            with(form, "period", "2027-05"),
        ));
        for version in ABSURD {
            cases.push(post(
                endpoint,
                "tochuc",
                "a version out of range",
                with(form, "version", version),
            ));
        }
    }
    for action in ["announce", "lock", "begin_self_assessment", "delete"] {
        cases.push(post(
            "period/step",
            "tochuc",
            "no such step here",
            with(&step, "action", action),
        ));
    }
    cases.push(post(
        "period/step",
        "tochuc",
        "back without a reason",
        with(&with(&step, "action", "reopen"), "reason", " "),
    ));
    cases.push(post(
        "period/announce",
        "tochuc",
        "before the confirmation",
        announce.clone(),
    ));
    for unit in [world.foreign.unit, world.own_unit] {
        cases.push(post(
            "period/announce",
            "tochuc",
            "a unit of another agency, or too early",
            with(&announce, "unit", unit),
        ));
    }
    cases.push(post(
        "period/lock",
        "tochuc",
        "before the announcement",
        lock.clone(),
    ));
}
