//! A rule set: everything the engine may not decide by itself, as plain data
//! with its legal basis. Agencies differ on almost every number and the law
//! will change, so the engine holds no constant of its own.

mod validate;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    code::code_enum,
    criterion::{Criterion, CriterionGroup, criteria_of_form_01, groups_of_form_01},
};

code_enum! {
    /// Where work above 100 % is cut off (Điều 12 khoản 3 sets the 70-point ceiling).
    pub enum CapMode {
        /// Only the whole task block is cut at 100 %.
        Block = "block", "chặn ở cả khối kết quả";
        /// Each of quantity, quality and progress is cut at 100 % first.
        Component = "component", "chặn ở từng tiêu chí";
    }
}

code_enum! {
    /// How several faults of one deliverable add up.
    pub enum DeductionShape {
        /// `1 − rate × faults`, never below zero.
        Linear = "linear", "trừ thẳng, không âm";
    }
}

/// Weights of the components; only their proportions count. A weight of 0
/// leaves a component out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// a: số lượng.
    pub quantity: Decimal,
    /// b: chất lượng.
    pub quality: Decimal,
    /// c: tiến độ.
    pub progress: Decimal,
    /// d: kết quả hoạt động; leaders only.
    pub results: Decimal,
    /// đ: khả năng tổ chức triển khai; leaders only.
    pub organising: Decimal,
    /// e: năng lực tập hợp, đoàn kết; leaders only.
    pub unity: Decimal,
}

/// What a fault costs (Điều 14 khoản 2 điểm b, c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deductions {
    /// Share of a deliverable's quality lost per failed review, 0 to 1.
    pub per_failed_review: Decimal,
    /// Share of a deliverable's progress lost per delay, 0 to 1.
    pub per_delay: Decimal,
    /// How several faults add up.
    pub shape: DeductionShape,
}

/// Least published scores of the levels (Điều 8, Điều 20), descending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thresholds {
    /// Hoàn thành xuất sắc nhiệm vụ.
    pub excellent: Decimal,
    /// Hoàn thành tốt nhiệm vụ.
    pub good: Decimal,
    /// Hoàn thành nhiệm vụ.
    pub completed: Decimal,
}

/// The leader's own criteria d, đ, e (Điều 15 khoản 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadershipRules {
    /// Percentages that may be chosen for đ and e.
    pub allowed: Vec<u32>,
    /// d when every scored subordinate is at "hoàn thành" or above, in percent.
    pub results_when_all: u32,
    /// d when a subordinate is below, in percent.
    pub results_when_below: u32,
}

/// What the yearly rating of people asks beside the levels (Điều 11, Điều 20 khoản 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearRules {
    /// Least months of work in the year for a rating, 0 to 12.
    pub least_worked_months: u32,
    /// "Xuất sắc" for each rated "tốt", unless an authority decides otherwise, 0 to 1.
    pub excellent_ratio: Decimal,
    /// Most that an authority may decide, 0 to 1.
    pub most_excellent_ratio: Decimal,
}

/// What the level of an organisation asks beside its score (Điều 8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRules {
    /// Least share of tasks that exceed what was asked, for "xuất sắc", 0 to 1.
    pub exceeded_share: Decimal,
    /// Most share of late tasks, for "hoàn thành", 0 to 1.
    pub late_share: Decimal,
    /// Share of completed tasks below which it is "không hoàn thành", 0 to 1.
    pub fulfilled_share: Decimal,
}

/// One version of the rules.
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
    /// The common criteria; their maxima add up to `common_points`.
    pub criteria: Vec<Criterion>,
    /// Ceiling of the common block (30; Điều 6, Điều 12 khoản 2).
    pub common_points: Decimal,
    /// Ceiling of the task block (70; Điều 7 khoản 1, Điều 12 khoản 3).
    pub task_points: Decimal,
    /// Weights for those without a leading post (Điều 16 khoản 1).
    pub staff_weights: Weights,
    /// Weights for heads and deputies (Điều 16 khoản 2).
    pub leader_weights: Weights,
    /// Deductions for faults.
    pub deductions: Deductions,
    /// Where extra work is cut off, unless an input says otherwise.
    pub cap: CapMode,
    /// Decimals of a published number (2).
    pub decimals: u32,
    /// Levels.
    pub thresholds: Thresholds,
    /// d, đ, e.
    pub leadership: LeadershipRules,
    /// The year of a person.
    pub year: YearRules,
    /// The level of an organisation.
    pub unit: UnitRules,
    /// Decimals of a conversion coefficient (2).
    pub coefficient_decimals: u32,
    /// Working days to resolve a petition (Điều 22).
    pub petition_days: u32,
}

impl RuleSet {
    /// Nghị định 335/2025/NĐ-CP as written, with the proposed reading where
    /// the decree is silent: rounding half up at two decimals, linear
    /// deductions, the cap on the whole task block.
    #[must_use]
    pub fn nd_335_2025() -> Self {
        let one = Decimal::ONE;
        let none = Decimal::ZERO;
        Self {
            code: "nd-335-2025".to_owned(),
            name: "Nghị định 335/2025/NĐ-CP".to_owned(),
            legal_basis: "Nghị định số 335/2025/NĐ-CP ngày 21/12/2025 của Chính phủ".to_owned(),
            criterion_groups: groups_of_form_01(),
            criteria: criteria_of_form_01(),
            common_points: Decimal::from(30),
            task_points: Decimal::from(70),
            staff_weights: Weights {
                quantity: one,
                quality: one,
                progress: one,
                results: none,
                organising: none,
                unity: none,
            },
            leader_weights: Weights {
                quantity: one,
                quality: one,
                progress: one,
                results: one,
                organising: one,
                unity: one,
            },
            deductions: Deductions {
                per_failed_review: Decimal::new(25, 2),
                per_delay: Decimal::new(25, 2),
                shape: DeductionShape::Linear,
            },
            cap: CapMode::Block,
            decimals: 2,
            thresholds: Thresholds {
                excellent: Decimal::from(90),
                good: Decimal::from(70),
                completed: Decimal::from(50),
            },
            leadership: LeadershipRules {
                allowed: vec![100, 50],
                results_when_all: 100,
                results_when_below: 50,
            },
            year: YearRules {
                least_worked_months: 6,
                excellent_ratio: Decimal::new(20, 2),
                most_excellent_ratio: Decimal::new(25, 2),
            },
            unit: UnitRules {
                exceeded_share: Decimal::new(30, 2),
                late_share: Decimal::new(20, 2),
                fulfilled_share: Decimal::new(70, 2),
            },
            coefficient_decimals: 2,
            petition_days: 7,
        }
    }

    /// The same decree, read so that work above 100 % is cut at each of a, b, c first.
    #[must_use]
    pub fn nd_335_2025_component() -> Self {
        Self {
            code: "nd-335-2025-component".to_owned(),
            name: "Nghị định 335/2025/NĐ-CP, chặn ở từng tiêu chí".to_owned(),
            cap: CapMode::Component,
            ..Self::nd_335_2025()
        }
    }

    /// The built-in, read-only rule set of this code.
    #[must_use]
    pub fn builtin(code: &str) -> Option<Self> {
        match code {
            "nd-335-2025" => Some(Self::nd_335_2025()),
            "nd-335-2025-component" => Some(Self::nd_335_2025_component()),
            _ => None,
        }
    }

    /// The criterion of this code.
    #[must_use]
    pub fn criterion(&self, code: &str) -> Option<&Criterion> {
        self.criteria
            .iter()
            .find(|criterion| criterion.code == code)
    }
}

#[cfg(test)]
mod tests;
