//! People and units as the people workbook names them, so that the export is a template and importing it again
//! changes nothing.

use std::collections::HashMap;

use chrono::NaiveDate;
use kpi::ids::UnitId;
use kpi::scoring::ScoringRole;

use super::people_plan::Stored;
use super::preview::PostRole;
use super::template::{PersonExport, UnitExport};

/// Rows of those who hold a post on `today` or later, the leading post of each, and of all units.
#[must_use]
pub fn rows(stored: &Stored, today: NaiveDate) -> (Vec<PersonExport>, Vec<UnitExport>) {
    let codes: HashMap<UnitId, &str> = stored
        .units
        .iter()
        .map(|unit| (unit.unit, unit.code.as_str()))
        .collect();
    let code = |unit: UnitId| codes.get(&unit).copied().unwrap_or_default().to_owned();
    let units = stored
        .units
        .iter()
        .map(|unit| UnitExport {
            code: unit.code.clone(),
            name: unit.name.clone(),
            parent_code: unit.parent.map(code),
        })
        .collect();
    let people = stored
        .officers
        .iter()
        .filter(|officer| officer.active)
        .filter_map(|officer| {
            let held = officer
                .posts
                .iter()
                .find(|post| post.from <= today)
                .or(officer.posts.first())?;
            Some(PersonExport {
                officer_code: officer.code.clone(),
                full_name: officer.full_name.clone(),
                birth_date: None,
                unit_code: code(held.unit),
                post_title: Some(held.title.clone()),
                role: match held.kind {
                    ScoringRole::Head => PostRole::Head,
                    ScoringRole::Deputy => PostRole::Deputy,
                    ScoringRole::Staff => PostRole::Staff,
                },
                similar_group: officer.task_group.clone(),
                account: officer.login.clone(),
                from: Some(held.from),
            })
        })
        .collect();
    (people, units)
}
