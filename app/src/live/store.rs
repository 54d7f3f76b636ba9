//! SQL of change rows.

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, UnitId};
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};

use super::hub::Touched;
use crate::error::AppError;

/// The additive change of a unit's month: new minus old.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Delta {
    /// People with a month.
    pub people: i32,
    /// People with a score.
    pub scored: i32,
    /// Assignments.
    pub assignments: i32,
    /// Converted assigned quantity.
    pub assigned: Decimal,
    /// Converted completed quantity.
    pub volume: Decimal,
    /// Converted quantity after deductions for quality.
    pub quality: Decimal,
    /// Converted quantity after deductions for progress.
    pub progress: Decimal,
    /// Sum of scores.
    pub score_sum: Decimal,
    /// People at each level.
    pub excellent: i32,
    /// People at "tốt".
    pub good: i32,
    /// People at "hoàn thành".
    pub completed: i32,
    /// People at "không hoàn thành".
    pub not_completed: i32,
    /// Deliverables waiting for a decision.
    pub waiting: i32,
    /// Confirmed sheets.
    pub confirmed: i32,
}

/// Whose month moved, where, and by what kind of act.
#[derive(Clone, Copy, Debug)]
pub struct Moved<'a> {
    /// Agency.
    pub agency: AgencyId,
    /// First day of the period.
    pub period: NaiveDate,
    /// Unit whose sums move.
    pub unit: UnitId,
    /// Officer whose month moved.
    pub officer: OfficerId,
    /// "progress", "deliver", "accept", …
    pub kind: &'a str,
}

/// Appends a change row in the caller's transaction. Nothing is notified here: the worker does that.
///
/// # Errors
/// The database's failure.
pub async fn append(db: &mut PgConnection, moved: Moved<'_>, delta: Delta) -> Result<(), AppError> {
    sqlx::query!(
        "insert into change (agency_id, period, unit_id, officer_id, kind, people, scored, assignments,
            assigned, volume, quality, progress, score_sum, excellent, good, completed, not_completed, waiting, confirmed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)",
        moved.agency.0,
        moved.period,
        moved.unit.0,
        moved.officer.0,
        moved.kind,
        delta.people,
        delta.scored,
        delta.assignments,
        delta.assigned,
        delta.volume,
        delta.quality,
        delta.progress,
        delta.score_sum,
        delta.excellent,
        delta.good,
        delta.completed,
        delta.not_completed,
        delta.waiting,
        delta.confirmed
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Most rows read at once; a viewer who missed more asks for everything.
pub const MOST_TOUCHED: usize = 2000;

/// What the batches after `after` up to and including `upto` touched; at most 2,000 rows.
///
/// # Errors
/// The database's failure.
pub async fn touched(pool: &PgPool, after: i64, upto: i64) -> Result<Vec<Touched>, sqlx::Error> {
    sqlx::query_as!(
        Touched,
        r#"select distinct c.agency_id as agency, c.period, c.unit_id as unit, u.path, c.officer_id as officer
           from change c join unit u on u.agency_id = c.agency_id and u.unit_id = c.unit_id
           where c.batch > $1 and c.batch <= $2 limit 2000"#,
        after,
        upto
    )
    .fetch_all(pool)
    .await
}

/// Number of the last merged batch; 0 when there is none.
///
/// # Errors
/// The database's failure.
pub async fn last_batch(pool: &PgPool) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(r#"select coalesce(max(batch), 0) as "last!" from change"#)
        .fetch_one(pool)
        .await
}
