//! One person's year.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use kpi::rule_set::{DecemberRule, RuleSet, YearMean};
use sqlx::PgPool;

use super::{Loaded, about_another, load};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::format::{number, score};
use crate::rating::months::{Line, shortened_by};
use crate::rating::wire::{PersonLine, PersonYear};

/// The year of somebody within reach; how he stands among the candidates is known by the list of the agency alone.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound` for somebody who did not serve in the year; the database's failure.
pub async fn load_person(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    officer: OfficerId,
) -> Result<PersonYear, AppError> {
    let mut db = pool.acquire().await?;
    let Loaded {
        rules,
        settings,
        people,
        year: rated,
    } = load(&mut db, access, (year, today), Some(officer.0)).await?;
    let (Some(read), Some((line, months))) =
        (people.into_iter().next(), rated.people.into_iter().next())
    else {
        return Err(AppError::NotFound);
    };
    access.reach_person(officer, &line.path)?;
    let records = check(access.actor.clone(), Permission::RecordYear).is_ok()
        && about_another(access, officer.0).is_ok();
    let facts = read.facts.facts;
    access.viewed(pool, [officer], "rating");
    Ok(PersonYear {
        agency: access.actor.agency_name.clone(),
        year,
        today,
        past: settings.calendar.is_past(),
        shortened: shortened_by(&months),
        formula: formula(&rules, &line, &months),
        months,
        posts: facts.posts,
        absences: facts.absences,
        blockers: read.blockers,
        settled: facts
            .stored
            .iter()
            .filter(|stored| stored.confirmed && stored.outside.is_none())
            .map(|stored| stored.month)
            .collect(),
        records,
        own: access.actor.officer == Some(officer),
        line,
    })
}

/// The mean with every figure, to be checked by hand (khoản 3 Điều 17).
fn formula(rules: &RuleSet, line: &PersonLine, months: &[Line]) -> String {
    let figures: Vec<_> = match rules.year.mean {
        YearMean::Months => months
            .iter()
            .filter(|month| {
                month.period.month_number() != 12
                    || rules.year.december == DecemberRule::Provisional
            })
            .filter_map(Line::score)
            .collect(),
        YearMean::QuarterMeans => line.quarters.iter().flatten().copied().collect(),
    };
    if figures.is_empty() {
        return String::new();
    }
    let written: Vec<String> = figures.iter().map(|figure| number(*figure, 2)).collect();
    format!(
        "({}) ÷ {} = {}",
        written.join(" + "),
        written.len(),
        score(line.mean)
    )
}
