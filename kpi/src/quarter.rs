//! The quarter and the half year of a person (Điều 17 khoản 3): means of
//! months, and the Party's quarterly rule (Hướng dẫn 02-HD/BTCTW as agencies
//! apply it), by which unfinished tasks outweigh the score.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    RuleError,
    code::code_enum,
    exact::{self, Exact},
    level::{Level, decide},
    period::quarter_of_month,
    rating::{Month, mean::mean},
    rule_set::RuleSet,
    trace::{Article, Fraction},
    unit::MAX_TASKS,
};

/// A person's tasks of one quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterTasks {
    /// 1 to 4, once in a year.
    pub quarter: u32,
    /// Tasks of the quarter, 0 to 1,000,000; with none, all count as completed.
    pub assigned: u32,
    /// Of these, completed.
    pub completed: u32,
    /// Of those left, with a confirmed objective cause.
    #[serde(default)]
    pub excused: u32,
}

impl QuarterTasks {
    /// The share completed, objective causes apart, 0 to 1 (Hướng dẫn
    /// 02-HD/BTCTW beside Điều 17): 1 without tasks.
    ///
    /// # Errors
    /// The first figure out of bounds.
    pub fn completed_share(&self) -> Result<Fraction, RuleError> {
        self.check()?;
        Ok(self.share()?.into())
    }

    fn share(&self) -> Result<Exact, RuleError> {
        if self.assigned == 0 {
            return Ok(exact::whole(1));
        }
        let counted = self.completed.saturating_add(self.excused);
        Ok(exact::div(
            &exact::whole(counted),
            &exact::whole(self.assigned),
        )?)
    }

    pub(crate) fn check(&self) -> Result<(), RuleError> {
        quarter_number(self.quarter)?;
        assigned(self.assigned)?;
        completed(self.completed, self.assigned)?;
        excused(self.excused, self.completed, self.assigned)
    }
}

pub(crate) fn quarter_number(quarter: u32) -> Result<(), RuleError> {
    if !(1..=4).contains(&quarter) {
        return Err(RuleError::new("quarter", "Quý phải từ 1 đến 4."));
    }
    Ok(())
}

/// A quarter that is not among those before.
pub(crate) fn new_quarter(before: &[QuarterTasks], quarter: u32) -> Result<(), RuleError> {
    quarter_number(quarter)?;
    if before.iter().any(|other| other.quarter == quarter) {
        return Err(RuleError::new(
            "quarter",
            format!("Quý {quarter} bị lặp lại."),
        ));
    }
    Ok(())
}

pub(crate) fn assigned(count: u32) -> Result<(), RuleError> {
    if count > MAX_TASKS {
        return Err(RuleError::new(
            "assigned",
            "Số nhiệm vụ phải từ 0 đến 1.000.000.",
        ));
    }
    Ok(())
}

pub(crate) fn completed(count: u32, assigned: u32) -> Result<(), RuleError> {
    if count > assigned {
        return Err(RuleError::new(
            "completed",
            "Số nhiệm vụ hoàn thành không được lớn hơn số nhiệm vụ được giao.",
        ));
    }
    Ok(())
}

pub(crate) fn excused(count: u32, completed: u32, assigned: u32) -> Result<(), RuleError> {
    if count > assigned.saturating_sub(completed) {
        return Err(RuleError::new(
            "excused",
            "Số nhiệm vụ có nguyên nhân khách quan không được lớn hơn số nhiệm vụ chưa hoàn thành.",
        ));
    }
    Ok(())
}

code_enum! {
    /// What decided the level of a quarter; the first that applies.
    pub enum QuarterReason {
        /// No month has a score: no level.
        NoScore = "no_score", "không có tháng nào có điểm";
        /// Too few tasks completed, where the rule set has that rule.
        Unfulfilled = "unfulfilled", "chưa hoàn thành đủ nhiệm vụ của quý, không do nguyên nhân khách quan";
        /// The mean (Điều 20).
        Score = "score", "theo điểm trung bình của quý";
    }
}

/// The quarter of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarterOutcome {
    /// 1 to 4.
    pub quarter: u32,
    /// Published mean of its months, 0 to 100.
    pub mean: Option<Decimal>,
    /// Share of its tasks completed, objective causes apart, 0 to 1.
    pub completed_share: Fraction,
    /// `None` without a score.
    pub level: Option<Level>,
    /// What decided it.
    pub reason: QuarterReason,
}

impl QuarterOutcome {
    /// The provision the level rests on.
    #[must_use]
    pub const fn article(&self) -> Article {
        match (self.reason, self.level) {
            (QuarterReason::Unfulfilled, _) => Article::PartyQuarter,
            (QuarterReason::Score, Some(level)) => level.article(),
            (QuarterReason::Score | QuarterReason::NoScore, _) => Article::A17Clause3,
        }
    }
}

/// Mean, share of tasks and level of one quarter (Điều 17 khoản 3, Điều 20;
/// Hướng dẫn 02-HD/BTCTW). With the rule set's blocker, too few completed tasks
/// make it "không hoàn thành" whatever the score.
///
/// # Errors
/// The first figure of `tasks` out of bounds.
pub fn assess_quarter(
    rule_set: &RuleSet,
    months: &[Month],
    tasks: &QuarterTasks,
) -> Result<QuarterOutcome, RuleError> {
    tasks.check()?;
    let share = tasks.share()?;
    let mean = mean(in_quarter(months, tasks.quarter))?
        .map(|mean| decide(rule_set, &mean))
        .transpose()?;
    let rules = &rule_set.quarter;
    let unfulfilled = rules.blocker && share < exact::from_decimal(rules.least_completed)?;
    let (level, reason) = match mean {
        None => (None, QuarterReason::NoScore),
        Some(_) if unfulfilled => (Some(Level::NotCompleted), QuarterReason::Unfulfilled),
        Some((_, level)) => (Some(level), QuarterReason::Score),
    };
    Ok(QuarterOutcome {
        quarter: tasks.quarter,
        mean: mean.map(|(published, _)| published),
        completed_share: share.into(),
        level,
        reason,
    })
}

/// The published mean of the months of a quarter, 1 to 4 (Điều 17 khoản 3).
/// `None` if none has a score.
///
/// # Errors
/// A quarter that does not exist.
pub fn mean_of_quarter(
    rule_set: &RuleSet,
    months: &[Month],
    quarter: u32,
) -> Result<Option<Decimal>, RuleError> {
    quarter_number(quarter)?;
    published(rule_set, mean(in_quarter(months, quarter))?)
}

/// The published mean of the months of a half year, 1 or 2 (Điều 17 khoản 3):
/// of months, never of quarter means. `None` if none has a score.
///
/// # Errors
/// A half that does not exist.
pub fn mean_of_half_year(
    rule_set: &RuleSet,
    months: &[Month],
    half: u32,
) -> Result<Option<Decimal>, RuleError> {
    if !(1..=2).contains(&half) {
        return Err(RuleError::new("half", "Nửa năm phải là 1 hoặc 2."));
    }
    let own = |month: &&Month| quarter_of_month(month.month).div_ceil(2) == half;
    published(rule_set, mean(months.iter().filter(own))?)
}

fn in_quarter(months: &[Month], quarter: u32) -> impl Iterator<Item = &Month> {
    months
        .iter()
        .filter(move |month| quarter_of_month(month.month) == quarter)
}

fn published(rule_set: &RuleSet, mean: Option<Exact>) -> Result<Option<Decimal>, RuleError> {
    Ok(mean.map(|mean| rule_set.publish(&mean)).transpose()?)
}

#[cfg(test)]
mod tests;
