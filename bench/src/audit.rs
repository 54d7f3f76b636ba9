//! A long chain of the audit log: how fast it is sealed, and how fast an untouched one is verified.

use std::time::Instant;

use app::audit::seal::seal_waiting;
use app::audit::verify::verify;
use kpi::ids::AgencyId;
use sqlx::PgPool;
use uuid::Uuid;

use crate::scene::{Scene, text};

/// Seconds in which a chain of a million rows must be verified.
const LONGEST: f64 = 30.0;

/// Adds `rows` rows of an agency of their own, seals and verifies them, and prints the times.
pub async fn measure(scene: &Scene, rows: i64) -> Result<(), String> {
    let agency = Uuid::now_v7();
    insert(&scene.pool, agency, rows).await.map_err(text)?;
    let began = Instant::now();
    let sealed = seal_waiting(&scene.pool).await.map_err(text)?;
    let sealing = began.elapsed().as_secs_f64();
    let mut db = scene
        .pool
        .begin_with("begin isolation level repeatable read read only")
        .await
        .map_err(text)?;
    let began = Instant::now();
    let found = verify(&mut db, AgencyId(agency), None)
        .await
        .map_err(text)?;
    let verifying = began.elapsed().as_secs_f64();
    if found.rows != rows || found.fault.is_some() {
        return Err(format!("an untouched chain of {rows} rows: {found:?}"));
    }
    println!(
        "audit: {sealed} rows sealed in {sealing:.2} s, {rows} verified in {verifying:.2} s (a million: below {LONGEST} s)"
    );
    let million = i32::try_from(rows).map_or(1.0, |rows| 1_000_000.0 / f64::from(rows));
    if rows >= 1_000_000 && verifying * million > LONGEST {
        return Err(format!("a million rows take {:.1} s", verifying * million));
    }
    Ok(())
}

/// As the server's role, whose every row the trigger puts into the queue. Ids rise as those of the application do.
async fn insert(pool: &PgPool, agency: Uuid, rows: i64) -> sqlx::Result<()> {
    sqlx::query(
        "insert into audit (agency_id, audit_id, account_id, officer_id, action, subject_kind, subject_id, detail, address, concerns)
         select $1, (lpad(to_hex(1700000000000 + n), 12, '0') || substr(md5(n::text), 13))::uuid, md5('account')::uuid,
            md5('officer' || n % 1000)::uuid, 'report_progress', 'assignment', md5('assignment' || n)::uuid,
            jsonb_build_object('period', '2026-11', 'officer', md5('officer' || n % 1000)::uuid, 'before', n, 'after', n + 1),
            '192.0.2.7', md5('officer' || n % 1000)::uuid
         from generate_series(1, $2) n",
    )
    .bind(agency)
    .bind(rows)
    .execute(pool)
    .await?;
    Ok(())
}
