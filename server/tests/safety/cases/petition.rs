//! Petitions: who is no party, what is not one's own, what nobody signed.

use super::{Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let one: Form = vec![
        ("petition", world.post.to_string()),
        ("version", "1".into()),
    ];
    let e = "petition/load";
    for login in [
        "",
        "canbo",
        "truongphong",
        "phophong",
        "lanhdao",
        "tochuc",
        "quantri",
    ] {
        cases.push(get(e, login, "no such petition", one.clone()));
    }
    let foreign = with(&one, "petition", world.others_petition);
    for login in ["canbo", "phophong", "quantri"] {
        cases.push(get(e, login, "somebody else's petition", foreign.clone()));
    }
    let e = "petition/lists";
    cases.push(get(e, "", "nobody is signed in", Form::new()));
    cases.push(get(
        e,
        "quantri",
        "no administrator's business",
        Form::new(),
    ));
    for about in ["2024-01", "khong", "2026-13"] {
        let about: Form = vec![("about", about.into())];
        cases.push(get(e, "canbo", "no result of one's own", about));
    }

    let lodged: Form = vec![
        ("about", "2026-11".into()),
        ("line", String::new()),
        ("text", "Đề nghị xem lại".into()),
    ];
    let e = "petition/lodge";
    cases.push(post(e, "", "nobody is signed in", lodged.clone()));
    cases.push(post(
        e,
        "quantri",
        "an account without an officer",
        lodged.clone(),
    ));
    cases.push(post(
        e,
        "canbo",
        "a month that is not announced",
        lodged.clone(),
    ));
    for (field, value, why) in [
        ("about", world.post.to_string(), "no such decision"),
        ("about", "2024-01".to_owned(), "a month without a sheet"),
    ] {
        cases.push(post(e, "canbo", why, with(&lodged, field, value)));
    }
    let announced = with(&lodged, "about", "2026-01");
    cases.push(post(e, "canbo", "no text", with(&announced, "text", " ")));
    let line = format!("assignment:{}", world.foreign.assignment);
    cases.push(post(
        e,
        "canbo",
        "a line of another agency",
        with(&announced, "line", line),
    ));

    let e = "petition/withdraw";
    for login in ["", "canbo", "truongphong", "lanhdao", "tochuc", "quantri"] {
        cases.push(post(e, login, "somebody else's petition", foreign.clone()));
    }
    let answer: Form = vec![
        ("petition", world.others_petition.to_string()),
        ("version", "1".into()),
        ("outcome", "refused".into()),
        ("reply", "Giữ nguyên".into()),
        ("password", "cong-tam-demo-2026".into()),
    ];
    let e = "petition/answer";
    for login in ["", "canbo", "phophong", "tochuc", "quantri"] {
        cases.push(post(
            e,
            login,
            "only who gave the result answers",
            answer.clone(),
        ));
    }
    let login = world.petition_login;
    for (field, value, why) in [
        ("password", "sai", "signing with a wrong password"),
        ("outcome", "perhaps", "no such outcome"),
        ("reply", " ", "no reply"),
        ("outcome", "granted", "granted without a change"),
        ("version", "9", "a version that is not there"),
    ] {
        cases.push(post(e, login, why, with(&answer, field, value)));
    }
    let other = if login == "lanhdao" {
        "truongphong"
    } else {
        "lanhdao"
    };
    cases.push(post(e, other, "another authority", answer));
}
