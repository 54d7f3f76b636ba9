//! Reporting, delivering, causes, evidence.

use uuid::Uuid;

use super::{ABSURD, Case, Form, get, post, with};
use crate::key;
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let report: Form = vec![
        ("period", "2026-11".into()),
        ("assignment", world.own_assignment.0.to_string()),
        ("quantity_done", "1".into()),
        ("work_day", "2026-11-17".into()),
        ("note", "thử".into()),
        ("version", world.own_assignment.1.to_string()),
        ("key", key()),
    ];
    let e = "progress/report";
    cases.push(post(e, "", "nobody is signed in", report.clone()));
    cases.push(post(
        e,
        "canbo",
        "a colleague's work",
        with(&report, "assignment", world.colleagues_assignment.0),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a subordinate's work",
        report.clone(),
    ));
    cases.push(post(
        e,
        "canbo",
        "another agency's work",
        with(&report, "assignment", world.foreign.assignment),
    ));
    cases.push(post(
        e,
        "canbo",
        "an old version",
        with(&report, "version", "-1"),
    ));
    cases.push(post(
        e,
        "canbo",
        "no version",
        with(&report, "version", "99999999999"),
    ));
    cases.push(post(
        e,
        "canbo",
        "a day to come",
        with(&report, "work_day", "2026-11-19"),
    ));
    cases.push(post(
        e,
        "canbo",
        "a day before the month",
        with(&report, "work_day", "2026-10-31"),
    ));
    cases.push(post(
        e,
        "canbo",
        "a month that is closed",
        with(&report, "period", "2026-09"),
    ));
    for value in ABSURD.iter().filter(|value| **value != "0") {
        cases.push(post(
            e,
            "canbo",
            "an absurd quantity",
            with(&report, "quantity_done", value),
        ));
    }

    let deliver: Form = vec![
        ("period", "2026-11".into()),
        ("assignment", world.own_assignment.0.to_string()),
        ("quantity", "1".into()),
        ("work_day", "2026-11-17".into()),
        ("key", key()),
    ];
    let e = "progress/deliver";
    cases.push(post(
        e,
        "truongphong",
        "a subordinate's work",
        deliver.clone(),
    ));
    cases.push(post(
        e,
        "canbo",
        "a colleague's work",
        with(&deliver, "assignment", world.colleagues_assignment.0),
    ));
    cases.push(post(
        e,
        "canbo",
        "another agency's work",
        with(&deliver, "assignment", world.foreign.assignment),
    ));
    cases.push(post(
        e,
        "canbo",
        "a day to come",
        with(&deliver, "work_day", "2026-11-30"),
    ));
    for value in ABSURD {
        cases.push(post(
            e,
            "canbo",
            "an absurd quantity",
            with(&deliver, "quantity", value),
        ));
    }

    let again: Form = vec![
        ("period", "2026-11".into()),
        ("deliverable", world.own_accepted.to_string()),
        ("work_day", "2026-11-17".into()),
        ("key", key()),
    ];
    cases.push(post(
        "progress/redeliver",
        "canbo",
        "accepted already",
        again.clone(),
    ));
    cases.push(post(
        "progress/redeliver",
        "canbo",
        "another person's",
        with(&again, "deliverable", world.heads_deliverable.0),
    ));
    cases.push(post(
        "progress/redeliver",
        "canbo",
        "another agency's",
        with(&again, "deliverable", world.foreign.deliverable),
    ));
    cases.push(post(
        "progress/withdraw",
        "canbo",
        "accepted already",
        again.clone(),
    ));
    cases.push(post(
        "progress/withdraw",
        "canbo",
        "another person's",
        with(&again, "deliverable", world.heads_deliverable.0),
    ));
    cases.push(post(
        "progress/withdraw",
        "canbo",
        "another agency's",
        with(&again, "deliverable", world.foreign.deliverable),
    ));

    let cause: Form = vec![
        ("period", "2026-11".into()),
        ("deliverable", world.own_accepted.to_string()),
        ("concerns", "delay".into()),
        ("occurrences", "1".into()),
        ("reason", "Bão".into()),
        ("key", key()),
    ];
    let e = "progress/request_cause";
    cases.push(post(
        e,
        "canbo",
        "nothing happened that could be excused",
        cause.clone(),
    ));
    cases.push(post(
        e,
        "canbo",
        "an unknown concern",
        with(&cause, "concerns", "everything"),
    ));
    cases.push(post(
        e,
        "canbo",
        "another person's",
        with(&cause, "deliverable", world.heads_deliverable.0),
    ));
    cases.push(post(
        e,
        "canbo",
        "another agency's",
        with(&cause, "deliverable", world.foreign.deliverable),
    ));
    for value in ["0", "-1", "1001", "5000000000", "1,5", "x", ""] {
        cases.push(post(
            e,
            "canbo",
            "an absurd count",
            with(&cause, "occurrences", value),
        ));
    }

    let evidence: Form = vec![
        ("period", "2026-11".into()),
        ("assignment", world.colleagues_assignment.0.to_string()),
        ("label", "12/BC".into()),
        ("key", key()),
    ];
    let e = "progress/add_evidence";
    cases.push(post(e, "canbo", "a colleague's work", evidence.clone()));
    cases.push(post(
        e,
        "truongphong",
        "a subordinate's work",
        evidence.clone(),
    ));
    cases.push(post(
        e,
        "canbo",
        "another agency's work",
        with(&evidence, "assignment", world.foreign.assignment),
    ));
    let own = with(&evidence, "assignment", world.own_assignment.0);
    cases.push(post(e, "canbo", "nothing named", with(&own, "label", " ")));
    cases.push(post(
        e,
        "canbo",
        "a link that runs",
        with(&own, "label", "javascript:alert(1)"),
    ));
    let remove: Form = vec![
        ("period", "2026-11".into()),
        ("evidence", world.colleagues_evidence.to_string()),
        ("key", key()),
    ];
    let e = "progress/remove_evidence";
    cases.push(post(e, "canbo", "a colleague's", remove.clone()));
    cases.push(post(
        e,
        "canbo",
        "no such thing",
        with(&remove, "evidence", world.foreign.preview),
    ));

    let month = |officer: Uuid| {
        vec![
            ("period", "2026-11".to_owned()),
            ("officer", officer.to_string()),
        ]
    };
    cases.push(get(
        "progress/month",
        "canbo",
        "a colleague's month",
        month(world.colleague),
    ));
    cases.push(get(
        "progress/month",
        "truongphong",
        "another unit's person",
        month(world.outsider),
    ));
    cases.push(get(
        "progress/month",
        "lanhdao",
        "another agency's person",
        month(world.foreign.officer),
    ));
    let detail = |assignment: Uuid| {
        vec![
            ("period", "2026-11".to_owned()),
            ("assignment", assignment.to_string()),
        ]
    };
    cases.push(get(
        "progress/assignment",
        "canbo",
        "a colleague's work",
        detail(world.colleagues_assignment.0),
    ));
    cases.push(get(
        "progress/assignment",
        "truongphong",
        "another unit's work",
        detail(world.outsiders_assignment.0),
    ));
    cases.push(get(
        "progress/assignment",
        "lanhdao",
        "another agency's work",
        detail(world.foreign.assignment),
    ));
}
