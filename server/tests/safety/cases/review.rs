//! Deciding, self-assessing, confirming, locking.

use uuid::Uuid;

use super::{Case, Form, get, post, with};
use crate::key;
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let person = |officer: Uuid| {
        vec![
            ("officer", officer.to_string()),
            ("period", "2026-11".to_owned()),
        ]
    };
    for e in ["review/person", "review/sheet"] {
        cases.push(get(e, "canbo", "a colleague", person(world.colleague)));
        cases.push(get(
            e,
            "truongphong",
            "another unit's person",
            person(world.outsider),
        ));
        cases.push(get(
            e,
            "lanhdao",
            "another agency's person",
            person(world.foreign.officer),
        ));
    }
    let unit = |unit: Uuid| vec![("unit", unit.to_string()), ("period", "2026-11".to_owned())];
    cases.push(get(
        "review/unit",
        "canbo",
        "an officer sees no unit",
        unit(world.own_unit),
    ));
    cases.push(get(
        "review/unit",
        "truongphong",
        "another unit",
        unit(world.other_unit),
    ));
    cases.push(get(
        "review/unit",
        "lanhdao",
        "another agency's unit",
        unit(world.foreign.unit),
    ));
    cases.push(get(
        "review/own_sheet",
        "quantri",
        "an account without an officer",
        vec![("period", "2026-11".into())],
    ));

    let decide: Form = vec![
        ("deliverable", world.accepted_deliverable.0.to_string()),
        ("period", "2026-11".into()),
        ("version", world.accepted_deliverable.1.to_string()),
        ("key", key()),
        ("decision", "return_major".into()),
        ("reason", "Sai số liệu".into()),
        ("new_due_day", "2026-11-25".into()),
    ];
    let e = "review/decide_delivery";
    cases.push(post(
        e,
        "truongphong",
        "a second decision after the first",
        decide.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "accepted twice",
        with(&decide, "decision", "accept"),
    ));
    cases.push(post(
        e,
        "canbo",
        "an officer decides nothing",
        decide.clone(),
    ));
    cases.push(post(
        e,
        "tochuc",
        "the personnel office decides nothing",
        decide.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "an unknown decision",
        with(&decide, "decision", "redeliver"),
    ));
    let own = with(
        &with(&decide, "deliverable", world.heads_deliverable.0),
        "version",
        world.heads_deliverable.1,
    );
    cases.push(post(
        e,
        "truongphong",
        "his own work",
        with(&own, "decision", "accept"),
    ));
    let outside = with(
        &with(&decide, "deliverable", world.outsiders_deliverable.0),
        "version",
        world.outsiders_deliverable.1,
    );
    cases.push(post(
        e,
        "truongphong",
        "another unit's work",
        with(&outside, "decision", "accept"),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "not the direct superior",
        with(&outside, "decision", "accept"),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "another agency's work",
        with(
            &with(&decide, "deliverable", world.foreign.deliverable),
            "decision",
            "accept",
        ),
    ));
    let to_superior = with(&own, "decision", "return_minor");
    cases.push(post(
        e,
        "lanhdao",
        "a return without a reason",
        with(&to_superior, "reason", ""),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "a new due day in the past",
        with(&to_superior, "new_due_day", "2026-11-01"),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "a version nobody saw",
        with(&with(&own, "decision", "accept"), "version", "77"),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "a confirmed day to come",
        with(
            &with(&own, "decision", "accept"),
            "confirmed_day",
            "2026-11-30",
        ),
    ));

    let all: Form = vec![
        ("officer", world.outsider.to_string()),
        ("period", "2026-11".into()),
        ("key", key()),
        ("shown", world.outsiders_deliverable.0.to_string()),
    ];
    let e = "review/accept_all";
    cases.push(post(e, "truongphong", "another unit's person", all.clone()));
    cases.push(post(
        e,
        "truongphong",
        "himself",
        with(&all, "officer", world.head),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "another agency's person",
        with(&all, "officer", world.foreign.officer),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another person's deliverable",
        with(&all, "officer", world.officer),
    ));

    let cause: Form = vec![
        ("cause", world.foreign.cause.to_string()),
        ("period", "2026-11".into()),
        ("key", key()),
        ("decision", "confirm".into()),
        ("reason", "Đúng".into()),
    ];
    cases.push(post(
        "review/decide_cause",
        "truongphong",
        "another agency's",
        cause.clone(),
    ));
    cases.push(post(
        "review/decide_cause",
        "canbo",
        "an officer decides nothing",
        cause.clone(),
    ));
    cases.push(post(
        "review/decide_cause",
        "truongphong",
        "an unknown decision",
        with(&cause, "decision", "maybe"),
    ));

    let criterion: Form = vec![
        ("period", "2026-11".into()),
        ("criterion", "I.1".into()),
        ("points", "4,5".into()),
    ];
    let e = "review/save_criterion";
    cases.push(post(
        e,
        "quantri",
        "an account without an officer",
        criterion.clone(),
    ));
    cases.push(post(
        e,
        "canbo",
        "a locked month",
        with(&criterion, "period", "2026-09"),
    ));
    cases.push(post(
        e,
        "canbo",
        "an unknown criterion",
        with(&criterion, "criterion", "IV.9"),
    ));
    for value in [
        "-1",
        "5,5",
        "2.505",
        "99999999999999999999999999999999",
        "NaN",
        "=1",
    ] {
        cases.push(post(
            e,
            "canbo",
            "points out of range",
            with(&criterion, "points", value),
        ));
    }
    let remarks: Form = vec![
        ("period", "2026-09".into()),
        ("version", "1".into()),
        ("strengths", "Tốt".into()),
    ];
    cases.push(post(
        "review/save_remarks",
        "canbo",
        "a locked month",
        remarks.clone(),
    ));
    cases.push(post(
        "review/save_remarks",
        "canbo",
        "a version nobody saw",
        with(&with(&remarks, "period", "2026-11"), "version", "4242"),
    ));
    let sheet: Form = vec![
        ("period", "2026-09".into()),
        ("version", "1".into()),
        ("key", key()),
        ("points[I.1]", "4".into()),
        ("then", "submit".into()),
    ];
    cases.push(post(
        "review/save_sheet",
        "canbo",
        "a locked month",
        sheet.clone(),
    ));
    cases.push(post(
        "review/save_sheet",
        "canbo",
        "points out of range",
        with(&with(&sheet, "period", "2026-11"), "points[I.1]", "6"),
    ));
    let period: Form = vec![("period", "2026-09".into()), ("key", key())];
    cases.push(post("review/withdraw", "canbo", "a locked month", period));

    let confirm: Form = vec![
        ("officer", world.outsider.to_string()),
        ("period", "2026-11".into()),
        ("version", "1".into()),
        ("key", key()),
        ("points[I.1]", "4".into()),
    ];
    let e = "review/confirm";
    cases.push(post(
        e,
        "truongphong",
        "another unit's person",
        confirm.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "his own sheet",
        with(&confirm, "officer", world.head),
    ));
    cases.push(post(
        e,
        "canbo",
        "an officer confirms nothing",
        with(&confirm, "officer", world.officer),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "another agency's person",
        with(&confirm, "officer", world.foreign.officer),
    ));
    cases.push(post(
        e,
        "truongphong",
        "not submitted yet",
        with(&confirm, "officer", world.officer),
    ));
    cases.push(post(
        e,
        "truongphong",
        "confirmed and locked already",
        with(
            &with(&confirm, "officer", world.officer),
            "period",
            "2026-09",
        ),
    ));
}
