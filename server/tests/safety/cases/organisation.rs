//! Units, people, posts, holidays.

use super::{Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
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
