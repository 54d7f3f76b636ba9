//! Whoever reaches too far in the KPI of units.

use uuid::Uuid;

use super::{ABSURD, Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    reading(world, cases);
    indicators(world, cases);
    reports(world, cases);
    assessing(world, cases);
}

fn reading(world: &World, cases: &mut Vec<Case>) {
    let e = "unit_kpi/load";
    let of = |unit: Uuid| vec![("unit", unit.to_string()), ("year", "2026".to_owned())];
    cases.push(get(e, "", "nobody is signed in", of(world.own_unit)));
    cases.push(get(
        e,
        "canbo",
        "an officer sees no unit",
        of(world.own_unit),
    ));
    cases.push(get(
        e,
        "quantri",
        "an administrator sees no unit",
        of(world.own_unit),
    ));
    cases.push(get(
        e,
        "truongphong",
        "a sibling unit",
        of(world.other_unit),
    ));
    cases.push(get(e, "phophong", "a sibling unit", of(world.other_unit)));
    cases.push(get(
        e,
        "lanhdao",
        "another agency's unit",
        of(world.foreign.unit),
    ));
    for year in ["2023", "2999", "-1", "x", "20 26"] {
        let form = with(&of(world.own_unit), "year", year);
        cases.push(get(e, "truongphong", "a year that is no year here", form));
    }
    let own = vec![("year", "2026".to_owned())];
    cases.push(get(
        "unit_kpi/load_own",
        "",
        "nobody is signed in",
        own.clone(),
    ));
    cases.push(get("unit_kpi/load_own", "quantri", "no officer", own));
}

fn indicators(world: &World, cases: &mut Vec<Case>) {
    let base: Form = vec![
        ("form[unit]", world.own_unit.to_string()),
        ("form[year]", "2026".into()),
        ("form[function]", "Tham mưu".into()),
        ("form[name]", "Một chỉ số mới".into()),
        ("form[unit_of_measure]", "đề án".into()),
        ("form[direction]", "higher".into()),
        ("form[measure]", "sum".into()),
        ("form[target]", "10".into()),
        ("form[weight]", "0".into()),
        ("form[owner]", world.officer.to_string()),
    ];
    let e = "unit_kpi/save_indicator";
    for (login, why) in [
        ("", "nobody is signed in"),
        ("canbo", "an officer sets no indicator"),
        ("phophong", "a deputy sets no indicator"),
    ] {
        cases.push(post(e, login, why, base.clone()));
    }
    for (field, value, why) in [
        ("form[unit]", world.other_unit.to_string(), "a sibling unit"),
        (
            "form[unit]",
            world.foreign.unit.to_string(),
            "another agency's unit",
        ),
        (
            "form[owner]",
            world.outsider.to_string(),
            "a person of another unit",
        ),
        (
            "form[owner]",
            world.foreign.officer.to_string(),
            "a person of another agency",
        ),
        ("form[owner]", String::new(), "nobody"),
        ("form[name]", " ".to_owned(), "no name"),
        ("form[function]", "x".repeat(201), "a name without end"),
        ("form[direction]", "sideways".to_owned(), "no direction"),
        ("form[measure]", "guess".to_owned(), "no measure"),
        ("form[year]", "2027".to_owned(), "a year to come"),
        ("form[weight]", "100,1".to_owned(), "a weight above 100"),
        (
            "form[indicator]",
            Uuid::now_v7().to_string(),
            "an indicator that is not there",
        ),
    ] {
        cases.push(post(e, "truongphong", why, with(&base, field, value)));
    }
    for value in ABSURD.iter().filter(|value| **value != "1000001") {
        cases.push(post(
            e,
            "truongphong",
            "an absurd target",
            with(&base, "form[target]", value),
        ));
    }
    for value in ABSURD.iter().filter(|value| **value != "0") {
        cases.push(post(
            e,
            "truongphong",
            "an absurd weight",
            with(&base, "form[weight]", value),
        ));
    }
    let remove = |indicator: Uuid, version: &str| {
        vec![
            ("indicator", indicator.to_string()),
            ("version", version.to_owned()),
        ]
    };
    let e = "unit_kpi/remove_indicator";
    let own = world.own_indicator.0;
    cases.push(post(
        e,
        "canbo",
        "an officer removes no indicator",
        remove(own, "1"),
    ));
    cases.push(post(e, "truongphong", "it has figures", remove(own, "1")));
    cases.push(post(
        e,
        "truongphong",
        "a version nobody saw",
        remove(own, "9"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a sibling unit's",
        remove(world.outsiders_indicator, "1"),
    ));
    cases.push(post(
        e,
        "truongphong",
        "an indicator that is not there",
        remove(Uuid::now_v7(), "1"),
    ));
}

fn reports(world: &World, cases: &mut Vec<Case>) {
    let (own, seen) = world.own_indicator;
    let base: Form = vec![
        ("form[indicator]", own.to_string()),
        ("form[seen]", seen.to_string()),
        ("form[period]", "2026-11".into()),
        ("form[actual]", "23".into()),
        ("form[source]", "Sổ theo dõi".into()),
        ("form[cut_off]", "2026-11-17".into()),
    ];
    let e = "unit_kpi/report";
    for (login, why) in [
        ("", "nobody is signed in"),
        ("quantri", "no officer"),
        ("phophong", "neither owner nor head"),
        ("tochuc", "neither owner nor head"),
    ] {
        cases.push(post(e, login, why, base.clone()));
    }
    let sibling = with(&base, "form[indicator]", world.outsiders_indicator);
    cases.push(post(
        e,
        "canbo",
        "a sibling unit's indicator",
        sibling.clone(),
    ));
    cases.push(post(
        e,
        "truongphong",
        "a sibling unit's indicator",
        sibling,
    ));
    for (field, value, why) in [
        (
            "form[indicator]",
            Uuid::now_v7().to_string(),
            "an indicator that is not there",
        ),
        ("form[seen]", "-1".to_owned(), "a state nobody saw"),
        ("form[period]", "2026-12".to_owned(), "a month to come"),
        ("form[period]", "2025-11".to_owned(), "another year's month"),
        ("form[cut_off]", "2026-11-19".to_owned(), "a day to come"),
        (
            "form[cut_off]",
            "2026-10-31".to_owned(),
            "a day outside the month",
        ),
        ("form[source]", " ".to_owned(), "no source"),
        ("form[source]", "x".repeat(501), "a source without end"),
        ("form[actual]", "1".to_owned(), "less than the month before"),
    ] {
        cases.push(post(e, "canbo", why, with(&base, field, value)));
    }
    // The month before has a figure: a correction without its reason.
    let again = with(
        &with(&base, "form[period]", "2026-10"),
        "form[cut_off]",
        "2026-10-31",
    );
    cases.push(post(e, "canbo", "a correction without a reason", again));
    for value in ABSURD.iter().filter(|value| **value != "1000001") {
        cases.push(post(
            e,
            "canbo",
            "an absurd figure",
            with(&base, "form[actual]", value),
        ));
    }
}

fn assessing(world: &World, cases: &mut Vec<Case>) {
    let root = world.root;
    let base: Form = vec![
        ("unit", world.own_unit.to_string()),
        ("year", "2026".into()),
        ("version", "0".into()),
    ];
    let mut points = base.clone();
    let mut facts = base.clone();
    let mut level = base.clone();
    let mut reopen = base.clone();
    for field in ["points[1]", "points[2]", "points[3]"] {
        points.push((field, "9".into()));
    }
    for field in ["reasons[1]", "reasons[2]", "reasons[3]"] {
        points.push((field, "Theo báo cáo".into()));
    }
    facts.push(("facts[wrongdoing]", "true".into()));
    facts.push(("facts[wrongdoing_document]", "12-KL/UBKT".into()));
    level.push(("level", "good".into()));
    reopen.push(("reopen_reason", "Nhầm".into()));
    for (e, form) in [
        ("unit_kpi/give_points", &points),
        ("unit_kpi/facts", &facts),
        ("unit_kpi/recognise", &level),
        ("unit_kpi/reopen", &reopen),
    ] {
        for (login, why) in [
            ("", "nobody is signed in"),
            ("canbo", "an officer assesses no unit"),
            ("truongphong", "a head assesses no unit"),
            ("tochuc", "the personnel office assesses no unit"),
        ] {
            cases.push(post(e, login, why, form.clone()));
        }
        cases.push(post(e, "lanhdao", "his own unit", with(form, "unit", root)));
        cases.push(post(
            e,
            "lanhdao",
            "another agency's unit",
            with(form, "unit", world.foreign.unit),
        ));
        cases.push(post(
            e,
            "lanhdao",
            "a year to come",
            with(form, "year", "2027"),
        ));
        cases.push(post(
            e,
            "lanhdao",
            "a version nobody saw",
            with(form, "version", "-5"),
        ));
    }
    let e = "unit_kpi/give_points";
    for value in ABSURD.iter().filter(|value| **value != "0") {
        cases.push(post(
            e,
            "lanhdao",
            "absurd points",
            with(&points, "points[1]", value),
        ));
    }
    cases.push(post(
        e,
        "lanhdao",
        "points above the maximum",
        with(&points, "points[2]", "10,01"),
    ));
    cases.push(post(
        e,
        "lanhdao",
        "no reason",
        with(&points, "reasons[3]", " "),
    ));
    cases.push(post(
        "unit_kpi/facts",
        "lanhdao",
        "wrongdoing without a document",
        with(&facts, "facts[wrongdoing_document]", " "),
    ));
    cases.push(post(
        "unit_kpi/recognise",
        "lanhdao",
        "no level",
        with(&level, "level", "best"),
    ));
}
