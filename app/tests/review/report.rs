//! Papers: what is printed is what is stored, who may not see may not print, and the queue outlives a server.

use app::error::AppError;
use app::report::compose::{Composed, compose};
use app::report::print::{content_hash, new_code, stamp};
use app::report::store::{NewPrint, put_prints};
use app::report::{Paper, Standing, job, lookup};
use app::state::Clock;
use forms::Data;
use kpi::assignment::DeliverableAction;
use kpi::permission::{Permission, Role};
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, field_of, november, today};

async fn composed(
    a: &Agency,
    pool: &PgPool,
    by: kpi::ids::OfficerId,
    paper: Paper,
) -> Result<Composed, AppError> {
    let access = a.access(by, paper.permission());
    compose(pool, &access, today(), paper).await
}

/// The agency's personnel office, with an account that the queue can find again.
async fn personnel(a: &Agency, pool: &PgPool) -> app::auth::Access {
    let actor = a.actor(a.neighbour, &[Role::Personnel]);
    sqlx::query("insert into account (agency_id, account_id, officer_id, login, password_hash, roles) values ($1, $2, $3, $4, 'x', '{personnel}')")
        .bind(a.agency.0)
        .bind(actor.account.0)
        .bind(a.neighbour.0)
        .bind(actor.account.0.to_string())
        .execute(pool)
        .await
        .unwrap();
    crate::actor::access(actor, Permission::PrintAgency)
}

#[sqlx::test(migrations = "../migrations")]
async fn a_printed_sheet_says_what_is_stored(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    a.decide(&pool, a.head, made.deliverable, DeliverableAction::Accept)
        .await
        .unwrap();
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    let paper = Paper::Sheet(november(), a.first);
    let Data::MonthSheet(open) = composed(&a, &pool, a.first, paper).await.unwrap().data else {
        panic!("another form");
    };
    assert!(
        open[0].print.draft.contains("chưa được"),
        "an open month is a draft"
    );
    assert!(open[0].authority.signed.is_none() && open[0].own.signed.is_some());
    let conclusion = a.conclusion(&pool, a.first, &all_points()).await;
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    let Data::MonthSheet(sheets) = composed(&a, &pool, a.first, paper).await.unwrap().data else {
        panic!("another form");
    };
    let sheet = &sheets[0];
    let (total, strengths): (Option<Decimal>, String) = sqlx::query_as(
        "select confirmed_total, strengths from sheet where agency_id = $1 and officer_id = $2",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert!(total.is_some());
    assert_eq!((sheet.total, &sheet.strengths), (total, &strengths));
    assert_eq!(
        sheet
            .common
            .zip(sheet.tasks)
            .map(|(one, other)| one + other),
        total
    );
    let own: Decimal = sqlx::query_scalar(
        "select sum(self_points) from sheet_criterion where agency_id = $1 and officer_id = $2",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    let printed: Decimal = sheet
        .groups
        .iter()
        .flat_map(|group| &group.criteria)
        .filter_map(|criterion| criterion.own)
        .sum();
    assert_eq!(printed, own);
    assert!(sheet.print.draft.is_empty());
    let signed = sheet.authority.signed.as_ref().unwrap();
    let hash: Option<Vec<u8>> = sqlx::query_scalar(
        "select content_hash from signature where agency_id = $1 and officer_id = $2 and kind = 'sheet'",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .fetch_optional(&pool)
    .await
    .unwrap();
    let hash = hash
        .unwrap_or_default()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    assert_eq!(signed.hash, hash);
}

#[sqlx::test(migrations = "../migrations")]
async fn who_may_not_see_a_record_may_not_print_it(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    for paper in [
        Paper::Sheet(november(), a.first),
        Paper::Trace(november(), a.first),
    ] {
        for by in [a.second, a.neighbour, a.neighbour_head] {
            assert_eq!(
                composed(&a, &pool, by, paper).await.err(),
                Some(AppError::Forbidden)
            );
        }
        assert_eq!(
            composed(&b, &pool, b.chief, paper).await.err(),
            Some(AppError::NotFound)
        );
        for by in [a.first, a.head, a.chief] {
            assert!(composed(&a, &pool, by, paper).await.is_ok());
        }
    }
    for paper in [
        Paper::Unit(november(), a.department),
        Paper::UnitSheets(november(), a.department),
    ] {
        assert_eq!(
            composed(&a, &pool, a.neighbour_head, paper).await.err(),
            Some(AppError::Forbidden)
        );
        assert!(composed(&a, &pool, a.head, paper).await.is_ok());
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_code_leads_back_and_says_whether_the_record_moved_on(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    let paper = Paper::Sheet(november(), a.first);
    let mut data = composed(&a, &pool, a.first, paper).await.unwrap().data;
    let code = stamp(&mut data, None).remove(0);
    let print = NewPrint {
        code: code.clone(),
        paper,
        content: content_hash(&data).unwrap(),
        format: "pdf",
        file: [0; 32],
        job: None,
    };
    let access = a.access(a.first, Permission::SignedIn);
    let mut db = pool.acquire().await.unwrap();
    put_prints(&mut db, &access, &[print]).await.unwrap();
    let look = async |access: &app::auth::Access, code: &str| {
        lookup::look_up(&pool, access, today(), code).await
    };
    let found = look(&access, &code).await.unwrap();
    assert_eq!(found.standing, Standing::Current);
    assert_eq!(found.record, format!("/sheet/{}?period=2026-11", a.first.0));
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    assert_eq!(
        look(&access, &code).await.unwrap().standing,
        Standing::Outdated
    );
    let other = a.access(a.second, Permission::SignedIn);
    assert_eq!(look(&other, &code).await.err(), Some(AppError::Forbidden));
    let foreign = b.access(b.chief, Permission::SignedIn);
    assert_eq!(look(&foreign, &code).await.err(), Some(AppError::NotFound));
    assert_eq!(
        look(&access, &new_code()).await.err(),
        Some(AppError::NotFound)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_job_that_its_server_left_is_taken_up_and_a_cancelled_one_is_not(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let clock = Clock::fixed(today());
    a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    let access = personnel(&a, &pool).await;
    let ask = async |time: &str| job::ask(&pool, &access, today(), (time, "zip")).await;
    assert_eq!(field_of(ask("2027-01").await), "time");
    ask("2026-11").await.unwrap();
    assert_eq!(
        field_of(ask("2026-11").await),
        "time",
        "the same job waits already"
    );
    let status = async || -> (String, i32) {
        sqlx::query_as("select status, attempts from report_job where agency_id = $1 order by asked_at desc limit 1")
            .bind(a.agency.0)
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let set = async |sql: &'static str| {
        sqlx::query(sql)
            .bind(a.agency.0)
            .execute(&pool)
            .await
            .unwrap();
    };
    // Another server prints it, and says so.
    set("update report_job set status = 'running', attempts = 1, alive_at = now() where agency_id = $1").await;
    assert!(!job::turn(&pool, clock).await.unwrap());
    // That server was killed.
    set("update report_job set alive_at = now() - interval '2 minutes' where agency_id = $1").await;
    assert!(job::turn(&pool, clock).await.unwrap());
    let (state, attempts) = status().await;
    assert_eq!(attempts, 2);
    // Without the program that writes files the job fails, with what is missing; with it there is a file.
    let wanted = if app::report::program::find().is_some() {
        "done"
    } else {
        "failed"
    };
    assert_eq!(state, wanted);
    let kept: i64 = sqlx::query_scalar("select count(*) from report_chunk where agency_id = $1")
        .bind(a.agency.0)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(kept > 0, wanted == "done");
    ask("2026-11").await.unwrap();
    let last: Uuid = sqlx::query_scalar(
        "select job_id from report_job where agency_id = $1 and status = 'waiting'",
    )
    .bind(a.agency.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    job::cancel(&pool, &access, last).await.unwrap();
    assert!(!job::turn(&pool, clock).await.unwrap());
    assert_eq!(status().await, ("cancelled".into(), 0));
    assert_eq!(
        job::cancel(&pool, &access, last).await,
        Err(AppError::NotFound)
    );
}
