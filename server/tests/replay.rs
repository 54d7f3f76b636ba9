//! Stored scores computed again: none of the demo agency's differs, and one that was altered is named, alone.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use app::replay::nightly::run_due;
use app::replay::run::{Run, run};
use app::state::Clock;
use chrono::{NaiveDate, Utc};
use kpi::ids::AgencyId;
use kpi::period::Period;
use server::command::demo::create;
use sqlx::PgPool;
use uuid::Uuid;

async fn demo(pool: &PgPool) -> AgencyId {
    let today = NaiveDate::from_ymd_opt(2026, 11, 16).unwrap();
    create(pool, Clock::fixed(today)).await.unwrap();
    let agency = sqlx::query_scalar::<_, Uuid>("select agency_id from agency");
    AgencyId(agency.fetch_one(pool).await.unwrap())
}

async fn replay(pool: &PgPool, agency: AgencyId, months: Option<(&str, &str)>) -> Run {
    let month = |text: &str| -> Period { text.parse().unwrap() };
    let (from, until) = months.map_or((None, None), |(from, until)| {
        (Some(month(from)), Some(month(until)))
    });
    run(pool, agency, (from, until), Utc::now()).await.unwrap()
}

fn named(run: &Run) -> Vec<String> {
    run.differences
        .iter()
        .map(|one| {
            let what: Vec<&str> = one.what.iter().map(|what| what.as_str()).collect();
            format!("{} {} {}", one.code, one.period, what.join(" "))
        })
        .collect()
}

/// Alters rows of the second person of a closed month; gives the code.
async fn alter(pool: &PgPool, statement: &'static str) -> String {
    let (officer, code): (Uuid, String) = sqlx::query_as(
        "select s.officer_id, o.code from sheet s join officer o using (agency_id, officer_id)
         where s.period = '2026-09-01' and s.role = 'staff' and s.status = 'locked' order by o.code offset 1 limit 1",
    )
    .fetch_one(pool)
    .await
    .unwrap();
    let done = sqlx::query(statement)
        .bind(officer)
        .execute(pool)
        .await
        .unwrap();
    assert!(done.rows_affected() > 0, "{statement}");
    code
}

#[sqlx::test(migrations = "../migrations")]
async fn replay_finds_nothing_in_the_demo_agency_and_then_exactly_what_was_altered(pool: PgPool) {
    let agency = demo(&pool).await;
    let whole = replay(&pool, agency, None).await;
    assert_eq!(named(&whole), [] as [String; 0]);
    let sheets: i64 = sqlx::query_scalar("select count(*) from sheet")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(i64::from(whole.checked) >= sheets && sheets > 1_000);

    // As the owner of the database, past what keeps signed sheets as they are.
    sqlx::query("alter table sheet disable trigger sheet_steps")
        .execute(&pool)
        .await
        .unwrap();
    let months = Some(("2026-09", "2026-09"));
    for (statement, what) in [
        (
            "update person_month set score = score - 1 where officer_id = $1 and period = '2026-09-01'",
            "score",
        ),
        (
            "update sheet set confirmed_total = confirmed_total - 1 where officer_id = $1 and period = '2026-09-01'",
            "confirmed score",
        ),
        (
            "update person_month set score = score + 1, volume = volume + 1 where officer_id = $1 and period = '2026-09-01'",
            "confirmed sums",
        ),
        (
            "update sheet set confirmed_total = confirmed_total + 1, self_total = self_total + 1
             where officer_id = $1 and period = '2026-09-01'",
            "sums own",
        ),
        (
            "update assignment set coefficient = coefficient + 1
             where officer_id = $1 and period = '2026-09-01' and status = 'active'",
            "input sums own coefficient",
        ),
        (
            "update sheet set rule_set = 'unknown' where officer_id = $1 and period = '2026-09-01'",
            "rule_set coefficient",
        ),
    ] {
        let code = alter(&pool, statement).await;
        let found = replay(&pool, agency, months).await;
        assert_eq!(
            named(&found),
            [format!("{code} 2026-09 {what}")],
            "{statement}"
        );
        if what == "score" {
            by_night(&pool, agency, &code).await;
        }
    }
    // Other months are not touched by it.
    assert_eq!(
        named(&replay(&pool, agency, Some(("2026-01", "2026-08"))).await),
        [] as [String; 0]
    );
}

/// Differences of each kept run, and the codes of the people of the latest one.
async fn kept(pool: &PgPool, agency: AgencyId) -> (Vec<i32>, Vec<String>) {
    let runs = sqlx::query_scalar(
        "select different from replay where agency_id = $1 order by finished_at",
    )
    .bind(agency.0)
    .fetch_all(pool)
    .await
    .unwrap();
    let people = sqlx::query_scalar(
        "select o.code || ' ' || d.what from replay_difference d join officer o using (agency_id, officer_id)
         where d.replay_id = (select replay_id from replay where agency_id = $1 order by finished_at desc limit 1)",
    )
    .bind(agency.0)
    .fetch_all(pool)
    .await
    .unwrap();
    (runs, people)
}

/// By night everything is computed again, once while a run is due, and what was found is kept.
async fn by_night(pool: &PgPool, agency: AgencyId, code: &str) {
    let before = kept(pool, agency).await.0.len();
    run_due(pool, 20).await.unwrap();
    assert_eq!(kept(pool, agency).await.0.len(), before, "not due yet");
    run_due(pool, 0).await.unwrap();
    let (runs, people) = kept(pool, agency).await;
    assert_eq!((runs.len(), runs.last()), (before + 1, Some(&1)));
    assert_eq!(people, [format!("{code} score")]);
}
