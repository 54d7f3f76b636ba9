//! Records that somebody else looked at a person's record.

use std::collections::BTreeSet;

use kpi::ids::{AgencyId, OfficerId};
use sqlx::PgPool;
use uuid::Uuid;

use super::{ADDRESS, Actor};

/// Records, apart from the request, that `actor` looked at `what` ("month", "sheet", "decision", …) of these people: once
/// an hour a pair at most, never about himself. Neither delays nor fails the page; a failure is logged.
pub fn viewed(
    pool: &PgPool,
    agency: AgencyId,
    actor: Actor,
    officers: impl IntoIterator<Item = OfficerId>,
    what: &'static str,
) {
    let Some(account) = actor.account else { return };
    let officers: BTreeSet<Uuid> = officers.into_iter().map(|officer| officer.0).collect();
    if officers
        .iter()
        .all(|officer| actor.officer == Some(*officer))
    {
        return;
    }
    let (pool, address) = (pool.clone(), super::address());
    tokio::spawn(ADDRESS.scope(address, async move {
        if let Err(error) = record(&pool, agency, (account, actor), &officers, what).await {
            tracing::warn!(%error, "a view of a person's record was not recorded");
        }
    }));
}

/// As [`viewed`], waited for; how many rows were written.
///
/// # Errors
/// The database's failure.
pub async fn record(
    pool: &PgPool,
    agency: AgencyId,
    (account, actor): (Uuid, Actor),
    officers: &BTreeSet<Uuid>,
    what: &str,
) -> sqlx::Result<u64> {
    let others: Vec<Uuid> = officers
        .iter()
        .filter(|officer| actor.officer != Some(**officer))
        .copied()
        .collect();
    let ids: Vec<Uuid> = others.iter().map(|_| Uuid::now_v7()).collect();
    // The second condition spares the row lock that an upsert takes also where it changes nothing. The order is always
    // the same, so that two pages of one account never wait for each other.
    let written = sqlx::query!(
        "with asked as (
            select officer_id, audit_id from unnest($2::uuid[], $4::uuid[]) as a (officer_id, audit_id)
         ), due as (
            insert into record_view as v (agency_id, officer_id, account_id, at)
            select $1, a.officer_id, $3, now() from asked a
            where exists (select from officer o where o.agency_id = $1 and o.officer_id = a.officer_id)
              and not exists (select from record_view r where r.agency_id = $1 and r.officer_id = a.officer_id
                and r.account_id = $3 and r.at > now() - interval '1 hour')
            order by a.officer_id
            on conflict (agency_id, officer_id, account_id) do update set at = excluded.at
                where v.at <= now() - interval '1 hour'
            returning v.officer_id
         )
         insert into audit (agency_id, audit_id, account_id, officer_id, action, subject_kind, subject_id, detail, address, concerns)
         select $1, asked.audit_id, $3, $5, 'record.view', 'officer', due.officer_id, jsonb_build_object('what', $6::text), $7,
             due.officer_id
         from due join asked using (officer_id)",
        agency.0,
        &others,
        account,
        &ids,
        actor.officer,
        what,
        super::address()
    )
    .execute(pool)
    .await?;
    Ok(written.rows_affected())
}
