//! The sealing worker: each second it puts the rows that wait into their agency's chain.

use std::time::Duration;

use sqlx::PgPool;
use uuid::Uuid;

use super::chain::{self, Head, Row};
use kpi::ids::AgencyId;

/// Between two passes.
const PAUSE: Duration = Duration::from_secs(1);
/// After a failure.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(5);
/// Key of the lock that lets one worker seal at a time, whatever the number of instances.
const LOCK: i64 = 0x00C0_97A5;
/// Rows sealed in one transaction.
const BATCH: i64 = 5000;

/// Seals until the task is dropped. A failure is logged and tried again.
pub async fn run(pool: PgPool) {
    loop {
        let pause = match seal_waiting(&pool).await {
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::error!(%error, "audit rows could not be sealed; trying again");
                PAUSE_AFTER_FAILURE
            }
        };
        tokio::time::sleep(pause).await;
    }
}

/// Seals every row that waits and returns how many. One agency whose chain refuses does not keep back the others.
///
/// # Errors
/// The first failure, after all agencies were tried; what could not be sealed waits on.
pub async fn seal_waiting(pool: &PgPool) -> sqlx::Result<u64> {
    let agencies = sqlx::query_scalar!("select distinct agency_id from audit_waiting")
        .fetch_all(pool)
        .await?;
    let (mut sealed, mut failure) = (0, None);
    for agency in agencies {
        loop {
            match seal_batch(pool, agency).await {
                Ok(rows) => {
                    sealed += rows;
                    if i64::try_from(rows).is_ok_and(|rows| rows == BATCH) {
                        continue;
                    }
                }
                Err(error) => failure = failure.or(Some(error)),
            }
            break;
        }
    }
    failure.map_or(Ok(sealed), Err)
}

/// Seals the next rows of one agency in one transaction: chain, head and queue move together or not at all, so a row
/// is sealed exactly once, in whatever order transactions commit, and after kill -9.
///
/// The chain goes on from `audit_head`, not from the last seal: a chain whose end was cut off shows the gap for ever.
async fn seal_batch(pool: &PgPool, agency: Uuid) -> sqlx::Result<u64> {
    let mut db = pool.begin().await?;
    let alone = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "alone!""#, LOCK)
        .fetch_one(&mut *db)
        .await?;
    if !alone {
        return Ok(0);
    }
    let rows = sqlx::query_as!(
        Row,
        r#"select a.agency_id, a.audit_id, extract(epoch from a.at)::text as at, a.account_id, a.officer_id, a.action,
            a.subject_kind, a.subject_id, a.detail::text as detail, a.address, a.concerns
           from audit_waiting w join audit a using (agency_id, audit_id)
           where agency_id = $1 order by audit_id limit $2"#,
        agency,
        BATCH
    )
    .fetch_all(&mut *db)
    .await?;
    let mut head = chain::head(&mut *db, AgencyId(agency))
        .await?
        .unwrap_or(Head::START);
    let (mut ids, mut places) = (Vec::new(), Vec::new());
    let (mut before, mut hashes) = (Vec::new(), Vec::new());
    for row in &rows {
        let seq = head.seq + 1;
        before.push(head.hash.to_vec());
        head = Head {
            seq,
            hash: row.hash(seq, &head.hash),
        };
        ids.push(row.audit_id);
        places.push(seq);
        hashes.push(head.hash.to_vec());
    }
    if rows.is_empty() {
        return Ok(0);
    }
    sqlx::query!(
        "with sealed as (
            insert into audit_seal (agency_id, seq, audit_id, previous, hash)
            select $1, * from unnest($2::bigint[], $3::uuid[], $4::bytea[], $5::bytea[])
         ), done as (
            delete from audit_waiting where agency_id = $1 and audit_id = any($3)
         )
         insert into audit_head (agency_id, seq, hash) values ($1, $6, $7)
         on conflict (agency_id) do update set seq = excluded.seq, hash = excluded.hash",
        agency,
        &places,
        &ids,
        &before,
        &hashes,
        head.seq,
        head.hash.as_slice()
    )
    .execute(&mut *db)
    .await?;
    db.commit().await?;
    Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
}
