//! The sealed audit log: sealed once and in order, and whatever the owner of the database does to it is found.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use app::audit::chain::{Head, head};
use app::audit::seal::seal_waiting;
use app::audit::verify::{Fault, Verified, Wrong, agencies, verify};
use app::audit::{self, Actor};
use kpi::ids::AgencyId;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

/// Sealed rows of the agency that is tampered with.
const ROWS: i64 = 24;
const TAMPERINGS: usize = 1000;

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

#[sqlx::test(migrations = "../migrations")]
async fn a_thousand_tamperings_by_the_owner_are_found_and_their_first_bad_row_is_named(
    pool: PgPool,
) {
    let [agency, other] = chains(&pool).await;
    let mut db = pool.acquire().await.unwrap();
    let chain = chain_of(&mut db, agency).await;
    let untouched = verify(&mut db, other, None).await.unwrap();
    let mut random = StdRng::seed_from_u64(335);
    let mut kinds = std::collections::BTreeMap::<&str, usize>::new();
    for number in 0..TAMPERINGS {
        let mut undone = sqlx::Acquire::begin(&mut *db).await.unwrap();
        replica(&mut undone).await;
        let mut tampering = Tampering {
            db: &mut undone,
            chain: &chain,
            agency,
            other,
            random: &mut random,
        };
        let (kind, expected) = tampering.random().await;
        *kinds.entry(kind).or_default() += 1;
        let found = verify(&mut undone, agency, None).await.unwrap();
        assert_eq!(found.fault, Some(expected), "tampering {number}: {kind}");
        assert_eq!(agencies(&mut undone).await.unwrap().len(), 2, "{kind}");
        undone.rollback().await.unwrap();
    }
    println!("{kinds:?}");
    assert!(
        kinds.values().all(|times| *times > TAMPERINGS / 100),
        "{kinds:?}"
    );
    assert_eq!(verify(&mut db, agency, None).await.unwrap().fault, None);
    assert_eq!(verify(&mut db, other, None).await.unwrap(), untouched);
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

/// What an owner can do to a chain, and which row is the first bad one then.
struct Tampering<'a> {
    db: &'a mut PgConnection,
    chain: &'a [Sealed],
    agency: AgencyId,
    other: AgencyId,
    random: &'a mut StdRng,
}

impl Tampering<'_> {
    async fn random(&mut self) -> (&'static str, Fault) {
        match self.random.random_range(0..10) {
            0..3 => self.alter_row().await,
            3 => self.alter_seal().await,
            4 => self.alter_head().await,
            5 => self.delete().await,
            6 => self.cut_the_end().await,
            7 => self.insert_row().await,
            8 => self.insert_into_the_chain().await,
            _ => self.reorder().await,
        }
    }

    fn any(&mut self) -> (i64, Uuid) {
        let sealed = self.chain.choose(self.random).unwrap();
        (sealed.head.seq, sealed.audit)
    }

    /// Any two places, the earlier first.
    fn two(&mut self) -> [(i64, Uuid); 2] {
        let (one, two) = (self.any(), self.any());
        match one.0.cmp(&two.0) {
            std::cmp::Ordering::Less => [one, two],
            std::cmp::Ordering::Greater => [two, one],
            std::cmp::Ordering::Equal => {
                let (first, last) = (&self.chain[0], &self.chain[self.chain.len() - 1]);
                [(first.head.seq, first.audit), (last.head.seq, last.audit)]
            }
        }
    }

    async fn run(&mut self, act: &str, values: &[Uuid]) {
        let mut query = sqlx::query(sqlx::AssertSqlSafe(act.to_owned())).bind(self.agency.0);
        for value in values {
            query = query.bind(value);
        }
        let done = query.execute(&mut *self.db).await.unwrap();
        assert!(done.rows_affected() > 0, "{act}");
    }

    async fn alter_row(&mut self) -> (&'static str, Fault) {
        let (seq, audit) = self.any();
        let column = [
            "at = at + interval '1 microsecond'",
            "at = 'infinity'",
            "account_id = null",
            "account_id = gen_random_uuid()",
            "officer_id = case when officer_id is null then gen_random_uuid() end",
            "action = action || ' '",
            "action = ''",
            "subject_kind = subject_kind || action, action = ''",
            "subject_id = gen_random_uuid()",
            "subject_id = null",
            "detail = detail || '{\"after\": 0}'",
            "detail = detail - 'before'",
            "detail = jsonb_set(detail, '{before}', (detail->>'before')::jsonb || '1')",
            "address = '192.0.2.1'",
            "address = ''",
            "concerns = null",
        ];
        let column = column.choose(self.random).unwrap();
        let act = format!("update audit set {column} where agency_id = $1 and audit_id = $2");
        self.run(&act, &[audit]).await;
        ("alter a row", fault(Some(seq), Some(audit), Wrong::Altered))
    }

    async fn alter_seal(&mut self) -> (&'static str, Fault) {
        let (seq, audit) = self.any();
        let bit = self.random.random_range(0..256);
        let (column, wrong) = if self.random.random() {
            ("hash", Wrong::Altered)
        } else {
            ("previous", Wrong::Unlinked)
        };
        let act = format!(
            "update audit_seal set {column} = set_bit({column}, {bit}, 1 - get_bit({column}, {bit}))
             where agency_id = $1 and audit_id = $2"
        );
        self.run(&act, &[audit]).await;
        ("alter a seal", fault(Some(seq), Some(audit), wrong))
    }

    async fn alter_head(&mut self) -> (&'static str, Fault) {
        let bit = self.random.random_range(0..256);
        let differs = fault(None, None, Wrong::HeadDiffers);
        let (act, expected) = match self.random.random_range(0..4) {
            0 => (
                "update audit_head set seq = seq + 2".to_owned(),
                fault(Some(ROWS + 1), None, Wrong::SealMissing),
            ),
            1 => ("update audit_head set seq = seq - 1".to_owned(), differs),
            2 => ("delete from audit_head".to_owned(), differs),
            _ => (
                format!(
                    "update audit_head set hash = set_bit(hash, {bit}, 1 - get_bit(hash, {bit}))"
                ),
                differs,
            ),
        };
        self.run(&format!("{act} where agency_id = $1"), &[]).await;
        ("alter the head", expected)
    }

    async fn delete(&mut self) -> (&'static str, Fault) {
        let (seq, audit) = self.any();
        let (row, seal, moved) = (
            "delete from audit where agency_id = $1 and audit_id = $2",
            "delete from audit_seal where agency_id = $1 and audit_id = $2",
            "update audit set agency_id = $3 where agency_id = $1 and audit_id = $2",
        );
        match self.random.random_range(0..4) {
            0 => {
                self.run(row, &[audit]).await;
                (
                    "delete a row",
                    fault(Some(seq), Some(audit), Wrong::RowMissing),
                )
            }
            1 => {
                let other = self.other.0;
                self.run(moved, &[audit, other]).await;
                (
                    "move a row to another agency",
                    fault(Some(seq), Some(audit), Wrong::RowMissing),
                )
            }
            2 => {
                self.run(seal, &[audit]).await;
                ("delete a seal", fault(Some(seq), None, Wrong::SealMissing))
            }
            _ => {
                self.run(row, &[audit]).await;
                self.run(seal, &[audit]).await;
                (
                    "delete a row and its seal",
                    fault(Some(seq), None, Wrong::SealMissing),
                )
            }
        }
    }

    /// Removes a row and closes the gap by counting the later seals down.
    async fn cut_the_end(&mut self) -> (&'static str, Fault) {
        let (seq, _) = self.any();
        let (rows, seals) = (
            format!(
                "delete from audit where audit_id in (select audit_id from audit_seal where agency_id = $1 and seq >= {seq})"
            ),
            format!("delete from audit_seal where agency_id = $1 and seq >= {seq}"),
        );
        self.run(&rows, &[]).await;
        self.run(&seals, &[]).await;
        (
            "cut the end off",
            fault(Some(seq), None, Wrong::SealMissing),
        )
    }

    async fn insert_row(&mut self) -> (&'static str, Fault) {
        let (seconds, added) = (self.random.random_range(0..100_000), Uuid::now_v7());
        let act = format!(
            "insert into audit (agency_id, audit_id, at, action, subject_kind)
             values ($1, $2, now() - make_interval(secs => {seconds}), 'forged', 'sheet')"
        );
        self.run(&act, &[added]).await;
        ("insert a row", fault(None, Some(added), Wrong::Added))
    }

    /// A row with a seal of its own: between others, which count on, or after the last.
    async fn insert_into_the_chain(&mut self) -> (&'static str, Fault) {
        let ((seq, _), added) = (self.any(), Uuid::now_v7());
        let row = "insert into audit (agency_id, audit_id, action, subject_kind) values ($1, $2, 'forged', 'sheet')";
        self.run(row, &[added]).await;
        let (at, kind) = if self.random.random() {
            (seq, "insert between")
        } else {
            (ROWS + 1, "insert at the end")
        };
        if at == seq {
            // In two steps: no two seals may have one number at any moment.
            let later = format!(
                "update audit_seal set seq = seq + 1000 where agency_id = $1 and seq >= {seq}"
            );
            self.run(&later, &[]).await;
            self.run(
                "update audit_seal set seq = seq - 999 where agency_id = $1 and seq >= 1000",
                &[],
            )
            .await;
        }
        let seal = format!(
            "insert into audit_seal (agency_id, seq, audit_id, previous, hash)
             select agency_id, {at}, $2, case when {at} = 1 then decode(repeat('00', 32), 'hex') else
                (select hash from audit_seal p where p.agency_id = h.agency_id and p.seq = {at} - 1) end, sha256('forged')
             from audit_head h where agency_id = $1"
        );
        self.run(&seal, &[added]).await;
        self.run(&format!("update audit_head set seq = greatest(seq, {at}), hash = sha256('forged') where agency_id = $1"), &[]).await;
        (kind, fault(Some(at), Some(added), Wrong::Altered))
    }

    async fn reorder(&mut self) -> (&'static str, Fault) {
        let [(first, one), (last, two)] = self.two();
        match self.random.random_range(0..3) {
            0 => {
                // The seals stay; each names the other's row.
                let third = Uuid::now_v7();
                let rename =
                    "update audit_seal set audit_id = $3 where agency_id = $1 and audit_id = $2";
                for (from, to) in [(one, third), (two, one), (third, two)] {
                    self.run(rename, &[from, to]).await;
                }
                (
                    "swap the rows of two seals",
                    fault(Some(first), Some(two), Wrong::Altered),
                )
            }
            1 => {
                for (audit, to) in [(one, first + 1000), (two, first), (one, last)] {
                    let act = format!(
                        "update audit_seal set seq = {to} where agency_id = $1 and audit_id = $2"
                    );
                    self.run(&act, &[audit]).await;
                }
                (
                    "swap the places of two seals",
                    fault(Some(first), Some(two), Wrong::Unlinked),
                )
            }
            _ => {
                let swap = "update audit a set at = o.at, action = o.action, detail = o.detail
                    from audit o where a.agency_id = $1 and o.agency_id = $1 and a.audit_id in ($2, $3) and o.audit_id in ($2, $3)
                    and a.audit_id <> o.audit_id";
                self.run(swap, &[one, two]).await;
                (
                    "swap the contents of two rows",
                    fault(Some(first), Some(one), Wrong::Altered),
                )
            }
        }
    }
}
