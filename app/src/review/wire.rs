//! What the pages of a review are given.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::period::life::PeriodStatus;
use kpi::period::{Period, WorkingDays};
use kpi::review::SheetStatus;
use kpi::scoring::ScoringRole;
use kpi::wording::Sentence;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::leader::wire::LeaderGrounds;
use super::version::VersionRow;
use crate::sign::Signed;

/// A unit that the viewer may choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitChoice {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// Steps below the root.
    pub depth: u32,
}

/// One person in a unit's month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// Name of the sub-unit that the person heads; none for the unit's own people.
    pub heads: Option<String>,
    /// Active assignments.
    pub assignments: u32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// The same after deductions for failed reviews.
    pub quality: Decimal,
    /// The same after deductions for delays.
    pub progress: Decimal,
    /// Score, provisional or confirmed; none while the data do not suffice.
    pub score: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// Assignments past their due day and not finished.
    pub overdue: u32,
    /// Deliveries waiting for a decision.
    pub waiting: u32,
    /// Objective causes waiting for a decision.
    pub causes: u32,
    /// How far the sheet is.
    pub status: SheetStatus,
    /// Whether the viewer is the direct superior, who decides.
    pub decides: bool,
}

/// Sums of a unit's month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitFigures {
    /// People with a score.
    pub scored: u32,
    /// Active assignments.
    pub assignments: u32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// Mean score of the scored, two decimals; none while nobody is scored.
    pub mean: Option<Decimal>,
    /// The level of that mean, for the colour of its bar.
    pub level: Option<Level>,
    /// Deliveries waiting for a decision.
    pub waiting: u32,
    /// Confirmed sheets.
    pub confirmed: u32,
}

/// The page of a unit's month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitMonth {
    /// The unit shown.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// The month.
    pub period: Period,
    /// State of a month whose results stand, announced or locked; none while they may change.
    pub closed: Option<PeriodStatus>,
    /// Working days gone and in all.
    pub days: WorkingDays,
    /// Units to switch to.
    pub units: Vec<UnitChoice>,
    /// Sums of the unit's own people.
    pub figures: UnitFigures,
    /// People in the order of their given names, the unit's own first, then the heads of the units below.
    pub people: Vec<PersonRow>,
    /// Number of the page of people, from 1.
    pub page: u32,
    /// People on all pages.
    pub found: u32,
    /// People on one page.
    pub per_page: u32,
    /// Whether the viewer assigns work here.
    pub assigns: bool,
}

/// A common criterion with both figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionRow {
    /// "I.1" … "III.4".
    pub code: String,
    /// Its wording in Mẫu số 01.
    pub label: String,
    /// Code of its group.
    pub group: String,
    /// Most points.
    pub max: Decimal,
    /// The officer's own figure.
    pub own: Option<Decimal>,
    /// The competent person's figure.
    pub confirmed: Option<Decimal>,
    /// Why the two differ.
    pub reason: String,
}

/// A group of common criteria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupRow {
    /// "I", "II", "III".
    pub code: String,
    /// Its wording.
    pub label: String,
}

/// The sheet as its parts share it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetView {
    /// Whose sheet.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// Name of the unit.
    pub unit: String,
    /// Name of the agency.
    pub agency: String,
    /// The month.
    pub period: Period,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// By which formula it is scored.
    pub role: ScoringRole,
    /// How far it is.
    pub status: SheetStatus,
    /// State of a month whose results stand, announced or locked; none while they may change.
    pub closed: Option<PeriodStatus>,
    /// Version of the row.
    pub version: i32,
    /// Groups of the criteria, in order.
    pub groups: Vec<GroupRow>,
    /// The ten criteria, in order.
    pub criteria: Vec<CriterionRow>,
    /// Strengths, in the officer's words.
    pub strengths: String,
    /// Shortcomings, in the officer's words.
    pub shortcomings: String,
    /// The competent person's remark.
    pub remark: String,
    /// đ in percent, once chosen.
    pub organising: Option<u32>,
    /// Why.
    pub organising_reason: String,
    /// e in percent, once chosen.
    pub unity: Option<u32>,
    /// Why.
    pub unity_reason: String,
    /// Total that the officer submitted.
    pub own_total: Option<Decimal>,
    /// When it was submitted, as text.
    pub submitted: Option<String>,
    /// Total as confirmed; none when the data did not suffice.
    pub confirmed_total: Option<Decimal>,
    /// Level as confirmed.
    pub confirmed_level: Option<Level>,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// When it was confirmed, as text.
    pub confirmed: Option<String>,
    /// A key for the next write, so that a retry counts once.
    pub key: Uuid,
}

impl SheetView {
    /// Sum of the officer's own points.
    pub fn own_points(&self) -> Decimal {
        self.criteria
            .iter()
            .filter_map(|row| row.own)
            .sum::<Decimal>()
    }

    /// Whether the sheet was confirmed; nothing in it changes any more.
    pub fn is_confirmed(&self) -> bool {
        self.status.is_concluded()
    }
}

/// A number that an autosave stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// What is stored now, as it is shown.
    pub value: String,
    /// Sum of the officer's own points.
    pub points: Decimal,
    /// Version of the sheet.
    pub version: i32,
    /// When it was stored, "15:42:07".
    pub at: String,
}

/// One of the people that a superior goes through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPerson {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// Score, provisional or confirmed.
    pub score: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// How far the sheet is.
    pub status: SheetStatus,
    /// Decisions that wait: deliveries and causes.
    pub waiting: u32,
}

/// A piece of evidence beside a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// Its id.
    pub evidence: Uuid,
    /// document, link or file.
    pub kind: String,
    /// Number of the document, address, or name of the file.
    pub label: String,
}

/// An objective cause that waits for a decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CauseRow {
    /// Its id.
    pub cause: Uuid,
    /// Whether it concerns delays; failed reviews else.
    pub of_delay: bool,
    /// How many occurrences.
    pub occurrences: u32,
    /// The officer's reason.
    pub reason: String,
    /// Document that shows it.
    pub evidence: String,
    /// A key for the decision, so that a retry counts once.
    pub key: Uuid,
}

/// A deliverable with its current round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverableRow {
    /// Its id.
    pub deliverable: Uuid,
    /// Its assignment.
    pub assignment: Uuid,
    /// Name of the product.
    pub product: String,
    /// Conversion coefficient.
    pub coefficient: Decimal,
    /// Its quantity.
    pub quantity: Decimal,
    /// Whether it waits for a decision.
    pub waits: bool,
    /// Whether it was sent back and not delivered again.
    pub returned: bool,
    /// Rounds so far.
    pub rounds: u32,
    /// Day of the work as the officer gives it.
    pub work_day: NaiveDate,
    /// Due day in force for this round.
    pub due_day: NaiveDate,
    /// The officer's note.
    pub note: String,
    /// Returns for major errors so far.
    pub failed_reviews: u32,
    /// Of these excused.
    pub excused_failed_reviews: u32,
    /// Missed due days so far.
    pub delays: u32,
    /// Of these excused.
    pub excused_delays: u32,
    /// Version of the row.
    pub version: i32,
    /// Evidence of its assignment, at most ten pieces.
    pub evidence: Vec<EvidenceRow>,
    /// Causes that wait for a decision.
    pub causes: Vec<CauseRow>,
    /// A key for the decision, so that a retry counts once.
    pub key: Uuid,
}

/// One of a, b, c with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComponentRow {
    /// "Số lượng", "Chất lượng", "Tiến độ", or the name of d, đ, e.
    pub name: String,
    /// Percent on what was accepted.
    pub percent: Decimal,
    /// Percent on what the officer reports.
    pub reported: Decimal,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// The page on which a superior reviews one person's month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    /// The sheet.
    pub sheet: SheetView,
    /// Unit of the person, for the way back.
    pub unit: Uuid,
    /// Active assignments.
    pub assignments: u32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// The people whom the same superior goes through, this one included; empty for one's own review.
    pub people: Vec<ListedPerson>,
    /// Score on what the officer reports; none while the data do not suffice.
    pub reported: Option<Decimal>,
    /// Score on what was accepted.
    pub accepted: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// Task block in percent on what was accepted.
    pub task_points: Option<Decimal>,
    /// Common points that count now.
    pub common_points: Decimal,
    /// a, b, c and for a leader d, đ, e.
    pub components: Vec<ComponentRow>,
    /// The formula with this person's numbers.
    pub formula: Vec<Sentence>,
    /// Deliverables that wait or were sent back, waiting ones first.
    pub deliverables: Vec<DeliverableRow>,
    /// What speaks for a leader's d, đ and e; none for staff.
    pub leader: Option<LeaderGrounds>,
    /// Names of the leader's subordinates whose sheets are not confirmed yet.
    pub unconfirmed: u32,
    /// Whether the viewer is the direct superior.
    pub decides: bool,
    /// Due day offered with a return.
    pub new_due_day: NaiveDate,
    /// What a return for a major error costs of a product's quality, in percent.
    pub major_costs: Decimal,
    /// A key for accepting everything, so that a retry counts once.
    pub accept_key: Uuid,
}

/// A step of the trace with its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceStep {
    /// The step in words.
    pub sentence: Sentence,
    /// One line a product, with its numbers.
    pub lines: Vec<String>,
}

/// The printable sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintView {
    /// The sheet.
    pub sheet: SheetView,
    /// Common points that the total counts.
    pub common_points: Decimal,
    /// Points of the task block.
    pub task_points: Option<Decimal>,
    /// Total: confirmed, or provisional.
    pub total: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// The rule set that it follows: code and name.
    pub rules: (String, String),
    /// Every step, so that it can be checked with a calculator.
    pub trace: Vec<TraceStep>,
    /// Every signed version, the newest first.
    pub versions: Vec<VersionRow>,
    /// The signature that announced the result; empty before.
    pub announcement: Vec<Signed>,
    /// The visitor's own announced result: he may lodge a petition about it (Điều 22).
    pub contestable: bool,
}

/// One person's month among those whom a meeting goes through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonMonth {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// Name of the unit.
    pub unit: String,
    /// Path of the unit.
    pub path: String,
    /// By which formula the month is scored.
    pub role: ScoringRole,
    /// How far the sheet is.
    pub status: SheetStatus,
    /// Active assignments.
    pub assignments: u32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Deliveries that wait.
    pub waiting: u32,
    /// The total that the officer sent; none before.
    pub own: Option<Decimal>,
    /// The total on what is reported.
    pub reported: Option<Decimal>,
    /// The total on what was accepted.
    pub accepted: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// The confirmed total.
    pub confirmed: Option<Decimal>,
    /// Its level.
    pub confirmed_level: Option<Level>,
    /// Where the difference comes from.
    pub components: Vec<ComponentRow>,
    /// The accepted total as formulas.
    pub formula: Vec<String>,
    /// What the officer writes about the own month.
    pub strengths: String,
    /// As well.
    pub shortcomings: String,
}
