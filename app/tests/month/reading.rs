//! What the pages of a month and of an assignment are given, who may read them, and evidence.

use crate::month_state::bring;
use app::assignment::steps::{self as assigning, HandOver};
use app::error::AppError;
use app::progress::evidence::store::NewEvidence;
use app::progress::evidence::{self, steps as adding};
use app::progress::{detail, month, steps};
use kpi::period::life::PeriodStatus;
use kpi::permission::Permission;
use kpi::scoring::ItemKind;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, day, done, field_of, figure, november, number, scene, today};

#[sqlx::test(migrations = "../migrations")]
async fn the_month_says_how_its_score_comes_about(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::ViewMonth);
    steps::report(&pool, scene(&first), &done(assignment, "1", 1))
        .await
        .unwrap();
    steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("2")),
        day("2026-11-23"),
        "",
    )
    .await
    .unwrap();
    let shown = month::load(&pool, &first, today(), november(), None)
        .await
        .unwrap();
    assert!(shown.own && shown.editable);
    let stored = "select score from person_month where agency_id = $1 and officer_id = $2";
    assert_eq!(
        shown.score.total,
        Some(figure(&pool, stored, a.agency, a.first.0).await)
    );
    let part = |label: &str| {
        shown
            .score
            .parts
            .iter()
            .find(|part| part.label == label)
            .unwrap()
    };
    assert_eq!(part("Số lượng").formula, "a = 6 / 12");
    assert_eq!(part("Tiến độ").formula, "c = 4,5 / 12");
    assert_eq!(part("Tiến độ").figure, "37,5%");
    assert!(
        part("Tiến độ").lines[0].contains("1 lần chậm"),
        "{:?}",
        part("Tiến độ").lines
    );
    assert!(
        shown
            .score
            .advice
            .as_deref()
            .is_some_and(|advice| advice.contains("BC")),
        "{:?}",
        shown.score.advice
    );
    let row = &shown.rows[0];
    assert_eq!(
        (row.done, row.percent, row.faults),
        (number("2"), number("50"), (0, 1))
    );
    assert_eq!(row.state, "Chậm 1 lần");
    assert_eq!(row.version, a.version(&pool, assignment).await);
}

#[sqlx::test(migrations = "../migrations")]
async fn an_empty_month_and_a_month_without_a_post_are_shown_calmly(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let first = a.access(a.first, Permission::ViewMonth);
    let empty = month::load(&pool, &first, today(), november(), None)
        .await
        .unwrap();
    assert_eq!((empty.score.total, empty.rows.len()), (None, 0));
    let before = month::load(&pool, &first, today(), "2019-05".parse().unwrap(), None)
        .await
        .unwrap();
    assert!(!before.editable);
    // A leader without work has a role of his own: the score needs d, đ, e, and none of it fails.
    let head = a.access(a.head, Permission::ViewMonth);
    assert!(
        month::load(&pool, &head, today(), november(), None)
            .await
            .is_ok()
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_month_is_read_by_those_who_may_see_it(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let may = |reader| a.access(reader, Permission::ViewMonth);
    for reader in [a.head, a.deputy, a.chief] {
        let shown = month::load(&pool, &may(reader), today(), november(), Some(a.first))
            .await
            .unwrap();
        assert!(!shown.own && !shown.editable);
        assert!(shown.score.advice.is_none());
        let one = detail::load(&pool, &may(reader), today(), november(), assignment)
            .await
            .unwrap();
        assert_eq!(
            one.directs,
            reader == a.head,
            "only the direct superior hands over"
        );
        assert!(!one.editable);
    }
    let second = may(a.second);
    let refused = month::load(&pool, &second, today(), november(), Some(a.first)).await;
    assert_eq!(refused.err(), Some(AppError::Forbidden));
    let refused = detail::load(&pool, &second, today(), november(), assignment).await;
    assert_eq!(refused.err(), Some(AppError::Forbidden));
    let foreign = b.access(b.chief, Permission::ViewMonth);
    let refused = month::load(&pool, &foreign, today(), november(), Some(a.first)).await;
    assert_eq!(refused.err(), Some(AppError::NotFound));
    let refused = detail::load(&pool, &foreign, today(), november(), assignment).await;
    assert_eq!(refused.err(), Some(AppError::NotFound));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_page_of_an_assignment_tells_its_whole_history(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let mut work = a.work(&[a.first], "4");
    work.kind = ItemKind::AdHoc;
    let assignment = a.assign(&pool, &work).await;
    let first = a.access(a.first, Permission::Deliver);
    steps::report(&pool, scene(&first), &done(assignment, "1.5", 1))
        .await
        .unwrap();
    steps::deliver(
        &pool,
        scene(&first),
        (assignment, number("1.5")),
        day("2026-11-22"),
        "Bản thảo",
    )
    .await
    .unwrap();
    let one = detail::load(&pool, &first, today(), november(), assignment)
        .await
        .unwrap();
    assert!(one.own && one.editable);
    assert_eq!(one.left, number("2.5"));
    assert_eq!(
        (one.reports.len(), one.reports[0].quantity_done),
        (1, number("1.5"))
    );
    let delivered = &one.deliverables[0];
    assert_eq!((delivered.delays, delivered.askable), ((1, 0), (0, 1)));
    assert_eq!(
        (delivered.rounds.len(), delivered.rounds[0].note.as_str()),
        (1, "Bản thảo")
    );
    assert!(one.item.about.contains("việc phát sinh"));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_page_of_assigning_offers_the_own_people_only(pool: PgPool) {
    use app::assignment::load;
    let a = Agency::new(&pool, "one").await;
    Agency::new(&pool, "two").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let names = |data: &app::assignment::AssignData| {
        data.people
            .iter()
            .map(|person| person.officer)
            .collect::<Vec<_>>()
    };
    let head = a.access(a.head, Permission::Assign);
    let shown = load::assign_data(&pool, &head, today(), november(), None)
        .await
        .unwrap();
    let mut offered = names(&shown);
    offered.sort();
    let mut own = vec![a.deputy.0, a.first.0, a.second.0];
    own.sort();
    assert_eq!(offered, own);
    assert_eq!(shown.products.len(), 2);
    let busy = shown
        .people
        .iter()
        .find(|person| person.officer == a.first.0)
        .unwrap();
    assert_eq!((busy.assignments, busy.assigned), (1, number("12")));
    let chief = a.access(a.chief, Permission::Assign);
    let above = load::assign_data(&pool, &chief, today(), november(), None)
        .await
        .unwrap();
    assert_eq!(names(&above), [a.head.0]);
    let over = load::hand_over_data(&pool, &head, today(), november(), assignment)
        .await
        .unwrap();
    assert_eq!((over.left, over.people.len()), (number("4"), 2));
    let refused = load::hand_over_data(&pool, &chief, today(), november(), assignment).await;
    assert_eq!(refused.err(), Some(AppError::Forbidden));
}

#[sqlx::test(migrations = "../migrations")]
async fn evidence_is_added_by_the_officer_while_the_month_is_open(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let first = a.access(a.first, Permission::AddEvidence);
    let second = a.access(a.second, Permission::AddEvidence);
    let new = NewEvidence {
        kind: "file",
        label: "a.pdf",
        file: Some(("application/pdf", b"%PDF-1.7")),
    };
    assert_eq!(
        adding::add(&pool, scene(&second), assignment, new).await,
        Err(AppError::NotFound)
    );
    let form = scene(&first);
    adding::add(&pool, form, assignment, new).await.unwrap();
    adding::add(&pool, form, assignment, new).await.unwrap();
    let count =
        "select count(*)::numeric from evidence where agency_id = $1 and assignment_id = $2";
    assert_eq!(
        figure(&pool, count, a.agency, assignment).await,
        number("1")
    );
    let one = detail::load(&pool, &first, today(), november(), assignment)
        .await
        .unwrap();
    let id = one.evidence[0].evidence;
    assert_eq!((one.evidence[0].size, one.item.evidence), (8, 1));
    let file = evidence::store::find(&pool, a.agency, november(), id)
        .await
        .unwrap();
    assert_eq!(
        (file.content.as_slice(), file.path.as_str()),
        (&b"%PDF-1.7"[..], "/A/B/")
    );
    let b = Agency::new(&pool, "two").await;
    assert!(
        evidence::store::find(&pool, b.agency, november(), id)
            .await
            .is_err()
    );
    assert_eq!(
        adding::remove(&pool, scene(&second), id).await,
        Err(AppError::NotFound)
    );
    for _ in 1..50 {
        let document = NewEvidence {
            kind: "document",
            label: "1/BC",
            file: None,
        };
        adding::add(&pool, scene(&first), assignment, document)
            .await
            .unwrap();
    }
    assert_eq!(
        field_of(adding::add(&pool, scene(&first), assignment, new).await),
        "label"
    );
    adding::remove(&pool, scene(&first), id).await.unwrap();
    assert_eq!(
        adding::remove(&pool, scene(&first), id).await,
        Err(AppError::NotFound)
    );
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Locked).await;
    assert_eq!(
        field_of(adding::add(&pool, scene(&first), assignment, new).await),
        "period"
    );
    let other = one.evidence[0].evidence;
    assert_eq!(
        field_of(adding::remove(&pool, scene(&first), other).await),
        "period"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn work_handed_over_whole_stays_visible_as_such(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let assignment = a.assign(&pool, &a.work(&[a.first], "4")).await;
    let head = a.access(a.head, Permission::HandOver);
    let over = HandOver {
        period: november(),
        assignment,
        quantity: number("4"),
        to: a.second,
        due_day: day("2026-11-27"),
        reason: "Nghỉ ốm".into(),
        key: Uuid::now_v7(),
    };
    assigning::hand_over(&pool, &head, today(), &over)
        .await
        .unwrap();
    let first = a.access(a.first, Permission::ViewMonth);
    let shown = month::load(&pool, &first, today(), november(), None)
        .await
        .unwrap();
    assert_eq!(shown.rows[0].state, "Đã chuyển giao");
    assert_eq!(
        shown.score.total,
        Some(number("0")),
        "the assigned total stays, nothing is done"
    );
    let second = a.access(a.second, Permission::ViewMonth);
    let taken = month::load(&pool, &second, today(), november(), None)
        .await
        .unwrap();
    assert!(taken.rows[0].about.contains("nhận thêm"));
    assert_eq!(
        taken.score.total, None,
        "extra work alone gives no denominator"
    );
}
