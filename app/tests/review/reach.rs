//! Who sees what: units, reviews, sheets.

use app::auth::Access;
use app::error::AppError;
use app::review::steps;
use kpi::assignment::DeliverableAction;
use kpi::ids::OfficerId;
use kpi::period::life::PeriodStatus;
use kpi::permission::{Permission, Role, granted};
use sqlx::PgPool;

use crate::fixture::{Agency, all_points, november, number, today};
use crate::month_state::bring;

#[sqlx::test(migrations = "../migrations")]
async fn a_unit_shows_its_people_in_order_and_what_waits(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-23")
        .await
        .deliverable;
    a.ask_cause(&pool, a.first, made, ("delay", 1)).await;
    sqlx::query("update assignment set quantity_done = 0 where agency_id = $1")
        .bind(a.agency.0)
        .execute(&pool)
        .await
        .unwrap();
    a.submit(&pool, a.second, &all_points()).await.unwrap();
    while app::live::merge::merge_once(&pool).await.unwrap() > 0 {}
    let head = a.access(a.head, Permission::ViewUnit);
    let unit = steps::load_unit(&pool, &head, today(), (None, november(), 1))
        .await
        .unwrap();
    assert_eq!(unit.unit, a.department.0);
    let names: Vec<&str> = unit
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "Lê Thị An",
            "Phạm Văn Bình",
            "Trần Thị Phó",
            "Nguyễn Văn Vụ"
        ]
    );
    let first = &unit.people[0];
    assert_eq!(
        (first.waiting, first.causes, first.overdue, first.decides),
        (1, 1, 1, true)
    );
    let own = unit.people.last().unwrap();
    assert!(!own.decides, "nobody decides about himself");
    assert_eq!((unit.figures.waiting, unit.figures.assignments), (1, 1));
    assert_eq!((unit.days.done, unit.days.total), (17, 21));
    assert!(unit.assigns && unit.closed.is_none());
    // The chief sees the unit too, decides about its head only, and finds him on the page of the root.
    let chief = a.access(a.chief, Permission::ViewUnit);
    let below = steps::load_unit(&pool, &chief, today(), (Some(a.department), november(), 1))
        .await
        .unwrap();
    let decided: Vec<&str> = below
        .people
        .iter()
        .filter(|person| person.decides)
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(decided, ["Nguyễn Văn Vụ"]);
    let root = steps::load_unit(&pool, &chief, today(), (None, november(), 1))
        .await
        .unwrap();
    let heads: Vec<_> = root
        .people
        .iter()
        .filter_map(|person| person.heads.as_deref())
        .collect();
    assert_eq!(heads, ["Vụ Hai", "Vụ Một"]);
    assert_eq!(root.units.len(), 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn another_unit_another_person_another_agency_are_out_of_reach(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    for (agency, officer) in [(&a, a.first), (&a, a.neighbour), (&b, b.first)] {
        agency.recompute(&pool, officer).await;
    }
    let head = a.access(a.head, Permission::ViewUnit);
    for (unit, refusal) in [
        (a.root, AppError::Forbidden),
        (b.department, AppError::NotFound),
    ] {
        let asked = (Some(unit), november(), 1);
        assert_eq!(
            steps::load_unit(&pool, &head, today(), asked)
                .await
                .unwrap_err(),
            refusal
        );
    }
    let review = |access: Access, officer: OfficerId| {
        let pool = pool.clone();
        async move { steps::load_review(&pool, &access, today(), (officer, november())).await }
    };
    let print = |access: Access, officer: OfficerId| {
        let pool = pool.clone();
        async move { steps::load_print(&pool, &access, today(), november(), officer).await }
    };
    let view = |officer| a.access(officer, Permission::ViewMonth);
    for (viewer, officer, refusal) in [
        (a.head, a.neighbour, AppError::Forbidden),
        (a.head, a.chief, AppError::Forbidden),
        (a.head, b.first, AppError::NotFound),
        (a.first, a.second, AppError::Forbidden),
        (a.first, a.head, AppError::Forbidden),
        (a.neighbour_head, a.first, AppError::Forbidden),
    ] {
        assert_eq!(review(view(viewer), officer).await.unwrap_err(), refusal);
        assert_eq!(print(view(viewer), officer).await.unwrap_err(), refusal);
    }
    for (viewer, officer) in [
        (a.first, a.first),
        (a.head, a.first),
        (a.chief, a.first),
        (a.deputy, a.first),
    ] {
        assert!(review(view(viewer), officer).await.is_ok());
        assert!(print(view(viewer), officer).await.is_ok());
    }
    let actor = a.actor(a.neighbour, &[Role::Personnel]);
    let scope = granted(&actor.roles, Permission::ViewMonth).unwrap();
    assert!(print(Access { actor, scope }, a.first).await.is_ok());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_review_says_where_the_difference_comes_from(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let late = a
        .deliver(&pool, a.first, "Đề án", "2026-11-23")
        .await
        .deliverable;
    let waiting = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-18")
        .await
        .deliverable;
    a.decide(&pool, a.head, late, DeliverableAction::Accept)
        .await
        .unwrap();
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    let head = a.access(a.head, Permission::ViewMonth);
    let review = steps::load_review(&pool, &head, today(), (a.first, november()))
        .await
        .unwrap();
    assert!(review.decides);
    // Reported: a = b = 100, c = 87,5; accepted: a = b = 50, c = 37,5.
    assert_eq!(review.sheet.own_total, Some(number("97.08")));
    assert_eq!(review.accepted, Some(number("62.08")));
    let [quantity, quality, progress] = review.components.as_slice() else {
        panic!("a, b, c")
    };
    assert_eq!(
        (quantity.percent, quantity.reported),
        (number("50"), number("100"))
    );
    assert_eq!(quantity.reasons, ["1 sản phẩm chờ nghiệm thu: “Báo cáo”"]);
    assert_eq!(quality.reasons, ["Không có lần trả lại vì sai sót lớn."]);
    assert_eq!(
        progress.reasons,
        ["1 sản phẩm trễ hạn, cộng 1 lần (−25 % mỗi lần): “Đề án”"]
    );
    assert_eq!(
        review.deliverables[0].deliverable, waiting,
        "what waits comes first"
    );
    let listed: Vec<&str> = review
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(listed, ["Lê Thị An", "Phạm Văn Bình", "Trần Thị Phó"]);
    // The chief goes through the heads, and reads the rest.
    let chief = a.access(a.chief, Permission::ViewMonth);
    let of_head = steps::load_review(&pool, &chief, today(), (a.head, november()))
        .await
        .unwrap();
    let listed: Vec<&str> = of_head
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert_eq!(listed, ["Đỗ Thị Dung", "Nguyễn Văn Vụ"]);
    assert!(of_head.decides);
    assert!(
        !steps::load_review(&pool, &chief, today(), (a.first, november()))
            .await
            .unwrap()
            .decides
    );
    // One's own review shows nobody else.
    let me = a.access(a.first, Permission::ViewMonth);
    let own = steps::load_review(&pool, &me, today(), (a.first, november()))
        .await
        .unwrap();
    assert!(own.people.is_empty() && !own.decides);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_month_whose_results_stand_is_called_announced_until_it_is_locked(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let head = a.access(a.head, Permission::ViewUnit);
    let me = a.access(a.first, Permission::ViewOwnMonth);
    for (state, closed) in [
        (PeriodStatus::Confirmation, None),
        (PeriodStatus::Announced, Some(PeriodStatus::Announced)),
        (PeriodStatus::Locked, Some(PeriodStatus::Locked)),
    ] {
        bring(&pool, a.agency.0, "2026-11", state).await;
        let unit = steps::load_unit(&pool, &head, today(), (None, november(), 1))
            .await
            .unwrap();
        let sheet = steps::load_sheet(&pool, &me, today(), november())
            .await
            .unwrap();
        assert_eq!((unit.closed, sheet.closed), (closed, closed));
        assert_eq!(unit.assigns, closed.is_none());
    }
}
