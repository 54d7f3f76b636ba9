//! Reading indicators, figures, points and decisions of a year.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::ids::{AgencyId, UnitId};
use kpi::level::Level;
use rust_decimal::Decimal;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// Most indicators that one statement returns: 100 a unit would be refused by the rules, few have more than 10.
const MOST_INDICATORS: i64 = 20_000;
/// Most reports of the indicators of one page.
const MOST_REPORTS: i64 = 5_000;

/// A unit as this feature needs it.
#[derive(Clone, Debug)]
pub struct UnitRow {
    /// The unit.
    pub unit: Uuid,
    /// The unit above.
    pub parent: Option<Uuid>,
    /// Its path.
    pub path: String,
    /// Its name.
    pub name: String,
}

/// Units of the agency below one of the paths (all of them for `None`) that are active or have indicators of the
/// year, by path; at most 2,000.
///
/// # Errors
/// The database's failure.
pub async fn units(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    paths: Option<&[String]>,
    year: i32,
) -> Result<Vec<UnitRow>, AppError> {
    Ok(sqlx::query_as!(
        UnitRow,
        r#"select u.unit_id as unit, u.parent_id as parent, u.path, u.name from unit u
           where u.agency_id = $1
             and ($2::text[] is null or exists (select from unnest($2::text[]) p where starts_with(u.path, p)))
             and (u.active or exists (select from indicator i where i.agency_id = u.agency_id
                 and i.unit_id = u.unit_id and i.year = $3 and i.removed_at is null))
           order by u.path collate "C" limit $4"#,
        agency,
        paths,
        year,
        crate::org::store::MOST_UNITS
    )
    .fetch_all(db)
    .await?)
}

/// An indicator with the figure that counts.
#[derive(Clone, Debug)]
pub struct IndicatorRow {
    /// The indicator.
    pub indicator: Uuid,
    /// Its unit.
    pub unit: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// Its year.
    pub year: i32,
    /// Group of functions.
    pub function: String,
    /// Its name.
    pub name: String,
    /// Unit of measure.
    pub unit_of_measure: String,
    /// higher or lower.
    pub direction: String,
    /// Whether its figure grows over the year.
    pub accumulates: bool,
    /// Target, above 0.
    pub target: Decimal,
    /// Weight, 0 to 100.
    pub weight: Decimal,
    /// Who reports it.
    pub owner: Uuid,
    /// The owner's name.
    pub owner_name: String,
    /// Version of the row.
    pub version: i32,
    /// Last reported month.
    pub period: Option<NaiveDate>,
    /// Its figure.
    pub actual: Option<Decimal>,
    /// Its cut-off day.
    pub cut_off: Option<NaiveDate>,
}

/// Whose indicators.
#[derive(Clone, Copy, Debug)]
pub enum Whose<'a> {
    /// Of these units.
    Units(&'a [Uuid]),
    /// Owned by this officer, in whatever unit.
    Owner(Uuid),
}

/// Indicators of a year, by unit, function and order.
///
/// # Errors
/// The database's failure.
pub async fn indicators(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    whose: Whose<'_>,
    year: i32,
) -> Result<Vec<IndicatorRow>, AppError> {
    let (units, owner) = match whose {
        Whose::Units(units) => (Some(units), None),
        Whose::Owner(owner) => (None, Some(owner)),
    };
    Ok(sqlx::query_as!(
        IndicatorRow,
        r#"select i.indicator_id as indicator, i.unit_id as unit, u.name as unit_name, i.year, i.function, i.name,
            i.unit_of_measure, i.direction, i.accumulates, i.target, i.weight, i.owner_id as owner,
            o.full_name as owner_name, i.version, l.period as "period?", l.actual as "actual?", l.cut_off as "cut_off?"
           from indicator i
           join unit u on u.agency_id = i.agency_id and u.unit_id = i.unit_id
           join officer o on o.agency_id = i.agency_id and o.officer_id = i.owner_id
           left join lateral (
               select r.period, r.actual, r.cut_off from indicator_actual r
               where r.agency_id = i.agency_id and r.indicator_id = i.indicator_id
               order by r.period desc, r.version desc limit 1
           ) l on true
           where i.agency_id = $1 and i.year = $2 and i.removed_at is null
             and ($3::uuid[] is null or i.unit_id = any($3)) and ($4::uuid is null or i.owner_id = $4)
           order by u.path collate "C", min(i.ordinal) over (partition by i.unit_id, i.function), i.function, i.ordinal,
               i.indicator_id
           limit $5"#,
        agency,
        year,
        units,
        owner,
        MOST_INDICATORS
    )
    .fetch_all(db)
    .await?)
}

/// A report of a figure.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// The indicator.
    pub indicator: Uuid,
    /// First day of the month.
    pub period: NaiveDate,
    /// 1 for the first report of the month.
    pub version: i32,
    /// The figure.
    pub actual: Decimal,
    /// Its source.
    pub source: String,
    /// Its cut-off day.
    pub cut_off: NaiveDate,
    /// What proves it.
    pub evidence: String,
    /// Why the version before was wrong.
    pub reason: String,
    /// Who reported.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Every report of some indicators, the latest month first, corrections before what they correct.
///
/// # Errors
/// The database's failure.
pub async fn reports(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    indicators: &[Uuid],
) -> Result<Vec<ReportRow>, AppError> {
    Ok(sqlx::query_as!(
        ReportRow,
        r#"select r.indicator_id as indicator, r.period, r.version, r.actual, r.source, r.cut_off, r.evidence, r.reason,
            coalesce(o.full_name, '') as "by!", r.at
           from indicator_actual r
           left join officer o on o.agency_id = r.agency_id and o.officer_id = r.reported_by
           where r.agency_id = $1 and r.indicator_id = any($2)
           order by r.indicator_id, r.period desc, r.version desc limit $3"#,
        agency,
        indicators,
        MOST_REPORTS
    )
    .fetch_all(db)
    .await?)
}

/// Points of one group of the common criteria.
#[derive(Clone, Debug)]
pub struct BasicRow {
    /// The unit.
    pub unit: Uuid,
    /// The group's code.
    pub criterion: String,
    /// Most points.
    pub max: Decimal,
    /// Points.
    pub points: Decimal,
    /// Why.
    pub reason: String,
}

/// Points of the common criteria of some units and a year.
///
/// # Errors
/// The database's failure.
pub async fn basic(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    units: &[Uuid],
    year: i32,
) -> Result<Vec<BasicRow>, AppError> {
    Ok(sqlx::query_as!(
        BasicRow,
        "select unit_id as unit, criterion, max, points, reason from unit_basic
         where agency_id = $1 and unit_id = any($2) and year = $3 order by unit_id, criterion limit $4",
        agency,
        units,
        year,
        MOST_INDICATORS
    )
    .fetch_all(db)
    .await?)
}

/// What the authority recorded and decided about a unit's year.
#[derive(Clone, Debug)]
pub struct YearRow {
    /// The unit.
    pub unit: Uuid,
    /// The unit above it.
    pub parent: Option<Uuid>,
    /// Name of the unit.
    pub name: String,
    /// Shortcomings found before are fixed.
    pub shortcomings_fixed: bool,
    /// Which ones, and how.
    pub shortcomings_note: String,
    /// Wrongdoing is concluded.
    pub wrongdoing: bool,
    /// By which document.
    pub wrongdoing_document: String,
    /// What is not done has a cause beyond control.
    pub force_majeure: bool,
    /// By which document.
    pub force_majeure_document: String,
    /// The recognised level.
    pub level: Option<String>,
    /// The law left it open.
    pub decided: bool,
    /// Why.
    pub reason: String,
    /// Rule set of the recognised score.
    pub rule_set: Option<String>,
    /// Input of the recognised score.
    pub input: Option<serde_json::Value>,
    /// Who recognised.
    pub by: String,
    /// When.
    pub at: Option<DateTime<Utc>>,
    /// Version of the row.
    pub version: i32,
}

/// The rows of some units and a year, and of the units directly below them.
///
/// # Errors
/// The database's failure.
pub async fn years(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    units: &[Uuid],
    year: i32,
) -> Result<Vec<YearRow>, AppError> {
    Ok(sqlx::query_as!(
        YearRow,
        r#"select y.unit_id as unit, u.parent_id as parent, u.name, y.shortcomings_fixed, y.shortcomings_note, y.wrongdoing,
            y.wrongdoing_document, y.force_majeure, y.force_majeure_document, y.level, y.decided, y.reason, y.rule_set,
            y.input, coalesce(o.full_name, '') as "by!", y.decided_at as at, y.version
           from unit_year y
           join unit u on u.agency_id = y.agency_id and u.unit_id = y.unit_id
           left join officer o on o.agency_id = y.agency_id and o.officer_id = y.decided_by
           where y.agency_id = $1 and y.year = $3 and (y.unit_id = any($2) or u.parent_id = any($2))
           order by u.path collate "C" limit $4"#,
        agency,
        units,
        year,
        crate::org::store::MOST_UNITS
    )
    .fetch_all(db)
    .await?)
}

/// Recognised levels of the agency's units in a year: what bounds the levels of their heads (khoản 6 Điều 20). Units
/// whose level is not recognised yet are not among them.
///
/// # Errors
/// The database's failure.
pub async fn level_of_units(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    year: i32,
) -> Result<Vec<(UnitId, Level)>, AppError> {
    let rows = sqlx::query!(
        r#"select unit_id, level as "level!" from unit_year
           where agency_id = $1 and year = $2 and level is not null order by unit_id limit $3"#,
        agency.0,
        year,
        crate::org::store::MOST_UNITS
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let level = row.level.parse().map_err(AppError::inner)?;
            Ok((UnitId(row.unit_id), level))
        })
        .collect()
}

/// A unit directly below that has indicators of the year and no recognised level; none when all are recognised.
///
/// # Errors
/// The database's failure.
pub async fn waiting_below(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    unit: Uuid,
    year: i32,
) -> Result<Option<String>, AppError> {
    Ok(sqlx::query_scalar!(
        "select u.name from unit u
         where u.agency_id = $1 and u.parent_id = $2 and u.active
           and exists (select from indicator i where i.agency_id = $1 and i.unit_id = u.unit_id and i.year = $3
               and i.removed_at is null)
           and not exists (select from unit_year y where y.agency_id = $1 and y.unit_id = u.unit_id and y.year = $3
               and y.level is not null)
         order by u.ordinal, u.name limit 1",
        agency,
        unit,
        year
    )
    .fetch_optional(db)
    .await?)
}
