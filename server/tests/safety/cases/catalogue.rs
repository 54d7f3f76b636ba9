//! The catalogue.

use super::{Case, Form, get, post, with};
use crate::world::World;

pub fn all(world: &World, cases: &mut Vec<Case>) {
    let approve: Form = vec![
        ("catalogue", world.catalogue.to_string()),
        ("decision", "01/QĐ".into()),
        ("effective_from", "2026-12-01".into()),
    ];
    cases.push(post(
        "catalogue/approve",
        "canbo",
        "an officer approves nothing",
        approve.clone(),
    ));
    cases.push(post(
        "catalogue/approve",
        "tochuc",
        "approved already",
        approve.clone(),
    ));
    cases.push(post(
        "catalogue/approve",
        "tochuc",
        "another agency's",
        with(&approve, "catalogue", world.foreign.catalogue),
    ));
    let delete: Form = vec![("catalogue", world.catalogue.to_string())];
    cases.push(post(
        "catalogue/delete_draft",
        "tochuc",
        "an approved one",
        delete.clone(),
    ));
    cases.push(post(
        "catalogue/delete_draft",
        "canbo",
        "an officer deletes nothing",
        delete.clone(),
    ));
    cases.push(post(
        "catalogue/delete_draft",
        "tochuc",
        "another agency's",
        with(&delete, "catalogue", world.foreign.catalogue),
    ));
    cases.push(get(
        "catalogue/shown",
        "canbo",
        "another agency's",
        vec![("version", world.foreign.catalogue.to_string())],
    ));
    cases.push(get(
        "catalogue/shown",
        "canbo",
        "a page that is no page",
        vec![("page", "-1".into())],
    ));
    let preview: Form = vec![("preview", world.foreign.preview.to_string())];
    cases.push(post(
        "import/apply_catalogue",
        "canbo",
        "an officer imports nothing",
        preview.clone(),
    ));
    cases.push(post(
        "import/apply_catalogue",
        "tochuc",
        "no such upload",
        preview.clone(),
    ));
    cases.push(post(
        "import/apply_people",
        "canbo",
        "an officer imports nothing",
        preview.clone(),
    ));
    cases.push(post(
        "import/apply_people",
        "tochuc",
        "no such upload",
        preview.clone(),
    ));
    cases.push(get(
        "import/catalogue_read",
        "canbo",
        "an officer imports nothing",
        preview.clone(),
    ));
    cases.push(get(
        "import/people_read",
        "canbo",
        "an officer imports nothing",
        preview,
    ));
    cases.push(get(
        "dashboard/compare",
        "canbo",
        "an officer compares nothing",
        vec![],
    ));
    cases.push(get(
        "dashboard/compare",
        "lanhdao",
        "a month that is no month",
        vec![("period", "2026-99".into())],
    ));
}
