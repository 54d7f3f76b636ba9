//! What the explanation of a score is given.

use kpi::level::Level;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::scoring::PeriodInput;
use kpi::wording::InputWords;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One of the scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// "Tháng 7/2026, đã xác nhận".
    pub name: String,
    /// Who confirmed it and when, or why it is provisional.
    pub state: String,
    /// The total; none while the data do not suffice.
    pub total: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// The rule set that it follows: code and name.
    pub rules: (String, String),
}

/// An item whose lines differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// Its title in quotes.
    pub name: String,
    /// Its lines in the first trace, in words; empty where it has none.
    pub before: Vec<String>,
    /// Its lines in the second.
    pub after: Vec<String>,
}

/// A step in both traces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRow {
    /// What it computes.
    pub title: String,
    /// The provision it rests on; two where the traces rest on different ones.
    pub article: String,
    /// The published value in the first trace, with its unit.
    pub before: Option<String>,
    /// In the second.
    pub after: Option<String>,
    /// The second less the first: "+1,25", "−3", "0"; none where one has no such step.
    pub difference: Option<String>,
    /// The formula in the first trace.
    pub formula_before: Option<String>,
    /// In the second.
    pub formula_after: Option<String>,
    /// Items whose lines differ.
    pub items: Vec<ItemRow>,
    /// Inputs and weights that differ.
    pub inputs: Vec<InputWords>,
}

/// What stands beside the month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// The first trace: what the month is laid beside.
    pub base: Side,
    /// Steps that differ, in their order.
    pub differing: Vec<StepRow>,
    /// Steps that are the same in both.
    pub equal: Vec<StepRow>,
}

/// What the trial in the browser begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// The rules of the month.
    pub rules: RuleSet,
    /// What its score is computed from.
    pub input: PeriodInput,
}

/// The explanation of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhyView {
    /// Whose month.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title and unit.
    pub post: String,
    /// The month.
    pub period: Period,
    /// What it is laid beside: "self", a month, or nothing.
    pub with: String,
    /// Its score.
    pub main: Side,
    /// The other one.
    pub compared: Option<Compared>,
    /// For the trial.
    pub start: Start,
}
