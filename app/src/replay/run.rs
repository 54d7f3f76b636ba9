//! A run over the months of an agency, stored with what it found.

use chrono::{DateTime, Utc};
use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::permission::{Permission, Scope, granted};
use serde_json::json;
use sqlx::PgPool;

use super::api::{DifferenceView, Differs, ReplayView, RunView};
use super::check::{self, Difference};
use super::store;
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::format::moment;

/// What a run found.
#[derive(Clone, Debug)]
pub struct Run {
    /// First and last month that were computed; none where the agency has no month yet.
    pub months: Option<(Period, Period)>,
    /// Stored scores that were computed again.
    pub checked: u32,
    /// Those that differ, by month.
    pub differences: Vec<Difference>,
}

/// Computes every stored month from `from` to `until` again (without them, all), and stores what was found.
///
/// # Errors
/// The database's failure.
pub async fn run(
    pool: &PgPool,
    agency: AgencyId,
    (from, until): (Option<Period>, Option<Period>),
    started: DateTime<Utc>,
) -> Result<Run, AppError> {
    let months: Vec<Period> = store::months(pool, agency)
        .await?
        .into_iter()
        .filter(|month| from.is_none_or(|from| *month >= from))
        .filter(|month| until.is_none_or(|until| *month <= until))
        .collect();
    let mut run = Run {
        months: months.first().copied().zip(months.last().copied()),
        checked: 0,
        differences: Vec::new(),
    };
    for month in months {
        // One state of the month: a write in between would look like a difference.
        let mut db = pool.begin().await?;
        sqlx::query("set transaction isolation level repeatable read, read only")
            .execute(&mut *db)
            .await?;
        let (checked, differences) = check::month(&mut db, agency, month).await?;
        db.commit().await?;
        run.checked += checked;
        run.differences.extend(differences);
    }
    if let Some(months) = run.months {
        store::put(pool, agency, months, started, &run).await?;
    }
    Ok(run)
}

/// Computes everything again because somebody asked for it.
///
/// # Errors
/// The database's failure.
pub async fn by_hand(pool: &PgPool, access: &Access) -> Result<(), AppError> {
    let found = run(pool, access.actor.agency, (None, None), Utc::now()).await?;
    let mut db = pool.begin().await?;
    audit::write(
        &mut db,
        access.actor.agency,
        access.actor.audit(),
        "replay.run",
        ("replay", None),
        json!({ "checked": found.checked, "different": found.differences.len() }),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// The latest runs, and what the newest one found.
///
/// # Errors
/// The database's failure.
pub async fn latest(pool: &PgPool, access: &Access) -> Result<ReplayView, AppError> {
    let runs = store::latest(pool, access.agency()).await?;
    let differences = match runs.first() {
        Some(run) if run.different > 0 => {
            store::differences(pool, access.agency(), run.replay).await?
        }
        _ => Vec::new(),
    };
    let month = |day| Period::from_first_day(day).map_err(AppError::inner);
    Ok(ReplayView {
        opens: granted(&access.actor.roles, Permission::ViewMonth) == Some(Scope::Agency),
        runs: runs
            .into_iter()
            .map(|run| {
                Ok(RunView {
                    from: month(run.from_period)?,
                    until: month(run.until_period)?,
                    at: moment(run.finished_at),
                    seconds: (run.finished_at - run.started_at).num_seconds(),
                    checked: run.checked,
                    different: run.different,
                })
            })
            .collect::<Result<_, AppError>>()?,
        differences: differences
            .into_iter()
            .map(|row| {
                Ok(DifferenceView {
                    officer: row.officer,
                    name: row.name,
                    period: month(row.period)?,
                    what: row.what.split(' ').filter_map(Differs::of).collect(),
                })
            })
            .collect::<Result<_, AppError>>()?,
    })
}
