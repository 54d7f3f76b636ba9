//! Everybody who answers to one head, as a meeting goes through them: five statements, whatever their number.

use std::collections::HashMap;

use chrono::NaiveDate;
use kpi::ids::UnitId;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::trace::StepKey;
use kpi::wording::formula;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::day_in;
use super::load_review::{components, total};
use super::load_sheet::{outcome, role};
use super::load_unit::{status, whole};
use crate::assignment::figures::{Basis, figures};
use crate::auth::Access;
use crate::error::AppError;
use crate::review::store::sheet::{self, SheetRow};
use crate::review::store::unit::circle;
use crate::review::store::work::{self, ReviewedWork};
use crate::review::wire::PersonMonth;
use crate::rule_set;

/// Deputies and staff of a unit with the heads of the units directly below, in the order of given names, each with what
/// he claims, what was computed and where the difference comes from.
///
/// # Errors
/// `Forbidden` for a unit out of reach; `NotFound` for none; the database's failure.
pub async fn load_people(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, period): (UnitId, Period),
) -> Result<Vec<PersonMonth>, AppError> {
    let place = crate::org::store::unit(pool, access.agency(), unit).await?;
    access.reach_unit(&place.path)?;
    let (first, day) = (period.first_day(), day_in(period, today));
    let listed = circle(pool, access.agency(), (first, day), unit.0).await?;
    let officers: Vec<Uuid> = listed.iter().map(|person| person.officer).collect();
    let mut sheets: HashMap<Uuid, SheetRow> =
        sheet::load_many(pool, access.agency(), first, &officers, day)
            .await?
            .into_iter()
            .map(|row| (row.officer, row))
            .collect();
    let mut works: HashMap<Uuid, Vec<ReviewedWork>> = HashMap::new();
    for (officer, work) in work::load_many(pool, access.actor.agency, first, &officers).await? {
        works.entry(officer).or_default().push(work);
    }
    let mut below: HashMap<Uuid, Vec<Decimal>> = HashMap::new();
    for (leader, score) in sheet::scores_below(pool, access.agency(), first, &officers).await? {
        below.entry(leader).or_default().push(score);
    }
    let mut rules: HashMap<Option<String>, RuleSet> = HashMap::new();
    let mut people = Vec::with_capacity(listed.len());
    for officer in officers {
        let Some(row) = sheets.remove(&officer) else {
            continue;
        };
        // The people of one month nearly always share one rule set.
        if !rules.contains_key(&row.rule_set) {
            let set = row.rule_set.as_deref();
            let found = rule_set::store::of_month(pool, access.actor.agency, period, set).await?;
            rules.insert(row.rule_set.clone(), found);
        }
        let Some(rules) = rules.get(&row.rule_set) else {
            continue;
        };
        let work = works.remove(&officer).unwrap_or_default();
        let scores = below.remove(&officer).unwrap_or_default();
        people.push(person(row, rules, &work, scores)?);
    }
    Ok(people)
}

fn person(
    row: SheetRow,
    rules: &RuleSet,
    work: &[ReviewedWork],
    scores: Vec<Decimal>,
) -> Result<PersonMonth, AppError> {
    let rows = work::rows(work);
    let accepted = outcome(&row, rules, &rows, scores.clone(), Basis::Accepted)?;
    let reported = outcome(&row, rules, &rows, scores, Basis::Reported)?;
    let sums = figures(&rows, &accepted, false);
    Ok(PersonMonth {
        officer: row.officer,
        role: role(&row)?,
        status: status(row.status.as_deref()),
        assignments: whole(sums.assignments),
        assigned: sums.assigned,
        waiting: whole(sums.waiting),
        own: row.self_total,
        reported: total(&reported),
        accepted: total(&accepted),
        level: accepted.scored.as_ref().map(|scored| scored.level),
        confirmed: row.confirmed_total,
        confirmed_level: row
            .confirmed_level
            .as_deref()
            .and_then(|level| level.parse().ok()),
        components: components(work, rules, &accepted, &reported),
        formula: [StepKey::TaskPercent, StepKey::TaskPoints, StepKey::Total]
            .into_iter()
            .filter_map(|key| accepted.trace.step(key))
            .map(formula)
            .collect(),
        strengths: row.strengths.unwrap_or_default(),
        shortcomings: row.shortcomings.unwrap_or_default(),
        path: row.path,
        name: row.name,
        title: row.title,
        unit: row.unit_name,
    })
}
