//! The worker of digests: on working days from seven, one transaction an account.

use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use kpi::ids::{AccountId, AgencyId};
use kpi::permission::Permission;
use sqlx::PgPool;

use super::store;
use super::text::{Told, letter};
use crate::auth::{check, store::load_actor};
use crate::dashboard::home;
use crate::error::AppError;
use crate::mail::{BaseUrl, Recipient, store::queue};
use crate::org;
use crate::state::Clock;

/// How often it is looked whether a day has begun.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// Hour of the day from which digests go out.
const FROM_HOUR: u32 = 7;

/// Runs for ever: at once, and every ten minutes.
pub async fn watch(pool: PgPool, clock: Clock, base: BaseUrl) {
    loop {
        if let Err(error) = run_due(&pool, clock.now(), &base).await {
            tracing::error!(%error, "the digests of the day could not be written");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Writes the digests that are due at `now` (Vietnam's time), each account's once a day; returns how many.
///
/// # Errors
/// The database's failure; one of a single account is logged and does not keep back the others.
pub async fn run_due(pool: &PgPool, now: NaiveDateTime, base: &BaseUrl) -> Result<u32, AppError> {
    let (today, mut written) = (now.date(), 0);
    if now.hour() < FROM_HOUR {
        return Ok(written);
    }
    for agency in store::agencies(pool, today).await? {
        let holidays = org::store::holidays(pool, agency.0, today, today).await?;
        if !kpi::period::is_working_day(today, &holidays) {
            continue;
        }
        let mut after: Option<AccountId> = None;
        loop {
            let due = store::due(pool, agency, today, after).await?;
            let Some(last) = due.last() else { break };
            after = Some(*last);
            for account in &due {
                match write(pool, (agency, *account), today, base).await {
                    Ok(true) => written += 1,
                    Ok(false) => {}
                    Err(error) => {
                        tracing::error!(%error, account = %account.0, "a digest could not be written");
                    }
                }
            }
        }
    }
    Ok(written)
}

/// Letter and mark go together, so that an account gets one a day whatever breaks off.
async fn write(
    pool: &PgPool,
    (agency, account): (AgencyId, AccountId),
    today: NaiveDate,
    base: &BaseUrl,
) -> Result<bool, AppError> {
    let mut db = pool.begin().await?;
    let Some(held) = store::hold(&mut db, agency, account, today).await? else {
        return Ok(false);
    };
    let Some(actor) = load_actor(pool, agency, account, today).await? else {
        return Ok(false);
    };
    let to = Recipient {
        name: actor.name.clone(),
        address: held.email,
    };
    let access = check(actor, Permission::SignedIn)?;
    let lines = home::store::lines(pool, &access, today).await?;
    let told = Told {
        lines: &lines,
        notifications: held.notifications,
    };
    let letter = letter(to, &told, today, base);
    let written = letter.is_some();
    queue(&mut db, agency, letter.as_slice()).await?;
    store::looked(&mut db, agency, account, today).await?;
    db.commit().await?;
    Ok(written)
}
