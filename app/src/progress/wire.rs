//! What the server sends of a month and of one assignment.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::wording::Sentence;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One officer's month: the score with its reasons, and the work behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MonthData {
    /// The month, "2026-11".
    pub period: String,
    /// "Tháng 11/2026".
    pub period_label: String,
    /// First and last day of the month.
    pub days: (NaiveDate, NaiveDate),
    /// Today.
    pub today: NaiveDate,
    /// Whose month it is.
    pub officer: Uuid,
    /// His full name.
    pub name: String,
    /// Title and unit.
    pub post: String,
    /// The reader is the officer himself.
    pub own: bool,
    /// The reader may report: his own month, begun and open.
    pub editable: bool,
    /// How far the month is, in words.
    pub status: String,
    /// Tone of the chip that says so.
    pub status_tone: String,
    /// The score.
    pub score: ScoreData,
    /// The work, in the order in which it was assigned.
    pub rows: Vec<WorkItem>,
}

/// A score with everything that explains it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScoreData {
    /// Published total, 0 to 100; none while the data do not suffice.
    pub total: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// Confirmed by the head, no longer provisional.
    pub confirmed: bool,
    /// The rule set that it follows: code and name.
    pub rules: (String, String),
    /// Steps from the components to the total and the level.
    pub why: Vec<Sentence>,
    /// What would raise it most.
    pub advice: Option<String>,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Share of the month's working days that is gone, in percent.
    pub expected: Decimal,
    /// Quantity, quality, progress, a leader's own criteria, common criteria.
    pub parts: Vec<ScorePart>,
}

/// One component of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScorePart {
    /// "Số lượng".
    pub label: String,
    /// "a = 20,5 / 23".
    pub formula: String,
    /// Length of the bar in percent, above 100 with extra work.
    pub percent: Decimal,
    /// The figure as text: "89,1%" or "26".
    pub figure: String,
    /// Given by judgement rather than measured.
    pub judged: bool,
    /// Its steps.
    pub why: Vec<Sentence>,
    /// The items behind it, those with faults first.
    pub lines: Vec<String>,
}

/// One assignment in the list of a month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkItem {
    /// The assignment.
    pub assignment: Uuid,
    /// Version that a report must name.
    pub version: i32,
    /// Key of the next report.
    pub key: Uuid,
    /// Name of the product.
    pub product: String,
    /// Code, kind and coefficient in words.
    pub about: String,
    /// Assigned quantity.
    pub quantity: Decimal,
    /// Part handed over to a colleague.
    pub handed_over: Decimal,
    /// Quantity reported as done.
    pub done: Decimal,
    /// Done in percent of what is left after handing over.
    pub percent: Decimal,
    /// Expected today by working days until the due day, in percent.
    pub expected: Decimal,
    /// Due day.
    pub due_day: NaiveDate,
    /// Tone of the state: good, risk, bad, measure or plain.
    pub tone: String,
    /// The state in words.
    pub state: String,
    /// Why it was returned, or what else belongs to the state.
    pub remark: String,
    /// Failed reviews and delays that count.
    pub faults: (u32, u32),
    /// Pieces of evidence.
    pub evidence: u32,
}

/// One assignment with its whole history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AssignmentData {
    /// The month, "2026-11".
    pub period: String,
    /// "Tháng 11/2026".
    pub period_label: String,
    /// First day of the month.
    pub first_day: NaiveDate,
    /// Today.
    pub today: NaiveDate,
    /// The assignment as the list shows it.
    pub item: WorkItem,
    /// Whose it is.
    pub officer: Uuid,
    /// His full name.
    pub name: String,
    /// What must come out.
    pub expected_output: String,
    /// Why it was cancelled, if it was.
    pub cancelled: Option<String>,
    /// The reader is the officer himself.
    pub own: bool,
    /// The reader may report, deliver and attach: his own month, begun and open.
    pub editable: bool,
    /// The reader is the direct superior and the month is open: he may hand over and cancel.
    pub directs: bool,
    /// What can still be delivered.
    pub left: Decimal,
    /// Key of the next form; every form derives its own from it.
    pub keys: Vec<Uuid>,
    /// Deliverables with their rounds, newest first.
    pub deliverables: Vec<DeliverableItem>,
    /// Progress reports, newest first; at most 100.
    pub reports: Vec<ReportItem>,
    /// Evidence, newest first.
    pub evidence: Vec<EvidenceItem>,
}

/// A deliverable with its rounds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeliverableItem {
    /// The deliverable.
    pub deliverable: Uuid,
    /// Quantity.
    pub quantity: Decimal,
    /// Code of its status.
    pub status: String,
    /// Due day in force.
    pub due_day: NaiveDate,
    /// Failed reviews, and of these excused.
    pub failed_reviews: (u32, u32),
    /// Delays, and of these excused.
    pub delays: (u32, u32),
    /// Failed reviews and delays for which a cause can still be asked.
    pub askable: (u32, u32),
    /// Keys of the forms to deliver again, to withdraw, to ask for a cause.
    pub keys: [Uuid; 3],
    /// Rounds, first one first.
    pub rounds: Vec<RoundItem>,
    /// Requests to confirm an objective cause, in order.
    pub causes: Vec<CauseItem>,
}

/// One round of a deliverable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundItem {
    /// 1, 2, …
    pub round: i32,
    /// Day of the work as the officer gives it.
    pub work_day: NaiveDate,
    /// Day of the work as the head confirmed it.
    pub confirmed_day: Option<NaiveDate>,
    /// Due day then in force.
    pub due_day: NaiveDate,
    /// The officer's note.
    pub note: String,
    /// Code of the decision.
    pub decision: Option<String>,
    /// Its reason.
    pub reason: String,
}

/// A request to confirm an objective cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CauseItem {
    /// delay or failed_review.
    pub concerns: String,
    /// Of how many faults.
    pub occurrences: i32,
    /// The officer's reason.
    pub reason: String,
    /// Code of its status.
    pub status: String,
    /// The head's reason.
    pub decision_reason: String,
}

/// One progress report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportItem {
    /// Quantity done.
    pub quantity_done: Decimal,
    /// Day of the work.
    pub work_day: NaiveDate,
    /// Note.
    pub note: String,
    /// When it was entered, as text.
    pub at: String,
}

/// One piece of evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceItem {
    /// The evidence.
    pub evidence: Uuid,
    /// document, link or file.
    pub kind: String,
    /// The document's number, the link, or the file's name.
    pub label: String,
    /// Size of a file in bytes.
    pub size: i32,
    /// When it was added, as text.
    pub at: String,
    /// Key of the form that removes it.
    pub key: Uuid,
}

/// An assignment after a report: what the next report must name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reported {
    /// Version of the assignment now.
    pub version: i32,
    /// Quantity done now.
    pub done: Decimal,
    /// Key of the next report.
    pub key: Uuid,
}
