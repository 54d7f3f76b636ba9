//! Prints: who prints the agency, and what a code tells to whom.

use uuid::Uuid;

use super::{Case, Form, get, post, with};

pub fn all(cases: &mut Vec<Case>) {
    let e = "report/jobs";
    cases.push(get(e, "", "nobody is signed in", Vec::new()));
    for login in ["canbo", "truongphong", "phophong", "quantri"] {
        cases.push(get(e, login, "does not print the agency", Vec::new()));
    }
    let form: Form = vec![("time", "2026-10".into()), ("pack", "zip".into())];
    let e = "report/ask";
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    for login in ["canbo", "truongphong", "phophong", "quantri"] {
        cases.push(post(e, login, "does not print the agency", form.clone()));
    }
    for time in [
        "2027-03",
        "2030",
        "1999",
        "thang-6",
        "2026-13",
        "",
        "' or true --",
    ] {
        cases.push(post(
            e,
            "tochuc",
            "no month or year to print",
            with(&form, "time", time),
        ));
    }
    cases.push(post(
        e,
        "tochuc",
        "an unknown pack",
        with(&form, "pack", "exe"),
    ));
    let form: Form = vec![("job", Uuid::now_v7().to_string())];
    let e = "report/cancel";
    cases.push(post(e, "", "nobody is signed in", form.clone()));
    cases.push(post(e, "canbo", "does not print the agency", form.clone()));
    cases.push(post(e, "tochuc", "a job that does not exist", form));
    let e = "report/lookup";
    let code = |code: &str| -> Form { vec![("code", code.to_owned())] };
    cases.push(get(e, "", "nobody is signed in", code(crate::world::PRINT)));
    cases.push(get(
        e,
        "canbo",
        "a colleague's paper",
        code(crate::world::PRINT),
    ));
    cases.push(get(
        e,
        "quantri",
        "the administrator sees no scores",
        code(crate::world::PRINT),
    ));
    for none in ["", "7K3M9-2XQ4V", "khong-co-ma-nay", "' or true --"] {
        cases.push(get(e, "tochuc", "no paper", code(none)));
    }
}
