//! From the rows of a unit's year to its score and level: the one place where they become a `UnitInput`.

use kpi::rule_set::RuleSet;
use kpi::unit::{BasicPoint, Tasks, UnitInput, UnitOutcome, assess};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::progress::indicator;
use crate::error::AppError;
use crate::format::moment;
use crate::unit_kpi::store::{BasicRow, IndicatorRow, UnitTasks, YearRow};
use crate::unit_kpi::wire::{Gap, Recognised, Standing};

/// All rows behind one unit's year.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Its indicators with their figures.
    pub indicators: Vec<IndicatorRow>,
    /// Points of the common criteria.
    pub basic: Vec<BasicRow>,
    /// What the authority recorded and decided.
    pub year: Option<YearRow>,
    /// What was counted from the work of its people.
    pub tasks: Option<UnitTasks>,
    /// Units directly below that are rated "không hoàn thành".
    pub weak: Vec<String>,
}

/// Picks the rows of one unit out of those of many.
pub fn data_of(
    unit: Uuid,
    indicators: &[IndicatorRow],
    basic: &[BasicRow],
    years: &[YearRow],
    tasks: &[UnitTasks],
) -> Data {
    Data {
        indicators: indicators
            .iter()
            .filter(|row| row.unit == unit)
            .cloned()
            .collect(),
        basic: basic
            .iter()
            .filter(|row| row.unit == unit)
            .cloned()
            .collect(),
        year: years.iter().find(|row| row.unit == unit).cloned(),
        tasks: tasks.iter().find(|row| row.unit == unit).copied(),
        weak: years
            .iter()
            .filter(|row| row.parent == Some(unit) && row.level.as_deref() == Some("not_completed"))
            .map(|row| row.name.clone())
            .collect(),
    }
}

impl Data {
    /// The counted tasks; none count as a unit that was given nothing.
    pub(super) fn tasks(&self) -> Tasks {
        self.tasks.map_or(
            Tasks {
                assigned: 0,
                completed: 0,
                late: 0,
                exceeded: 0,
                quality_failed: 0,
            },
            |counted| counted.tasks,
        )
    }

    /// What the rules are asked; common criteria without points stand at 0.
    pub(super) fn input(&self, rules: &RuleSet) -> Result<UnitInput, AppError> {
        let facts = self.year.as_ref();
        Ok(UnitInput {
            basic: rules
                .unit_criteria
                .iter()
                .map(|group| {
                    let given = self.basic.iter().find(|row| row.criterion == group.code);
                    BasicPoint {
                        criterion: group.code.clone(),
                        max: given.map_or(group.max, |row| row.max),
                        points: given.map_or(Decimal::ZERO, |row| row.points),
                    }
                })
                .collect(),
            functional: self
                .indicators
                .iter()
                .map(indicator)
                .collect::<Result<_, _>>()?,
            tasks: self.tasks(),
            weak_subunits: !self.weak.is_empty(),
            shortcomings_fixed: facts.is_none_or(|row| row.shortcomings_fixed),
            wrongdoing: facts.is_some_and(|row| row.wrongdoing),
            force_majeure: facts.is_some_and(|row| row.force_majeure),
        })
    }

    /// The input of the recognised score, if a level is recognised.
    pub(super) fn recognised_input(&self) -> Result<Option<UnitInput>, AppError> {
        self.year
            .as_ref()
            .and_then(|row| row.input.clone())
            .map(|input| serde_json::from_value(input).map_err(AppError::inner))
            .transpose()
    }
}

/// Score and level as far as the data go. A recognised score is computed from what was recognised, so that nothing that
/// happens later moves it.
///
/// # Errors
/// A stored code or input that cannot be read.
pub fn standing(rules: &RuleSet, data: &Data) -> Result<Standing, AppError> {
    if let Some(input) = data.recognised_input()? {
        let outcome = assess(rules, &input)?;
        return Ok(Standing {
            weights: Decimal::ONE_HUNDRED,
            gaps: Vec::new(),
            functional: Some(outcome.functional_points),
            basic: Some(outcome.basic_points),
            outcome: Some(outcome),
            recognised: recognised(data)?,
        });
    }
    let weights: Decimal = data.indicators.iter().map(|row| row.weight).sum();
    let silent = data
        .indicators
        .iter()
        .filter(|row| row.actual.is_none())
        .count();
    let mut gaps = Vec::new();
    if data.indicators.is_empty() {
        gaps.push(Gap::NoIndicators);
    } else if weights != Decimal::ONE_HUNDRED {
        gaps.push(Gap::Weights((Decimal::ONE_HUNDRED - weights).normalize()));
    }
    if silent > 0 {
        gaps.push(Gap::Figures(u32::try_from(silent).unwrap_or(u32::MAX)));
    }
    let computed = gaps
        .is_empty()
        .then(|| assess(rules, &data.input(rules)?).map_err(AppError::from));
    let outcome: Option<UnitOutcome> = match computed {
        Some(Ok(outcome)) => Some(outcome),
        Some(Err(AppError::Invalid { message, .. })) => {
            gaps.push(Gap::Refused(message));
            None
        }
        Some(Err(other)) => return Err(other),
        None => None,
    };
    let judged = rules
        .unit_criteria
        .iter()
        .all(|group| data.basic.iter().any(|row| row.criterion == group.code));
    if !judged {
        gaps.push(Gap::Basic);
    }
    Ok(Standing {
        weights: weights.normalize(),
        functional: outcome.as_ref().map(|outcome| outcome.functional_points),
        basic: judged.then(|| data.basic.iter().map(|row| row.points).sum()),
        outcome: outcome.filter(|_| judged),
        gaps,
        recognised: None,
    })
}

fn recognised(data: &Data) -> Result<Option<Recognised>, AppError> {
    let Some(row) = data.year.as_ref() else {
        return Ok(None);
    };
    row.level
        .as_ref()
        .map(|level| {
            Ok(Recognised {
                level: level.parse().map_err(AppError::inner)?,
                decided: row.decided,
                reason: row.reason.clone(),
                by: row.by.clone(),
                at: row.at.map(moment).unwrap_or_default(),
            })
        })
        .transpose()
}
