//! What a rule set would have made of months that are over: nothing is stored.

use std::collections::HashMap;

use kpi::level::Level;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::scoring::{CommonPoint, PeriodInput, Scored, score};
use rust_decimal::{Decimal, RoundingStrategy};
use sqlx::PgPool;
use uuid::Uuid;

use super::api::{Counts, PersonTried, Tried};
use super::month::{MonthOf, Sheet};
use crate::auth::Access;
use crate::error::AppError;
use crate::rule_set;

/// Months that are tried.
pub const MONTHS: usize = 3;
/// People of a month that are named, those whose score moves most.
const NAMED: usize = 20;

/// The last closed months of the agency under `rules`, newest first; fewer where fewer are closed.
///
/// # Errors
/// A rule's refusal; the database's failure.
pub async fn last_months(
    pool: &PgPool,
    access: &Access,
    rules: &RuleSet,
) -> Result<Vec<Tried>, AppError> {
    let closed = sqlx::query_scalar!(
        "select p.period from period p
         where p.agency_id = $1 and p.status in ('announced', 'locked')
             and exists (select from sheet s where s.agency_id = $1 and s.period = p.period)
         order by p.period desc limit $2",
        access.agency(),
        i64::try_from(MONTHS).unwrap_or(1)
    )
    .fetch_all(pool)
    .await?;
    let mut tried = Vec::with_capacity(closed.len());
    for day in closed {
        let period = Period::from_first_day(day).map_err(AppError::inner)?;
        tried.push(one(pool, access, period, rules).await?);
    }
    Ok(tried)
}

async fn one(
    pool: &PgPool,
    access: &Access,
    period: Period,
    rules: &RuleSet,
) -> Result<Tried, AppError> {
    let mut db = pool.acquire().await?;
    let month = MonthOf::load(&mut db, access.actor.agency, period).await?;
    let mut then: HashMap<String, RuleSet> = HashMap::new();
    for sheet in &month.sheets {
        if !then.contains_key(&sheet.rule_set) {
            let found = rule_set::store::of(&mut *db, access.actor.agency, &sheet.rule_set).await?;
            then.insert(sheet.rule_set.clone(), found);
        }
    }
    drop(db);
    let mut scores: HashMap<Uuid, Option<Decimal>> = HashMap::new();
    let mut people = Vec::new();
    let mut tried = Tried {
        period,
        rules: then.values().map(|rules| rules.name.clone()).collect(),
        before: Counts::default(),
        after: Counts::default(),
        moved: 0,
        people: Vec::new(),
        converted: false,
    };
    tried.rules.sort();
    for sheet in &month.sheets {
        let mut input = month.input(sheet, &scores);
        if let Some(old) = then.get(&sheet.rule_set) {
            tried.converted |= convert(&mut input, old, rules);
        }
        let after = score(rules, &input)?.scored;
        scores.insert(sheet.officer, after.as_ref().map(|scored| scored.total));
        let before = sheet.figures.and_then(|figures| figures.score);
        let level = sheet.figures.and_then(|figures| figures.level);
        tried.before.add(before, level);
        tried.after.add(
            after.as_ref().map(|scored| scored.total),
            after.as_ref().map(|scored| scored.level),
        );
        people.extend(moved(sheet, before.zip(level), after.as_ref()));
    }
    tried.moved = u32::try_from(people.len()).unwrap_or(u32::MAX);
    people.sort_by_key(|person: &PersonTried| {
        (
            std::cmp::Reverse(person.before_level != person.after_level),
            std::cmp::Reverse((person.after - person.before).abs()),
        )
    });
    people.truncate(NAMED);
    tried.people = people;
    Ok(tried)
}

fn moved(
    sheet: &Sheet,
    before: Option<(Decimal, Level)>,
    after: Option<&Scored>,
) -> Option<PersonTried> {
    let ((before, before_level), after) = (before?, after?);
    (before != after.total).then(|| PersonTried {
        officer: sheet.officer,
        name: sheet.name.clone(),
        unit: sheet.unit_name.clone(),
        before,
        before_level,
        after: after.total,
        after_level: after.level,
    })
}

/// Makes an input fit rules with other criteria or other levels of đ and e; whether anything had to be converted.
///
/// Points for criteria that the new rules do not have are spread over theirs in proportion to the maxima, so that the
/// share of the block stays; a level of đ or e that may not be chosen becomes the next lower one that may.
fn convert(input: &mut PeriodInput, old: &RuleSet, new: &RuleSet) -> bool {
    let mut converted = false;
    let fits = input.common.iter().all(|point| {
        new.criterion(&point.criterion)
            .is_some_and(|criterion| point.points <= criterion.max)
    });
    if !fits && !old.common_points.is_zero() {
        let given: Decimal = input.common.iter().map(|point| point.points).sum();
        input.common = new
            .criteria
            .iter()
            .map(|criterion| CommonPoint {
                criterion: criterion.code.clone(),
                points: (criterion.max * given / old.common_points)
                    .round_dp_with_strategy(4, RoundingStrategy::ToZero)
                    .min(criterion.max),
            })
            .collect();
        converted = true;
    }
    if let Some(leadership) = &mut input.leadership {
        for chosen in [&mut leadership.organising, &mut leadership.unity] {
            if !new.leadership.allowed.contains(chosen) {
                let allowed = &new.leadership.allowed;
                let lower = allowed.iter().filter(|percent| **percent <= *chosen).max();
                *chosen = lower.or(allowed.iter().min()).copied().unwrap_or(*chosen);
                converted = true;
            }
        }
    }
    converted
}

impl Counts {
    fn add(&mut self, score: Option<Decimal>, level: Option<Level>) {
        self.people += 1;
        let Some((score, level)) = score.zip(level) else {
            return;
        };
        self.scored += 1;
        self.sum += score;
        let count = match level {
            Level::Excellent => &mut self.excellent,
            Level::Good => &mut self.good,
            Level::Completed => &mut self.completed,
            Level::NotCompleted => &mut self.not_completed,
        };
        *count += 1;
    }
}
