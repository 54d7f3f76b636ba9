//! The arithmetic of Điều 14–17, in exact fractions, with the trace written
//! along the way. Input is checked first; every step is checked for overflow.

use rust_decimal::Decimal;

use super::{
    Outcome, PeriodInput, RuleError, Scored, ScoringRole, check,
    sums::Sums,
    writer::{Writer, of_step, operand},
};
use crate::{
    exact::{self, Exact},
    level::{Level, decide},
    rule_set::{CapMode, Rounding, RuleSet, Weights},
    trace::{Article, Operand, OperandLabel, Operation, StepKey, recompute::capped_mean},
};

/// Scores one person for one period (Điều 12, 14–17).
///
/// Percentages and points are published with the rule set's decimals (2),
/// rounded once, from the exact value, as the rule set says (half up); the
/// level is decided on the published total, unless the rule set compares
/// before rounding. `scored` is `None` when no planned work was assigned.
///
/// # Errors
/// The first value that breaks a rule, with its path and a Vietnamese
/// sentence. Nothing here panics.
pub fn score(rule_set: &RuleSet, input: &PeriodInput) -> Result<Outcome, RuleError> {
    rule_set
        .validate()
        .map_err(|error| error.within("rule_set"))?;
    check::input(rule_set, input)?;
    let mut writer = Writer::new(rule_set);
    let sums = writer.sums(input)?;
    let assigned = rule_set.publish(&sums.assigned)?;
    if sums.assigned == exact::whole(0) {
        writer.common(input)?;
        return Ok(Outcome {
            scored: None,
            assigned,
            trace: writer.trace,
        });
    }
    let scored = writer.scored(input, &sums)?;
    Ok(Outcome {
        scored: Some(scored),
        assigned,
        trace: writer.trace,
    })
}

/// The exact total, for callers that need no trace: common + task block.
pub(crate) fn total_of(
    rule_set: &RuleSet,
    input: &PeriodInput,
    sums: &Sums,
    common: &Exact,
) -> Result<Exact, RuleError> {
    let mut parts = Vec::with_capacity(6);
    let weights = weights_of(rule_set, input.role);
    let (_, base) = sums.base(rule_set);
    for (value, whole, weight) in [
        (sums.volume, sums.assigned, weights.quantity),
        (sums.quality, base, weights.quality),
        (sums.progress, base, weights.progress),
    ] {
        parts.push((percent(&value, &whole)?, exact::from_decimal(weight)?));
    }
    if let Some(given) = &input.leadership {
        for (value, weight) in [
            (
                results_percent(rule_set, &given.subordinate_scores),
                weights.results,
            ),
            (given.organising, weights.organising),
            (given.unity, weights.unity),
        ] {
            parts.push((exact::whole(value), exact::from_decimal(weight)?));
        }
    }
    let task = capped_mean(&parts, input.cap.unwrap_or(rule_set.cap))?;
    let points = exact::div(
        &exact::mul(&task, &exact::from_decimal(rule_set.task_points)?)?,
        &exact::whole(100),
    )?;
    Ok(exact::add(common, &points)?)
}

fn percent(part: &Exact, whole: &Exact) -> Result<Exact, RuleError> {
    Ok(exact::mul(&exact::div(part, whole)?, &exact::whole(100))?)
}

fn weights_of(rule_set: &RuleSet, role: ScoringRole) -> &Weights {
    if role.is_leader() {
        &rule_set.leader_weights
    } else {
        &rule_set.staff_weights
    }
}

/// d (Điều 15 khoản 3 điểm a): all scored subordinates at "hoàn thành" or
/// above, or somebody below. With nobody scored, nobody is below.
fn results_percent(rule_set: &RuleSet, scores: &[Decimal]) -> u32 {
    if scores
        .iter()
        .any(|score| *score < rule_set.thresholds.completed)
    {
        rule_set.leadership.results_when_below
    } else {
        rule_set.leadership.results_when_all
    }
}

impl Writer<'_> {
    fn scored(&mut self, input: &PeriodInput, sums: &Sums) -> Result<Scored, RuleError> {
        let weights = weights_of(self.rule_set, input.role).clone();
        let mut parts = Vec::with_capacity(6);
        let mut published = Vec::with_capacity(3);
        let base = sums.base(self.rule_set);
        for (key, article, source, value, (whole, of), weight) in [
            (
                StepKey::QuantityPercent,
                Article::A14Clause2A,
                StepKey::Volume,
                sums.volume,
                (StepKey::Assigned, sums.assigned),
                weights.quantity,
            ),
            (
                StepKey::QualityPercent,
                Article::A14Clause2B,
                StepKey::Quality,
                sums.quality,
                base,
                weights.quality,
            ),
            (
                StepKey::ProgressPercent,
                Article::A14Clause2C,
                StepKey::Progress,
                sums.progress,
                base,
                weights.progress,
            ),
        ] {
            let operands = vec![of_step(source, value), of_step(whole, of)];
            let value = percent(&value, &of)?;
            published.push(self.step(key, Operation::Percent, article, operands, value)?);
            parts.push((key, value, weight));
        }
        let leadership = self.leadership(input, &weights, &mut parts)?;
        let cap = input.cap.unwrap_or(self.rule_set.cap);
        let task = self.task_percent(input.role, &parts, cap)?;
        let task_percent = self.rule_set.publish(&task)?;

        let ceiling = exact::from_decimal(self.rule_set.task_points)?;
        let points = exact::div(&exact::mul(&task, &ceiling)?, &exact::whole(100))?;
        let operands = vec![
            of_step(StepKey::TaskPercent, task),
            operand(OperandLabel::Ceiling, ceiling),
        ];
        let task_points = self.step(
            StepKey::TaskPoints,
            Operation::PercentOf,
            Article::A12Clause3,
            operands,
            points,
        )?;

        let common = self.common(input)?;
        let total = exact::add(&common, &points)?;
        let operands = vec![
            of_step(StepKey::CommonPoints, common),
            of_step(StepKey::TaskPoints, points),
        ];
        let total_published = self.step(
            StepKey::Total,
            Operation::Sum,
            Article::A17Clause1,
            operands,
            total,
        )?;
        let level = self.level(total)?;

        let mut published = published.into_iter();
        let mut next = || published.next().unwrap_or_default();
        let (results_percent, organising_percent, unity_percent) = match leadership {
            Some((d, dd, e)) => (Some(d), Some(dd), Some(e)),
            None => (None, None, None),
        };
        Ok(Scored {
            quantity_percent: next(),
            quality_percent: next(),
            progress_percent: next(),
            results_percent,
            organising_percent,
            unity_percent,
            task_percent,
            task_points,
            common_points: self.rule_set.publish(&common)?,
            total: total_published,
            level,
            volume: exact::nearest_decimal(&sums.volume)?,
            quality: exact::nearest_decimal(&sums.quality)?,
            progress: exact::nearest_decimal(&sums.progress)?,
        })
    }

    /// d, đ, e (Điều 15 khoản 3; for deputies by khoản 4), in published percent.
    fn leadership(
        &mut self,
        input: &PeriodInput,
        weights: &Weights,
        parts: &mut Vec<(StepKey, Exact, Decimal)>,
    ) -> Result<Option<(Decimal, Decimal, Decimal)>, RuleError> {
        let Some(given) = &input.leadership else {
            return Ok(None);
        };
        let deputy = input.role == ScoringRole::Deputy;
        let article = |head| if deputy { Article::A15Clause4 } else { head };
        let rules = &self.rule_set.leadership;
        let mut operands = vec![
            operand(
                OperandLabel::CompletedThreshold,
                exact::from_decimal(self.rule_set.thresholds.completed)?,
            ),
            operand(OperandLabel::WhenAll, exact::whole(rules.results_when_all)),
            operand(
                OperandLabel::WhenBelow,
                exact::whole(rules.results_when_below),
            ),
        ];
        for score in &given.subordinate_scores {
            operands.push(operand(
                OperandLabel::SubordinateScore,
                exact::from_decimal(*score)?,
            ));
        }
        let results = exact::whole(results_percent(self.rule_set, &given.subordinate_scores));
        let organising = exact::whole(given.organising);
        let unity = exact::whole(given.unity);
        let chosen = |value| vec![operand(OperandLabel::Chosen, value)];
        let d = self.step(
            StepKey::Results,
            Operation::AllAtLeast,
            article(Article::A15Clause3A),
            operands,
            results,
        )?;
        let dd = self.step(
            StepKey::Organising,
            Operation::Given,
            article(Article::A15Clause3B),
            chosen(organising),
            organising,
        )?;
        let e = self.step(
            StepKey::Unity,
            Operation::Given,
            article(Article::A15Clause3C),
            chosen(unity),
            unity,
        )?;
        parts.push((StepKey::Results, results, weights.results));
        parts.push((StepKey::Organising, organising, weights.organising));
        parts.push((StepKey::Unity, unity, weights.unity));
        Ok(Some((d, dd, e)))
    }

    /// The weighted mean, cut at 100 (Điều 16; the ceiling of Điều 12 khoản 3).
    fn task_percent(
        &mut self,
        role: ScoringRole,
        parts: &[(StepKey, Exact, Decimal)],
        cap: CapMode,
    ) -> Result<Exact, RuleError> {
        let mut operands = Vec::with_capacity(parts.len());
        let mut weighted = Vec::with_capacity(parts.len());
        for (key, value, weight) in parts {
            let weight = exact::from_decimal(*weight)?;
            weighted.push((*value, weight));
            operands.push(Operand {
                weight: Some(weight.into()),
                ..of_step(*key, *value)
            });
        }
        let value = capped_mean(&weighted, cap)?;
        let article = if role.is_leader() {
            Article::A16Clause2
        } else {
            Article::A16Clause1
        };
        self.step(
            StepKey::TaskPercent,
            Operation::CappedMean,
            article,
            operands,
            value,
        )?;
        if let Some(step) = self.trace.steps.last_mut() {
            step.cap = Some(cap);
        }
        Ok(value)
    }

    fn level(&mut self, total: Exact) -> Result<Level, RuleError> {
        let (published, level) = decide(self.rule_set, &total)?;
        let thresholds = &self.rule_set.thresholds;
        let operands = vec![
            of_step(StepKey::Total, total),
            operand(
                OperandLabel::ExcellentThreshold,
                exact::from_decimal(thresholds.excellent)?,
            ),
            operand(
                OperandLabel::GoodThreshold,
                exact::from_decimal(thresholds.good)?,
            ),
            operand(
                OperandLabel::CompletedThreshold,
                exact::from_decimal(thresholds.completed)?,
            ),
        ];
        let value = match self.rule_set.rounding {
            Rounding::HalfUp | Rounding::Truncate => exact::from_decimal(published)?,
            Rounding::Exact => total,
        };
        self.step(
            StepKey::Level,
            Operation::Classify,
            level.article(),
            operands,
            value,
        )?;
        Ok(level)
    }
}
