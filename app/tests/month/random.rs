//! Random acts, one after the other and at the same time: the stored figures always equal a fresh computation, and
//! the change rows add up to them.

use std::sync::Arc;

use app::assignment::steps::{HandOver, hand_over};
use app::error::AppError;
use app::progress::steps;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use rust_decimal::Decimal;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::fixture::{Agency, day, november, scene, today};

/// A small generator, so that a failure can be played again.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

async fn act(pool: &PgPool, a: &Agency, dice: &mut Dice) -> Result<(), AppError> {
    let people = [a.first, a.second, a.deputy];
    let officer = people[usize::try_from(dice.below(3)).unwrap()];
    let quantity = Decimal::new(i64::try_from(dice.below(60)).unwrap(), 1);
    let at = day("2026-11-10") + chrono::Days::new(dice.below(15));
    let mine = a.access(officer, Permission::Deliver);
    let rows = sqlx::query("select assignment_id, version from assignment where agency_id = $1 and officer_id = $2 order by random() limit 1")
        .bind(a.agency.0)
        .bind(officer.0)
        .fetch_optional(pool)
        .await
        .unwrap();
    let delivered = sqlx::query("select deliverable_id from deliverable where agency_id = $1 and officer_id = $2 order by random() limit 1")
        .bind(a.agency.0)
        .bind(officer.0)
        .fetch_optional(pool)
        .await
        .unwrap();
    let (Some(row), which) = (rows, dice.below(6)) else {
        return Ok(());
    };
    let assignment: Uuid = row.get(0);
    match which {
        0 | 1 => {
            let report = steps::Report {
                assignment,
                quantity_done: quantity,
                work_day: at,
                note: String::new(),
                version: row.get(1),
            };
            steps::report(pool, scene(&mine), &report).await.map(|_| ())
        }
        2 => steps::deliver(pool, scene(&mine), (assignment, quantity), at, "").await,
        3 => match delivered {
            Some(found) => steps::withdraw(pool, scene(&mine), found.get(0)).await,
            None => Ok(()),
        },
        4 => {
            let head = a.access(a.head, Permission::HandOver);
            let to: OfficerId = people[usize::try_from(dice.below(3)).unwrap()];
            let over = HandOver {
                period: november(),
                assignment,
                quantity,
                to,
                due_day: day("2026-11-25"),
                reason: "Đổi việc".into(),
                key: Uuid::now_v7(),
            };
            hand_over(pool, &head, today(), &over).await.map(|_| ())
        }
        _ => {
            let head = a.access(a.head, Permission::Assign);
            let work = a.work(&people, &quantity.to_string());
            app::assignment::steps::assign(pool, &head, today(), &work)
                .await
                .map(|_| ())
        }
    }
}

/// Refusals are part of the play; a broken server is not.
fn allowed(result: &Result<(), AppError>) -> bool {
    !matches!(result, Err(AppError::Unavailable { .. }))
}

#[sqlx::test(migrations = "../migrations")]
async fn figures_equal_a_fresh_computation_after_any_acts(pool: PgPool) {
    for seed in 1..4 {
        let a = Agency::new(&pool, &format!("a{seed}")).await;
        // The leaders have months too, so that crossing the line of "hoàn thành" reaches them.
        let chief = a.access(a.chief, Permission::Assign);
        app::assignment::steps::assign(&pool, &chief, today(), &a.work(&[a.head], "2"))
            .await
            .unwrap();
        let mut dice = Dice(seed);
        let mut done = 0;
        for turn in 0..60 {
            let result = act(&pool, &a, &mut dice).await;
            assert!(allowed(&result), "turn {turn} of seed {seed}: {result:?}");
            done += u32::from(result.is_ok());
        }
        assert!(done > 20, "too few acts were possible: {done}");
        a.figures_add_up(&pool).await;
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn acts_at_the_same_time_neither_block_nor_lose(pool: PgPool) {
    let a = Arc::new(Agency::new(&pool, "one").await);
    let chief = a.access(a.chief, Permission::Assign);
    app::assignment::steps::assign(&pool, &chief, today(), &a.work(&[a.head], "2"))
        .await
        .unwrap();
    a.assign(&pool, &a.work(&[a.first, a.second, a.deputy], "4"))
        .await;
    let workers: Vec<_> = (10..18_u64)
        .map(|seed| {
            let (pool, a) = (pool.clone(), a.clone());
            tokio::spawn(async move {
                let mut dice = Dice(seed);
                for turn in 0..25 {
                    let result = act(&pool, &a, &mut dice).await;
                    assert!(allowed(&result), "turn {turn} of seed {seed}: {result:?}");
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    a.figures_add_up(&pool).await;
}
