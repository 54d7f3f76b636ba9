//! The merging worker: adds waiting change rows to `unit_month` and tells every instance.

use std::sync::Arc;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::postgres::PgListener;

use super::hub::{Hub, Signal};
use super::{store, told};

/// Name of the NOTIFY channel; the payload is the number of the merged batch.
const CHANNEL: &str = "change";
/// How long changes gather before they are merged.
const PAUSE: Duration = Duration::from_millis(100);
/// Key of the lock that lets one worker merge at a time, whatever the number of instances.
const LOCK: i64 = 0x00C0_97A4;

/// Merges until the task is dropped. A failure is logged and tried again after a second.
pub async fn run(pool: PgPool) {
    loop {
        match merge_once(&pool).await {
            Ok(_) => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(%error, "changes could not be merged; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// Merges what waits, in one transaction: marks the rows with a batch, adds their delta, notifies.
/// Returns the number of merged rows. Each row is merged exactly once: it either carries a batch or not.
///
/// # Errors
/// The database's failure; nothing is merged then.
pub async fn merge_once(pool: &PgPool) -> Result<u64, sqlx::Error> {
    let waits = sqlx::query_scalar!(
        r#"select exists (select from change where batch is null) as "waits!""#
    )
    .fetch_one(pool)
    .await?;
    if !waits {
        return Ok(0);
    }
    let mut db = pool.begin().await?;
    let alone = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "alone!""#, LOCK)
        .fetch_one(&mut *db)
        .await?;
    if !alone {
        return Ok(0);
    }
    let merged = sqlx::query!(
        r#"with batch as materialized (select nextval('change_batch') as id),
        taken as (
            update change set batch = (select id from batch)
            where change_id in (select change_id from change where batch is null order by change_id limit 5000)
            returning *
        ),
        sums as (
            select agency_id, period, unit_id, sum(people) as people, sum(scored) as scored,
                sum(assignments) as assignments, sum(assigned) as assigned, sum(volume) as volume,
                sum(quality) as quality, sum(progress) as progress, sum(score_sum) as score_sum,
                sum(excellent) as excellent, sum(good) as good, sum(completed) as completed,
                sum(not_completed) as not_completed, sum(waiting) as waiting, sum(confirmed) as confirmed
            from taken group by agency_id, period, unit_id
        ),
        added as (
            insert into unit_month as m (agency_id, period, unit_id, people, scored, assignments, assigned, volume,
                quality, progress, score_sum, excellent, good, completed, not_completed, waiting, confirmed)
            select agency_id, period, unit_id, people, scored, assignments, assigned, volume,
                quality, progress, score_sum, excellent, good, completed, not_completed, waiting, confirmed
            from sums order by agency_id, period, unit_id
            on conflict (agency_id, period, unit_id) do update set
                people = m.people + excluded.people, scored = m.scored + excluded.scored,
                assignments = m.assignments + excluded.assignments, assigned = m.assigned + excluded.assigned,
                volume = m.volume + excluded.volume, quality = m.quality + excluded.quality,
                progress = m.progress + excluded.progress, score_sum = m.score_sum + excluded.score_sum,
                excellent = m.excellent + excluded.excellent, good = m.good + excluded.good,
                completed = m.completed + excluded.completed, not_completed = m.not_completed + excluded.not_completed,
                waiting = m.waiting + excluded.waiting, confirmed = m.confirmed + excluded.confirmed
        )
        select (select count(*) from taken) as "rows!", pg_notify($1, (select id from batch)::text)::text as told"#,
        CHANNEL
    )
    .fetch_one(&mut *db)
    .await?;
    db.commit().await?;
    Ok(u64::try_from(merged.rows).unwrap_or(0))
}

/// Listens on one connection of its own and passes batches to the hub. After a lost connection it says "refetch".
pub async fn listen(pool: PgPool, listen_url: String, hub: Hub) {
    loop {
        if let Err(error) = listen_once(&pool, &listen_url, &hub).await {
            tracing::warn!(%error, "the live listener lost its connection; trying again");
        }
        hub.send(Signal::Refetch);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

async fn listen_once(pool: &PgPool, listen_url: &str, hub: &Hub) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect(listen_url).await?;
    listener.listen_all([CHANNEL, told::CHANNEL]).await?;
    let mut seen = store::last_batch(pool).await?;
    // `try_recv` answers None after a reconnect, when notifications may have been missed.
    while let Some(notification) = listener.try_recv().await? {
        if notification.channel() == told::CHANNEL {
            if let Ok(told) = serde_json::from_str(notification.payload()) {
                hub.send(Signal::Told(Arc::new(told)));
            }
            continue;
        }
        let Ok(batch) = notification.payload().parse::<i64>() else {
            continue;
        };
        let rows = store::touched(pool, seen, batch).await?;
        seen = seen.max(batch);
        hub.send(Signal::Batch {
            batch,
            rows: Arc::new(rows),
        });
    }
    Ok(())
}
