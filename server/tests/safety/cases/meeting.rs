//! Meetings: who may open and conduct one, and what is written in it. A meeting that does not exist stands for one of
//! another agency; what happens inside a running one is tried in `app/tests/review/meeting.rs`.

use uuid::Uuid;

use super::{Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    opening(world, cases);
    let meeting = Uuid::now_v7().to_string();
    let of = |more: &[(&'static str, &str)]| -> Form {
        let mut form: Form = vec![("meeting", meeting.clone())];
        form.extend(
            more.iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        form
    };
    let officer = world.officer.to_string();
    let entry = Uuid::now_v7().to_string();
    cases.push(get(
        "meeting/list_meetings",
        "",
        "nobody is signed in",
        vec![],
    ));
    cases.push(get(
        "meeting/list_meetings",
        "quantri",
        "the administrator takes part in nothing",
        vec![],
    ));
    for (e, form) in [
        ("meeting/load_room", of(&[])),
        ("meeting/load_minutes", of(&[])),
    ] {
        cases.push(get(e, "", "nobody is signed in", form.clone()));
        cases.push(get(
            e,
            "quantri",
            "the administrator takes part in nothing",
            form.clone(),
        ));
        cases.push(get(e, "lanhdao", "no meeting of this agency", form.clone()));
        cases.push(get(e, "lanhdao", "no id", with(&form, "meeting", "1")));
    }
    let holding = [
        (
            "meeting/present",
            of(&[("step", "0"), ("subject", &officer)]),
        ),
        ("meeting/conduct", of(&[("step", "0"), ("act", "take")])),
        ("meeting/end", of(&[("step", "0")])),
    ];
    for (e, form) in holding {
        cases.push(post(e, "", "nobody is signed in", form.clone()));
        cases.push(post(
            e,
            "canbo",
            "an officer holds no meeting",
            form.clone(),
        ));
        cases.push(post(
            e,
            "phophong",
            "a deputy holds no meeting",
            form.clone(),
        ));
        cases.push(post(
            e,
            "truongphong",
            "no meeting of this agency",
            form.clone(),
        ));
        cases.push(post(e, "truongphong", "no step", with(&form, "step", "x")));
    }
    cases.push(post(
        "meeting/conduct",
        "truongphong",
        "no such act",
        of(&[("step", "0"), ("act", "destroy")]),
    ));
    let e = "meeting/beat";
    cases.push(post(e, "", "nobody is signed in", of(&[])));
    cases.push(post(e, "canbo", "no meeting of this agency", of(&[])));
    let e = "meeting/write";
    let form = of(&[("entry", &entry), ("kind", "remark"), ("text", "Tốt")]);
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    cases.push(post(e, "canbo", "no meeting of this agency", form.clone()));
    for (field, value, why) in [
        ("kind", "gossip", "no such kind"),
        ("kind", "task", "a task is assigned, not written"),
        ("text", " ", "no text"),
        ("subject", "1", "no subject"),
    ] {
        cases.push(post(e, "canbo", why, with(&form, field, value)));
    }
    cases.push(post(
        e,
        "canbo",
        "a text without end",
        with(&form, "text", "a".repeat(2_001)),
    ));
    let e = "meeting/assign";
    let form = of(&[
        ("entry", &entry),
        ("subject", &officer),
        ("product", "A"),
        ("quantity", "1"),
        ("due_day", "2026-11-28"),
    ]);
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    cases.push(post(e, "canbo", "an officer assigns nothing", form.clone()));
    cases.push(post(
        e,
        "phophong",
        "a deputy assigns nothing",
        form.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "no meeting of this agency",
        form.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "no day",
        with(&form, "due_day", "32/11"),
    ));
    for absurd in ["NaN", "1e5", "", "=1+1"] {
        cases.push(post(
            e,
            "truongphong",
            "no quantity",
            with(&form, "quantity", absurd),
        ));
    }
    minutes(&of(&[("version", "1")]), cases);
}

fn minutes(base: &Form, cases: &mut Vec<Case>) {
    for (e, form) in [
        ("meeting/save_minutes", with(base, "text", "Biên bản")),
        ("meeting/compose_again", base.clone()),
    ] {
        cases.push(post(e, "", "nobody is signed in", form.clone()));
        cases.push(post(
            e,
            "canbo",
            "an officer keeps no minutes",
            form.clone(),
        ));
        cases.push(post(e, "phophong", "no meeting of this agency", form));
    }
    let e = "meeting/sign_minutes";
    let form = with(base, "password", "cong-tam-demo-2026");
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    cases.push(post(
        e,
        "canbo",
        "an officer signs no minutes",
        form.clone(),
    ));
    cases.push(post(
        e,
        "tochuc",
        "who keeps them does not sign",
        form.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "no meeting of this agency",
        form.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another password",
        with(&form, "password", "sai"),
    ));
}

fn opening(world: &World, cases: &mut Vec<Case>) {
    let e = "meeting/open";
    let form: Form = vec![
        ("kind", "month_unit".into()),
        ("unit", world.own_unit.to_string()),
        ("period", "2026-11".into()),
        ("year", String::new()),
    ];
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    cases.push(post(
        e,
        "canbo",
        "an officer holds no meeting",
        form.clone(),
    ));
    cases.push(post(
        e,
        "phophong",
        "a deputy holds no meeting",
        form.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "another unit",
        with(&form, "unit", world.other_unit),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "another agency's unit",
        with(&form, "unit", world.foreign.unit),
    ));
    for (field, value, why) in [
        ("kind", "party", "no such kind"),
        ("unit", "1", "no unit"),
        ("period", "2026-13", "no month"),
        ("period", "2026-12", "a month that did not begin"),
        ("period", "", "a month is missing"),
    ] {
        cases.push(post(e, "truongphong", why, with(&form, field, value)));
    }
    let year = with(&with(&form, "kind", "year"), "year", "2027");
    cases.push(post(e, "truongphong", "a year that did not begin", year));
}
