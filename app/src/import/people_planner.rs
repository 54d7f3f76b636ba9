//! The planning itself: each row of a people workbook against the officer of the same code, then what concerns several rows.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};
use kpi::ids::{OfficerId, PostId, UnitId};
use kpi::scoring::ScoringRole;
use uuid::Uuid;

use super::api::{Change, PersonPlan};
use super::people_heads::second_heads;
use super::people_plan::{
    Acts, ChangedOfficer, GroupedOfficer, Plan, Stored, StoredOfficer, StoredPost, letter,
};
use super::people_units::{Units, plan_units};
use super::preview::{
    PeopleColumn, PeoplePreview, PersonRow, PostRole, Problem, ProblemKind, Severity,
};
use super::words::fold;
use crate::format;
use crate::org::write::{NewOfficer, NewPost};

/// Latest first day of a post, in days after today.
const LATEST_START: u64 = 366;

/// First day of a post where the workbook names none: of a new person the first of the month, so that the month counts
/// whole; of a change today.
pub(super) fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

pub(super) struct Planner<'a> {
    preview: &'a PeoplePreview,
    today: NaiveDate,
    units: Units,
    acts: Acts,
    problems: Vec<Problem>,
    without_account: usize,
}

impl<'a> Planner<'a> {
    /// Nothing planned yet.
    pub fn new(preview: &'a PeoplePreview, stored: &Stored, today: NaiveDate) -> Self {
        Self {
            preview,
            today,
            units: Units::new(&stored.units),
            acts: Acts::default(),
            problems: preview.problems.clone(),
            without_account: 0,
        }
    }

    /// Units first, then people, then what concerns several rows.
    pub fn plan(mut self, stored: &Stored) -> Plan {
        let units = plan_units(
            self.preview,
            &mut self.units,
            &mut self.acts,
            &mut self.problems,
        );
        let by_code: HashMap<String, &StoredOfficer> = stored
            .officers
            .iter()
            .map(|officer| (fold(&officer.code), officer))
            .collect();
        let people = self
            .preview
            .people
            .iter()
            .map(|person| self.person(person, by_code.get(&fold(&person.officer_code)).copied()))
            .collect();
        self.second_heads(stored);
        self.accounts();
        Plan {
            acts: self.acts,
            units,
            people,
            problems: self.problems,
        }
    }

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
        for (person, reason) in second_heads(self.preview, stored, &self.acts, &self.units) {
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
