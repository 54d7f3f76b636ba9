//! A unit's month in four statements: the units within reach, the unit's sums, its people.

use chrono::NaiveDate;
use kpi::ids::UnitId;
use kpi::level::level_of;
use kpi::number::round_half_up;
use kpi::period::life::PeriodStatus;
use kpi::period::{Period, WorkingDays};
use kpi::review::SheetStatus;
use kpi::rule_set::RuleSet;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::day_in;
use crate::auth::Access;
use crate::error::AppError;
use crate::org::store::{UnitRow, agency_units};
use crate::review::store::unit::{self, MOST_PEOPLE, PersonOf, UnitFacts};
use crate::review::wire::{PersonRow, UnitChoice, UnitFigures, UnitMonth};
use crate::rule_set;

/// Most pages of people.
const MOST_PAGES: u32 = 1_000;

/// A unit within the actor's reach in a month; without a unit, the first that he leads, or the root.
///
/// # Errors
/// `Forbidden` for a unit out of reach; `NotFound` for none; the database's failure.
pub async fn load_unit(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (wanted, period, page): (Option<UnitId>, Period, u32),
) -> Result<UnitMonth, AppError> {
    let page = page.clamp(1, MOST_PAGES);
    let units: Vec<UnitRow> = agency_units(pool, access.agency())
        .await?
        .into_iter()
        .filter(|unit| unit.active || Some(UnitId(unit.unit_id)) == wanted)
        .collect();
    let shown = choose(access, &units, wanted)?;
    let day = day_in(period, today);
    let agency = access.agency();
    let days = (period.first_day(), period.last_day(), day);
    let facts = unit::facts(pool, agency, days, shown.unit_id).await?;
    let days = (period.first_day(), day, today);
    let people = unit::people(pool, agency, days, shown.unit_id, i64::from(page)).await?;
    let rules = rule_set::store::in_force(pool, access.actor.agency, period).await?;
    let assigns = facts.head.is_some() && facts.head == access.actor.officer.map(|me| me.0);
    Ok(UnitMonth {
        unit: shown.unit_id,
        name: shown.name.clone(),
        period,
        closed: closed(facts.closed.as_deref()),
        days: WorkingDays::of(period, today, &facts.holidays),
        units: choices(access, &units),
        figures: figures(&facts, &rules),
        found: whole(people.first().map_or(0, |person| person.found)),
        per_page: whole(MOST_PEOPLE),
        people: people
            .into_iter()
            .map(|person| row(access, shown.unit_id, &facts, person))
            .collect(),
        page,
        assigns: assigns && facts.closed.is_none(),
    })
}

fn choose<'a>(
    access: &Access,
    units: &'a [UnitRow],
    wanted: Option<UnitId>,
) -> Result<&'a UnitRow, AppError> {
    if let Some(wanted) = wanted {
        let unit = units
            .iter()
            .find(|unit| unit.unit_id == wanted.0)
            .ok_or(AppError::NotFound)?;
        access.reach_unit(&unit.path)?;
        return Ok(unit);
    }
    let led = access.actor.led_paths();
    units
        .iter()
        .find(|unit| led.contains(&unit.path))
        .or_else(|| {
            units
                .iter()
                .find(|unit| access.reach_unit(&unit.path).is_ok())
        })
        .ok_or(AppError::NotFound)
}

fn choices(access: &Access, units: &[UnitRow]) -> Vec<UnitChoice> {
    units
        .iter()
        .filter(|unit| unit.active && access.reach_unit(&unit.path).is_ok())
        .map(|unit| UnitChoice {
            unit: unit.unit_id,
            name: unit.name.clone(),
            depth: u32::try_from(unit.path.matches('/').count())
                .unwrap_or(0)
                .saturating_sub(2),
        })
        .collect()
}

/// A count of the database, which is never negative.
pub(in crate::review) fn whole(value: impl TryInto<u32>) -> u32 {
    value.try_into().unwrap_or(0)
}

fn figures(facts: &UnitFacts, rules: &RuleSet) -> UnitFigures {
    let mean = facts
        .score_sum
        .checked_div(Decimal::from(facts.scored))
        .map(|mean| round_half_up(mean, 2));
    UnitFigures {
        scored: whole(facts.scored),
        assignments: whole(facts.assignments),
        assigned: facts.assigned,
        volume: facts.volume,
        mean,
        level: mean.map(|mean| level_of(rules, mean)),
        waiting: whole(facts.waiting),
        confirmed: whole(facts.confirmed),
    }
}

/// The direct superior of a person of this list: as `org::direct_superior`, from the two heads that are known.
fn decider(shown: Uuid, facts: &UnitFacts, person: &PersonOf) -> Option<Uuid> {
    let own = facts.head.filter(|head| *head != person.officer);
    if person.unit == shown && person.role == "head" {
        facts.above
    } else {
        own.or(facts.above)
    }
}

fn row(access: &Access, shown: Uuid, facts: &UnitFacts, person: PersonOf) -> PersonRow {
    let decider = decider(shown, facts, &person);
    let me = access.actor.officer.map(|me| me.0);
    PersonRow {
        decides: decider.is_some() && decider == me && me != Some(person.officer),
        officer: person.officer,
        name: person.name,
        title: person.title,
        heads: (person.unit != shown).then_some(person.unit_name),
        assignments: whole(person.assignments),
        assigned: person.assigned,
        volume: person.volume,
        quality: person.quality,
        progress: person.progress,
        score: person.score,
        level: person.level.and_then(|level| level.parse().ok()),
        overdue: whole(person.overdue),
        waiting: whole(person.waiting),
        causes: whole(person.causes),
        status: status(person.status.as_deref()),
    }
}

/// The state of a month whose results stand.
pub(super) fn closed(stored: Option<&str>) -> Option<PeriodStatus> {
    stored.and_then(|state| state.parse().ok())
}

/// A sheet that does not exist yet is a draft.
pub(in crate::review) fn status(stored: Option<&str>) -> SheetStatus {
    stored
        .and_then(|status| status.parse().ok())
        .unwrap_or(SheetStatus::Draft)
}
