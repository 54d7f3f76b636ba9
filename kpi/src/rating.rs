//! The year of an organisation's people (Điều 11, 17, 20): mean, level, and how
//! many may be "xuất sắc". It proposes and counts; whom to choose is the
//! authority's, so nobody is ever demoted here.

pub(crate) mod check;
mod engine;
pub(crate) mod mean;
pub mod process;
mod quota;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

pub use self::{
    engine::rate,
    mean::mean_of_year,
    quota::{Quota, max_excellent},
};
pub use crate::RuleError;
use crate::{
    code::code_enum, level::Level, quarter::QuarterTasks, scoring::ScoringRole, trace::Article,
};

/// Most people of one organisation.
pub const MAX_PEOPLE: usize = 100_000;

code_enum! {
    /// Why somebody was absent (Điều 11 khoản 2; Điều 19 khoản 3).
    pub enum Absence {
        /// By the law on social insurance: rated however short the work was.
        SickLeave = "sick_leave", "nghỉ ốm";
        /// By the law on social insurance: rated however short the work was.
        MaternityLeave = "maternity_leave", "nghỉ thai sản";
        /// Rated from six months of work on.
        UnpaidLeave = "unpaid_leave", "nghỉ việc riêng không hưởng lương";
        /// Rated from six months of work on.
        Other = "other", "vắng mặt có lý do chính đáng";
    }
}

impl Absence {
    /// Whether it is rated below the least months of work (khoản 2 Điều 11).
    #[must_use]
    pub const fn rated_on_any_time(self) -> bool {
        matches!(self, Self::SickLeave | Self::MaternityLeave)
    }
}

code_enum! {
    /// What makes a year "không hoàn thành" whatever the score (Điều 20 khoản 4).
    /// An act counts in one year only (Điều 11 khoản 3); which, is settled before.
    pub enum Blocker {
        /// Degradation, what Party members may not do, the duty to set an example (điểm b).
        Degradation = "degradation", "suy thoái, vi phạm những điều đảng viên không được làm hoặc trách nhiệm nêu gương";
        /// Disciplined, from a reprimand up, for an act of duty (điểm c).
        Discipline = "discipline", "bị kỷ luật do vi phạm liên quan đến hoạt động công vụ";
        /// Corruption or waste in the unit in direct charge; leaders only (điểm d).
        UnitCorruption = "unit_corruption", "đơn vị phụ trách liên quan đến tham ô, tham nhũng, lãng phí và bị xử lý";
    }
}

/// Everything one yearly rating depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearInput {
    /// The year, 2000 to 2999.
    pub year: u32,
    /// "Xuất sắc" for each rated "tốt", where an authority decided (Điều 20
    /// khoản 5 điểm b): 0 to the rule set's most; else the rule set's own.
    #[serde(default)]
    pub excellent_ratio: Option<Decimal>,
    /// Level of the organisation; without it no head is held to it.
    #[serde(default)]
    pub organisation_level: Option<Level>,
    /// Its people.
    pub people: Vec<Person>,
}

/// One person's year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identifier, once in an input.
    pub id: String,
    /// The group of people with similar tasks.
    pub group: String,
    /// Post at the time of the rating.
    pub role: ScoringRole,
    /// Months in the service of this organisation; one that is missing lies outside it.
    pub months: Vec<Month>,
    /// Months worked in the year, 0 to 12.
    pub worked_months: u32,
    /// The absence that shortened the year.
    #[serde(default)]
    pub absence: Option<Absence>,
    /// What makes the year "không hoàn thành".
    #[serde(default)]
    pub blockers: Vec<Blocker>,
    /// Tasks of the quarters, where the rule set holds them against the year.
    #[serde(default)]
    pub quarters: Vec<QuarterTasks>,
}

/// One month of a person's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// 1 to 12, once in a year.
    pub month: u32,
    /// What it counts as.
    pub result: MonthResult,
}

/// What a month counts as in the mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MonthResult {
    /// Published score, 0 to 100, at most four decimals.
    Score(Decimal),
    /// Away: leaves the divisor.
    Absent(Absence),
}

code_enum! {
    /// What decided the level of a year; the first that applies.
    pub enum RatingReason {
        /// Too few months of work (khoản 1 Điều 11): no level.
        TooFewMonths = "too_few_months", "thời gian công tác trong năm chưa đủ để xếp loại";
        /// A blocker (khoản 4 Điều 20).
        Blocker = "blocker", "thuộc trường hợp không hoàn thành nhiệm vụ, bất kể điểm";
        /// No month has a score to take a mean of (khoản 3 Điều 17): no level.
        NoScore = "no_score", "không có tháng nào có điểm";
        /// A quarter "không hoàn thành" (Hướng dẫn 02-HD/BTCTW): not above "tốt".
        Quarter = "quarter", "có quý không hoàn thành nhiệm vụ";
        /// The organisation's level, below the head's own (khoản 6 Điều 20).
        Organisation = "organisation", "không cao hơn mức xếp loại của tổ chức";
        /// The mean (Điều 20).
        Score = "score", "theo điểm trung bình của năm";
    }
}

/// The answer of the rating.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearOutcome {
    /// Everybody, in the order of the input.
    pub people: Vec<RatedPerson>,
    /// Each group with somebody rated, by name.
    pub groups: Vec<GroupQuota>,
    /// All together; both scopes hold (Điều 20 khoản 5 điểm a).
    pub organisation: Quota,
}

/// The proposal for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatedPerson {
    /// Identifier.
    pub id: String,
    /// The group of people with similar tasks.
    pub group: String,
    /// Published mean, 0 to 100; `None` below the least months of work or without a score.
    pub mean: Option<Decimal>,
    /// `None`: "không xếp loại". "Xuất sắc" makes a candidate, no more.
    pub level: Option<Level>,
    /// What decided it.
    pub reason: RatingReason,
}

impl RatedPerson {
    /// The article the level rests on.
    #[must_use]
    pub const fn article(&self) -> Article {
        match (self.reason, self.level) {
            (RatingReason::TooFewMonths, _) => Article::A11Clause1,
            (RatingReason::Blocker, _) => Article::A20Clause4,
            (RatingReason::Quarter, _) => Article::PartyQuarter,
            (RatingReason::Organisation, _) => Article::A20Clause6,
            (RatingReason::Score, Some(level)) => level.article(),
            (RatingReason::Score | RatingReason::NoScore, _) => Article::A17Clause3,
        }
    }
}

/// How many may be "xuất sắc" in a group of similar tasks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupQuota {
    /// Its name.
    pub group: String,
    /// The count.
    pub quota: Quota,
}

#[cfg(test)]
mod tests;
