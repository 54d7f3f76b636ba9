//! Deciding, self-assessing, confirming, locking.

use uuid::Uuid;

use super::{Case, Form, get, post, with};
use crate::key;
use crate::world::World;

/// Of the demo accounts: a refusal must not come from the signature.
const PASSWORD: &str = "cong-tam-demo-2026";

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
        ("password", PASSWORD.into()),
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
    queue(world, cases);
    delegation(world, cases);
}

fn queue(world: &World, cases: &mut Vec<Case>) {
    let unit = |unit: Uuid| vec![("unit", unit.to_string()), ("period", "2026-11".to_owned())];
    for (login, why, place) in [
        ("canbo", "nobody asked the officer", world.own_unit),
        ("truongphong", "another unit", world.other_unit),
        ("truongphong", "another agency's unit", world.foreign.unit),
    ] {
        cases.push(get("review/load_queue", login, why, unit(place)));
    }
    let prepare: Form = vec![
        ("officer", world.outsider.to_string()),
        ("period", "2026-11".into()),
        ("version", "1".into()),
        ("key", key()),
        ("choice", "own".into()),
    ];
    let shown = |officer: Uuid| -> Form {
        vec![
            ("period", "2026-11".into()),
            ("key", key()),
            ("shown", format!("{officer}.1")),
        ]
    };
    let unsign: Form = vec![
        ("officer", world.officer.to_string()),
        ("period", "2026-09".into()),
        ("version", "4".into()),
        ("key", key()),
        ("reason", "Nhầm".into()),
        ("password", PASSWORD.into()),
    ];
    for (login, why, officer) in [
        ("truongphong", "another unit's person", world.outsider),
        ("truongphong", "his own sheet", world.head),
        ("canbo", "a colleague's sheet", world.colleague),
        (
            "truongphong",
            "another agency's person",
            world.foreign.officer,
        ),
    ] {
        let one = with(&prepare, "officer", officer);
        cases.push(post("review/prepare", login, why, one));
        cases.push(post("review/accept_rest", login, why, shown(officer)));
        let signed = with(&shown(officer), "password", PASSWORD);
        cases.push(post("review/sign_ready", login, why, signed));
        let one = with(&unsign, "officer", officer);
        cases.push(post("review/unsign", login, why, one));
    }
    cases.push(post(
        "review/unsign",
        "truongphong",
        "locked with its month",
        unsign.clone(),
    ));
    cases.push(post(
        "review/unsign",
        "truongphong",
        "without the password",
        with(&unsign, "password", ""),
    ));
}

fn delegation(world: &World, cases: &mut Vec<Case>) {
    let delegate: Form = vec![
        ("authority", world.head.to_string()),
        ("delegate", world.officer.to_string()),
        ("key", key()),
        ("from", "2026-11-01".into()),
        ("until", "2026-11-30".into()),
        ("document", "12/QĐ".into()),
    ];
    let e = "review/delegate";
    for (login, why, form) in [
        ("canbo", "an officer asks nobody", delegate.clone()),
        (
            "truongphong",
            "for another head",
            with(&delegate, "authority", world.outsider),
        ),
        (
            "truongphong",
            "himself",
            with(&delegate, "delegate", world.head),
        ),
        (
            "tochuc",
            "somebody of another agency",
            with(&delegate, "delegate", world.foreign.officer),
        ),
        (
            "truongphong",
            "days that are over",
            with(&delegate, "until", "2026-11-02"),
        ),
        (
            "truongphong",
            "a unit that he does not head",
            with(&delegate, "unit", world.other_unit),
        ),
        (
            "truongphong",
            "a unit of another agency",
            with(&delegate, "unit", world.foreign.unit),
        ),
    ] {
        cases.push(post(e, login, why, form));
    }
    let form = vec![("delegation", Uuid::now_v7().to_string())];
    cases.push(post(
        "review/end_delegation",
        "truongphong",
        "none of his",
        form,
    ));
    cases.push(get(
        "review/delegations",
        "canbo",
        "an officer asks nobody",
        vec![],
    ));
}
