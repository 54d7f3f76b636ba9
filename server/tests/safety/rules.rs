//! Rule sets, and computing stored scores again.

use crate::cases::{Case, get, post};
use crate::world::World;

pub fn all(_: &World, cases: &mut Vec<Case>) {
    cases.push(get(
        "replay/latest",
        "canbo",
        "an officer computes nothing again",
        vec![],
    ));
    cases.push(post(
        "replay/run",
        "truongphong",
        "a head computes nothing again",
        vec![],
    ));
    let code = || vec![("code", "nd-335-2025".to_owned())];
    cases.push(get(
        "replay/trial",
        "quantri",
        "the administrator sees no scores",
        code(),
    ));
    cases.push(get("replay/trial", "", "nobody is signed in", code()));
    cases.push(get(
        "replay/trial",
        "tochuc",
        "rules that do not exist",
        vec![("code", "x".repeat(300))],
    ));
}
