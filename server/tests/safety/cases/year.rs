//! The steps of a yearly rating: wrong roles, other agencies, steps out of order, signing without the password.

use super::{Case, Form, get, post, with};
use crate::world::World;

const ALL: [&str; 7] = [
    "",
    "canbo",
    "truongphong",
    "phophong",
    "lanhdao",
    "tochuc",
    "quantri",
];

/// Everybody but these tries.
fn others(allowed: &[&str]) -> impl Iterator<Item = &'static str> {
    ALL.into_iter()
        .filter(move |login| !allowed.contains(login))
}

pub fn all(world: &World, cases: &mut Vec<Case>) {
    reading(world, cases);
    own_sheet(cases);
    preparing(world, cases);
    deciding(world, cases);
}

fn reading(world: &World, cases: &mut Vec<Case>) {
    let year: Form = vec![("year", "2025".into())];
    let e = "rating/year_sheet";
    for (login, officer, why) in [
        ("", world.officer, "nobody is signed in"),
        ("canbo", world.colleague, "a colleague's sheet"),
        ("truongphong", world.outsider, "a person of another unit"),
        (
            "tochuc",
            world.foreign.officer,
            "a person of another agency",
        ),
        ("quantri", world.officer, "no administrator's business"),
    ] {
        cases.push(get(e, login, why, with(&year, "officer", officer)));
    }
    cases.push(get(e, "canbo", "no year", with(&year, "year", "1999")));
    let e = "rating/process";
    for login in others(&["lanhdao", "tochuc"]) {
        cases.push(get(
            e,
            login,
            "leaders and the personnel office alone",
            year.clone(),
        ));
    }
    let foreign = with(&year, "unit", world.foreign.unit);
    cases.push(get(e, "tochuc", "a unit of another agency", foreign));
    let decision: Form = vec![("decision", world.post.to_string())];
    for login in ALL {
        cases.push(get(
            "rating/decision",
            login,
            "no such decision",
            decision.clone(),
        ));
    }
    let e = "rating/publication";
    cases.push(get(e, "", "nobody is signed in", year.clone()));
    cases.push(get(e, "canbo", "no year", with(&year, "year", "3000")));
}

fn own_sheet(cases: &mut Vec<Case>) {
    let sheet: Form = vec![
        ("year", "2026".into()),
        ("self_level", "good".into()),
        ("self_remarks", "Tốt".into()),
        ("version", "0".into()),
    ];
    let e = "rating/hand_in";
    cases.push(post(e, "", "nobody is signed in", sheet.clone()));
    cases.push(post(
        e,
        "quantri",
        "an account without an officer",
        sheet.clone(),
    ));
    for (field, value, why) in [
        ("self_level", "", "no level"),
        ("self_level", "best", "no such level"),
        ("year", "2027", "a year that has not come"),
        ("version", "7", "a version that is not there"),
    ] {
        cases.push(post(e, "canbo", why, with(&sheet, field, value)));
    }
    let long = "a".repeat(4001);
    cases.push(post(
        e,
        "canbo",
        "too long",
        with(&sheet, "self_remarks", long),
    ));
    let e = "rating/take_back";
    cases.push(post(e, "", "nobody is signed in", sheet.clone()));
    cases.push(post(e, "canbo", "nothing was handed in", sheet));
}

fn preparing(world: &World, cases: &mut Vec<Case>) {
    let form: Form = vec![
        ("year", "2025".into()),
        ("officer", world.officer.to_string()),
        ("unit", world.own_unit.to_string()),
        ("number", "12-BB".into()),
        ("day", "2025-12-05".into()),
        ("summary", "Nhất trí".into()),
        ("opinion", "Nhất trí".into()),
        ("document", "7-NX".into()),
        ("level", "good".into()),
        ("reason", "Lý do".into()),
        ("version", "99".into()),
        ("decided_on", "2025-12-12".into()),
        ("authority", "Cơ quan quản lý".into()),
    ];
    for e in [
        "rating/hand_in_for_absent",
        "rating/record_meeting",
        "rating/record_opinion",
        "rating/propose",
        "rating/propose_all",
        "rating/step_back",
        "rating/enter_decision",
    ] {
        for login in others(&["tochuc"]) {
            cases.push(post(
                e,
                login,
                "the personnel office alone prepares",
                form.clone(),
            ));
        }
    }
    let away = with(&form, "officer", world.foreign.officer);
    for e in [
        "rating/hand_in_for_absent",
        "rating/record_opinion",
        "rating/propose",
        "rating/step_back",
        "rating/enter_decision",
    ] {
        cases.push(post(
            e,
            "tochuc",
            "a person of another agency",
            away.clone(),
        ));
        cases.push(post(
            e,
            "tochuc",
            "a version that is not there",
            form.clone(),
        ));
    }
    let e = "rating/record_meeting";
    let foreign = with(&form, "unit", world.foreign.unit);
    cases.push(post(e, "tochuc", "a unit of another agency", foreign));
    cases.push(post(e, "tochuc", "no summary", with(&form, "summary", " ")));
    cases.push(post(
        e,
        "tochuc",
        "a day ahead",
        with(&form, "day", "2026-12-05"),
    ));
    let e = "rating/propose";
    cases.push(post(
        e,
        "tochuc",
        "before December",
        with(&form, "year", "2026"),
    ));
    let e = "rating/propose_all";
    cases.push(post(
        e,
        "tochuc",
        "before December",
        with(&form, "year", "2026"),
    ));
}

fn deciding(world: &World, cases: &mut Vec<Case>) {
    let form: Form = vec![
        ("year", "2025".into()),
        ("officers[0]", world.officer.to_string()),
        ("number", "45-QĐ".into()),
        ("decided_on", "2025-12-12".into()),
        ("decision", world.post.to_string()),
        ("level", "good".into()),
        ("reason", "Lý do".into()),
        ("password", "cong-tam-demo-2026".into()),
    ];
    for e in ["rating/decide", "rating/replace"] {
        for login in others(&["lanhdao"]) {
            cases.push(post(
                e,
                login,
                "the head of the agency alone decides",
                form.clone(),
            ));
        }
        let wrong = with(&form, "password", "sai");
        cases.push(post(e, "lanhdao", "signing with a wrong password", wrong));
    }
    let foreign = with(&form, "officers[0]", world.foreign.officer);
    cases.push(post(
        "rating/decide",
        "lanhdao",
        "a person of another agency",
        foreign,
    ));
    let running = with(&form, "year", "2026");
    cases.push(post(
        "rating/decide",
        "lanhdao",
        "before December",
        running.clone(),
    ));
    cases.push(post("rating/replace", "lanhdao", "no such decision", form));
    let e = "rating/publish";
    for login in others(&["lanhdao", "tochuc"]) {
        cases.push(post(
            e,
            login,
            "the authority and the personnel office announce",
            running.clone(),
        ));
    }
    cases.push(post(e, "tochuc", "publishing before signing", running));
}
