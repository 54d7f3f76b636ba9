//! A rule set: everything the engine may not decide by itself, as plain data
//! with its legal basis. Agencies differ on almost every number and the law
//! will change, so the engine holds no constant of its own.

mod builtin;
mod choice;
pub mod field;
pub mod lifecycle;
mod open_question;
mod parts;
mod validate;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::{
    choice::{
        CapBase, CapFraction, CapMode, CapScope, CommonReview, DecemberRule, DeductionShape,
        DelayUnit, FaultBase, OrgCascade, PeriodKind, Publication, Rounding, SubordinateScope,
        YearMean, ZeroAssigned,
    },
    open_question::{OPEN_QUESTIONS, OpenQuestion, Settled},
    parts::{
        AttentionRules, Deductions, FaultStep, LeadershipRules, PositionCoefficients, QuarterRules,
        Thresholds, UnitRules, Weights, YearRules,
    },
};
use crate::{
    criterion::{Criterion, CriterionGroup, UnitCriterion, unit_criteria_of_article_6},
    exact::{self, Exact, Overflow},
};

/// One version of the rules. Fields that came later have the decree's default,
/// so that what was stored before stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    /// `nd-335-2025`.
    pub code: String,
    /// Vietnamese name for the reader.
    pub name: String,
    /// The document it rests on.
    pub legal_basis: String,
    /// Groups of the common criteria.
    pub criterion_groups: Vec<CriterionGroup>,
    /// The common criteria; their maxima add up to `common_points` (choice A19).
    pub criteria: Vec<Criterion>,
    /// Ceiling of the common block (30; Điều 6, Điều 12 khoản 2).
    pub common_points: Decimal,
    /// Ceiling of the task block (70; Điều 7 khoản 1, Điều 12 khoản 3).
    pub task_points: Decimal,
    /// Weights for those without a leading post (Điều 16 khoản 1; choice A18).
    pub staff_weights: Weights,
    /// Weights for heads and deputies (Điều 16 khoản 2; choice A18).
    pub leader_weights: Weights,
    /// Deductions for faults; each acts on its deliverable alone (choice A3), and
    /// a confirmed objective cause waives it (choice A10).
    pub deductions: Deductions,
    /// What quality and progress are measured against (choice A6).
    #[serde(default)]
    pub fault_base: FaultBase,
    /// What a post multiplies converted work by (choice A17).
    #[serde(default)]
    pub position: PositionCoefficients,
    /// What happens without planned work (choices A8, A9).
    #[serde(default)]
    pub zero_assigned: ZeroAssigned,
    /// Where extra work is cut off, unless an input says otherwise (choice A7).
    pub cap: CapMode,
    /// Decimals of a published number (2).
    pub decimals: u32,
    /// How numbers are published and compared (choice A1).
    #[serde(default)]
    pub rounding: Rounding,
    /// Levels.
    pub thresholds: Thresholds,
    /// d, đ, e.
    pub leadership: LeadershipRules,
    /// How often people are assessed (choice A13).
    #[serde(default)]
    pub period_kind: PeriodKind,
    /// What the competent person may do with the common criteria (choice A20).
    #[serde(default)]
    pub common_review: CommonReview,
    /// The quarter of a person.
    #[serde(default)]
    pub quarter: QuarterRules,
    /// The year of a person.
    pub year: YearRules,
    /// Common criteria of an organisation; their maxima add up to `common_points` (Điều 6).
    #[serde(default = "unit_criteria_of_article_6")]
    pub unit_criteria: Vec<UnitCriterion>,
    /// The level of an organisation.
    pub unit: UnitRules,
    /// Decimals of a conversion coefficient (2).
    pub coefficient_decimals: u32,
    /// What makes a month ask for a look of its own before it is confirmed.
    #[serde(default)]
    pub attention: AttentionRules,
    /// Working days to resolve a petition (Điều 22).
    pub petition_days: u32,
    /// Working days to lodge a petition after publication; none by law (choice A31).
    /// A rule of the process.
    #[serde(default)]
    pub petition_lodging_days: Option<u32>,
    /// What is made public of a year (choice A32).
    #[serde(default)]
    pub publication: Publication,
    /// Years that records are kept; without it nothing is deleted (choice A33).
    /// A rule of the process.
    #[serde(default)]
    pub retention_years: Option<u32>,
    /// Paths of what the unit has yet to issue; nothing is computed while any is left.
    #[serde(default)]
    pub unfilled: Vec<String>,
}

impl RuleSet {
    /// The criterion of this code (Điều 12 khoản 2, Mẫu số 01).
    #[must_use]
    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria
            .iter()
            .find(|criterion| criterion.code == code)
    }

    /// The published figure of a value (choice A1).
    pub(crate) fn publish(&self, value: &Exact) -> Result<Decimal, Overflow> {
        exact::publish(value, self.decimals, self.rounding)
    }
}

#[cfg(test)]
mod tests;
