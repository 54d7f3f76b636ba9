//! Assigning, cancelling, handing over.

use crate::month_state::bring;
use app::assignment::steps::{self, HandOver};
use app::error::AppError;
use kpi::ids::OfficerId;
use kpi::period::life::PeriodStatus;
use kpi::permission::Permission;
use kpi::scoring::ItemKind;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, day, done, field_of, figure, november, number, scene, today};

const COUNT: &str =
    "select count(*)::numeric from assignment where agency_id = $1 and $2 is not null";

#[sqlx::test(migrations = "../migrations")]
async fn one_form_assigns_to_several_people_once(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let head = a.access(a.head, Permission::Assign);
    let work = a.work(&[a.first, a.second, a.deputy, a.first], "4");
    assert!(steps::assign(&pool, &head, today(), &work).await.unwrap());
    assert!(
        !steps::assign(&pool, &head, today(), &work).await.unwrap(),
        "the same form counts once"
    );
    assert_eq!(figure(&pool, COUNT, a.agency, a.report).await, number("3"));
    let assigned = "select assigned from person_month where agency_id = $1 and officer_id = $2";
    assert_eq!(
        figure(&pool, assigned, a.agency, a.second.0).await,
        number("12")
    );
    let told =
        "select count(*)::numeric from notification where agency_id = $1 and officer_id = $2";
    assert_eq!(figure(&pool, told, a.agency, a.first.0).await, number("1"));
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn only_the_direct_superior_assigns_and_all_or_nothing(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    let head = a.access(a.head, Permission::Assign);
    let chief = a.access(a.chief, Permission::Assign);
    let forbidden = |result: Result<bool, AppError>| assert_eq!(result, Err(AppError::Forbidden));
    // Himself; his own superior; among others somebody of another agency; somebody unknown.
    forbidden(steps::assign(&pool, &head, today(), &a.work(&[a.head], "1")).await);
    forbidden(steps::assign(&pool, &head, today(), &a.work(&[a.chief], "1")).await);
    forbidden(steps::assign(&pool, &head, today(), &a.work(&[a.first, b.first], "1")).await);
    forbidden(
        steps::assign(
            &pool,
            &head,
            today(),
            &a.work(&[OfficerId(Uuid::now_v7())], "1"),
        )
        .await,
    );
    // The chief is the head's superior, not the staff's.
    forbidden(steps::assign(&pool, &chief, today(), &a.work(&[a.first], "1")).await);
    assert!(
        steps::assign(&pool, &chief, today(), &a.work(&[a.head], "1"))
            .await
            .unwrap()
    );
    // A product of another agency.
    let mut foreign = a.work(&[a.first], "1");
    foreign.product = b.report;
    assert_eq!(
        steps::assign(&pool, &head, today(), &foreign).await,
        Err(AppError::NotFound)
    );
    assert_eq!(figure(&pool, COUNT, a.agency, a.report).await, number("1"));
    assert_eq!(figure(&pool, COUNT, b.agency, a.report).await, number("0"));
}

#[sqlx::test(migrations = "../migrations")]
async fn values_out_of_range_are_refused_with_their_field(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let head = a.access(a.head, Permission::Assign);
    for quantity in [
        "0",
        "-1",
        "1000000.5",
        "1000001",
        "0.00001",
        "79228162514264337593543950335",
    ] {
        let result = steps::assign(&pool, &head, today(), &a.work(&[a.first], quantity)).await;
        assert_eq!(field_of(result), "quantity", "{quantity}");
    }
    for due in ["2026-10-31", "2026-12-01", "1900-01-01"] {
        let mut work = a.work(&[a.first], "1");
        work.due_day = day(due);
        assert_eq!(
            field_of(steps::assign(&pool, &head, today(), &work).await),
            "due_day"
        );
    }
    let mut far = a.work(&[a.first], "1");
    far.period = "2999-12".parse().unwrap();
    far.due_day = day("2999-12-31");
    assert_eq!(
        field_of(steps::assign(&pool, &head, today(), &far).await),
        "period"
    );
    assert_eq!(
        field_of(steps::assign(&pool, &head, today(), &a.work(&[], "1")).await),
        "officers"
    );
    let many: Vec<OfficerId> = (0..51).map(|_| OfficerId(Uuid::now_v7())).collect();
    assert_eq!(
        field_of(steps::assign(&pool, &head, today(), &a.work(&many, "1")).await),
        "officers"
    );
    let mut taken = a.work(&[a.first], "1");
    taken.kind = ItemKind::TakenOver;
    assert_eq!(
        field_of(steps::assign(&pool, &head, today(), &taken).await),
        "kind"
    );
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Locked).await;
    assert_eq!(
        field_of(steps::assign(&pool, &head, today(), &a.work(&[a.first], "1")).await),
        "period"
    );
    assert_eq!(figure(&pool, COUNT, a.agency, a.report).await, number("0"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_hand_over_stays_in_the_givers_denominator(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let head = a.access(a.head, Permission::HandOver);
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::ReportProgress);
    app::progress::steps::report(&pool, scene(&first), &done(assignment, "1", 1))
        .await
        .unwrap();
    let over = |quantity: &str, to: OfficerId| HandOver {
        period: november(),
        assignment,
        quantity: number(quantity),
        to,
        due_day: day("2026-11-27"),
        reason: "Đi công tác".into(),
        key: Uuid::now_v7(),
    };
    // One of four is done: at most three can go.
    assert_eq!(
        field_of(steps::hand_over(&pool, &head, today(), &over("3.5", a.second)).await),
        "quantity"
    );
    assert_eq!(
        field_of(steps::hand_over(&pool, &head, today(), &over("0", a.second)).await),
        "quantity"
    );
    assert_eq!(
        field_of(steps::hand_over(&pool, &head, today(), &over("1", a.first)).await),
        "to"
    );
    assert_eq!(
        steps::hand_over(&pool, &head, today(), &over("1", a.head)).await,
        Err(AppError::Forbidden)
    );
    let chief = a.access(a.chief, Permission::HandOver);
    assert_eq!(
        steps::hand_over(&pool, &chief, today(), &over("1", a.second)).await,
        Err(AppError::Forbidden)
    );
    let one = over("3", a.second);
    assert!(steps::hand_over(&pool, &head, today(), &one).await.unwrap());
    assert!(!steps::hand_over(&pool, &head, today(), &one).await.unwrap());
    let assigned = "select assigned from person_month where agency_id = $1 and officer_id = $2";
    assert_eq!(
        figure(&pool, assigned, a.agency, a.first.0).await,
        number("12"),
        "4 × 3 stay the giver's"
    );
    assert_eq!(
        figure(&pool, assigned, a.agency, a.second.0).await,
        number("0"),
        "extra work has no denominator"
    );
    let kind = "select count(*)::numeric from assignment where agency_id = $1 and officer_id = $2 and kind = 'taken_over' and quantity = 3";
    assert_eq!(figure(&pool, kind, a.agency, a.second.0).await, number("1"));
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_assignment_is_cancelled_only_while_nothing_was_delivered(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let head = a.access(a.head, Permission::CancelAssignment);
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let at = (november(), assignment);
    let chief = a.access(a.chief, Permission::CancelAssignment);
    assert_eq!(
        steps::cancel(&pool, &chief, today(), at, "lý do", 1).await,
        Err(AppError::Forbidden)
    );
    let b = Agency::new(&pool, "two").await;
    let foreign = b.access(b.head, Permission::CancelAssignment);
    assert_eq!(
        steps::cancel(&pool, &foreign, today(), at, "lý do", 1).await,
        Err(AppError::NotFound)
    );
    let stale = steps::cancel(&pool, &head, today(), at, "lý do", 7).await;
    assert!(matches!(stale, Err(AppError::Conflict { .. })), "{stale:?}");
    let first = a.access(a.first, Permission::Deliver);
    app::progress::steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("1")),
        day("2026-11-18"),
        "",
    )
    .await
    .unwrap();
    let version = a.version(&pool, assignment).await;
    assert_eq!(
        field_of(steps::cancel(&pool, &head, today(), at, "lý do", version).await),
        "assignment"
    );
    let other = a.assign(&pool, &a.work(&[a.first], "2")).await;
    steps::cancel(&pool, &head, today(), (november(), other), "lý do", 1)
        .await
        .unwrap();
    let again = steps::cancel(&pool, &head, today(), (november(), other), "lý do", 2).await;
    assert_eq!(field_of(again), "assignment");
    let assigned = "select assigned from person_month where agency_id = $1 and officer_id = $2";
    assert_eq!(
        figure(&pool, assigned, a.agency, a.first.0).await,
        number("12")
    );
    a.figures_add_up(&pool).await;
}
