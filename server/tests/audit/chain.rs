//! Sealing, and what is found without tampering with what is sealed.

use super::{ROWS, chain_of, chains, checked, fault, replica, write};
use app::audit::chain::{Head, head};
use app::audit::seal::seal_waiting;
use app::audit::verify::{Wrong, verify};
use kpi::ids::AgencyId;
use sqlx::PgPool;
use uuid::Uuid;

#[sqlx::test(migrations = "../migrations")]
async fn every_row_is_sealed_once_also_when_its_transaction_commits_late(pool: PgPool) {
    let [agency, other] = chains(&pool).await;
    let mut late = pool.begin().await.unwrap();
    write(&mut late, agency, ROWS).await;
    write(&mut pool.acquire().await.unwrap(), agency, ROWS + 1).await;
    assert_eq!(seal_waiting(&pool).await.unwrap(), 1);
    late.commit().await.unwrap();
    assert_eq!(checked(&pool, agency).await.waiting, 1);
    assert_eq!(seal_waiting(&pool).await.unwrap(), 1);
    assert_eq!(seal_waiting(&pool).await.unwrap(), 0);

    let found = checked(&pool, agency).await;
    assert_eq!(
        (found.rows, found.waiting, found.fault),
        (ROWS + 2, 0, None)
    );
    assert_eq!(found.head, head(&pool, agency).await.unwrap());
    assert_eq!(checked(&pool, other).await.rows, ROWS);
    let places: Vec<(Uuid, i64)> =
        sqlx::query_as("select agency_id, seq from audit_seal order by agency_id, seq")
            .fetch_all(&pool)
            .await
            .unwrap();
    let expected: Vec<(Uuid, i64)> = [(agency, ROWS + 2), (other, ROWS)]
        .into_iter()
        .flat_map(|(agency, rows)| (1..=rows).map(move |seq| (agency.0, seq)))
        .collect();
    assert_eq!(places, expected);
}

#[sqlx::test(migrations = "../migrations")]
async fn sealers_at_once_seal_each_row_once(pool: PgPool) {
    let agency = AgencyId(Uuid::now_v7());
    let mut sealed = 0;
    for round in 0..10 {
        let mut db = pool.begin().await.unwrap();
        for number in 0..20 {
            write(&mut db, agency, round * 20 + number).await;
        }
        db.commit().await.unwrap();
        let (one, two, three) = tokio::join!(
            seal_waiting(&pool),
            seal_waiting(&pool),
            seal_waiting(&pool)
        );
        sealed += one.unwrap() + two.unwrap() + three.unwrap();
    }
    sealed += seal_waiting(&pool).await.unwrap();
    assert_eq!(sealed, 200);
    let found = checked(&pool, agency).await;
    assert_eq!((found.rows, found.waiting, found.fault), (200, 0, None));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_log_refuses_its_owner_without_tricks(pool: PgPool) {
    chains(&pool).await;
    for table in ["audit", "audit_seal"] {
        for act in [
            "update @ set agency_id = agency_id",
            "delete from @",
            "truncate @",
        ] {
            let refused = sqlx::query(sqlx::AssertSqlSafe(act.replace('@', table)))
                .execute(&pool)
                .await
                .unwrap_err();
            assert!(
                refused.to_string().contains("only ever added to"),
                "{act}: {refused}"
            );
        }
    }
    for act in [
        "delete from audit_head",
        "truncate audit_head",
        "update audit_head set seq = 1",
    ] {
        assert!(sqlx::query(act).execute(&pool).await.is_err(), "{act}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_kept_head_shows_a_chain_that_was_made_anew(pool: PgPool) {
    let [agency, _] = chains(&pool).await;
    let kept = head(&pool, agency).await.unwrap().unwrap();
    let early = chain_of(&mut pool.acquire().await.unwrap(), agency).await[9].head;
    let mut db = pool.acquire().await.unwrap();
    for head in [kept, early] {
        let found = verify(&mut db, agency, Some(head)).await.unwrap();
        assert_eq!((found.rows, found.fault), (ROWS, None));
    }
    // Alter a row, then seal everything anew: the chain is right in itself.
    sqlx::raw_sql(
        "set session_replication_role = replica;
         update audit set action = 'nothing happened' where action = 'act 3';
         insert into audit_waiting select agency_id, audit_id from audit;
         delete from audit_seal; delete from audit_head; set session_replication_role = origin",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    seal_waiting(&pool).await.unwrap();
    assert_eq!(verify(&mut db, agency, None).await.unwrap().fault, None);
    let found = verify(&mut db, agency, Some(kept)).await.unwrap();
    let last = chain_of(&mut db, agency).await[ROWS as usize - 1].audit;
    let made_anew = |seq, audit| Some(fault(Some(seq), audit, Wrong::KeptHeadDiffers));
    assert_eq!(found.fault, made_anew(ROWS, Some(last)));
    let beyond = Head {
        seq: ROWS + 7,
        ..kept
    };
    let found = verify(&mut db, agency, Some(beyond)).await.unwrap();
    assert_eq!(
        found.fault,
        Some(fault(Some(ROWS + 1), None, Wrong::SealMissing))
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_row_that_waits_too_long_or_vanishes_before_its_seal_is_named(pool: PgPool) {
    let [agency, _] = chains(&pool).await;
    let mut db = pool.begin().await.unwrap();
    write(&mut db, agency, ROWS).await;
    assert_eq!(verify(&mut db, agency, None).await.unwrap().fault, None);
    let waiting: Uuid = sqlx::query_scalar("select audit_id from audit_waiting")
        .fetch_one(&mut *db)
        .await
        .unwrap();
    for (act, wrong) in [
        (
            "update audit set at = at - interval '61 seconds' where audit_id = $1",
            Wrong::Unsealed,
        ),
        (
            "delete from audit where audit_id = $1",
            Wrong::RemovedUnsealed,
        ),
        (
            "delete from audit_waiting where audit_id = $1",
            Wrong::Added,
        ),
    ] {
        let mut inner = sqlx::Acquire::begin(&mut *db).await.unwrap();
        replica(&mut inner).await;
        sqlx::query(act)
            .bind(waiting)
            .execute(&mut *inner)
            .await
            .unwrap();
        let found = verify(&mut inner, agency, None).await.unwrap();
        assert_eq!(
            found.fault,
            Some(fault(None, Some(waiting), wrong)),
            "{act}"
        );
        inner.rollback().await.unwrap();
    }
}
