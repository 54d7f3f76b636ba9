//! What the pages of petitions are told.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::period::Period;
use kpi::petition::{PetitionOutcome, PetitionStatus};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a petition is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum About {
    /// The result of a month.
    Month(Period),
    /// A decision about a year.
    Year {
        /// The year.
        year: i32,
        /// The decision that stood when it was lodged.
        decision: Uuid,
    },
}

impl About {
    /// "Kết quả tháng 10/2026", "Quyết định xếp loại năm 2025".
    pub fn label(&self) -> String {
        match self {
            Self::Month(period) => format!("Kết quả {}", period.label().to_lowercase()),
            Self::Year { year, .. } => format!("Quyết định xếp loại năm {year}"),
        }
    }
}

/// A petition in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its id.
    pub id: Uuid,
    /// Who lodged it.
    pub officer: Uuid,
    /// His name.
    pub name: String,
    /// Who answers.
    pub authority: Uuid,
    /// His name.
    pub authority_name: String,
    /// What it is about.
    pub about: About,
    /// The line; empty for the whole result.
    pub line: String,
    /// How far it is.
    pub status: PetitionStatus,
    /// What became of it.
    pub outcome: Option<PetitionOutcome>,
    /// When it was received.
    pub received: NaiveDate,
    /// When it is due.
    pub due: NaiveDate,
    /// Working days left: 0 on the due day, negative after it.
    pub left: i64,
}

/// The petitions that a visitor may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lists {
    /// His own, newest first.
    pub own: Vec<Line>,
    /// Those that he has to answer, due first.
    pub to_answer: Vec<Line>,
    /// All of the agency, for the personnel office: open ones first, due first.
    pub all: Option<Vec<Line>>,
    /// The form, where the address asks for one.
    pub form: Option<Form>,
}

/// The form of a petition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What it is about, as the address says it: "2026-10" or the id of a decision.
    pub about: String,
    /// "Kết quả tháng 10/2026".
    pub label: String,
    /// Who will answer.
    pub authority: String,
    /// Working days in which it is answered.
    pub days: u32,
    /// Lines that may be named: value and words.
    pub lines: Vec<(String, String)>,
    /// Why it cannot be lodged, with the way forward.
    pub refused: Option<String>,
}

/// A criterion that an answer may change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// "I.1" … "III.4".
    pub code: String,
    /// Its words.
    pub label: String,
    /// Its maximum.
    pub max: Decimal,
    /// Points as they stand.
    pub points: Option<Decimal>,
}

/// An assignment that lost points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The assignment.
    pub assignment: Uuid,
    /// Its product.
    pub name: String,
    /// Returns for major errors that count.
    pub returns: i32,
    /// Delays that count.
    pub delays: i32,
}

/// What an answer may change, for the authority alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// Criteria of the month.
    pub criteria: Vec<Criterion>,
    /// Assignments of the month that lost points.
    pub faults: Vec<Fault>,
    /// Percentages of đ and e that the rules allow; empty for staff.
    pub allowed: Vec<u32>,
    /// đ and e as they stand.
    pub leader: (Option<u32>, Option<u32>),
    /// The level that the rules compute for the year now.
    pub computed: Option<Level>,
    /// Today, for the date of a replacing decision.
    pub today: Option<NaiveDate>,
}

/// A petition with its course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Petition {
    /// As in a list.
    pub line: Line,
    /// What it asks for.
    pub text: String,
    /// The reply.
    pub reply: String,
    /// When it was answered, as text.
    pub answered: Option<String>,
    /// When it was taken back, as text.
    pub withdrawn: Option<String>,
    /// The new version of the month's sheet.
    pub sheet_version: Option<i32>,
    /// The decision that replaces the old one.
    pub new_decision: Option<Uuid>,
    /// Signatures of the reply.
    pub signatures: Vec<crate::sign::Signed>,
    /// The visitor lodged it.
    pub own: bool,
    /// The visitor answers it; then what he may change.
    pub answers: Option<Changes>,
    /// Version that a write has to name.
    pub version: i32,
}
