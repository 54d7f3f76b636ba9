//! The yearly rating as a list: the whole agency is rated, since the places are shared; shown is what lies within reach.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::permission::{Permission, Scope};
use sqlx::PgPool;
use uuid::Uuid;

use super::{Loaded, load};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::rating::store::heads_agency;
use crate::rating::wire::{Outcome, PersonLine, Standing, UnitOption, YearView};

/// People on a page.
const PER_PAGE: usize = 50;
/// Most pages.
const MOST_PAGES: u32 = 10_000;
/// Most people that a list of exceptions names.
const MOST_NAMED: usize = 200;
/// Values of the level filter.
pub(super) const FILTERS: [&str; 7] = [
    "excellent",
    "good",
    "completed",
    "not_completed",
    "unrated",
    "stopped",
    "left",
];

/// What the address asks for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A unit; all without one.
    pub unit: Option<Uuid>,
    /// A value of the level filter; all when empty or unknown.
    pub level: String,
    /// The page, from 1.
    pub page: u32,
}

/// The year of the people within reach.
///
/// # Errors
/// `NotFound` for a unit out of reach; a rule's refusal; the database's failure.
pub async fn load_year(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    asked: &Asked,
) -> Result<YearView, AppError> {
    let mut db = pool.acquire().await?;
    let only_himself = access.scope == Scope::Own;
    let officer = if only_himself {
        Some(access.officer()?.0)
    } else {
        None
    };
    let Loaded {
        rules,
        settings,
        year: rated,
        ..
    } = load(&mut db, access, (year, today), officer).await?;
    let reached: Vec<PersonLine> = rated
        .people
        .into_iter()
        .map(|(line, _)| line)
        .filter(|line| {
            access
                .reach_person(kpi::ids::OfficerId(line.officer), &line.path)
                .is_ok()
        })
        .collect();
    let units = units(&reached);
    if let Some(unit) = asked.unit
        && !units.iter().any(|option| option.unit == unit)
    {
        return Err(AppError::NotFound);
    }
    let inside: Vec<&PersonLine> = reached
        .iter()
        .filter(|line| asked.unit.is_none_or(|unit| line.unit == unit))
        .collect();
    let level = FILTERS
        .into_iter()
        .find(|filter| *filter == asked.level)
        .unwrap_or("");
    let matching: Vec<&PersonLine> = inside
        .iter()
        .filter(|line| level.is_empty() || line.filter() == level)
        .copied()
        .collect();
    let page = asked.page.clamp(1, MOST_PAGES);
    let skipped = (usize::try_from(page).unwrap_or(1) - 1) * PER_PAGE;
    let named = |keep: &dyn Fn(&PersonLine) -> bool| -> Vec<PersonLine> {
        let kept = inside.iter().filter(|line| keep(line));
        kept.take(MOST_NAMED).map(|line| (*line).clone()).collect()
    };
    let mut candidates =
        named(&|line| matches!(line.standing, Standing::Open | Standing::Decided(_)));
    candidates.sort_by_key(|line| Reverse(line.mean));
    let may = |permission| check(access.actor.clone(), permission).is_ok();
    let decides = match (may(Permission::DecideRating), access.actor.officer) {
        (true, Some(me)) => heads_agency(&mut db, access.agency(), me.0, today).await?,
        _ => false,
    };
    let ungrouped = inside.iter().filter(|line| line.group.is_empty()).count();
    Ok(YearView {
        agency: access.actor.agency_name.clone(),
        year,
        today,
        past: settings.calendar.is_past(),
        own: officer,
        counts: counts(&inside),
        gauges: rated.gauges,
        candidates,
        stopped: named(&|line| matches!(line.outcome, Outcome::Stopped(_))),
        blocked: named(&|line| !line.blockers.is_empty()),
        ungrouped: u32::try_from(ungrouped).unwrap_or(0),
        found: u32::try_from(matching.len()).unwrap_or(0),
        people: matching
            .into_iter()
            .skip(skipped)
            .take(PER_PAGE)
            .cloned()
            .collect(),
        page,
        per_page: u32::try_from(PER_PAGE).unwrap_or(0),
        ratio: settings
            .ratio
            .as_ref()
            .map_or(rules.year.excellent_ratio, |decided| decided.ratio),
        most_ratio: rules.year.most_excellent_ratio,
        usual_ratio: rules.year.excellent_ratio,
        decision: settings.ratio,
        records: may(Permission::RecordYear),
        decides,
        units,
        unit: asked.unit,
        level: level.to_owned(),
    })
}

/// Units of these people, by path.
fn units(lines: &[PersonLine]) -> Vec<UnitOption> {
    let by_path: BTreeMap<&str, (Uuid, &str)> = lines
        .iter()
        .map(|line| (line.path.as_str(), (line.unit, line.unit_name.as_str())))
        .collect();
    by_path
        .into_iter()
        .map(|(path, (unit, name))| UnitOption {
            unit,
            name: name.to_owned(),
            path: path.to_owned(),
        })
        .collect()
}

/// How many people each value of the level filter shows; the four levels always, the rest while somebody is there.
fn counts(lines: &[&PersonLine]) -> Vec<(String, u32)> {
    FILTERS
        .into_iter()
        .map(|filter| {
            let count = lines.iter().filter(|line| line.filter() == filter).count();
            (filter.to_owned(), u32::try_from(count).unwrap_or(0))
        })
        .filter(|(filter, count)| *count > 0 || filter.parse::<Level>().is_ok())
        .collect()
}
