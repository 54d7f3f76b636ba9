//! Months: opened, moved on, announced, locked by the personnel office alone, and in order.

use super::{ABSURD, Case, Form, get, post, with};
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
        ("password", "cong-tam-demo-2026".into()),
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
    for password in ["", "sai"] {
        cases.push(post(
            "period/announce",
            "tochuc",
            "signing without the password",
            with(&announce, "password", password),
        ));
    }
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
    let dates = |name: &'static str, value: &str| -> Form {
        let mut form: Form = [
            ("dates[self_from]", "2027-05-31"),
            ("dates[self_until]", "2027-06-02"),
            ("dates[confirm_until]", "2027-06-07"),
            ("dates[announce_on]", "2027-06-09"),
            ("dates[lock_on]", "2027-06-21"),
        ]
        .map(|(name, value)| (name, value.to_owned()))
        .into();
        form.push(("period", "2027-05".into()));
        form.push(("version", "2".into()));
        with(&form, name, value)
    };
    let unit: Form = vec![
        ("period", "2026-11".into()),
        ("unit", world.own_unit.to_string()),
        ("self_until", "2026-12-01".into()),
    ];
    for (endpoint, form) in [
        ("period/open", dates("reason", "Thử")),
        ("period/set_dates", dates("period", "2026-11")),
        ("period/set_unit_dates", unit.clone()),
    ] {
        for login in ["canbo", "truongphong", "phophong", "lanhdao", "quantri"] {
            cases.push(post(
                endpoint,
                login,
                "not the personnel office",
                form.clone(),
            ));
        }
    }
    for (name, value) in [
        ("dates[self_from]", "31/02/2027"),
        ("dates[self_until]", "2027-05-01"),
        ("dates[confirm_until]", ""),
        ("dates[announce_on]", "mai"),
        ("dates[lock_on]", "2099-01-01"),
        ("period", "2027-13"),
    ] {
        let form = dates(name, value);
        cases.push(post(
            "period/open",
            "tochuc",
            "dates out of order",
            with(&form, "reason", "Thử"),
        ));
        cases.push(post(
            "period/set_dates",
            "tochuc",
            "dates out of order",
            form,
        ));
    }
    cases.push(post(
        "period/open",
        "tochuc",
        "something is missing and nobody insists",
        dates("reason", " "),
    ));
    cases.push(post(
        "period/open",
        "tochuc",
        "opened already",
        with(&dates("reason", "Thử"), "period", "2026-11"),
    ));
    cases.push(post(
        "period/set_dates",
        "tochuc",
        "a month that was not opened",
        dates("version", "1"),
    ));
    let e = "period/set_unit_dates";
    cases.push(post(
        e,
        "tochuc",
        "another agency's unit",
        with(&unit, "unit", world.foreign.unit),
    ));
    cases.push(post(
        e,
        "tochuc",
        "a date before the self-assessment",
        with(&unit, "self_until", "2026-11-01"),
    ));
    cases.push(post(
        e,
        "tochuc",
        "a locked month",
        with(&unit, "period", "2026-09"),
    ));
    for login in ["canbo", "truongphong", "lanhdao", "quantri"] {
        cases.push(get(
            "period/months",
            login,
            "not the personnel office",
            vec![("period", "2026-11".into())],
        ));
        cases.push(get(
            "organisation/holidays",
            login,
            "not the personnel office",
            Vec::new(),
        ));
    }
    cases.push(get(
        "period/months",
        "tochuc",
        "no month",
        vec![("period", "2026-13".into())],
    ));
}
