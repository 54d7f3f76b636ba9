//! Writing indicators, figures, points and decisions. Whether an act may be done is for `steps`, which hold the
//! transaction and begin it with the lock of the year.

use chrono::NaiveDate;
use kpi::level::Level;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;
use crate::unit_kpi::wire::Facts;

/// Locks a unit's year until the transaction ends, making its row if there is none. Returns its version and whether
/// a level is recognised.
///
/// # Errors
/// The database's failure.
pub async fn hold_year(
    db: &mut PgConnection,
    agency: Uuid,
    unit: Uuid,
    year: i32,
) -> Result<(i32, bool), AppError> {
    sqlx::query!(
        "insert into unit_year (agency_id, unit_id, year, version) values ($1, $2, $3, 0) on conflict do nothing",
        agency,
        unit,
        year
    )
    .execute(&mut *db)
    .await?;
    let row = sqlx::query!(
        r#"select version, level is not null as "recognised!" from unit_year
           where agency_id = $1 and unit_id = $2 and year = $3 for update"#,
        agency,
        unit,
        year
    )
    .fetch_one(&mut *db)
    .await?;
    Ok((row.version, row.recognised))
}

/// An indicator whose row is locked.
#[derive(Clone, Debug)]
pub struct HeldIndicator {
    /// Its unit.
    pub unit: Uuid,
    /// Path of that unit.
    pub path: String,
    /// Its year.
    pub year: i32,
    /// Its name.
    pub name: String,
    /// Unit of measure.
    pub unit_of_measure: String,
    /// Whether its figure grows over the year.
    pub accumulates: bool,
    /// Who reports it.
    pub owner: Uuid,
    /// Version of the row.
    pub version: i32,
    /// Number of its reports.
    pub reports: i64,
}

/// Locks an indicator that was not removed.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn hold_indicator(
    db: &mut PgConnection,
    agency: Uuid,
    indicator: Uuid,
) -> Result<HeldIndicator, AppError> {
    Ok(sqlx::query_as!(
        HeldIndicator,
        r#"select i.unit_id as unit, u.path, i.year, i.name, i.unit_of_measure, i.accumulates, i.owner_id as owner, i.version,
            (select count(*) from indicator_actual r where r.agency_id = i.agency_id and r.indicator_id = i.indicator_id) as "reports!"
           from indicator i join unit u on u.agency_id = i.agency_id and u.unit_id = i.unit_id
           where i.agency_id = $1 and i.indicator_id = $2 and i.removed_at is null for update of i"#,
        agency,
        indicator
    )
    .fetch_one(db)
    .await?)
}

/// Number of indicators of a unit's year, and the sum of their weights, without one of them.
///
/// # Errors
/// The database's failure.
pub async fn weights(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
    without: Option<Uuid>,
) -> Result<(i64, Decimal), AppError> {
    let row = sqlx::query!(
        r#"select count(*) as "count!", coalesce(sum(weight), 0) as "sum!" from indicator
           where agency_id = $1 and unit_id = $2 and year = $3 and removed_at is null
             and ($4::uuid is null or indicator_id <> $4)"#,
        agency,
        unit,
        year,
        without
    )
    .fetch_one(db)
    .await?;
    Ok((row.count, row.sum))
}

/// The particulars of an indicator.
#[derive(Clone, Debug)]
pub struct NewIndicator {
    /// Group of functions.
    pub function: String,
    /// Name.
    pub name: String,
    /// Unit of measure.
    pub unit_of_measure: String,
    /// Which way it is better.
    pub direction: kpi::unit::Direction,
    /// Whether its figure grows over the year.
    pub accumulates: bool,
    /// Target, above 0.
    pub target: Decimal,
    /// Weight, 0 to 100.
    pub weight: Decimal,
    /// Who reports it.
    pub owner: Uuid,
}

/// A name that the unit's year has already is refused in words.
fn named_once(error: sqlx::Error, name: &str) -> AppError {
    let taken = error
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::constraint)
        == Some("indicator_name_once");
    if taken {
        AppError::invalid("name", "Đơn vị đã có chỉ số tên này trong năm.", name)
    } else {
        error.into()
    }
}

/// Adds an indicator after the others of its unit's year.
///
/// # Errors
/// `Invalid` on `name` when the unit's year has it; the database's failure.
pub async fn add_indicator(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
    new: &NewIndicator,
) -> Result<Uuid, AppError> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into indicator (agency_id, indicator_id, unit_id, year, function, name, unit_of_measure, direction,
            accumulates, target, weight, owner_id, ordinal)
         select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, coalesce(max(ordinal), 0) + 1 from indicator
         where agency_id = $1 and unit_id = $3 and year = $4",
        agency,
        id,
        unit,
        year,
        new.function,
        new.name,
        new.unit_of_measure,
        new.direction.as_str(),
        new.accumulates,
        new.target,
        new.weight,
        new.owner
    )
    .execute(db)
    .await
    .map_err(|error| named_once(error, &new.name))?;
    Ok(id)
}

/// Changes an indicator whose row is held.
///
/// # Errors
/// `Invalid` on `name` when the unit's year has it; the database's failure.
pub async fn change_indicator(
    db: &mut PgConnection,
    agency: Uuid,
    indicator: Uuid,
    new: &NewIndicator,
) -> Result<(), AppError> {
    sqlx::query!(
        "update indicator set function = $3, name = $4, unit_of_measure = $5, direction = $6, accumulates = $7,
            target = $8, weight = $9, owner_id = $10, version = version + 1
         where agency_id = $1 and indicator_id = $2",
        agency,
        indicator,
        new.function,
        new.name,
        new.unit_of_measure,
        new.direction.as_str(),
        new.accumulates,
        new.target,
        new.weight,
        new.owner
    )
    .execute(db)
    .await
    .map_err(|error| named_once(error, &new.name))?;
    Ok(())
}

/// Takes an indicator out of the year; its row stays.
///
/// # Errors
/// The database's failure.
pub async fn remove_indicator(
    db: &mut PgConnection,
    agency: Uuid,
    indicator: Uuid,
) -> Result<(), AppError> {
    sqlx::query!(
        "update indicator set removed_at = now(), version = version + 1 where agency_id = $1 and indicator_id = $2",
        agency,
        indicator
    )
    .execute(db)
    .await?;
    Ok(())
}

/// The last report of a month, and the figure of the month before it and after it.
///
/// # Errors
/// The database's failure.
pub async fn reports_of(
    db: &mut PgConnection,
    agency: Uuid,
    indicator: Uuid,
) -> Result<Vec<(NaiveDate, i32, Decimal)>, AppError> {
    let rows = sqlx::query!(
        "select distinct on (period) period, version, actual from indicator_actual
         where agency_id = $1 and indicator_id = $2 order by period, version desc limit 12",
        agency,
        indicator
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.period, row.version, row.actual))
        .collect())
}

/// A report before it is stored.
#[derive(Clone, Debug)]
pub struct NewReport {
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
    /// Who reports.
    pub by: Uuid,
}

/// Stores a report.
///
/// # Errors
/// The database's failure.
pub async fn add_report(
    db: &mut PgConnection,
    agency: Uuid,
    indicator: Uuid,
    new: &NewReport,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into indicator_actual (agency_id, indicator_id, period, version, actual, source, cut_off, evidence, reason, reported_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency,
        indicator,
        new.period,
        new.version,
        new.actual,
        new.source,
        new.cut_off,
        new.evidence,
        new.reason,
        new.by
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Stores the points of all groups of the common criteria: code, most points, points, reason.
///
/// # Errors
/// The database's failure.
pub async fn put_basic(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
    rows: &[(String, Decimal, Decimal, String)],
) -> Result<(), AppError> {
    for (criterion, max, points, reason) in rows {
        sqlx::query!(
            "insert into unit_basic (agency_id, unit_id, year, criterion, max, points, reason) values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (agency_id, unit_id, year, criterion) do update
             set max = excluded.max, points = excluded.points, reason = excluded.reason",
            agency,
            unit,
            year,
            criterion,
            max,
            points,
            reason
        )
        .execute(&mut *db)
        .await?;
    }
    moved_on(db, agency, (unit, year)).await
}

/// Stores what the authority knows.
///
/// # Errors
/// The database's failure.
pub async fn put_facts(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
    facts: &Facts,
) -> Result<(), AppError> {
    sqlx::query!(
        "update unit_year set shortcomings_fixed = $4, shortcomings_note = $5, wrongdoing = $6, wrongdoing_document = $7,
            force_majeure = $8, force_majeure_document = $9, version = version + 1
         where agency_id = $1 and unit_id = $2 and year = $3",
        agency,
        unit,
        year,
        facts.shortcomings_fixed,
        facts.shortcomings_note,
        facts.wrongdoing,
        facts.wrongdoing_document,
        facts.force_majeure,
        facts.force_majeure_document
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A level to be recognised, with the score it rests on.
#[derive(Clone, Debug)]
pub struct Recognition {
    /// The level.
    pub level: Level,
    /// The law left it open.
    pub decided: bool,
    /// Why.
    pub reason: String,
    /// Published score.
    pub total: Decimal,
    /// Code of the rule set.
    pub rule_set: String,
    /// Input of the score.
    pub input: kpi::unit::UnitInput,
    /// Who recognises.
    pub by: Option<Uuid>,
    /// When.
    pub at: chrono::DateTime<chrono::Utc>,
}

/// Stores a recognised level.
///
/// # Errors
/// The database's failure.
pub async fn recognise(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
    new: &Recognition,
) -> Result<(), AppError> {
    let input = serde_json::to_value(&new.input).map_err(AppError::inner)?;
    sqlx::query!(
        "update unit_year set level = $4, decided = $5, reason = $6, total = $7, rule_set = $8, input = $9, decided_by = $10,
            decided_at = $11, version = version + 1
         where agency_id = $1 and unit_id = $2 and year = $3",
        agency,
        unit,
        year,
        new.level.as_str(),
        new.decided,
        new.reason,
        new.total,
        new.rule_set,
        input,
        new.by,
        new.at
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes a recognised level back.
///
/// # Errors
/// The database's failure.
pub async fn clear_level(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
) -> Result<(), AppError> {
    sqlx::query!(
        "update unit_year set level = null, decided = false, reason = '', total = null, rule_set = null, input = null,
            decided_by = null, decided_at = null, version = version + 1
         where agency_id = $1 and unit_id = $2 and year = $3",
        agency,
        unit,
        year
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn moved_on(
    db: &mut PgConnection,
    agency: Uuid,
    (unit, year): (Uuid, i32),
) -> Result<(), AppError> {
    sqlx::query!(
        "update unit_year set version = version + 1 where agency_id = $1 and unit_id = $2 and year = $3",
        agency,
        unit,
        year
    )
    .execute(db)
    .await?;
    Ok(())
}
