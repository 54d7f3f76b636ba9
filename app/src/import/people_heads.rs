//! One head a unit (Điều 15): heads that a workbook appoints against those that the database knows and the workbook
//! leaves in their post. Two heads in one workbook are found when it is read.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use kpi::ids::{OfficerId, PostId, UnitId};
use kpi::scoring::ScoringRole;

use super::people_plan::{Acts, Stored, StoredOfficer, StoredPost};
use super::people_units::Units;
use super::preview::{PeoplePreview, PersonRow, PostRole};
use super::words::fold;
use crate::format;

/// People of the workbook who would be a second head, each with a sentence.
pub(super) fn second_heads<'a>(
    preview: &'a PeoplePreview,
    stored: &Stored,
    acts: &Acts,
    units: &Units,
) -> Vec<(&'a PersonRow, String)> {
    let staying = staying_heads(stored, acts);
    let begun = begun_heads(stored, acts);
    let mut found = Vec::new();
    for person in preview
        .people
        .iter()
        .filter(|person| person.role == PostRole::Head)
    {
        let Some((officer, unit, from)) = begun.get(&fold(&person.officer_code)) else {
            continue;
        };
        let other = staying
            .get(unit)
            .into_iter()
            .flatten()
            .find(|(head, post)| head.officer != *officer && post.is_held_from(*from));
        if let Some((head, post)) = other {
            let reason = format!(
                "Đơn vị «{}» đã có người đứng đầu là «{}» (từ {}) trong hệ thống.",
                units.name(*unit),
                head.full_name,
                format::day(post.from)
            );
            found.push((person, reason));
        }
    }
    found
}

/// Heads whose post this import does not end, by unit.
fn staying_heads<'a>(
    stored: &'a Stored,
    acts: &Acts,
) -> HashMap<UnitId, Vec<(&'a StoredOfficer, &'a StoredPost)>> {
    let ended: HashSet<PostId> = acts.ended.iter().map(|(post, _)| *post).collect();
    let mut heads: HashMap<UnitId, Vec<(&StoredOfficer, &StoredPost)>> = HashMap::new();
    for officer in &stored.officers {
        for post in &officer.posts {
            if post.kind == ScoringRole::Head && !ended.contains(&post.post) {
                heads.entry(post.unit).or_default().push((officer, post));
            }
        }
    }
    heads
}

/// Posts of heads that this import begins, by the folded code of the officer.
fn begun_heads(stored: &Stored, acts: &Acts) -> HashMap<String, (OfficerId, UnitId, NaiveDate)> {
    let known = stored
        .officers
        .iter()
        .map(|officer| (officer.officer, fold(&officer.code)));
    let new = acts
        .officers
        .iter()
        .map(|new| (new.officer.officer, fold(&new.officer.code)));
    let codes: HashMap<OfficerId, String> = known.chain(new).collect();
    acts.posts
        .iter()
        .filter(|post| post.kind == ScoringRole::Head)
        .filter_map(|post| {
            let code = codes.get(&post.officer)?.clone();
            Some((code, (post.officer, post.unit, post.from_day)))
        })
        .collect()
}
