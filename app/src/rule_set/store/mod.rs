//! Rule sets in the database, and the one that a sheet names.

mod life;

use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use sqlx::PgExecutor;

pub use self::life::{
    Content, LastMonths, SetRow, approve, delete, insert, last_months, list, lock, reasons, update,
};
use crate::error::AppError;

/// The rules that a sheet of the agency names; a built-in one needs no statement.
///
/// # Errors
/// `Unavailable` for a code that neither the product nor the agency knows; the database's failure.
pub async fn of(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    code: &str,
) -> Result<RuleSet, AppError> {
    find(db, agency, code)
        .await?
        .ok_or_else(|| AppError::inner(format!("unknown rule set {code}")))
}

async fn find(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    code: &str,
) -> Result<Option<RuleSet>, AppError> {
    if let Some(builtin) = RuleSet::builtin(code) {
        return Ok(Some(builtin));
    }
    sqlx::query_scalar!(
        "select content from rule_set where agency_id = $1 and code = $2",
        agency.0,
        code
    )
    .fetch_optional(db)
    .await?
    .map(|content| serde_json::from_value(content).map_err(AppError::inner))
    .transpose()
}

/// The rules of a code, built in or of the agency.
///
/// # Errors
/// `NotFound` where there are none; the database's failure.
pub async fn known(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    code: &str,
) -> Result<RuleSet, AppError> {
    find(db, agency, code).await?.ok_or(AppError::NotFound)
}

/// The rules by which a new sheet of this month is scored: those of the agency in force on its first day, else the
/// decree's own.
///
/// # Errors
/// The database's failure.
pub async fn in_force(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
) -> Result<RuleSet, AppError> {
    let content = sqlx::query_scalar!(
        "select content from rule_set
         where agency_id = $1 and status <> 'draft' and effective_from <= $2
         order by effective_from desc limit 1",
        agency.0,
        period.first_day()
    )
    .fetch_optional(db)
    .await?;
    content.map_or_else(
        || Ok(RuleSet::nd_335_2025()),
        |content| serde_json::from_value(content).map_err(AppError::inner),
    )
}

/// The rules of a month: those its sheet names, else those that a new sheet would get.
///
/// # Errors
/// As [`of`] and [`in_force`].
pub async fn of_month(
    db: impl PgExecutor<'_>,
    agency: AgencyId,
    period: Period,
    named: Option<&str>,
) -> Result<RuleSet, AppError> {
    match named {
        Some(code) => of(db, agency, code).await,
        None => in_force(db, agency, period).await,
    }
}
