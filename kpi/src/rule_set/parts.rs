//! The parts of a rule set: weights, deductions, thresholds, and what leaders,
//! quarters, years and organisations are held to.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::choice::{
    CapBase, CapFraction, CapScope, DecemberRule, DeductionShape, DelayUnit, OrgCascade,
    SubordinateScope, YearMean,
};
use crate::scoring::ScoringRole;

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

impl Weights {
    pub(super) const fn of(parts: [Decimal; 6]) -> Self {
        let [quantity, quality, progress, results, organising, unity] = parts;
        Self {
            quantity,
            quality,
            progress,
            results,
            organising,
            unity,
        }
    }

    /// Each with the name of its field.
    pub(super) const fn named(&self) -> [(&'static str, Decimal); 6] {
        [
            ("quantity", self.quantity),
            ("quality", self.quality),
            ("progress", self.progress),
            ("results", self.results),
            ("organising", self.organising),
            ("unity", self.unity),
        ]
    }
}

/// A row of a table of steps: up to so many faults, this share is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultStep {
    /// Most faults of this step, 1 to 1,000.
    pub up_to: u32,
    /// Share of the deliverable that is kept, 0 to 1.
    pub kept: Decimal,
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
    /// For [`DeductionShape::Steps`]: by failed reviews; beyond the last row nothing is kept.
    #[serde(default)]
    pub quality_steps: Vec<FaultStep>,
    /// For [`DeductionShape::Steps`]: by delays; beyond the last row nothing is kept.
    #[serde(default)]
    pub progress_steps: Vec<FaultStep>,
    /// What counts as a delay.
    #[serde(default)]
    pub delay_unit: DelayUnit,
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
    /// Percentages that may be chosen for đ and e (choice A14).
    pub allowed: Vec<u32>,
    /// d when every scored subordinate is at "hoàn thành" or above, in percent.
    pub results_when_all: u32,
    /// d when a subordinate is below, in percent.
    pub results_when_below: u32,
    /// Whose scores make d; unscored subordinates are listed, never counted.
    #[serde(default)]
    pub subordinates: SubordinateScope,
}

/// What a post multiplies converted work by (choice A17; not in the decree).
/// It shows in the quantities; a ratio of the same person's work stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionCoefficients {
    /// Without a leading post, above 0, at most 10.
    pub staff: Decimal,
    /// Deputies, above 0, at most 10.
    pub deputy: Decimal,
    /// Heads, above 0, at most 10.
    pub head: Decimal,
}

impl PositionCoefficients {
    /// The coefficient of a post (choice A17), above 0.
    #[must_use]
    pub const fn of(&self, role: ScoringRole) -> Decimal {
        match role {
            ScoringRole::Staff => self.staff,
            ScoringRole::Deputy => self.deputy,
            ScoringRole::Head => self.head,
        }
    }
}

impl Default for PositionCoefficients {
    fn default() -> Self {
        Self {
            staff: Decimal::ONE,
            deputy: Decimal::ONE,
            head: Decimal::ONE,
        }
    }
}

/// From how many points on a month asks for a look of its own before it is confirmed (Điều 17 khoản 3 leaves it open).
/// A rule of the process: no score depends on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttentionRules {
    /// Between the officer's own total and the computed one, above 0, at most 100.
    pub gap: Decimal,
    /// Between the computed total and the mean of the months before, above 0, at most 100.
    pub jump: Decimal,
}

impl Default for AttentionRules {
    fn default() -> Self {
        Self {
            gap: Decimal::from(5),
            jump: Decimal::from(10),
        }
    }
}

/// The quarter of a person under the Party's rule (Hướng dẫn 02-HD/BTCTW as
/// agencies apply it); the decree alone looks at the score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterRules {
    /// Whether too few completed tasks make a quarter "không hoàn thành", and
    /// such a quarter keeps the year from "xuất sắc".
    pub blocker: bool,
    /// Least share of the quarter's tasks, objective causes apart, 0 to 1.
    pub least_completed: Decimal,
}

impl Default for QuarterRules {
    fn default() -> Self {
        Self {
            blocker: false,
            least_completed: Decimal::ONE,
        }
    }
}

/// What the yearly rating of people asks beside the levels (Điều 11, Điều 17
/// khoản 3, Điều 20 khoản 5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearRules {
    /// Least months of work in the year for a rating, 0 to 12.
    pub least_worked_months: u32,
    /// "Xuất sắc" for each of the base, unless an authority decides otherwise, 0 to 1.
    pub excellent_ratio: Decimal,
    /// Most that an authority may decide, 0 to 1.
    pub most_excellent_ratio: Decimal,
    /// Of whom the ratio is.
    #[serde(default)]
    pub cap_base: CapBase,
    /// What a fraction of a person becomes.
    #[serde(default)]
    pub cap_fraction: CapFraction,
    /// Where the ratio is held to.
    #[serde(default)]
    pub cap_scope: CapScope,
    /// What the mean of the year is of.
    #[serde(default)]
    pub mean: YearMean,
    /// How December counts.
    #[serde(default)]
    pub december: DecemberRule,
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
    /// What happens where a condition of the score's level fails.
    #[serde(default)]
    pub cascade: OrgCascade,
}
