//! From roll-up rows to units side by side.

use std::collections::HashMap;

use chrono::NaiveDate;
use kpi::period::{Period, WorkingDays};
use kpi::permission::Permission;
use kpi::rule_set::RuleSet;
use sqlx::PgPool;
use uuid::Uuid;

use super::api::{Comparison, UnitCompared};
use super::figures::{Figures, Measure};
use super::store::{self, ShownUnit};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::rule_set;

/// Months that are compared: this one and the eleven before it.
const MONTHS: usize = 12;

/// A year of an agency's units.
#[derive(Clone, Debug)]
pub struct Year {
    /// Name of the agency.
    pub agency: String,
    /// The last of the months.
    pub period: Period,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Working days of the last month.
    pub days: WorkingDays,
    /// The rules in force in the last month.
    pub rules: RuleSet,
    /// The months, oldest first.
    pub months: Vec<Period>,
    /// Units in their own order.
    pub units: Vec<UnitYear>,
    /// The whole agency, each month.
    pub whole: Vec<Figures>,
}

/// A year of one unit, the units below it included.
#[derive(Clone, Debug)]
pub struct UnitYear {
    /// The unit.
    pub unit: Uuid,
    /// Its name as it is shown.
    pub name: String,
    /// The visitor holds a post in it.
    pub own: bool,
    /// The visitor may open its work.
    pub reachable: bool,
    /// Sums of each month, oldest first; zero where there are none.
    pub months: Vec<Figures>,
}

/// Reads "2026-11"; without text the month of `today`.
///
/// # Errors
/// `Invalid` for anything else.
pub fn parse_period(text: Option<&str>, today: NaiveDate) -> Result<Period, AppError> {
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let parsed = text.map_or_else(|| Period::of(today), str::parse);
    parsed.map_err(|error| AppError::invalid("period", error.to_string(), text.unwrap_or_default()))
}

/// Loads a year in four statements. The agency is the visitor's own, whatever he asks for.
///
/// # Errors
/// The database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    period: Period,
    today: NaiveDate,
) -> Result<Year, AppError> {
    let months = months_up_to(period);
    let from = months.first().copied().unwrap_or(period).first_day();
    let agency = access.agency();
    let shown = store::shown_units(pool, agency).await?;
    let rows = store::roll_up(pool, agency, from, period.first_day()).await?;
    let holidays =
        crate::org::store::holidays(pool, agency, period.first_day(), period.last_day()).await?;

    let sums: HashMap<(Option<Uuid>, NaiveDate), Figures> = rows
        .into_iter()
        .map(|row| ((row.unit, row.period), row.figures))
        .collect();
    let year_of = |unit: Option<Uuid>| -> Vec<Figures> {
        months
            .iter()
            .map(|month| {
                sums.get(&(unit, month.first_day()))
                    .cloned()
                    .unwrap_or_default()
            })
            .collect()
    };
    let opens = check(access.actor.clone(), Permission::ViewUnit).ok();
    let units = shown
        .into_iter()
        .map(|unit| (year_of(Some(unit.unit)), unit))
        .filter(|(months, unit)| is_shown(unit, months))
        .map(|(months, unit)| UnitYear {
            unit: unit.unit,
            own: is_own(access, &unit),
            reachable: opens
                .as_ref()
                .is_some_and(|access| access.reach_unit(&unit.path).is_ok()),
            name: shown_name(unit),
            months,
        })
        .collect();
    let whole = year_of(None);
    let days = WorkingDays::of(period, today, &holidays);
    Ok(Year {
        agency: access.actor.agency_name.clone(),
        period,
        today,
        days,
        rules: rule_set::store::in_force(pool, access.actor.agency, period).await?,
        months,
        units,
        whole,
    })
}

fn months_up_to(period: Period) -> Vec<Period> {
    let mut months: Vec<Period> =
        std::iter::successors(Some(period), |month| Some(month.previous()))
            .take(MONTHS)
            .collect();
    months.reverse();
    months
}

/// A unit that is gone, and the root apart from the units below it, only count while they have people.
fn is_shown(unit: &ShownUnit, months: &[Figures]) -> bool {
    let has_people = months.iter().rev().take(2).any(|month| month.people > 0);
    has_people || (unit.active && !(unit.root && unit.has_units))
}

fn is_own(access: &Access, unit: &ShownUnit) -> bool {
    access.actor.posts.iter().any(|post| {
        if unit.root && unit.has_units {
            post.path == unit.path
        } else {
            post.path.starts_with(&unit.path)
        }
    })
}

/// The root's own people are the agency's leaders, unless its name says so already.
fn shown_name(unit: ShownUnit) -> String {
    const LEADERS: &str = "Lãnh đạo";
    if unit.root && unit.has_units && !unit.name.starts_with(LEADERS) {
        format!("{LEADERS} {}", unit.name)
    } else {
        unit.name
    }
}

/// Units side by side by a measure, best first; equal values in the agency's own order.
pub fn compared(year: Year, measure: Measure) -> Comparison {
    let mut units: Vec<UnitCompared> = year
        .units
        .into_iter()
        .map(|unit| {
            unit_compared(
                unit.unit,
                unit.name,
                (unit.own, unit.reachable),
                &unit.months,
                measure,
            )
        })
        .collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.value(measure)));
    let whole = unit_compared(
        Uuid::nil(),
        "Toàn cơ quan".to_owned(),
        (false, false),
        &year.whole,
        measure,
    );
    Comparison {
        agency: year.agency,
        period: year.period,
        today: year.today,
        days: year.days,
        rules: year.rules,
        measure,
        units,
        whole,
    }
}

fn unit_compared(
    unit: Uuid,
    name: String,
    (own, reachable): (bool, bool),
    months: &[Figures],
    measure: Measure,
) -> UnitCompared {
    let mut latest = months.iter().rev().cloned();
    UnitCompared {
        unit,
        name,
        own,
        reachable,
        now: latest.next().unwrap_or_default(),
        before: latest.next().unwrap_or_default(),
        series: months.iter().map(|month| month.value(measure)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_or_refused_with_what_was_typed() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
        assert_eq!(parse_period(None, today).unwrap().to_string(), "2026-11");
        assert_eq!(
            parse_period(Some(" "), today).unwrap().to_string(),
            "2026-11"
        );
        assert_eq!(
            parse_period(Some("2025-02"), today).unwrap().to_string(),
            "2025-02"
        );
        let refused = parse_period(Some("2026-13"), today).unwrap_err();
        assert!(
            matches!(refused, AppError::Invalid { field, typed, .. } if field == "period" && typed == "2026-13")
        );
    }

    #[test]
    fn twelve_months_end_with_the_one_asked_for() {
        let months = months_up_to("2026-03".parse().unwrap());
        assert_eq!(months.len(), 12);
        assert_eq!(
            months.first().map(ToString::to_string).as_deref(),
            Some("2025-04")
        );
        assert_eq!(
            months.last().map(ToString::to_string).as_deref(),
            Some("2026-03")
        );
    }
}
