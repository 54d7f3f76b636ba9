//! What a month's score is computed from, whole: for whoever lays it beside another or tries what would change it.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::scoring::PeriodInput;
use kpi::trace::Trace;
use serde_json::Value;
use sqlx::PgPool;

use super::load_sheet::{input, row, rules_of, subordinates, view};
use crate::assignment::figures::{Basis, load_work};
use crate::auth::Access;
use crate::error::AppError;
use crate::review::store::sheet;
use crate::review::wire::SheetView;

/// How far the score of a month is.
pub enum Stage {
    /// Confirmed: the stored input and its trace.
    Confirmed(PeriodInput, Trace),
    /// Not yet: the input on what is reported, and on what was accepted.
    Open(PeriodInput, PeriodInput),
}

/// A month with what its score is computed from.
pub struct MonthScore {
    /// The sheet.
    pub sheet: SheetView,
    /// The rules that score it.
    pub rules: RuleSet,
    /// What the officer sent; none for a sheet that was not sent.
    pub sent: Option<PeriodInput>,
    /// How far it is.
    pub stage: Stage,
}

/// A month within the actor's reach: two to five statements.
///
/// # Errors
/// `Forbidden` out of reach; `NotFound` without a post in this month; the database's failure.
pub async fn month_score(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    (officer, period): (OfficerId, Period),
) -> Result<MonthScore, AppError> {
    let row = row(pool, access, today, period, officer).await?;
    access.reach_person(officer, &row.path)?;
    let rules = rules_of(pool, access, period, &row).await?;
    let (sent, confirmed) =
        sheet::inputs(pool, access.agency(), period.first_day(), officer.0).await?;
    let stage = match (&row.confirmed_trace, confirmed) {
        (Some(trace), Some(input)) => Stage::Confirmed(read(input)?, read(trace.clone())?),
        _ => {
            let mut db = pool.acquire().await?;
            let work = load_work(&mut db, access.actor.agency, period.first_day(), officer).await?;
            let scores = subordinates(&mut db, access, period, officer, &row).await?;
            Stage::Open(
                input(&row, &work, scores.clone(), Basis::Reported)?,
                input(&row, &work, scores, Basis::Accepted)?,
            )
        }
    };
    Ok(MonthScore {
        sheet: view(access, (period, today), officer, &row, &rules)?,
        rules,
        sent: sent.map(read).transpose()?,
        stage,
    })
}

fn read<T: serde::de::DeserializeOwned>(stored: Value) -> Result<T, AppError> {
    serde_json::from_value(stored).map_err(AppError::inner)
}
