//! The year of people.

use super::{Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
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
