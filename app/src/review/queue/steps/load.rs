//! The queue of a unit's month: eleven statements, whatever the number of people.

use std::collections::HashMap;

use chrono::NaiveDate;
use kpi::ids::UnitId;
use kpi::period::Period;
use kpi::period::life::{PeriodAct, check_act};
use kpi::permission::{Permission, Scope};
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::row::{Known, done, row};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::review::queue::store::{self, PlaceOf};
use crate::review::queue::wire::{PlaceRow, Queue, Said};
use crate::review::steps::day_in;
use crate::review::store::prepared;
use crate::review::store::sheet::{self, SheetRow};
use crate::review::store::unit::circle;
use crate::review::store::work::{self, ReviewedWork};
use crate::{period, rule_set};

/// Whose sheets the actor confirms or prepares in a month; without a unit, the first of his.
///
/// # Errors
/// `Forbidden` for a unit that is not his; the database's failure.
pub async fn load_queue(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (unit, period): (Option<UnitId>, Period),
) -> Result<Queue, AppError> {
    let me = access.officer()?;
    let day = day_in(period, today);
    let places = store::places(pool, access.agency(), me.0, (day, today)).await?;
    let place = match unit {
        None => places.first(),
        Some(unit) => Some(
            places
                .iter()
                .find(|place| place.unit == unit.0)
                .ok_or(AppError::Forbidden)?,
        ),
    };
    let mut queue = Queue {
        period,
        place: place.map(|place| shown(place, me.0)),
        places: places.iter().map(|place| shown(place, me.0)).collect(),
        why_not: None,
        rows: Vec::new(),
        done: Vec::new(),
        key: Uuid::now_v7(),
    };
    if let Some(place) = place {
        fill(pool, access, today, place, &mut queue).await?;
    }
    Ok(queue)
}

fn shown(place: &PlaceOf, me: Uuid) -> PlaceRow {
    PlaceRow {
        unit: place.unit,
        name: place.name.clone(),
        authority: place.authority_name.clone(),
        signs: place.authority == me,
    }
}

async fn fill(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    place: &PlaceOf,
    queue: &mut Queue,
) -> Result<(), AppError> {
    let (agency, month) = (access.agency(), queue.period);
    let (first, day) = (month.first_day(), day_in(month, today));
    let (own, unit) = (access.actor.agency, UnitId(place.unit));
    let state = period::store::status_in(pool, own, month, unit).await?;
    queue.why_not = check_act(month, state, PeriodAct::Confirm)
        .err()
        .map(|why| why.to_string());
    let due = period::store::dates(pool, own, month, Some(unit))
        .await?
        .map(|dates| dates.self_until);
    let listed = circle(pool, agency, (first, day), place.unit).await?;
    let officers: Vec<Uuid> = listed.iter().map(|person| person.officer).collect();
    let mut sheets: HashMap<Uuid, SheetRow> = sheet::load_many(pool, agency, first, &officers, day)
        .await?
        .into_iter()
        .filter(|row| row.decider == Some(place.authority))
        .map(|row| (row.officer, row))
        .collect();
    let units: Vec<Uuid> = sheets.values().map(|row| row.unit).collect();
    let mut works: HashMap<Uuid, Vec<ReviewedWork>> = HashMap::new();
    for (officer, work) in work::load_many(pool, access.actor.agency, first, &officers).await? {
        works.entry(officer).or_default().push(work);
    }
    let mut below: HashMap<Uuid, Vec<Decimal>> = HashMap::new();
    for (leader, score) in sheet::scores_below(pool, agency, first, &officers).await? {
        below.entry(leader).or_default().push(score);
    }
    let means = store::means(pool, agency, first, &officers).await?;
    let means: HashMap<Uuid, Decimal> = means.into_iter().collect();
    let recorded = store::recorded(pool, agency, first, &units).await?;
    let ready = prepared::load_many(pool, agency, first, &officers).await?;
    let mut said = said(pool, access, first, &officers).await?;
    let mut rules: HashMap<Option<String>, RuleSet> = HashMap::new();
    for officer in officers {
        let Some(sheet) = sheets.remove(&officer) else {
            continue;
        };
        // The people of one month nearly always share one rule set.
        if !rules.contains_key(&sheet.rule_set) {
            let set = sheet.rule_set.as_deref();
            let found = rule_set::store::of_month(pool, own, month, set).await?;
            rules.insert(sheet.rule_set.clone(), found);
        }
        let Some(rules) = rules.get(&sheet.rule_set) else {
            continue;
        };
        if let Some(done) = done(&sheet) {
            queue.done.push(done);
            continue;
        }
        let known = Known {
            me: access.officer()?.0,
            rules,
            work: works.remove(&officer).unwrap_or_default(),
            below: below.remove(&officer).unwrap_or_default(),
            due,
            before: means.get(&officer).copied(),
            recorded: recorded.iter().find(|one| one.unit == sheet.unit),
            prepared: ready.iter().find(|one| one.officer == officer),
            said: said.remove(&officer).unwrap_or_default(),
        };
        queue.rows.push(row(sheet, known)?);
    }
    // Those who ask for a look first; within, the order of given names stays.
    queue.rows.sort_by_key(|row| row.attention.is_empty());
    access.viewed(
        pool,
        queue.rows.iter().map(|row| row.officer.into()),
        "review",
    );
    Ok(())
}

/// What meetings in which the actor takes part said of these people.
async fn said(
    pool: &PgPool,
    access: &Access,
    first: NaiveDate,
    officers: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Said>>, AppError> {
    let mut of_each: HashMap<Uuid, Vec<Said>> = HashMap::new();
    let Ok(part) = check(access.actor.clone(), Permission::TakePart) else {
        return Ok(of_each);
    };
    let paths = (part.scope != Scope::Agency).then(|| part.actor.led_paths());
    let asked = (officers, paths.as_deref());
    for one in store::said(pool, access.agency(), first, asked).await? {
        let page = if one.minutes { "/minutes" } else { "" };
        of_each.entry(one.officer).or_default().push(Said {
            concludes: one.concludes,
            text: one.text,
            by: one.by,
            link: format!("/meeting/{}{page}", one.meeting),
        });
    }
    Ok(of_each)
}
