//! The task of the night: every stored score of every agency computed again, while nobody works.

use std::time::Duration;

use chrono::{Timelike, Utc};
use sqlx::PgPool;

use super::{run, store};
use crate::error::AppError;
use crate::format::vietnam;

/// How often it is looked whether a run is due.
const EVERY: Duration = Duration::from_secs(20 * 60);
/// Hours of the night in Vietnam in which a run begins.
const NIGHT: std::ops::Range<u32> = 1..5;
/// Hours after which a run is due at night, and at any time, for a server that is switched off at night.
const DUE: (i32, i32) = (20, 48);
/// Held while a run goes on, so that several servers do not run it twice: "replay" in ASCII.
const LOCK: i64 = 0x7265_706c_6179;

/// Runs for ever.
pub async fn watch(pool: PgPool) {
    loop {
        tokio::time::sleep(EVERY).await;
        let hours = if NIGHT.contains(&vietnam(Utc::now()).hour()) {
            DUE.0
        } else {
            DUE.1
        };
        if let Err(error) = run_due(&pool, hours).await {
            tracing::error!(%error, "the nightly replay failed");
        }
    }
}

/// Computes the months of every agency again whose last run lies more than `hours` back; without one, never.
///
/// # Errors
/// The database's failure.
pub async fn run_due(pool: &PgPool, hours: i32) -> Result<(), AppError> {
    let mut lock = pool.begin().await?;
    let free = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "free!""#, LOCK)
        .fetch_one(&mut *lock)
        .await?;
    if !free {
        return Ok(());
    }
    for agency in store::waiting(pool, hours).await? {
        let found = run::run(pool, agency, (None, None), Utc::now()).await?;
        if !found.differences.is_empty() {
            tracing::error!(agency = %agency.0, differences = found.differences.len(), "stored scores do not follow from their inputs");
        }
    }
    lock.commit().await?;
    Ok(())
}
