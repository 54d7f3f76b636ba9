//! The table: who tries what, and why it must be refused.

use uuid::Uuid;

use crate::key;
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

pub fn all(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    assignment(world, &mut cases);
    progress(world, &mut cases);
    review(world, &mut cases);
    catalogue(world, &mut cases);
    organisation(world, &mut cases);
    rating(world, &mut cases);
    accounts(world, &mut cases);
    crate::rules::all(world, &mut cases);
    crate::unit_kpi::cases(world, &mut cases);
    crate::why::all(world, &mut cases);
    cases
}

fn assignment(world: &World, cases: &mut Vec<Case>) {
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

fn progress(world: &World, cases: &mut Vec<Case>) {
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

fn review(world: &World, cases: &mut Vec<Case>) {
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
    cases.push(post(
        "review/withdraw",
        "canbo",
        "a locked month",
        period.clone(),
    ));
    cases.push(post(
        "review/lock_month",
        "truongphong",
        "a head locks no month",
        period.clone(),
    ));
    cases.push(post(
        "review/lock_month",
        "canbo",
        "an officer locks no month",
        period,
    ));

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

fn catalogue(world: &World, cases: &mut Vec<Case>) {
    let approve: Form = vec![
        ("catalogue", world.catalogue.to_string()),
        ("decision", "01/QĐ".into()),
        ("effective_from", "2026-12-01".into()),
    ];
    cases.push(post(
        "catalogue/approve",
        "canbo",
        "an officer approves nothing",
        approve.clone(),
    ));
    cases.push(post(
        "catalogue/approve",
        "tochuc",
        "approved already",
        approve.clone(),
    ));
    cases.push(post(
        "catalogue/approve",
        "tochuc",
        "another agency's",
        with(&approve, "catalogue", world.foreign.catalogue),
    ));
    let delete: Form = vec![("catalogue", world.catalogue.to_string())];
    cases.push(post(
        "catalogue/delete_draft",
        "tochuc",
        "an approved one",
        delete.clone(),
    ));
    cases.push(post(
        "catalogue/delete_draft",
        "canbo",
        "an officer deletes nothing",
        delete.clone(),
    ));
    cases.push(post(
        "catalogue/delete_draft",
        "tochuc",
        "another agency's",
        with(&delete, "catalogue", world.foreign.catalogue),
    ));
    cases.push(get(
        "catalogue/shown",
        "canbo",
        "another agency's",
        vec![("version", world.foreign.catalogue.to_string())],
    ));
    cases.push(get(
        "catalogue/shown",
        "canbo",
        "a page that is no page",
        vec![("page", "-1".into())],
    ));
    let preview: Form = vec![("preview", world.foreign.preview.to_string())];
    cases.push(post(
        "import/apply_catalogue",
        "canbo",
        "an officer imports nothing",
        preview.clone(),
    ));
    cases.push(post(
        "import/apply_catalogue",
        "tochuc",
        "no such upload",
        preview.clone(),
    ));
    cases.push(post(
        "import/apply_people",
        "canbo",
        "an officer imports nothing",
        preview.clone(),
    ));
    cases.push(post(
        "import/apply_people",
        "tochuc",
        "no such upload",
        preview.clone(),
    ));
    cases.push(get(
        "import/catalogue_read",
        "canbo",
        "an officer imports nothing",
        preview.clone(),
    ));
    cases.push(get(
        "import/people_read",
        "canbo",
        "an officer imports nothing",
        preview,
    ));
    cases.push(get(
        "dashboard/compare",
        "canbo",
        "an officer compares nothing",
        vec![],
    ));
    cases.push(get(
        "dashboard/compare",
        "lanhdao",
        "a month that is no month",
        vec![("period", "2026-99".into())],
    ));
}

fn rating(world: &World, cases: &mut Vec<Case>) {
    let year: Form = vec![("year", "2025".into())];
    let e = "rating/year";
    cases.push(get(e, "", "nobody is signed in", year.clone()));
    cases.push(get(
        e,
        "quantri",
        "no administrator's business",
        year.clone(),
    ));
    cases.push(get(
        e,
        "truongphong",
        "another unit",
        with(&year, "unit", world.other_unit),
    ));
    cases.push(get(
        e,
        "tochuc",
        "a unit of another agency",
        with(&year, "unit", world.foreign.unit),
    ));
    cases.push(get(e, "tochuc", "no year", with(&year, "year", "3000")));
    let e = "rating/person";
    for (login, officer, why) in [
        ("", world.officer, "nobody is signed in"),
        ("canbo", world.colleague, "a colleague's year"),
        ("truongphong", world.outsider, "a person of another unit"),
        (
            "lanhdao",
            world.foreign.officer,
            "a person of another agency",
        ),
        ("quantri", world.officer, "no administrator's business"),
    ] {
        cases.push(get(e, login, why, with(&year, "officer", officer)));
    }
    let absence: Form = vec![
        ("absence[officer]", world.officer.to_string()),
        ("absence[kind]", "other".into()),
        ("absence[from_day]", "2026-02-02".into()),
        ("absence[until_day]", "2026-02-06".into()),
        ("absence[document]", "Đơn".into()),
    ];
    let outside: Form = vec![
        ("outside[officer]", world.officer.to_string()),
        ("outside[period]", "2024-05".into()),
        ("outside[score]", "90".into()),
        ("outside[origin]", "Sở".into()),
        ("outside[document]", "Công văn".into()),
    ];
    let blocker: Form = vec![
        ("blocker[officer]", world.officer.to_string()),
        ("blocker[year]", "2025".into()),
        ("blocker[kind]", "discipline".into()),
        ("blocker[act]", "Hành vi".into()),
        ("blocker[document]", "Quyết định".into()),
        ("blocker[decided_on]", "2025-12-01".into()),
    ];
    let ratio: Form = vec![
        ("year", "2025".into()),
        ("ratio", "25".into()),
        ("document", "Quyết định".into()),
        ("decided_on", "2025-12-01".into()),
    ];
    let withdrawn: Form = vec![
        ("absence", world.post.to_string()),
        ("blocker", world.post.to_string()),
        ("reason", "Lý do".into()),
    ];
    for (e, form) in [
        ("rating/record_absence", &absence),
        ("rating/record_outside_month", &outside),
        ("rating/record_blocker", &blocker),
        ("rating/decide_ratio", &ratio),
        ("rating/withdraw_absence", &withdrawn),
        ("rating/withdraw_blocker", &withdrawn),
    ] {
        for login in ["", "canbo", "truongphong", "phophong", "lanhdao", "quantri"] {
            cases.push(post(
                e,
                login,
                "the personnel office alone records the year",
                form.clone(),
            ));
        }
    }
    for (e, form, officer) in [
        ("rating/record_absence", &absence, "absence[officer]"),
        ("rating/record_outside_month", &outside, "outside[officer]"),
        ("rating/record_blocker", &blocker, "blocker[officer]"),
    ] {
        cases.push(post(
            e,
            "tochuc",
            "a person of another agency",
            with(form, officer, world.foreign.officer),
        ));
    }
    for number in ["-1", "100,01", "NaN", "1e5", "", "=1+1"] {
        cases.push(post(
            "rating/record_outside_month",
            "tochuc",
            "a score out of bounds",
            with(&outside, "outside[score]", number),
        ));
        cases.push(post(
            "rating/decide_ratio",
            "tochuc",
            "a share out of bounds",
            with(&ratio, "ratio", number),
        ));
    }
    cases.push(post(
        "rating/record_blocker",
        "tochuc",
        "no paper",
        with(&blocker, "blocker[document]", " "),
    ));
    let choice: Form = vec![
        ("year", "2025".into()),
        ("officer", world.officer.to_string()),
        ("chosen", "good".into()),
        ("reason", "Lý do".into()),
        ("choice", world.post.to_string()),
        ("version", "1".into()),
    ];
    for e in ["rating/choose", "rating/undo_choice"] {
        for login in ["", "canbo", "truongphong", "phophong", "tochuc", "quantri"] {
            cases.push(post(
                e,
                login,
                "the head of the agency alone chooses",
                choice.clone(),
            ));
        }
    }
    cases.push(post(
        "rating/choose",
        "lanhdao",
        "a person of another agency",
        with(&choice, "officer", world.foreign.officer),
    ));
    cases.push(post(
        "rating/choose",
        "lanhdao",
        "no reason",
        with(&choice, "reason", " "),
    ));
}

fn organisation(world: &World, cases: &mut Vec<Case>) {
    let own = world.own_unit.to_string();
    let unit: Form = vec![
        ("parent", own.clone()),
        ("unit_code", "MOI".into()),
        ("unit_name", "Phòng mới".into()),
    ];
    let person: Form = vec![
        ("person[officer_code]", "CB9999".into()),
        ("person[full_name]", "Người Mới".into()),
        ("person[unit]", own.clone()),
        ("person[kind]", "staff".into()),
        ("person[title]", "Chuyên viên".into()),
        ("person[from_day]", "01/11/2026".into()),
    ];
    let change: Form = vec![
        ("officer", world.officer.to_string()),
        ("version", "1".into()),
        ("full_name", "Tên Khác".into()),
    ];
    let seat: Form = vec![
        ("appointment[officer]", world.officer.to_string()),
        ("appointment[unit]", own.clone()),
        ("appointment[kind]", "head".into()),
        ("appointment[title]", "Vụ trưởng".into()),
        ("appointment[from_day]", "01/11/2026".into()),
    ];
    let end: Form = vec![
        ("post", world.post.to_string()),
        ("until_day", "01/11/2026".into()),
    ];
    let rename: Form = vec![
        ("unit", own.clone()),
        ("before", "?".into()),
        ("new_name", "Tên mới".into()),
    ];
    let active: Form = vec![("unit", own), ("active", "false".into())];
    let day: Form = vec![
        ("holiday", "2026-11-20".into()),
        ("holiday_name", "Ngày lễ".into()),
    ];
    for (e, form) in [
        ("organisation/add_unit", &unit),
        ("organisation/add_person", &person),
        ("organisation/change_person", &change),
        ("organisation/add_post", &seat),
        ("organisation/end_post", &end),
        ("organisation/rename_unit", &rename),
        ("organisation/set_unit_active", &active),
        ("organisation/add_holiday", &day),
        ("organisation/remove_holiday", &day),
    ] {
        cases.push(post(
            e,
            "canbo",
            "an officer changes no organisation",
            form.clone(),
        ));
        cases.push(post(
            e,
            "truongphong",
            "a head changes no organisation",
            form.clone(),
        ));
        cases.push(post(e, "", "nobody is signed in", form.clone()));
    }
    cases.push(post(
        "organisation/add_unit",
        "tochuc",
        "below another agency's unit",
        with(&unit, "parent", world.foreign.unit),
    ));
    cases.push(post(
        "organisation/add_unit",
        "tochuc",
        "a code that is no code",
        with(&unit, "unit_code", "a/b"),
    ));
    cases.push(post(
        "organisation/add_person",
        "tochuc",
        "in another agency's unit",
        with(&person, "person[unit]", world.foreign.unit),
    ));
    cases.push(post(
        "organisation/add_person",
        "tochuc",
        "no name",
        with(&person, "person[full_name]", " "),
    ));
    cases.push(post(
        "organisation/add_person",
        "tochuc",
        "no day",
        with(&person, "person[from_day]", "31/02/2026"),
    ));
    cases.push(post(
        "organisation/change_person",
        "tochuc",
        "another agency's person",
        with(&change, "officer", world.foreign.officer),
    ));
    cases.push(post(
        "organisation/change_person",
        "tochuc",
        "a version nobody saw",
        with(&change, "version", "-7"),
    ));
    cases.push(post(
        "organisation/add_post",
        "tochuc",
        "a second head",
        seat.clone(),
    ));
    cases.push(post(
        "organisation/add_post",
        "tochuc",
        "another agency's unit",
        with(&seat, "appointment[unit]", world.foreign.unit),
    ));
    cases.push(post(
        "organisation/end_post",
        "tochuc",
        "another agency's post",
        with(&end, "post", world.foreign.post),
    ));
    cases.push(post(
        "organisation/end_post",
        "tochuc",
        "before it began",
        with(&end, "until_day", "01/01/1990"),
    ));
    cases.push(post(
        "organisation/rename_unit",
        "tochuc",
        "another agency's unit",
        with(&rename, "unit", world.foreign.unit),
    ));
    cases.push(post(
        "organisation/set_unit_active",
        "tochuc",
        "a unit with people",
        active.clone(),
    ));
    cases.push(post(
        "organisation/set_unit_active",
        "tochuc",
        "another agency's unit",
        with(&active, "unit", world.foreign.unit),
    ));
    cases.push(post(
        "organisation/add_holiday",
        "tochuc",
        "no day",
        with(&day, "holiday", "40/40/2026"),
    ));
    cases.push(get("organisation/view", "", "nobody is signed in", vec![]));
    cases.push(get(
        "organisation/first_steps",
        "canbo",
        "an officer sets up nothing",
        vec![],
    ));
}

fn accounts(world: &World, cases: &mut Vec<Case>) {
    let create: Form = vec![
        ("officer", world.colleague.to_string()),
        ("login", "moi".into()),
    ];
    let account: Form = vec![("account", world.account.to_string())];
    let lock = with(&account, "locked", "true");
    let roles: Form = vec![
        ("account", world.own_admin.to_string()),
        ("version", "1".into()),
    ];
    for (e, form) in [
        ("accounts/create", &create),
        ("accounts/reset", &account),
        ("accounts/lock", &lock),
        ("accounts/roles", &roles),
    ] {
        cases.push(post(
            e,
            "canbo",
            "an officer manages no accounts",
            form.clone(),
        ));
        cases.push(post(
            e,
            "tochuc",
            "the personnel office manages no accounts",
            form.clone(),
        ));
    }
    cases.push(post(
        "accounts/create",
        "quantri",
        "another agency's person",
        with(&create, "officer", world.foreign.officer),
    ));
    cases.push(post(
        "accounts/create",
        "quantri",
        "a login that is taken",
        with(&create, "login", "canbo"),
    ));
    cases.push(post(
        "accounts/reset",
        "quantri",
        "another agency's account",
        with(&account, "account", world.foreign.account),
    ));
    cases.push(post(
        "accounts/lock",
        "quantri",
        "another agency's account",
        with(&lock, "account", world.foreign.account),
    ));
    cases.push(post(
        "accounts/lock",
        "quantri",
        "himself",
        with(&lock, "account", world.own_admin),
    ));
    cases.push(post(
        "accounts/roles",
        "quantri",
        "the last administrator",
        roles.clone(),
    ));
    cases.push(post(
        "accounts/roles",
        "quantri",
        "another agency's account",
        with(&roles, "account", world.foreign.account),
    ));
    cases.push(get(
        "accounts/load",
        "tochuc",
        "the personnel office manages no accounts",
        vec![],
    ));
    cases.push(get(
        "audit/list",
        "canbo",
        "an officer reads no audit log",
        vec![],
    ));
    cases.push(get("notifications/list", "", "nobody is signed in", vec![]));
    cases.push(post(
        "notifications/read",
        "",
        "nobody is signed in",
        vec![],
    ));
    cases.push(get("auth/sessions", "", "nobody is signed in", vec![]));
    cases.push(post(
        "auth/end_sessions",
        "",
        "nobody is signed in",
        vec![("session", world.foreign.session.to_string())],
    ));
    let password: Form = vec![
        ("current", "sai rồi nhé bạn ơi".into()),
        ("password", "mật khẩu mới đủ dài".into()),
        ("again", "mật khẩu mới đủ dài".into()),
    ];
    cases.push(post(
        "auth/change_password",
        "canbo",
        "a wrong current password",
        password.clone(),
    ));
    cases.push(post(
        "auth/change_password",
        "",
        "nobody is signed in",
        password,
    ));
}
