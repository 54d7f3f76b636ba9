//! What the pages of a unit's KPI are made of, as it travels from the server.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::period::{Period, WorkingDays};
use kpi::unit::{Direction, UnitOutcome};
use kpi::wording::Sentence;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the address asked for: every unit within reach, or one.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Shown {
    /// Units side by side.
    All(UnitList),
    /// One unit.
    One(Box<UnitKpi>),
}

/// Units of a year within reach, those that need attention first.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitList {
    /// The year.
    pub year: i32,
    /// This year in Vietnam.
    pub this_year: i32,
    /// Working days of the year.
    pub days: WorkingDays,
    /// One page of the units.
    pub units: Vec<UnitLine>,
    /// Page, from 1.
    pub page: u32,
    /// Units on a page.
    pub per_page: u32,
    /// Units in all.
    pub found: u32,
}

/// One unit in the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitLine {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// How its year stands.
    pub standing: Standing,
    /// The indicator that lags most behind what is expected.
    pub lag: Option<Lag>,
    /// Indicators without a figure of the last finished month.
    pub unreported: u32,
}

/// How far an indicator is behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lag {
    /// Its name.
    pub name: String,
    /// Percentage points of the target, above 0.
    pub points: Decimal,
}

/// Score and level of a unit's year, as far as the data go.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Standing {
    /// Sum of the weights, 0 to 100.
    pub weights: Decimal,
    /// Why there is no score yet; empty with a score.
    pub gaps: Vec<Gap>,
    /// Points of the indicators, 0 to 70; none before the weights add up and every indicator has a figure.
    pub functional: Option<Decimal>,
    /// Points of the common criteria given so far, 0 to 30.
    pub basic: Option<Decimal>,
    /// Score, level and reason by the rules; none with a gap.
    pub outcome: Option<UnitOutcome>,
    /// The level that the authority recognised.
    pub recognised: Option<Recognised>,
}

/// Something without which there is no score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gap {
    /// No indicator was set.
    NoIndicators,
    /// Percent that the weights lack of 100.
    Weights(Decimal),
    /// Number of indicators without any figure.
    Figures(u32),
    /// The common criteria were not given points.
    Basic,
    /// A rule refuses the data, in words.
    Refused(String),
}

impl Gap {
    /// As a sentence.
    pub fn words(&self) -> String {
        match self {
            Self::NoIndicators => "Chưa có chỉ số nào.".to_owned(),
            Self::Weights(left) => format!(
                "Trọng số các chỉ số chưa đủ 100 %: còn thiếu {} %.",
                crate::format::number(*left, 4)
            ),
            Self::Figures(count) => format!("{count} chỉ số chưa có số liệu."),
            Self::Basic => "Cấp có thẩm quyền chưa chấm tiêu chí chung (Điều 6).".to_owned(),
            Self::Refused(sentence) => sentence.clone(),
        }
    }
}

/// A recognised level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// The level.
    pub level: Level,
    /// The law left it open and the authority decided.
    pub decided: bool,
    /// Why; empty where the law gives it.
    pub reason: String,
    /// Who recognised it.
    pub by: String,
    /// When, in words.
    pub at: String,
}

/// The year of one unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitKpi {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Working days of the year.
    pub days: WorkingDays,
    /// Whether the list holds other units.
    pub has_list: bool,
    /// Score and level.
    pub standing: Standing,
    /// The steps of the score in words.
    pub why: Vec<Sentence>,
    /// The conditions of Điều 8.
    pub conditions: Vec<Condition>,
    /// Deliveries in full that wait to be accepted: they count as not done.
    pub waiting: u32,
    /// Units directly below that are rated "không hoàn thành".
    pub weak: Vec<String>,
    /// Indicators by function, then in their order.
    pub indicators: Vec<IndicatorView>,
    /// The groups of the common criteria.
    pub basic: Vec<BasicView>,
    /// What the authority recorded.
    pub facts: Facts,
    /// Version of the authority's row; 0 before it exists.
    pub version: i32,
    /// Levels that may be recognised, each with whether it needs a reason.
    pub choices: Vec<(Level, bool)>,
    /// The visitor may add and change indicators.
    pub manages: bool,
    /// The visitor gives points, records facts and recognises.
    pub assesses: bool,
    /// Why the visitor, who assesses others, does not assess this unit.
    pub own_unit: bool,
    /// People who may own an indicator; empty unless a form asks.
    pub owners: Vec<(Uuid, String)>,
}

/// One condition of Điều 8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What is asked.
    pub asked: String,
    /// What was found.
    pub found: String,
    /// Whether it holds.
    pub met: bool,
    /// Which levels ask for it, with the article.
    pub article: String,
}

/// One indicator with all that is known of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct IndicatorView {
    /// The indicator.
    pub indicator: Uuid,
    /// The unit it belongs to.
    pub unit: Uuid,
    /// Name of that unit.
    pub unit_name: String,
    /// Its year.
    pub year: i32,
    /// The group of functions.
    pub function: String,
    /// Its name.
    pub name: String,
    /// Unit of measure.
    pub unit_of_measure: String,
    /// Which way it is better.
    pub direction: Direction,
    /// Whether its figure grows over the year towards the target.
    pub accumulates: bool,
    /// What is to be reached, above 0.
    pub target: Decimal,
    /// Percent of the block of 70 points.
    pub weight: Decimal,
    /// Who reports it.
    pub owner: Uuid,
    /// The owner's name.
    pub owner_name: String,
    /// Version of the row.
    pub version: i32,
    /// Percent of the target that counts, 0 to 100; none without a figure.
    pub achieved: Option<Decimal>,
    /// Percent of the target before it is cut at 100; none without a figure, or where less is better.
    pub reached: Option<Decimal>,
    /// Percent of the target expected on the cut-off day, or today without a figure.
    pub expected: Decimal,
    /// Percentage points behind what is expected; none when it is on its way.
    pub lag: Option<Decimal>,
    /// Percent of the target at each month of the year, January first.
    pub months: Vec<Option<Decimal>>,
    /// Every report, the latest month first, corrections before what they correct.
    pub reports: Vec<ReportView>,
    /// Months that may be reported, the next one to report first.
    pub open: Vec<Period>,
    /// The visitor may report it.
    pub reports_it: bool,
}

impl IndicatorView {
    /// The figure that counts.
    pub fn latest(&self) -> Option<&ReportView> {
        self.reports.first()
    }
}

/// One report of an indicator's figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportView {
    /// The month.
    pub period: Period,
    /// 1 for the first report of the month, 2 for its first correction, …
    pub version: i32,
    /// Whether it is the last of its month.
    pub counts: bool,
    /// Figure of the year up to the cut-off day.
    pub actual: Decimal,
    /// Where the figure comes from.
    pub source: String,
    /// Up to which day.
    pub cut_off: NaiveDate,
    /// What proves it; may be empty.
    pub evidence: String,
    /// Why the version before was wrong.
    pub reason: String,
    /// Who reported.
    pub by: String,
    /// When, in words.
    pub at: String,
}

/// A group of the common criteria with its points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasicView {
    /// Its code.
    pub code: String,
    /// What it covers.
    pub label: String,
    /// Most points.
    pub max: Decimal,
    /// Points, 0 to `max`.
    pub points: Option<Decimal>,
    /// Why.
    pub reason: String,
}

/// What the authority recorded about a unit's year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Every shortcoming found before is fixed (điểm c khoản 1 Điều 8).
    pub shortcomings_fixed: bool,
    /// Which ones, and how.
    pub shortcomings_note: String,
    /// Wrongdoing is concluded (điểm a khoản 4 Điều 8).
    pub wrongdoing: bool,
    /// By which document.
    pub wrongdoing_document: String,
    /// What is not done has a cause beyond control (điểm b khoản 4 Điều 8).
    pub force_majeure: bool,
    /// By which document.
    pub force_majeure_document: String,
}

/// The indicators that a visitor reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnIndicators {
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Those he owns, unit by unit.
    pub indicators: Vec<IndicatorView>,
}
