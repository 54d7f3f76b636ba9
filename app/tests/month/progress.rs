//! Reporting, delivering, delivering again, withdrawing, asking for a cause.

use app::error::AppError;
use app::progress::steps::{self, CauseRequest, Concerns};
use app::progress::store;
use kpi::permission::Permission;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, day, done, field_of, figure, november, number, scene, today};

const DONE: &str =
    "select quantity_done from assignment where agency_id = $1 and assignment_id = $2";
const SCORE: &str = "select score from person_month where agency_id = $1 and officer_id = $2";

async fn deliverable(pool: &PgPool, a: &Agency) -> Uuid {
    sqlx::query_scalar("select deliverable_id from deliverable where agency_id = $1 order by deliverable_id desc limit 1")
        .bind(a.agency.0)
        .fetch_one(pool)
        .await
        .unwrap()
}

/// What the head's decision writes, without its screen.
async fn decide(pool: &PgPool, a: &Agency, deliverable: Uuid, decision: &str, due: Option<&str>) {
    let status = if decision == "accept" {
        "accepted"
    } else {
        "returned"
    };
    sqlx::query("update delivery set decision = $3 where agency_id = $1 and deliverable_id = $2 and decision is null")
        .bind(a.agency.0)
        .bind(deliverable)
        .bind(decision)
        .execute(pool)
        .await
        .unwrap();
    sqlx::query("update deliverable set status = $3, due_day = coalesce($4, due_day) where agency_id = $1 and deliverable_id = $2")
        .bind(a.agency.0)
        .bind(deliverable)
        .bind(status)
        .bind(due.map(day))
        .execute(pool)
        .await
        .unwrap();
    let mut db = pool.acquire().await.unwrap();
    store::recount(&mut db, a.agency, november(), deliverable)
        .await
        .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn a_report_moves_the_score_and_counts_once(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::ReportProgress);
    let form = scene(&first);
    steps::report(&pool, form, &done(assignment, "2", 1))
        .await
        .unwrap();
    steps::report(&pool, form, &done(assignment, "2", 1))
        .await
        .unwrap();
    let history =
        "select count(*)::numeric from progress_report where agency_id = $1 and assignment_id = $2";
    assert_eq!(
        figure(&pool, history, a.agency, assignment).await,
        number("1")
    );
    assert_eq!(
        figure(&pool, SCORE, a.agency, a.first.0).await,
        number("35")
    );
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_report_out_of_range_changes_nothing(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::ReportProgress);
    for quantity in [
        "4.0001",
        "-1",
        "1000001",
        "0.00001",
        "79228162514264337593543950335",
    ] {
        let result = steps::report(&pool, scene(&first), &done(assignment, quantity, 1)).await;
        assert_eq!(field_of(result), "quantity_done", "{quantity}");
    }
    for wrong in ["2026-10-31", "2026-11-25", "1900-01-01"] {
        let mut report = done(assignment, "1", 1);
        report.work_day = day(wrong);
        assert_eq!(
            field_of(steps::report(&pool, scene(&first), &report).await),
            "work_day",
            "{wrong}"
        );
    }
    // Another person of the unit, the head, another agency: the assignment does not exist for them.
    for officer in [a.second, a.head] {
        let other = a.access(officer, Permission::ReportProgress);
        let result = steps::report(&pool, scene(&other), &done(assignment, "1", 1)).await;
        assert_eq!(result, Err(AppError::NotFound));
    }
    let b = Agency::new(&pool, "two").await;
    let foreign = b.access(b.first, Permission::ReportProgress);
    assert_eq!(
        steps::report(&pool, scene(&foreign), &done(assignment, "1", 1)).await,
        Err(AppError::NotFound)
    );
    assert_eq!(figure(&pool, DONE, a.agency, assignment).await, number("0"));
    assert_eq!(a.version(&pool, assignment).await, 1);
    // A refused form may be sent again with the same key.
    let form = scene(&first);
    assert!(
        steps::report(&pool, form, &done(assignment, "9", 1))
            .await
            .is_err()
    );
    steps::report(&pool, form, &done(assignment, "3", 1))
        .await
        .unwrap();
    assert_eq!(figure(&pool, DONE, a.agency, assignment).await, number("3"));
}

#[sqlx::test(migrations = "../migrations")]
async fn two_people_editing_one_row_see_both_values(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::ReportProgress);
    let (left, right) = (done(assignment, "1", 1), done(assignment, "2", 1));
    let (one, two) = tokio::join!(
        steps::report(&pool, scene(&first), &left),
        steps::report(&pool, scene(&first), &right)
    );
    assert_ne!(one.is_ok(), two.is_ok(), "exactly one of them is told");
    match one.and(two) {
        Err(AppError::Conflict { current, yours }) => assert_ne!(current, yours),
        other => panic!("{other:?}"),
    }
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_confirmed_or_closed_month_takes_no_work(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::ReportProgress);
    sqlx::query("update sheet set status = 'confirmed', confirmed_by = $2, confirmed_at = now() where agency_id = $1 and officer_id = $2")
        .bind(a.agency.0)
        .bind(a.first.0)
        .execute(&pool)
        .await
        .unwrap();
    assert_eq!(
        field_of(steps::report(&pool, scene(&first), &done(assignment, "1", 1)).await),
        "period"
    );
    let deliver =
        steps::deliver(&pool, scene(&first), (assignment, number("1")), today(), "").await;
    assert_eq!(field_of(deliver), "period");
    assert_eq!(figure(&pool, DONE, a.agency, assignment).await, number("0"));
}

#[sqlx::test(migrations = "../migrations")]
async fn delays_come_from_the_days_of_the_work(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::Deliver);
    let delays =
        "select delays::numeric from deliverable where agency_id = $1 and deliverable_id = $2";
    // Typed on the 24th, worked on the 20th, due on the 20th: on time.
    steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("1")),
        day("2026-11-20"),
        "",
    )
    .await
    .unwrap();
    let on_time = deliverable(&pool, &a).await;
    assert_eq!(figure(&pool, delays, a.agency, on_time).await, number("0"));
    // Late, returned with a new due day, late again: two delays, one failed review.
    steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("1")),
        day("2026-11-21"),
        "",
    )
    .await
    .unwrap();
    let late = deliverable(&pool, &a).await;
    assert_eq!(figure(&pool, delays, a.agency, late).await, number("1"));
    // A Saturday is late, but by no working day.
    let days =
        "select days_late::numeric from deliverable where agency_id = $1 and deliverable_id = $2";
    assert_eq!(figure(&pool, days, a.agency, late).await, number("0"));
    decide(&pool, &a, late, "return_major", Some("2026-11-22")).await;
    let early = steps::redeliver(&pool, scene(&first), late, day("2026-11-20"), "").await;
    assert_eq!(field_of(early), "work_day");
    steps::redeliver(&pool, scene(&first), late, day("2026-11-23"), "")
        .await
        .unwrap();
    assert_eq!(figure(&pool, delays, a.agency, late).await, number("2"));
    assert_eq!(figure(&pool, days, a.agency, late).await, number("1"));
    let failed = "select failed_reviews::numeric from deliverable where agency_id = $1 and deliverable_id = $2";
    assert_eq!(figure(&pool, failed, a.agency, late).await, number("1"));
    // a = 2/4; b = (1 + 0.75)/4; c = (1 + 0.5)/4: the mean × 70.
    assert_eq!(
        figure(&pool, SCORE, a.agency, a.first.0).await,
        number("30.63")
    );
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_deliverable_moves_only_along_its_steps(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "2")).await;
    let first = a.access(a.first, Permission::Deliver);
    let second = a.access(a.second, Permission::Deliver);
    let at = day("2026-11-18");
    for quantity in ["2.5", "0", "-1", "0.00001"] {
        let result =
            steps::deliver(&pool, scene(&first), (assignment, number(quantity)), at, "").await;
        assert_eq!(field_of(result), "quantity");
    }
    let foreign = steps::deliver(&pool, scene(&second), (assignment, number("1")), at, "").await;
    assert_eq!(foreign, Err(AppError::NotFound));
    let form = scene(&first);
    steps::deliver(&pool, form, (assignment, number("2")), at, "")
        .await
        .unwrap();
    steps::deliver(&pool, form, (assignment, number("2")), at, "")
        .await
        .unwrap();
    let one = deliverable(&pool, &a).await;
    assert_eq!(figure(&pool, DONE, a.agency, assignment).await, number("2"));
    // Less than what was delivered cannot be reported.
    let version = a.version(&pool, assignment).await;
    assert_eq!(
        field_of(steps::report(&pool, scene(&first), &done(assignment, "1", version)).await),
        "quantity_done"
    );
    // Not returned yet: nothing to deliver again. Another person's: not there.
    assert_eq!(
        field_of(steps::redeliver(&pool, scene(&first), one, at, "").await),
        "deliverable"
    );
    assert_eq!(
        steps::withdraw(&pool, scene(&second), one).await,
        Err(AppError::NotFound)
    );
    steps::withdraw(&pool, scene(&first), one).await.unwrap();
    assert_eq!(
        field_of(steps::withdraw(&pool, scene(&first), one).await),
        "deliverable"
    );
    // The quantity is free again; after a return nothing is withdrawn any more.
    steps::deliver(&pool, scene(&first), (assignment, number("2")), at, "")
        .await
        .unwrap();
    let two = deliverable(&pool, &a).await;
    decide(&pool, &a, two, "return_major", None).await;
    assert_eq!(
        field_of(steps::withdraw(&pool, scene(&first), two).await),
        "deliverable"
    );
    steps::redeliver(&pool, scene(&first), two, at, "")
        .await
        .unwrap();
    assert_eq!(
        field_of(steps::withdraw(&pool, scene(&first), two).await),
        "deliverable"
    );
    decide(&pool, &a, two, "accept", None).await;
    assert_eq!(
        field_of(steps::redeliver(&pool, scene(&first), two, at, "").await),
        "deliverable"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cause_is_asked_for_faults_that_are_left(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "2")).await;
    let first = a.access(a.first, Permission::RequestCause);
    steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("1")),
        day("2026-11-23"),
        "",
    )
    .await
    .unwrap();
    let late = deliverable(&pool, &a).await;
    let ask = |concerns: Concerns, occurrences: i32| CauseRequest {
        deliverable: late,
        concerns,
        occurrences,
        reason: "Mưa lũ".into(),
        evidence: String::new(),
    };
    let second = a.access(a.second, Permission::RequestCause);
    let foreign = steps::request_cause(&pool, scene(&second), &ask(Concerns::Delay, 1)).await;
    assert_eq!(foreign, Err(AppError::NotFound));
    for (concerns, occurrences) in [
        (Concerns::FailedReview, 1),
        (Concerns::Delay, 2),
        (Concerns::Delay, 0),
        (Concerns::Delay, -1),
    ] {
        let result = steps::request_cause(&pool, scene(&first), &ask(concerns, occurrences)).await;
        assert_eq!(field_of(result), "occurrences");
    }
    steps::request_cause(&pool, scene(&first), &ask(Concerns::Delay, 1))
        .await
        .unwrap();
    let again = steps::request_cause(&pool, scene(&first), &ask(Concerns::Delay, 1)).await;
    assert_eq!(field_of(again), "occurrences");
    for typed in ["", "x", "1.5", "1001", "99999999999"] {
        let result = CauseRequest::read(late, "delay", typed, "lý do", "");
        assert_eq!(field_of(result), "occurrences", "{typed}");
    }
    assert_eq!(
        field_of(CauseRequest::read(late, "delay", "1", " ", "")),
        "reason"
    );
    assert_eq!(
        field_of(CauseRequest::read(late, "x", "1", "lý do", "")),
        "concerns"
    );
    steps::withdraw(&pool, scene(&first), late).await.unwrap();
    let open = "select count(*)::numeric from cause where agency_id = $1 and deliverable_id = $2 and status = 'requested'";
    assert_eq!(figure(&pool, open, a.agency, late).await, number("0"));
}
