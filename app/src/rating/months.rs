//! The twelve months of a person's year, each with what it counts as: a score, an absence that leaves the divisor, or
//! a gap that stops the rating (khoản 2 Điều 11, khoản 3 Điều 17, khoản 1, 3 Điều 19).

use chrono::{Datelike, NaiveDate};
use kpi::period::Period;
use kpi::rating::{Absence, Month, MonthResult};
use kpi::scoring::ScoringRole;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod note;

/// The group of those who have none: they are counted together, and named as such.
pub const NO_GROUP: &str = "Chưa xếp nhóm";

/// How a post is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrangement {
    /// In a place of one's own.
    Regular,
    /// Lent by another unit (biệt phái): the host scores.
    Secondment,
    /// On probation (tập sự): followed, not rated.
    Probation,
}

impl Arrangement {
    /// Reads the code of the database; what is unknown is regular.
    pub fn of_code(code: &str) -> Self {
        match code {
            "secondment" => Self::Secondment,
            "probation" => Self::Probation,
            _ => Self::Regular,
        }
    }

    /// A word beside the title; nothing for an ordinary post.
    pub fn words(self) -> &'static str {
        match self {
            Self::Regular => "",
            Self::Secondment => "biệt phái",
            Self::Probation => "tập sự",
        }
    }
}

/// A post held in the year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its unit.
    pub unit: Uuid,
    /// Path of the unit, "/BAN/VP/".
    pub path: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Head, deputy or staff.
    pub kind: ScoringRole,
    /// Title as appointed.
    pub title: String,
    /// How it is held.
    pub arrangement: Arrangement,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day; none while it is held.
    pub until_day: Option<NaiveDate>,
}

impl Held {
    /// Whether it is held on a day.
    pub fn on(&self, day: NaiveDate) -> bool {
        self.from_day <= day && self.until_day.is_none_or(|until| day <= until)
    }

    /// Days of a month on which it is held.
    fn days(&self, period: Period) -> i64 {
        overlap(
            self.from_day,
            self.until_day.unwrap_or(NaiveDate::MAX),
            period,
        )
    }
}

/// An absence, both days included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// Its id.
    pub absence: Uuid,
    /// Why.
    pub kind: Absence,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day.
    pub until_day: NaiveDate,
    /// The paper it rests on.
    pub document: String,
}

/// A month as it is stored, here or from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    /// 1 to 12.
    pub month: u32,
    /// Published score, 0 to 100.
    pub score: Option<Decimal>,
    /// Confirmed by the authority; months from elsewhere always are.
    pub confirmed: bool,
    /// Where it comes from, when another organisation scored it.
    pub outside: Option<Origin>,
}

/// Where a month from elsewhere comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The organisation.
    pub organisation: String,
    /// The paper.
    pub document: String,
    /// SHA-256 of what was entered.
    pub digest: String,
}

/// Why a month of service has no score that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gap {
    /// No sheet at all.
    NoSheet,
    /// A sheet that nobody confirmed.
    NotConfirmed,
    /// Confirmed, but the data did not suffice for a score.
    NoScore,
}

impl Gap {
    /// In words, after the month.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoSheet => "không có phiếu",
            Self::NotConfirmed => "phiếu chưa được xác nhận",
            Self::NoScore => "đã xác nhận nhưng chưa đủ dữ liệu để có điểm",
        }
    }
}

/// What a month counts as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// A score of this agency.
    Own(Decimal),
    /// A score of another organisation.
    Outside(Decimal, Origin),
    /// Away for at least half of the days of service: leaves the divisor.
    Away(Absence),
    /// On probation: followed, not rated.
    Probation,
    /// In service, over, and without a score: stops the rating.
    Missing(Gap),
    /// In service, not over or not closed yet.
    Ahead,
    /// Not in the service of this agency.
    NotHere,
}

/// One month of the twelve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The month.
    pub period: Period,
    /// What it counts as.
    pub state: State,
}

impl Line {
    /// The score, if it counts with one.
    pub fn score(&self) -> Option<Decimal> {
        match &self.state {
            State::Own(score) | State::Outside(score, _) => Some(*score),
            _ => None,
        }
    }
}

/// What a person's year is read from.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Posts of the year.
    pub posts: Vec<Held>,
    /// Absences of the year; they do not overlap.
    pub absences: Vec<Away>,
    /// Months of the year.
    pub stored: Vec<Stored>,
}

/// Which months of a year are over: those closed, and all once the year is past.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The year, 2000 to 2999.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Closed months, 1 to 12.
    pub closed: Vec<u32>,
}

impl Calendar {
    /// Whether the year is past.
    pub fn is_past(&self) -> bool {
        self.today.year() > self.year
    }

    /// The day on which posts are looked at: today, or the nearest day of the year.
    pub fn day(&self) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(self.year, 1, 1).unwrap_or(self.today);
        let last = NaiveDate::from_ymd_opt(self.year, 12, 31).unwrap_or(self.today);
        self.today.clamp(first, last)
    }

    /// The months, January first.
    pub fn periods(&self) -> Vec<Period> {
        (1..=12)
            .filter_map(|month| Period::month(self.year, month).ok())
            .collect()
    }

    fn is_over(&self, period: Period) -> bool {
        self.is_past() || self.closed.contains(&period.month_number())
    }
}

/// The twelve months of a person, January first.
pub fn lines(calendar: &Calendar, facts: &Facts) -> Vec<Line> {
    calendar
        .periods()
        .into_iter()
        .map(|period| Line {
            period,
            state: state(calendar, facts, period),
        })
        .collect()
}

fn state(calendar: &Calendar, facts: &Facts, period: Period) -> State {
    let of_month = |outside: bool| {
        facts.stored.iter().find(move |stored| {
            stored.month == period.month_number() && stored.outside.is_some() == outside
        })
    };
    if let Some(Stored {
        score: Some(score),
        outside: Some(origin),
        ..
    }) = of_month(true)
    {
        return State::Outside(*score, origin.clone());
    }
    let held: Vec<&Held> = facts
        .posts
        .iter()
        .filter(|post| post.days(period) > 0)
        .collect();
    if !held.is_empty()
        && held
            .iter()
            .all(|post| post.arrangement == Arrangement::Probation)
    {
        return State::Probation;
    }
    let own = of_month(false);
    if let Some(Stored {
        score: Some(score),
        confirmed: true,
        ..
    }) = own
    {
        return State::Own(*score);
    }
    if held.is_empty() {
        return State::NotHere;
    }
    if let Some(kind) = away(facts, &held, period) {
        return State::Away(kind);
    }
    if !calendar.is_over(period) {
        return State::Ahead;
    }
    State::Missing(match own {
        None => Gap::NoSheet,
        Some(stored) if stored.confirmed => Gap::NoScore,
        Some(_) => Gap::NotConfirmed,
    })
}

/// The absence that covers at least half of the days of service in a month: one of a few days does not excuse a month
/// without a score.
fn away(facts: &Facts, held: &[&Held], period: Period) -> Option<Absence> {
    // Posts held side by side share their days.
    let served = held.iter().map(|post| post.days(period)).sum::<i64>();
    let served = served.min(i64::from(period.last_day().day()));
    let mut longest: Option<(i64, Absence)> = None;
    let mut covered = 0;
    for absence in &facts.absences {
        let days = overlap(absence.from_day, absence.until_day, period);
        covered += days;
        if days > longest.map_or(0, |(days, _)| days) {
            longest = Some((days, absence.kind));
        }
    }
    longest
        .filter(|_| covered * 2 >= served)
        .map(|(_, kind)| kind)
}

/// Days of a month from `from` to `until`, both included.
fn overlap(from: NaiveDate, until: NaiveDate, period: Period) -> i64 {
    let (from, until) = (from.max(period.first_day()), until.min(period.last_day()));
    ((until - from).num_days() + 1).max(0)
}

/// The months as `kpi` takes them: scores, and absences that leave the divisor.
pub fn counted(lines: &[Line]) -> Vec<Month> {
    lines
        .iter()
        .filter_map(|line| {
            let result = match &line.state {
                State::Own(score) | State::Outside(score, _) => MonthResult::Score(*score),
                State::Away(kind) => MonthResult::Absent(*kind),
                _ => return None,
            };
            Some(Month {
                month: line.period.month_number(),
                result,
            })
        })
        .collect()
}

/// Months worked in the year: in service here or elsewhere, neither away nor on probation nor still ahead (khoản 1 Điều 11).
pub fn worked(lines: &[Line]) -> u32 {
    let worked = lines.iter().filter(|line| {
        matches!(
            line.state,
            State::Own(_) | State::Outside(..) | State::Missing(_)
        )
    });
    u32::try_from(worked.count()).unwrap_or(0)
}

/// The absence that shortened the year: one that is rated however short the work was, if there is one (khoản 2 Điều 11).
pub fn shortened_by(lines: &[Line]) -> Option<Absence> {
    let kinds = || {
        lines.iter().filter_map(|line| match line.state {
            State::Away(kind) => Some(kind),
            _ => None,
        })
    };
    kinds()
        .find(|kind| kind.rated_on_any_time())
        .or_else(|| kinds().next())
}

/// Months that stop the rating, with the reason.
pub fn gaps(lines: &[Line]) -> Vec<(u32, Gap)> {
    lines
        .iter()
        .filter_map(|line| match line.state {
            State::Missing(gap) => Some((line.period.month_number(), gap)),
            _ => None,
        })
        .collect()
}

/// "tháng 3, 4 không có phiếu; tháng 9 phiếu chưa được xác nhận".
pub fn gap_words(gaps: &[(u32, Gap)]) -> String {
    [Gap::NoSheet, Gap::NotConfirmed, Gap::NoScore]
        .into_iter()
        .filter_map(|kind| {
            let months: Vec<String> = gaps
                .iter()
                .filter(|(_, gap)| *gap == kind)
                .map(|(month, _)| month.to_string())
                .collect();
            (!months.is_empty()).then(|| format!("tháng {} {}", months.join(", "), kind.words()))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests;
