//! The sealed audit log: sealed once and in order, whatever the owner of the database does to it is found, and who may
//! read it; and the files for the national database, kept the same way.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

#[path = "../site/mod.rs"]
mod site;

mod chain;
mod export;
mod pages;
mod tampering;

use app::audit::chain::Head;
use app::audit::seal::seal_waiting;
use app::audit::verify::{Fault, Verified, Wrong, verify};
use app::audit::{self, Actor};
use kpi::ids::AgencyId;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// Sealed rows of the agency that is tampered with.
const ROWS: i64 = 24;

async fn write(db: &mut PgConnection, agency: AgencyId, number: i64) {
    let actor = Actor {
        account: Some(Uuid::now_v7()),
        officer: (number % 2 == 0).then(Uuid::now_v7),
    };
    let detail = json!({ "before": number, "after": number + 1, "officer": Uuid::now_v7() });
    let subject = ("assignment", Some(Uuid::now_v7()));
    audit::write(db, agency, actor, &format!("act {number}"), subject, detail)
        .await
        .unwrap();
}

/// Two agencies whose rows alternate, sealed in several passes.
async fn chains(pool: &PgPool) -> [AgencyId; 2] {
    let both = [AgencyId(Uuid::now_v7()), AgencyId(Uuid::now_v7())];
    for number in 0..ROWS {
        for agency in both {
            write(&mut pool.acquire().await.unwrap(), agency, number).await;
        }
        if number % 5 == 0 {
            seal_waiting(pool).await.unwrap();
        }
    }
    seal_waiting(pool).await.unwrap();
    both
}

async fn checked(pool: &PgPool, agency: AgencyId) -> Verified {
    verify(&mut pool.acquire().await.unwrap(), agency, None)
        .await
        .unwrap()
}

async fn replica(db: &mut PgConnection) {
    sqlx::query("set local session_replication_role = replica")
        .execute(db)
        .await
        .unwrap();
}

/// A sealed row.
struct Sealed {
    audit: Uuid,
    head: Head,
}

async fn chain_of(db: &mut PgConnection, agency: AgencyId) -> Vec<Sealed> {
    let rows: Vec<(i64, Uuid, Vec<u8>)> = sqlx::query_as(
        "select seq, audit_id, hash from audit_seal where agency_id = $1 order by seq",
    )
    .bind(agency.0)
    .fetch_all(db)
    .await
    .unwrap();
    rows.into_iter()
        .map(|(seq, audit, hash)| Sealed {
            audit,
            head: Head {
                seq,
                hash: hash.try_into().unwrap(),
            },
        })
        .collect()
}

fn fault(seq: Option<i64>, audit: Option<Uuid>, wrong: Wrong) -> Fault {
    Fault { seq, audit, wrong }
}
