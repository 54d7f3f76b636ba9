//! What the pages show: the units within reach, one unit, one's own indicators. Each in at most seven statements.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};
use kpi::permission::Permission;
use kpi::rule_set::RuleSet;
use kpi::unit::{UnitInput, assess, choices};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::assess::leads;
use super::condition::conditions;
use super::progress::{Calendar, lag, unreported, views};
use super::standing::{Data, data_of, standing};
use super::why::why;
use super::{check_year, days_of, month, rules};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::unit_kpi::store::{self, IndicatorRow, UnitRow, Whose};
use crate::unit_kpi::wire::{
    BasicView, Facts, OwnIndicators, Shown, Standing, UnitKpi, UnitLine, UnitList,
};

/// Units on a page of the list.
const PER_PAGE: usize = 50;

/// What the address asks for, as typed.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The unit; empty for all within reach.
    pub unit: String,
    /// The year; empty for this one.
    pub year: String,
    /// Page of the list, from 1.
    pub page: u32,
    /// A form that needs the people who may own an indicator is open.
    pub form: bool,
}

/// The units within reach, or one of them; a reach of one unit shows it at once.
///
/// # Errors
/// `Invalid` on `year`; `NotFound` for a unit of another agency; `Forbidden` for one beyond reach; the database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    asked: Asked,
) -> Result<Shown, AppError> {
    let year = check_year(&asked.year, today)?;
    let paths = access.paths();
    let units = store::units(pool, access.agency(), paths.as_deref(), year).await?;
    let named = match asked.unit.trim() {
        "" => None,
        text => Some(text.parse::<Uuid>().map_err(|_| AppError::NotFound)?),
    };
    let calendar = calendar(pool, access, year, today).await?;
    let rules = rules(pool, access.actor.agency, year, today).await?;
    match (named, units.as_slice()) {
        (Some(unit), units) => {
            let Some(found) = units.iter().find(|row| row.unit == unit) else {
                return Err(beyond(pool, access, unit).await);
            };
            let whole = Whole {
                pool,
                access,
                year,
                calendar: &calendar,
            };
            let has_list = units.len() > 1;
            whole.one(found, rules, has_list, asked.form).await
        }
        (None, [only]) => {
            let whole = Whole {
                pool,
                access,
                year,
                calendar: &calendar,
            };
            whole.one(only, rules, false, asked.form).await
        }
        (None, units) => {
            let whole = Whole {
                pool,
                access,
                year,
                calendar: &calendar,
            };
            whole.all(units, &rules, asked.page).await
        }
    }
}

/// Why a unit is not among those within reach.
async fn beyond(pool: &PgPool, access: &Access, unit: Uuid) -> AppError {
    match crate::org::store::unit(pool, access.agency(), unit.into()).await {
        Ok(place) => access
            .reach_unit(&place.path)
            .err()
            .unwrap_or(AppError::NotFound),
        Err(error) => error,
    }
}

async fn calendar(
    pool: &PgPool,
    access: &Access,
    year: i32,
    today: NaiveDate,
) -> Result<Calendar, AppError> {
    let (from, until) = (month(year, 1)?.first_day(), month(year, 12)?.last_day());
    let holidays = crate::org::store::holidays(pool, access.agency(), from, until).await?;
    Ok(Calendar { today, holidays })
}

/// A load of one year.
struct Whole<'a> {
    pool: &'a PgPool,
    access: &'a Access,
    year: i32,
    calendar: &'a Calendar,
}

impl Whole<'_> {
    /// All units, those that need attention first: undecided before recognised, without a score before with one, then by
    /// score. Tasks are counted for the shown page alone.
    async fn all(&self, units: &[UnitRow], rules: &RuleSet, page: u32) -> Result<Shown, AppError> {
        let (agency, today) = (self.access.agency(), self.calendar.today);
        let ids: Vec<Uuid> = units.iter().map(|unit| unit.unit).collect();
        let indicators =
            store::indicators(self.pool, agency, Whose::Units(&ids), self.year).await?;
        let basic = store::basic(self.pool, agency, &ids, self.year).await?;
        let years = store::years(self.pool, agency, &ids, self.year).await?;
        let mut lines = Vec::with_capacity(units.len());
        for unit in units {
            let data = data_of(unit.unit, &indicators, &basic, &years, &[]);
            let standing = standing(rules, &data)?;
            let mut worst = Worst::default();
            for row in &data.indicators {
                let lag = lag(row, self.calendar)?;
                worst = worst.max_by_points(lag);
            }
            let silent = data
                .indicators
                .iter()
                .filter(|row| unreported(row, today))
                .count();
            let line = UnitLine {
                unit: unit.unit,
                name: unit.name.clone(),
                standing,
                lag: worst.0,
                unreported: u32::try_from(silent).unwrap_or(u32::MAX),
            };
            lines.push((line, data));
        }
        lines.sort_by_key(|(line, _)| need(line));
        let page = usize::try_from(page).unwrap_or(1).max(1);
        let mut shown: Vec<(UnitLine, Data)> = lines
            .into_iter()
            .skip((page - 1) * PER_PAGE)
            .take(PER_PAGE)
            .collect();
        let ids: Vec<Uuid> = shown.iter().map(|(line, _)| line.unit).collect();
        let tasks = self.tasks(&ids).await?;
        for (line, data) in &mut shown {
            data.tasks = tasks.iter().find(|row| row.unit == line.unit).copied();
            line.standing = standing(rules, data)?;
        }
        Ok(Shown::All(UnitList {
            year: self.year,
            this_year: today.year(),
            days: days_of(self.year, today, &self.calendar.holidays)?,
            units: shown.into_iter().map(|(line, _)| line).collect(),
            page: u32::try_from(page).unwrap_or(1),
            per_page: u32::try_from(PER_PAGE).unwrap_or(50),
            found: u32::try_from(units.len()).unwrap_or(u32::MAX),
        }))
    }

    async fn tasks(&self, units: &[Uuid]) -> Result<Vec<store::UnitTasks>, AppError> {
        let (from, until) = (
            month(self.year, 1)?.first_day(),
            month(self.year, 12)?.first_day(),
        );
        let days = (from, until, self.calendar.today);
        store::tasks(self.pool, self.access.agency(), units, days).await
    }

    async fn one(
        &self,
        unit: &UnitRow,
        rules: RuleSet,
        has_list: bool,
        form: bool,
    ) -> Result<Shown, AppError> {
        let (agency, today) = (self.access.agency(), self.calendar.today);
        let ids = [unit.unit];
        let indicators =
            store::indicators(self.pool, agency, Whose::Units(&ids), self.year).await?;
        let basic = store::basic(self.pool, agency, &ids, self.year).await?;
        let years = store::years(self.pool, agency, &ids, self.year).await?;
        let tasks = self.tasks(&ids).await?;
        let data = data_of(unit.unit, &indicators, &basic, &years, &tasks);
        let named = data.year.as_ref().and_then(|row| row.rule_set.as_deref());
        let rules = match named {
            Some(code) => {
                crate::rule_set::store::of(self.pool, self.access.actor.agency, code).await?
            }
            None => rules,
        };
        let standing = standing(&rules, &data)?;
        let input = match data.recognised_input()? {
            Some(input) => input,
            None => data.input(&rules)?,
        };
        let reports: Vec<Uuid> = indicators.iter().map(|row| row.indicator).collect();
        let reports = store::reports(self.pool, agency, &reports).await?;
        let may = |permission| check(self.access.actor.clone(), permission).ok();
        let reporter = may(Permission::ReportIndicator);
        let open = standing.recognised.is_none();
        let own_unit = leads(self.access, &unit.path);
        let assesses =
            may(Permission::AssessUnit).is_some_and(|access| access.reach_unit(&unit.path).is_ok());
        let manages = open
            && may(Permission::ManageIndicators)
                .is_some_and(|access| access.reach_unit(&unit.path).is_ok());
        let owners = if manages && form {
            store::owners(self.pool, agency, &unit.path, today).await?
        } else {
            Vec::new()
        };
        let reports_it = |row: &IndicatorRow| {
            open && reporter
                .as_ref()
                .is_some_and(|access| reaches(access, row.owner, &unit.path))
        };
        Ok(Shown::One(Box::new(UnitKpi {
            unit: unit.unit,
            name: unit.name.clone(),
            year: self.year,
            today,
            days: days_of(self.year, today, &self.calendar.holidays)?,
            has_list,
            why: steps_of(&rules, &input, &standing)?,
            conditions: conditions(&rules, &input, &data.weak),
            waiting: data.tasks.map_or(0, |counted| counted.waiting),
            weak: data.weak.clone(),
            indicators: views(indicators, reports, self.calendar, reports_it)?,
            basic: basic_views(&rules, &data),
            facts: facts(&data),
            version: data.year.as_ref().map_or(0, |row| row.version),
            choices: standing.outcome.as_ref().map_or_else(Vec::new, |outcome| {
                choices(&rules, outcome)
                    .into_iter()
                    .map(|choice| (choice.level, choice.needs_reason))
                    .collect()
            }),
            manages,
            assesses: assesses && !own_unit,
            own_unit: assesses && own_unit,
            owners,
            standing,
        })))
    }
}

/// Whether a visitor reports an indicator: its owner, or whose permission reaches the unit.
pub(super) fn reaches(access: &Access, owner: Uuid, path: &str) -> bool {
    access
        .actor
        .officer
        .is_some_and(|officer| officer.0 == owner)
        || access.reach_unit(path).is_ok()
}

/// The indicators that the visitor owns.
///
/// # Errors
/// `Forbidden` for an account without an officer; `Invalid` on `year`; the database's failure.
pub async fn load_own(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    year: &str,
) -> Result<OwnIndicators, AppError> {
    let year = check_year(year, today)?;
    let officer = access.officer()?;
    let rows = store::indicators(pool, access.agency(), Whose::Owner(officer.0), year).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.indicator).collect();
    let reports = store::reports(pool, access.agency(), &ids).await?;
    let units: Vec<Uuid> = rows.iter().map(|row| row.unit).collect();
    let years = store::years(pool, access.agency(), &units, year).await?;
    let calendar = calendar(pool, access, year, today).await?;
    let open = |row: &IndicatorRow| {
        !years
            .iter()
            .any(|year| year.unit == row.unit && year.level.is_some())
    };
    Ok(OwnIndicators {
        year,
        today,
        indicators: views(rows, reports, &calendar, open)?,
    })
}

/// The steps of what is shown: all of it, or the indicators alone while the common criteria wait.
fn steps_of(
    rules: &RuleSet,
    input: &UnitInput,
    standing: &Standing,
) -> Result<Vec<kpi::wording::Sentence>, AppError> {
    if standing.functional.is_none() {
        return Ok(Vec::new());
    }
    let outcome = assess(rules, input)?;
    why(rules, input, &outcome, standing.outcome.is_some())
}

fn basic_views(rules: &RuleSet, data: &Data) -> Vec<BasicView> {
    rules
        .unit_criteria
        .iter()
        .map(|group| {
            let given = data.basic.iter().find(|row| row.criterion == group.code);
            BasicView {
                code: group.code.clone(),
                label: group.label.clone(),
                max: given.map_or(group.max, |row| row.max).normalize(),
                points: given.map(|row| row.points.normalize()),
                reason: given.map(|row| row.reason.clone()).unwrap_or_default(),
            }
        })
        .collect()
}

fn facts(data: &Data) -> Facts {
    data.year.as_ref().map_or_else(
        || Facts {
            shortcomings_fixed: true,
            ..Facts::default()
        },
        |row| Facts {
            shortcomings_fixed: row.shortcomings_fixed,
            shortcomings_note: row.shortcomings_note.clone(),
            wrongdoing: row.wrongdoing,
            wrongdoing_document: row.wrongdoing_document.clone(),
            force_majeure: row.force_majeure,
            force_majeure_document: row.force_majeure_document.clone(),
        },
    )
}

/// The largest lag so far.
#[derive(Default)]
struct Worst(Option<crate::unit_kpi::wire::Lag>);

impl Worst {
    fn max_by_points(self, other: Option<crate::unit_kpi::wire::Lag>) -> Self {
        match (self.0, other) {
            (Some(one), Some(other)) if one.points >= other.points => Self(Some(one)),
            (one, other) => Self(other.or(one)),
        }
    }
}

/// Order of the list: what needs attention first.
fn need(line: &UnitLine) -> (bool, Reverse<Decimal>, Reverse<u32>, Decimal) {
    let lag = line.lag.as_ref().map_or(Decimal::ZERO, |lag| lag.points);
    let score = line.standing.functional.unwrap_or(Decimal::NEGATIVE_ONE);
    (
        line.standing.recognised.is_some(),
        Reverse(lag),
        Reverse(line.unreported),
        score,
    )
}
