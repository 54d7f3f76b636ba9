//! Accounts, sessions, the audit log.

use super::{Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
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
    for (field, value) in [
        ("filter[record]", "' or true --"),
        ("filter[from]", "31/02/2026"),
    ] {
        cases.push(get(
            "audit/list",
            "quantri",
            "a search for what cannot be",
            vec![(field, value.into())],
        ));
    }
    cases.push(get(
        "export/load",
        "lanhdao",
        "the leader sends nothing",
        vec![],
    ));
    cases.push(get(
        "export/load",
        "tochuc",
        "no year",
        vec![("year", "26".into())],
    ));
    let make: Form = vec![("subject", "2026-09".into()), ("format", "csv".into())];
    cases.push(post("export/make", "", "nobody is signed in", make.clone()));
    for login in ["canbo", "truongphong", "lanhdao", "quantri"] {
        cases.push(post("export/make", login, "not his office", make.clone()));
    }
    for (field, value, why) in [
        ("subject", "2026-11", "a month that is not announced"),
        ("subject", "2019", "a year without decisions"),
        ("subject", "2026-13", "no month"),
        ("subject", "' or true --", "no subject"),
        ("format", "exe", "no format"),
    ] {
        cases.push(post(
            "export/make",
            "tochuc",
            why,
            with(&make, field, value),
        ));
    }
    let sent: Form = vec![
        ("export", uuid::Uuid::now_v7().to_string()),
        ("number", "12/BC".into()),
        ("sent_on", "2026-11-18".into()),
    ];
    cases.push(post("export/sent", "canbo", "not his office", sent.clone()));
    cases.push(post("export/sent", "tochuc", "no such file", sent.clone()));
    for (field, value) in [("number", " "), ("sent_on", "mai")] {
        cases.push(post(
            "export/sent",
            "tochuc",
            "a field that cannot be",
            with(&sent, field, value),
        ));
    }
    cases.push(get("record/list", "", "nobody is signed in", vec![]));
    cases.push(get("notifications/list", "", "nobody is signed in", vec![]));
    cases.push(get("dashboard/home", "", "nobody is signed in", vec![]));
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
    cases.push(get("auth/mail", "", "nobody is signed in", vec![]));
    let mail: Form = vec![("email", "la@ban.gov.vn".into())];
    cases.push(post(
        "auth/set_mail",
        "",
        "nobody is signed in",
        mail.clone(),
    ));
    cases.push(post(
        "auth/set_mail",
        "canbo",
        "no address",
        with(&mail, "email", "hà@ban"),
    ));
    let theirs = with(&mail, "account", world.account);
    for (login, why) in [
        ("canbo", "an officer manages no accounts"),
        ("tochuc", "the personnel office manages no accounts"),
    ] {
        cases.push(post("accounts/mail", login, why, theirs.clone()));
    }
    cases.push(post(
        "accounts/mail",
        "quantri",
        "another agency's account",
        with(&theirs, "account", world.foreign.account),
    ));
    cases.push(post(
        "accounts/mail",
        "quantri",
        "no address",
        with(&theirs, "email", "hà@ban"),
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
