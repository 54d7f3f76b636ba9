//! The score of one person in one period (Điều 12–17): what goes in, what
//! comes out. The bounds of the input are in `check`, the arithmetic in
//! `sums` and `engine`, the steps of the trace in `writer`; nothing here can panic.

pub(crate) mod check;
pub(crate) mod engine;
pub(crate) mod sums;
pub(crate) mod writer;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::engine::score;
pub use crate::{RuleError, rule_set::CapMode};
use crate::{code::code_enum, level::Level, trace::Trace};

/// Largest quantity of a product.
pub const MAX_QUANTITY: u32 = 1_000_000;
/// Most decimals of a quantity.
pub const QUANTITY_DECIMALS: u32 = 4;
/// Largest conversion coefficient.
pub const MAX_COEFFICIENT: u32 = 100_000;
/// Most decimals of a conversion coefficient.
pub const COEFFICIENT_DECIMALS: u32 = 6;
/// Most faults of one kind, or working days late, on one deliverable.
pub const MAX_FAULTS: u32 = 1_000;
/// Most items of one person and period.
pub const MAX_ITEMS: usize = 10_000;
/// Most deliverables of one person and period.
pub const MAX_DELIVERABLES: usize = 100_000;
/// Most subordinates of one leader.
pub const MAX_SUBORDINATES: usize = 100_000;

code_enum! {
    /// By which formula of Điều 16 a person is scored.
    pub enum ScoringRole {
        /// Without a leading post: (a + b + c) ÷ 3.
        Staff = "staff", "công chức không giữ chức vụ lãnh đạo, quản lý";
        /// Head (Điều 15 khoản 3): (a + b + c + d + đ + e) ÷ 6.
        Head = "head", "người đứng đầu";
        /// Deputy (Điều 15 khoản 4): the same within the assigned field.
        Deputy = "deputy", "cấp phó của người đứng đầu";
    }
}

impl ScoringRole {
    /// Whether d, đ and e apply.
    #[must_use]
    pub const fn is_leader(self) -> bool {
        matches!(self, Self::Head | Self::Deputy)
    }
}

code_enum! {
    /// Where work comes from (Điều 18 khoản 1 điểm d).
    pub enum ItemKind {
        /// Planned: the only kind in the denominator.
        Plan = "plan", "theo kế hoạch";
        /// Unexpected, outside the plan: adds points, not in the denominator.
        AdHoc = "ad_hoc", "đột xuất, phát sinh";
        /// Taken over from a colleague: adds points, not in the denominator.
        TakenOver = "taken_over", "nhận thêm từ công chức khác";
    }
}

/// Everything one score depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodInput {
    /// Which formula applies.
    pub role: ScoringRole,
    /// Points for the common criteria; a missing one counts 0.
    pub common: Vec<CommonPoint>,
    /// Assigned work.
    pub items: Vec<Item>,
    /// d, đ, e: required for leaders, refused for staff.
    #[serde(default)]
    pub leadership: Option<Leadership>,
    /// Overrides the rule set's cap.
    #[serde(default)]
    pub cap: Option<CapMode>,
}

/// Points given for one common criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommonPoint {
    /// Code of the criterion, e.g. `II.3`.
    pub criterion: String,
    /// 0 to the criterion's maximum, at most four decimals.
    pub points: Decimal,
}

/// One assigned product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// An identifier for links from the trace.
    #[serde(default)]
    pub reference: Option<String>,
    /// A title for the wording.
    #[serde(default)]
    pub title: Option<String>,
    /// Where the work comes from.
    pub kind: ItemKind,
    /// Conversion coefficient, above 0.
    pub coefficient: Decimal,
    /// Assigned quantity.
    pub assigned: Decimal,
    /// Part of `assigned` that was handed over: stays in the denominator.
    #[serde(default)]
    pub handed_over: Decimal,
    /// What was accepted.
    pub deliverables: Vec<DeliverableInput>,
}

/// A quantity accepted, with its faults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverableInput {
    /// Quantity of the product.
    pub quantity: Decimal,
    /// Reviews failed for a major error (Điều 14 khoản 2 điểm b).
    pub failed_reviews: u32,
    /// Of these, confirmed as caused objectively.
    pub excused_failed_reviews: u32,
    /// Due dates missed (Điều 14 khoản 2 điểm c).
    pub delays: u32,
    /// Of these, confirmed as caused objectively.
    pub excused_delays: u32,
    /// Working days late, where the rule set counts days (choice A4).
    #[serde(default)]
    pub days_late: u32,
    /// Of these, confirmed as caused objectively.
    #[serde(default)]
    pub excused_days_late: u32,
}

/// The leader's own criteria (Điều 15 khoản 3, 4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leadership {
    /// Published period scores of the subordinates that have one.
    pub subordinate_scores: Vec<Decimal>,
    /// đ: khả năng tổ chức triển khai, in percent.
    pub organising: u32,
    /// e: năng lực tập hợp, đoàn kết, in percent.
    pub unity: u32,
}

/// The answer of the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The score; `None` when nothing was assigned ("chưa đủ dữ liệu").
    pub scored: Option<Scored>,
    /// Assigned work in standard units, published.
    pub assigned: Decimal,
    /// Every step that led here.
    pub trace: Trace,
}

/// A score. Percentages and points are published figures: rounded half up,
/// once, from the exact value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// a, before any cap.
    pub quantity_percent: Decimal,
    /// b, before any cap.
    pub quality_percent: Decimal,
    /// c, before any cap.
    pub progress_percent: Decimal,
    /// d, leaders only.
    pub results_percent: Option<Decimal>,
    /// đ, leaders only.
    pub organising_percent: Option<Decimal>,
    /// e, leaders only.
    pub unity_percent: Option<Decimal>,
    /// The task block after the cap, 0 to 100.
    pub task_percent: Decimal,
    /// 0 to 70.
    pub task_points: Decimal,
    /// 0 to 30.
    pub common_points: Decimal,
    /// 0 to 100.
    pub total: Decimal,
    /// Decided on `total`.
    pub level: Level,
    /// Completed work in standard units, exact.
    pub volume: Decimal,
    /// The same after deductions for failed reviews, exact.
    pub quality: Decimal,
    /// The same after deductions for delays, exact.
    pub progress: Decimal,
}
