//! An organisation's own score and level (Điều 6–8): what goes in, what comes
//! out. The bounds are in `check`, the score in `engine`, the level in `level`.

pub(crate) mod check;
mod decision;
mod engine;
mod level;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::{
    decision::{Choice, choices},
    engine::{assess, expected},
    level::level_of_unit,
};
pub use crate::RuleError;
use crate::{code::code_enum, level::Level, trace::Article};

/// Most criteria or indicators of one organisation.
pub const MAX_CRITERIA: usize = 100;
/// Largest target or actual figure of an indicator.
pub const MAX_FIGURE: u64 = 1_000_000_000_000;
/// Most tasks of one organisation and year.
pub const MAX_TASKS: u32 = 1_000_000;

code_enum! {
    /// Which way an indicator is better.
    pub enum Direction {
        /// More is better: actual ÷ target.
        Higher = "higher", "càng cao càng tốt";
        /// Less is better: target ÷ actual.
        Lower = "lower", "càng thấp càng tốt";
    }
}

/// Everything the score and level of one organisation depend on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitInput {
    /// The common criteria (Điều 6); their maxima add up to 30.
    pub basic: Vec<BasicPoint>,
    /// The indicators of its function (Điều 7); their weights add up to 100.
    pub functional: Vec<Indicator>,
    /// Its tasks of the year.
    pub tasks: Tasks,
    /// Whether a direct sub-unit is rated "không hoàn thành" (điểm b khoản 1 Điều 8).
    #[serde(default)]
    pub weak_subunits: bool,
    /// Whether every shortcoming found before is fixed (điểm c khoản 1 Điều 8).
    pub shortcomings_fixed: bool,
    /// Whether wrongdoing is concluded (điểm a khoản 4 Điều 8).
    #[serde(default)]
    pub wrongdoing: bool,
    /// Whether what is not done has a cause beyond control (điểm b khoản 4 Điều 8).
    #[serde(default)]
    pub force_majeure: bool,
}

/// Points given for one common criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasicPoint {
    /// Its code, once in an input.
    pub criterion: String,
    /// Most points, 0 to 30, at most four decimals.
    pub max: Decimal,
    /// 0 to `max`, at most four decimals.
    pub points: Decimal,
}

/// One indicator of the organisation's function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its name, once in an input.
    pub name: String,
    /// Which way it is better.
    pub direction: Direction,
    /// What was to be reached, above 0, at most four decimals.
    pub target: Decimal,
    /// What was reached, from 0, in the unit of `target`.
    pub actual: Decimal,
    /// Part of the block, 0 to 100, at most four decimals.
    pub weight: Decimal,
}

/// Numbers of tasks, 0 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tasks {
    /// Of the plan and arising in the year; with none, all count as completed.
    pub assigned: u32,
    /// Of the assigned.
    pub completed: u32,
    /// Of the assigned, not kept to the date.
    pub late: u32,
    /// Of the completed, beyond what was asked.
    pub exceeded: u32,
    /// Of the assigned, short of the quality asked.
    pub quality_failed: u32,
}

code_enum! {
    /// What decided an organisation's level; the first that applies.
    pub enum UnitReason {
        /// Concluded wrongdoing (điểm a khoản 4 Điều 8).
        Wrongdoing = "wrongdoing", "bị kết luận có sai phạm, mất đoàn kết";
        /// Too little of the plan done (điểm b khoản 4 Điều 8).
        Unfulfilled = "unfulfilled", "hoàn thành dưới mức tối thiểu của kế hoạch năm";
        /// The same with a cause beyond control: for the authority (điểm b khoản 4 Điều 8).
        ForceMajeure = "force_majeure", "không hoàn thành vì lý do bất khả kháng";
        /// Tasks left undone, which no level of khoản 1–3 allows: for the authority.
        Unfinished = "unfinished", "còn nhiệm vụ chưa hoàn thành";
        /// More late tasks than khoản 3 allows: for the authority.
        TooManyLate = "too_many_late", "số nhiệm vụ chậm vượt tỷ lệ cho phép";
        /// A late task, which khoản 1 and 2 do not allow.
        Late = "late", "có nhiệm vụ chậm tiến độ";
        /// A task short of quality, which khoản 1 and 2 do not allow.
        QualityFailed = "quality_failed", "có nhiệm vụ chưa bảo đảm chất lượng";
        /// Too few tasks exceeding what was asked (điểm a khoản 1).
        TooFewExceeded = "too_few_exceeded", "số nhiệm vụ vượt mức yêu cầu chưa đủ tỷ lệ";
        /// A direct sub-unit rated "không hoàn thành" (điểm b khoản 1).
        WeakSubunit = "weak_subunit", "có đơn vị cấp dưới trực tiếp không hoàn thành nhiệm vụ";
        /// Shortcomings left (điểm c khoản 1).
        ShortcomingsOpen = "shortcomings_open", "còn hạn chế, khuyết điểm chưa khắc phục";
        /// The score, every condition of its level being met (khoản 1–4).
        Score = "score", "theo điểm, các điều kiện của mức đều đạt";
    }
}

/// The answer. Points are published figures: rounded half up, once, from the
/// exact value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitOutcome {
    /// 0 to 30.
    pub basic_points: Decimal,
    /// 0 to 70.
    pub functional_points: Decimal,
    /// 0 to 100.
    pub total: Decimal,
    /// `None`: the law leaves it to the authority. Before the cap of khoản 5 Điều 8.
    pub level: Option<Level>,
    /// What decided it.
    pub reason: UnitReason,
}

impl UnitOutcome {
    /// The article the level rests on.
    #[must_use]
    pub const fn article(&self) -> Article {
        match self.reason {
            UnitReason::Wrongdoing => Article::A8Clause4A,
            UnitReason::Unfulfilled | UnitReason::ForceMajeure => Article::A8Clause4B,
            UnitReason::Unfinished | UnitReason::TooManyLate => Article::A8Clause3,
            UnitReason::Late | UnitReason::QualityFailed => Article::A8Clause2,
            UnitReason::TooFewExceeded => Article::A8Clause1A,
            UnitReason::WeakSubunit => Article::A8Clause1B,
            UnitReason::ShortcomingsOpen => Article::A8Clause1C,
            UnitReason::Score => match self.level {
                Some(Level::Excellent) => Article::A8Clause1,
                Some(Level::Good) => Article::A8Clause2,
                Some(Level::Completed) => Article::A8Clause3,
                Some(Level::NotCompleted) | None => Article::A8Clause4,
            },
        }
    }
}

#[cfg(test)]
mod tests;
