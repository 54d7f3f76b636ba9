//! What the page of periods shows.

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::{PeriodDates, PeriodStatus};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sign::Signed;

/// Key of one person's reason in the form. It begins with a letter: what begins with a digit would be read as a place
/// in a list.
pub fn reason_key(officer: Uuid) -> String {
    format!("of-{officer}")
}

/// How many sheets of a month are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetCounts {
    /// Being written.
    pub draft: i64,
    /// Sent, waiting for the head.
    pub sent: i64,
    /// Confirmed.
    pub confirmed: i64,
    /// Announced or locked.
    pub told: i64,
}

/// A month in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthLine {
    /// The month.
    pub period: Period,
    /// Its state.
    pub status: PeriodStatus,
    /// Its dates; none for a month from before dates were kept.
    pub dates: Option<PeriodDates>,
    /// Its dates move it on.
    pub automatic: bool,
    /// Version that a change has to name.
    pub version: i32,
    /// Its sheets.
    pub sheets: SheetCounts,
}

/// What is missing before a month is opened, as names what is wrong and where it is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lack {
    /// What it is, as a sentence begins ("Công chức chưa giữ vị trí nào").
    pub what: String,
    /// How many; 0 where it is not counted.
    pub count: i64,
    /// The first of them.
    pub names: Vec<String>,
    /// Where it is mended.
    pub link: String,
}

/// A unit with its own dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// Own last day of self-assessment.
    pub self_until: Option<NaiveDate>,
    /// Own last day of confirmation.
    pub confirm_until: Option<NaiveDate>,
    /// Own day of the announcement.
    pub announce_on: Option<NaiveDate>,
    /// It was announced before the others.
    pub announced: bool,
    /// Sheets that are neither confirmed nor left out.
    pub unfinished: i64,
}

/// A sheet that keeps a month from being announced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnfinishedLine {
    /// Whose.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Name of the unit.
    pub unit: String,
    /// It was sent, and waits for the head.
    pub sent: bool,
}

/// The month that is chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChosenMonth {
    /// Its line; none when it was not opened.
    pub line: Option<MonthLine>,
    /// The month.
    pub period: Period,
    /// Dates that are proposed for a month that was not opened.
    pub proposed: PeriodDates,
    /// What is missing before it is opened; empty for an opened one.
    pub lacks: Vec<Lack>,
    /// Units; empty while it was not opened.
    pub units: Vec<UnitLine>,
    /// The first 50 unfinished sheets.
    pub unfinished: Vec<UnfinishedLine>,
    /// Signed announcements, newest first; the unit's where it was announced before the others.
    pub announcements: Vec<Signed>,
}

/// The page of periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodsView {
    /// Opened months, latest first; at most 24.
    pub months: Vec<MonthLine>,
    /// The month that is chosen.
    pub chosen: ChosenMonth,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// A key for the next write, so that a retry counts once.
    pub key: Uuid,
}
