//! A thousand random tamperings by the owner of the database.

use super::{ROWS, Sealed, chain_of, chains, fault, replica};
use app::audit::verify::{Fault, Wrong, agencies, verify};
use kpi::ids::AgencyId;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

const TAMPERINGS: usize = 1000;

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
