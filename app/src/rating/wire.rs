//! What the pages of the yearly rating are told.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::rating::{Absence, Blocker, RatingReason};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::months::{Away, Gap, Held, Line};

/// What a choice of the authority says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// Stays at "xuất sắc".
    Excellent,
    /// Becomes "tốt".
    Good,
}

impl Chosen {
    /// The level that follows.
    pub fn level(self) -> Level {
        match self {
            Self::Excellent => Level::Excellent,
            Self::Good => Level::Good,
        }
    }

    /// Reads the code of a level; none for any other.
    pub fn of_code(code: &str) -> Option<Self> {
        [Self::Excellent, Self::Good]
            .into_iter()
            .find(|chosen| chosen.level().as_str() == code)
    }
}

/// A choice that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub choice: Uuid,
    /// What was chosen.
    pub chosen: Chosen,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub by: String,
    /// When, as text.
    pub at: String,
    /// Version that undoing has to name.
    pub version: i32,
}

/// How a candidate for "xuất sắc" stands (khoản 5 Điều 20).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// No candidate.
    None,
    /// Heads the agency: the managing agency decides, within its own places.
    Above,
    /// As many as may be, or fewer: nothing to choose.
    Within,
    /// More than may be: waits for the authority.
    Open,
    /// The authority chose.
    Decided(Choice),
}

/// Where a person's rating is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Proposed by the rules; without a level "không xếp loại".
    Rated {
        /// The level proposed.
        level: Option<Level>,
        /// What decided it.
        reason: RatingReason,
        /// The article, cited in full.
        article: String,
    },
    /// Months are missing: no rating until they are settled.
    Stopped(Vec<(u32, Gap)>),
    /// Left during the year: the new organisation rates (khoản 2 Điều 19).
    Left(NaiveDate),
}

/// One person's year in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title of the last post of the year.
    pub title: String,
    /// Its unit.
    pub unit: Uuid,
    /// Path of the unit.
    pub path: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Group of similar tasks; empty without one.
    pub group: String,
    /// Means of the four quarters.
    pub quarters: Vec<Option<Decimal>>,
    /// Means of the two halves.
    pub halves: Vec<Option<Decimal>>,
    /// Mean of the year so far.
    pub mean: Option<Decimal>,
    /// Months with a score.
    pub scored: u32,
    /// Months worked.
    pub worked: u32,
    /// Where the rating is.
    pub outcome: Outcome,
    /// How a candidate stands.
    pub standing: Standing,
    /// What blocks the year.
    pub blockers: Vec<Blocker>,
}

impl PersonLine {
    /// The level as it is now: the proposal, or "tốt" for whom the authority did not choose.
    pub fn level(&self) -> Option<Level> {
        match (&self.outcome, &self.standing) {
            (Outcome::Rated { .. }, Standing::Decided(choice)) => Some(choice.chosen.level()),
            (Outcome::Rated { level, .. }, _) => *level,
            _ => None,
        }
    }

    /// The value of the level filter that shows this line.
    pub fn filter(&self) -> &'static str {
        match (&self.outcome, self.level()) {
            (Outcome::Stopped(_), _) => "stopped",
            (Outcome::Left(_), _) => "left",
            (Outcome::Rated { .. }, Some(level)) => level.as_str(),
            (Outcome::Rated { .. }, None) => "unrated",
        }
    }
}

/// The places at "xuất sắc" in a group of similar tasks, or in the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gauge {
    /// The group; empty for the whole agency.
    pub group: String,
    /// Those at "tốt" or better.
    pub good_or_better: u32,
    /// Proposed for "xuất sắc".
    pub candidates: u32,
    /// Most that may be.
    pub most: u32,
    /// Not chosen, so "tốt".
    pub declined: u32,
    /// Chosen.
    pub chosen: u32,
}

impl Gauge {
    /// At "xuất sắc" as it stands.
    pub fn standing(&self) -> u32 {
        self.candidates.saturating_sub(self.declined)
    }

    /// Places left.
    pub fn left(&self) -> u32 {
        self.most.saturating_sub(self.standing())
    }

    /// Still too many.
    pub fn over(&self) -> u32 {
        self.standing().saturating_sub(self.most)
    }

    /// Whether more were proposed than may be, whatever was chosen since.
    pub fn has_surplus(&self) -> bool {
        self.candidates > self.most
    }

    /// "trong toàn cơ quan", "trong nhóm Chuyên viên".
    pub fn place(&self) -> String {
        if self.group.is_empty() {
            "trong toàn cơ quan".to_owned()
        } else {
            format!("trong nhóm {}", self.group)
        }
    }

    /// "còn 2 suất xuất sắc trong nhóm Chuyên viên", "vượt 3 trong toàn cơ quan: cần cấp có thẩm quyền chọn".
    pub fn words(&self) -> String {
        let place = self.place();
        match (self.over(), self.left()) {
            (0, 0) if self.most == 0 => {
                format!("không có suất xuất sắc {place} (dưới mức tính được một suất)")
            }
            (0, 0) => format!("vừa đủ {} suất xuất sắc {place}", self.most),
            (0, left) => format!("còn {left} suất xuất sắc {place}"),
            (over, _) => format!("vượt {over} suất {place}: cần cấp có thẩm quyền chọn"),
        }
    }
}

/// A decision to use another share of "xuất sắc".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratio {
    /// The share, 0 to 1.
    pub ratio: Decimal,
    /// The decision.
    pub document: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// A unit in the filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOption {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// Its path.
    pub path: String,
}

/// The yearly rating of an agency, or of the part within reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearView {
    /// Name of the agency.
    pub agency: String,
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// The year is past, so its levels are not provisional.
    pub past: bool,
    /// The visitor sees only himself: his own page is the place.
    pub own: Option<Uuid>,
    /// Units within reach that have people.
    pub units: Vec<UnitOption>,
    /// The chosen unit.
    pub unit: Option<Uuid>,
    /// The chosen level filter; empty for all.
    pub level: String,
    /// People in the chosen unit for each value of the level filter.
    pub counts: Vec<(String, u32)>,
    /// The agency first, then groups by name.
    pub gauges: Vec<Gauge>,
    /// Candidates while there is a surplus, best mean first.
    pub candidates: Vec<PersonLine>,
    /// People whose rating is stopped.
    pub stopped: Vec<PersonLine>,
    /// People with a blocker.
    pub blocked: Vec<PersonLine>,
    /// People without a group of similar tasks.
    pub ungrouped: u32,
    /// People of this page.
    pub people: Vec<PersonLine>,
    /// How many match.
    pub found: u32,
    /// The page, from 1.
    pub page: u32,
    /// Rows on a page.
    pub per_page: u32,
    /// The share in force, 0 to 1.
    pub ratio: Decimal,
    /// Most that may be decided, 0 to 1.
    pub most_ratio: Decimal,
    /// The ordinary share, 0 to 1.
    pub usual_ratio: Decimal,
    /// The decision behind it.
    pub decision: Option<Ratio>,
    /// The visitor records facts.
    pub records: bool,
    /// The visitor decides.
    pub decides: bool,
}

/// A blocker with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockerLine {
    /// Its id.
    pub blocker: Uuid,
    /// Which case.
    pub kind: Blocker,
    /// The act.
    pub act: String,
    /// The decision.
    pub document: String,
    /// Its day.
    pub decided_on: NaiveDate,
}

/// One person's year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonYear {
    /// Name of the agency.
    pub agency: String,
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// The year is past.
    pub past: bool,
    /// As in the list.
    pub line: PersonLine,
    /// Twelve months.
    pub months: Vec<Line>,
    /// The mean with its figures, "(88,12 + 90) ÷ 2 = 89,06"; empty without a score.
    pub formula: String,
    /// Posts of the year.
    pub posts: Vec<Held>,
    /// Absences of the year.
    pub absences: Vec<Away>,
    /// The absence that shortened the year.
    pub shortened: Option<Absence>,
    /// What blocks it.
    pub blockers: Vec<BlockerLine>,
    /// Months with a stored score of their own, which nothing from elsewhere replaces.
    pub settled: Vec<u32>,
    /// The visitor records facts about him.
    pub records: bool,
    /// He looks at himself.
    pub own: bool,
}

/// The form of an absence, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AbsenceForm {
    /// Whose.
    pub officer: String,
    /// Code of the kind.
    pub kind: String,
    /// First day.
    pub from_day: String,
    /// Last day.
    pub until_day: String,
    /// The paper.
    pub document: String,
}

/// The form of a month from elsewhere, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutsideForm {
    /// Whose.
    pub officer: String,
    /// The month, "2025-04".
    pub period: String,
    /// The score, 0 to 100.
    pub score: String,
    /// The organisation.
    pub origin: String,
    /// The paper.
    pub document: String,
    /// Why it replaces what was entered before; empty for a first one.
    #[serde(default)]
    pub reason: String,
}

/// The form of a blocker, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockerForm {
    /// Whose.
    pub officer: String,
    /// The year in which the act counts.
    pub year: String,
    /// Code of the kind.
    pub kind: String,
    /// The act.
    pub act: String,
    /// The decision.
    pub document: String,
    /// Its day.
    pub decided_on: String,
}
