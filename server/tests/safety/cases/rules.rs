//! Rule sets, and computing stored scores again.

use uuid::Uuid;

use super::{Case, Form, get, post, with};
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
    let copy: Form = vec![
        ("source", "nd-335-2025".into()),
        ("name", "Quy chế".into()),
        ("key", Uuid::now_v7().to_string()),
    ];
    let draft: Form = vec![
        ("code", "quy-tac-1".into()),
        ("version", "1".into()),
        ("from", "2026-12".into()),
        ("decision", "1/QĐ".into()),
    ];
    for e in ["rule_set/list", "rule_set/load"] {
        cases.push(get(e, "", "nobody is signed in", code()));
    }
    cases.push(get(
        "rule_set/load",
        "canbo",
        "rules that do not exist",
        vec![("code", "quy-tac-1' or true".into())],
    ));
    cases.push(get(
        "rule_set/compare_load",
        "canbo",
        "rules that do not exist",
        vec![("one", "nd-335-2025".into()), ("other", "x".into())],
    ));
    for e in [
        "rule_set/copy",
        "rule_set/change",
        "rule_set/delete",
        "rule_set/approve",
    ] {
        let form = || [copy.clone(), draft.clone()].concat();
        cases.push(post(e, "", "nobody is signed in", form()));
        cases.push(post(e, "truongphong", "a head makes no rules", form()));
    }
    cases.push(post(
        "rule_set/approve",
        "tochuc",
        "who prepares does not approve",
        draft.clone(),
    ));
    cases.push(post(
        "rule_set/copy",
        "lanhdao",
        "who approves does not prepare",
        copy.clone(),
    ));
    cases.push(post(
        "rule_set/copy",
        "tochuc",
        "no name",
        with(&copy, "name", " "),
    ));
    cases.push(post(
        "rule_set/copy",
        "tochuc",
        "a name without end",
        with(&copy, "name", "a".repeat(5_000)),
    ));
    for e in ["rule_set/change", "rule_set/delete"] {
        cases.push(post(
            e,
            "tochuc",
            "a built-in rule set",
            with(&draft, "code", "nd-335-2025"),
        ));
    }
    cases.push(post(
        "rule_set/approve",
        "lanhdao",
        "a built-in rule set",
        with(&draft, "code", "nd-335-2025"),
    ));
    let version = || vec![("catalogue", Uuid::now_v7().to_string())];
    cases.push(get(
        "catalogue/lints",
        "canbo",
        "an officer looks through no catalogue",
        version(),
    ));
    cases.push(get(
        "catalogue/lints",
        "tochuc",
        "a version that does not exist",
        version(),
    ));
    cases.push(get(
        "catalogue/lints",
        "tochuc",
        "a limit that is no number",
        with(&version(), "far", "nhiều"),
    ));
}
