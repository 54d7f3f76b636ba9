//! What importing people would change, compared with what is stored: pure, so that the preview and the act agree.
//! Nobody is removed: people and units that the workbook does not name stay as they are.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use kpi::ids::{OfficerId, PostId, UnitId};
use kpi::scoring::ScoringRole;

use super::api::{PersonPlan, UnitPlan};
use super::people_planner::{Planner, first_of_month};
use super::preview::{PeopleColumn, PeoplePreview, Problem};
use crate::org::write::{NewOfficer, NewPost, NewUnit};

/// A unit that is stored.
#[derive(Clone, Debug)]
pub struct StoredUnit {
    /// Its id.
    pub unit: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its path, "/BAN/VP/".
    pub path: String,
    /// The unit above.
    pub parent: Option<UnitId>,
}

/// An officer who is stored, with the posts that matter.
#[derive(Clone, Debug)]
pub struct StoredOfficer {
    /// His id.
    pub officer: OfficerId,
    /// His code.
    pub code: String,
    /// Full name.
    pub full_name: String,
    /// Name of his group of similar tasks.
    pub task_group: Option<String>,
    /// Login of his account.
    pub login: Option<String>,
    /// False once he left.
    pub active: bool,
    /// Posts that have not ended before the first day of the workbook, leading ones first.
    pub posts: Vec<StoredPost>,
}

/// A post that is stored.
#[derive(Clone, Debug)]
pub struct StoredPost {
    /// Its id.
    pub post: PostId,
    /// Where.
    pub unit: UnitId,
    /// Head, deputy or staff.
    pub kind: ScoringRole,
    /// Title as appointed.
    pub title: String,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none while it is held.
    pub until: Option<NaiveDate>,
}

impl StoredPost {
    /// Whether it is still held on `day`.
    pub(super) fn is_held_from(&self, day: NaiveDate) -> bool {
        self.until.is_none_or(|until| until >= day)
    }
}

/// What there is.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// Units of the agency.
    pub units: Vec<StoredUnit>,
    /// Officers of the agency.
    pub officers: Vec<StoredOfficer>,
}

/// An officer to add, whose group is still a name.
#[derive(Clone, Debug)]
pub struct GroupedOfficer {
    /// The officer without his group.
    pub officer: NewOfficer,
    /// Name of his group.
    pub group: Option<String>,
}

/// An officer whose name or group changes.
#[derive(Clone, Debug)]
pub struct ChangedOfficer {
    /// His id.
    pub officer: OfficerId,
    /// Full name from now on.
    pub full_name: String,
    /// Name of his group; none leaves it as it is.
    pub group: Option<String>,
}

/// All that is to be written.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    /// Units to add.
    pub units: Vec<NewUnit>,
    /// Units with another name.
    pub renamed: Vec<(UnitId, String)>,
    /// Officers to add.
    pub officers: Vec<GroupedOfficer>,
    /// Officers to change.
    pub changed: Vec<ChangedOfficer>,
    /// Posts that end, with their last day.
    pub ended: Vec<(PostId, NaiveDate)>,
    /// Posts with another title.
    pub retitled: Vec<(PostId, String)>,
    /// Posts that begin.
    pub posts: Vec<NewPost>,
}

impl Acts {
    /// Whether nothing is to be written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
            && self.renamed.is_empty()
            && self.officers.is_empty()
            && self.changed.is_empty()
            && self.ended.is_empty()
            && self.retitled.is_empty()
            && self.posts.is_empty()
    }

    /// Names of the groups that are needed.
    #[must_use]
    pub fn groups(&self) -> BTreeSet<&str> {
        let new = self.officers.iter().map(|officer| officer.group.as_deref());
        let changed = self.changed.iter().map(|officer| officer.group.as_deref());
        new.chain(changed).flatten().collect()
    }
}

/// The plan: what is to be written, row by row in words, and every problem of the workbook and of the comparison.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What is to be written.
    pub acts: Acts,
    /// Units in words.
    pub units: Vec<UnitPlan>,
    /// People in words.
    pub people: Vec<PersonPlan>,
    /// Problems of the workbook, then those that the comparison found.
    pub problems: Vec<Problem>,
}

impl Plan {
    /// Whether nothing stops applying.
    #[must_use]
    pub fn can_apply(&self) -> bool {
        !self.problems.iter().any(Problem::is_error)
    }
}

/// The earliest day from which stored posts matter.
#[must_use]
pub fn since(preview: &PeoplePreview, today: NaiveDate) -> NaiveDate {
    let earliest = preview.people.iter().filter_map(|person| person.from).min();
    earliest.unwrap_or(today).min(first_of_month(today))
}

/// Compares a workbook with what is stored.
#[must_use]
pub fn plan(preview: &PeoplePreview, stored: &Stored, today: NaiveDate) -> Plan {
    Planner::new(preview, stored, today).plan(stored)
}

/// The letter of a column, where the sheet has it.
pub(super) fn letter(preview: &PeoplePreview, sheet: &str, holds: PeopleColumn) -> Option<String> {
    preview
        .places
        .iter()
        .find(|place| place.sheet == sheet && place.holds == holds)
        .map(|place| place.letter.clone())
}
