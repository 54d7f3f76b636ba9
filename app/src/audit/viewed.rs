//! Records that somebody else looked at a person's record.

use kpi::ids::{AgencyId, OfficerId};
use sqlx::PgPool;
use uuid::Uuid;

use super::{ADDRESS, Actor};

/// Records, apart from the request, that `actor` looked at `what` ("month", "sheet", "why", "rating") of `officer`: once
/// an hour a pair at most, never about himself. Neither delays nor fails the page; a failure is logged.
pub fn viewed(
    pool: &PgPool,
    agency: AgencyId,
    actor: Actor,
    officer: OfficerId,
    what: &'static str,
) {
    let Some(account) = actor.account else { return };
    if actor.officer == Some(officer.0) {
        return;
    }
    let (pool, address) = (pool.clone(), super::address());
    tokio::spawn(ADDRESS.scope(address, async move {
        if let Err(error) = record(&pool, agency, (account, actor), officer, what).await {
            tracing::warn!(%error, "a view of a person's record was not recorded");
        }
    }));
}

/// As [`viewed`], waited for; whether a row was written.
///
/// # Errors
/// The database's failure.
pub async fn record(
    pool: &PgPool,
    agency: AgencyId,
    (account, actor): (Uuid, Actor),
    officer: OfficerId,
    what: &str,
) -> sqlx::Result<bool> {
    // The first condition spares the row lock that an upsert takes also where it changes nothing.
    let written = sqlx::query!(
        "with due as (
            insert into record_view as v (agency_id, officer_id, account_id, at)
            select $1, $2, $3, now()
            where exists (select from officer where agency_id = $1 and officer_id = $2)
              and not exists (select from record_view where agency_id = $1 and officer_id = $2 and account_id = $3
                and at > now() - interval '1 hour')
            on conflict (agency_id, officer_id, account_id) do update set at = excluded.at
                where v.at <= now() - interval '1 hour'
            returning 1
         )
         insert into audit (agency_id, audit_id, account_id, officer_id, action, subject_kind, subject_id, detail, address, concerns)
         select $1, $4, $3, $5, 'record.view', 'officer', $2, jsonb_build_object('what', $6::text), $7, $2 from due",
        agency.0,
        officer.0,
        account,
        Uuid::now_v7(),
        actor.officer,
        what,
        super::address()
    )
    .execute(pool)
    .await?;
    Ok(written.rows_affected() == 1)
}
