//! What importing people would change, compared with what is stored: pure, so that the preview and the act agree.
//! Nobody is removed: people and units that the workbook does not name stay as they are.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{Datelike, Days, NaiveDate};
use kpi::ids::{OfficerId, PostId, UnitId};
use kpi::scoring::ScoringRole;
use uuid::Uuid;

use super::api::{Change, PersonPlan};
use super::people_units::{self, Units};
use super::preview::{
    PeopleColumn, PeoplePreview, PersonRow, PostRole, Problem, ProblemKind, Severity,
};
use super::words::fold;
use crate::format;
use crate::org::write::{NewOfficer, NewPost, NewUnit};

/// Latest first day of a post, in days after today.
const LATEST_START: u64 = 366;

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
    fn is_held_from(&self, day: NaiveDate) -> bool {
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
    pub units: Vec<super::api::UnitPlan>,
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

/// First day of a post where the workbook names none: of a new person the first of the month, so that the month counts
/// whole; of a change today.
fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
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
    let mut planner = Planner {
        preview,
        today,
        units: Units::new(&stored.units),
        acts: Acts::default(),
        problems: preview.problems.clone(),
        ended: HashSet::new(),
        without_account: 0,
    };
    let units = people_units::plan_units(
        preview,
        &mut planner.units,
        &mut planner.acts,
        &mut planner.problems,
    );
    let by_code: HashMap<String, &StoredOfficer> = stored
        .officers
        .iter()
        .map(|officer| (fold(&officer.code), officer))
        .collect();
    let people = preview
        .people
        .iter()
        .map(|person| planner.person(person, by_code.get(&fold(&person.officer_code)).copied()))
        .collect();
    planner.second_heads(stored);
    planner.accounts();
    Plan {
        acts: planner.acts,
        units,
        people,
        problems: planner.problems,
    }
}

struct Planner<'a> {
    preview: &'a PeoplePreview,
    today: NaiveDate,
    units: Units,
    acts: Acts,
    problems: Vec<Problem>,
    /// Posts that this import ends.
    ended: HashSet<PostId>,
    without_account: usize,
}

/// The letter of a column, where the sheet has it.
pub(super) fn letter(preview: &PeoplePreview, sheet: &str, holds: PeopleColumn) -> Option<String> {
    preview
        .places
        .iter()
        .find(|place| place.sheet == sheet && place.holds == holds)
        .map(|place| place.letter.clone())
}

impl Planner<'_> {
    fn blame(
        &mut self,
        person: &PersonRow,
        column: PeopleColumn,
        kind: ProblemKind,
        severity: Severity,
        reason: String,
    ) {
        self.problems.push(Problem {
            sheet: person.sheet.clone(),
            row: Some(person.row),
            column: letter(self.preview, &person.sheet, column),
            kind,
            reason,
            severity,
        });
    }

    fn person(&mut self, person: &PersonRow, stored: Option<&StoredOfficer>) -> PersonPlan {
        let mut words = Vec::new();
        let unit = self.units.find(&person.unit);
        if unit.is_none() {
            let reason = format!(
                "Đơn vị «{}» không có trong hệ thống và không có trong tệp.",
                person.unit
            );
            self.blame(
                person,
                PeopleColumn::Unit,
                ProblemKind::UnknownWord,
                Severity::Error,
                reason,
            );
        }
        if person.account.is_some() && stored.is_none_or(|stored| stored.login.is_none()) {
            self.without_account += 1;
        }
        let officer = match stored {
            None => {
                let officer = OfficerId(Uuid::now_v7());
                self.acts.officers.push(GroupedOfficer {
                    officer: NewOfficer {
                        officer,
                        code: person.officer_code.clone(),
                        full_name: person.full_name.clone(),
                        task_group: None,
                    },
                    group: person.similar_group.clone(),
                });
                officer
            }
            Some(stored) => {
                self.officer_changes(person, stored, &mut words);
                stored.officer
            }
        };
        if let Some(unit) = unit {
            let posts = stored.map_or(&[][..], |stored| &stored.posts);
            self.post(person, officer, unit, posts, &mut words);
        }
        let change = match (stored, words.is_empty()) {
            (None, _) => Change::New,
            (Some(_), true) => Change::Same,
            (Some(_), false) => Change::Changed,
        };
        PersonPlan {
            sheet: person.sheet.clone(),
            row: person.row,
            officer_code: person.officer_code.clone(),
            full_name: person.full_name.clone(),
            unit: unit.map_or_else(|| person.unit.clone(), |unit| self.units.name(unit)),
            role: person.role,
            title: person.post_title.clone().unwrap_or_default(),
            group: person.similar_group.clone().unwrap_or_default(),
            change,
            words,
        }
    }

    fn officer_changes(
        &mut self,
        person: &PersonRow,
        stored: &StoredOfficer,
        words: &mut Vec<String>,
    ) {
        let before = words.len();
        if stored.full_name != person.full_name {
            words.push(format!(
                "họ tên: {} → {}",
                stored.full_name, person.full_name
            ));
        }
        // An empty cell says nothing about the group.
        let group = person
            .similar_group
            .clone()
            .filter(|group| stored.task_group.as_ref() != Some(group));
        if let Some(group) = &group {
            let old = stored.task_group.as_deref().unwrap_or("chưa có");
            words.push(format!("nhóm tương đồng: {old} → {group}"));
        }
        if !stored.active {
            words.push("trở lại làm việc".to_owned());
        }
        if words.len() > before {
            self.acts.changed.push(ChangedOfficer {
                officer: stored.officer,
                full_name: person.full_name.clone(),
                group,
            });
        }
    }

    fn post(
        &mut self,
        person: &PersonRow,
        officer: OfficerId,
        unit: UnitId,
        posts: &[StoredPost],
        words: &mut Vec<String>,
    ) {
        let kind = scoring_role(person.role);
        let title = person
            .post_title
            .clone()
            .unwrap_or_else(|| person.role.label().to_owned());
        let default = if posts.is_empty() {
            first_of_month(self.today)
        } else {
            self.today
        };
        let from = person.from.unwrap_or(default);
        if self
            .today
            .checked_add_days(Days::new(LATEST_START))
            .is_some_and(|latest| from > latest)
        {
            let reason = format!(
                "Ngày bắt đầu {} quá xa (hơn một năm nữa).",
                format::day(from)
            );
            return self.blame(
                person,
                PeopleColumn::From,
                ProblemKind::ValueUnreadable,
                Severity::Error,
                reason,
            );
        }
        let mut held = posts.iter().filter(|post| post.is_held_from(from));
        if let Some(same) = posts.iter().find(|post| {
            post.unit == unit && post.kind == kind && post.is_held_from(from.max(self.today))
        }) {
            return self.same_post(person, same, &title, words);
        }
        let leading = held.next();
        if let Some(old) = leading {
            let Some(last) = from.pred_opt().filter(|last| *last >= old.from) else {
                let reason = format!(
                    "Vị trí mới từ {} phải sau ngày bắt đầu vị trí đang giữ ở {} ({}).",
                    format::day(from),
                    self.units.name(old.unit),
                    format::day(old.from)
                );
                return self.blame(
                    person,
                    PeopleColumn::From,
                    ProblemKind::ValueUnreadable,
                    Severity::Error,
                    reason,
                );
            };
            self.acts.ended.push((old.post, last));
            self.ended.insert(old.post);
            words.push(format!(
                "thôi {} ở {} sau ngày {}",
                old.title,
                self.units.name(old.unit),
                format::day(last)
            ));
        }
        words.push(format!(
            "{} ở {} từ {}",
            title,
            self.units.name(unit),
            format::day(from)
        ));
        self.acts.posts.push(NewPost {
            post: PostId(Uuid::now_v7()),
            officer,
            unit,
            kind,
            title,
            from_day: from,
            until_day: None,
        });
    }

    fn same_post(
        &mut self,
        person: &PersonRow,
        same: &StoredPost,
        title: &str,
        words: &mut Vec<String>,
    ) {
        if person.post_title.is_some() && same.title != title {
            words.push(format!("chức danh: {} → {title}", same.title));
            self.acts.retitled.push((same.post, title.to_owned()));
        }
        if let Some(from) = person.from.filter(|from| *from != same.from) {
            let reason = format!(
                "«{}» đang giữ vị trí này từ {}; ngày {} trong tệp không thay đổi điều đó.",
                person.full_name,
                format::day(same.from),
                format::day(from)
            );
            self.blame(
                person,
                PeopleColumn::From,
                ProblemKind::ValueUnreadable,
                Severity::Notice,
                reason,
            );
        }
    }

    /// One head a unit (Điều 15), whether he stands in the workbook or only in the database.
    fn second_heads(&mut self, stored: &Stored) {
        let mut heads: HashMap<UnitId, Vec<(&StoredOfficer, &StoredPost)>> = HashMap::new();
        for officer in &stored.officers {
            for post in officer
                .posts
                .iter()
                .filter(|post| post.kind == ScoringRole::Head && !self.ended.contains(&post.post))
            {
                heads.entry(post.unit).or_default().push((officer, post));
            }
        }
        let begun: HashMap<OfficerId, (UnitId, NaiveDate)> = self
            .acts
            .posts
            .iter()
            .filter(|post| post.kind == ScoringRole::Head)
            .map(|post| (post.officer, (post.unit, post.from_day)))
            .collect();
        let by_code: HashMap<&str, OfficerId> = stored
            .officers
            .iter()
            .map(|officer| (officer.code.as_str(), officer.officer))
            .chain(
                self.acts
                    .officers
                    .iter()
                    .map(|new| (new.officer.code.as_str(), new.officer.officer)),
            )
            .collect();
        let mut found = Vec::new();
        for person in self
            .preview
            .people
            .iter()
            .filter(|person| person.role == PostRole::Head)
        {
            let Some((unit, from)) = by_code
                .get(person.officer_code.as_str())
                .and_then(|officer| begun.get(officer))
            else {
                continue;
            };
            let other = heads
                .get(unit)
                .into_iter()
                .flatten()
                .find(|(officer, post)| {
                    officer.code != person.officer_code && post.is_held_from(*from)
                });
            if let Some((officer, post)) = other {
                found.push((
                    person,
                    format!(
                        "Đơn vị «{}» đã có người đứng đầu là «{}» (từ {}) trong hệ thống.",
                        self.units.name(*unit),
                        officer.full_name,
                        format::day(post.from)
                    ),
                ));
            }
        }
        for (person, reason) in found {
            self.blame(
                person,
                PeopleColumn::Role,
                ProblemKind::SecondHead,
                Severity::Error,
                reason,
            );
        }
    }

    fn accounts(&mut self) {
        if self.without_account > 0 {
            self.problems.push(Problem {
                sheet: String::new(),
                row: None,
                column: None,
                kind: ProblemKind::ValueMissing,
                reason: format!(
                    "{} người có tên tài khoản trong tệp nhưng chưa có tài khoản: quản trị viên tạo ở trang Tài khoản.",
                    self.without_account
                ),
                severity: Severity::Notice,
            });
        }
    }
}

fn scoring_role(role: PostRole) -> ScoringRole {
    match role {
        PostRole::Head => ScoringRole::Head,
        PostRole::Deputy => ScoringRole::Deputy,
        PostRole::Staff => ScoringRole::Staff,
    }
}
