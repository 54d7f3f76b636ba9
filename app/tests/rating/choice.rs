//! More candidates than places: who chooses, what becomes of whom, how it is undone; and the share that an authority
//! may decide.

use app::error::AppError;
use app::rating::steps::{self, Typed};
use app::rating::wire::{Chosen, Standing};
use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::permission::{Permission, Role};
use sqlx::PgPool;

use crate::fixture::{Agency, YEAR, field_of, run, today};

const EXCELLENT: &str = "95 95 95 95 95 95 95 95 95 95 95 95";
const GOOD: &str = "80 80 80 80 80 80 80 80 80 80 80 80";

/// Three at 95 and nine at 80: G = 12, so two places.
async fn with_surplus(pool: &PgPool) -> (Agency, Vec<OfficerId>) {
    let agency = Agency::new(pool, "a").await;
    let mut candidates = Vec::new();
    for name in ["An", "Bình", "Cường"] {
        candidates.push(agency.staff(pool, name, EXCELLENT).await);
    }
    for place in 0..9 {
        agency.staff(pool, &format!("Người {place}"), GOOD).await;
    }
    (agency, candidates)
}

async fn level(pool: &PgPool, agency: &Agency, officer: OfficerId) -> Option<Level> {
    agency.line(pool, officer).await.level()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_surplus_is_listed_and_nobody_is_demoted_by_the_machine(pool: PgPool) {
    let (agency, candidates) = with_surplus(&pool).await;
    let view = agency.view(&pool, agency.chief).await;
    let group = &view.gauges[1];
    assert_eq!(
        (
            group.group.as_str(),
            group.good_or_better,
            group.most,
            group.over()
        ),
        ("Chuyên viên", 12, 2, 1)
    );
    assert_eq!(
        group.words(),
        "vượt 1 suất trong nhóm Chuyên viên: cần cấp có thẩm quyền chọn"
    );
    assert_eq!(view.candidates.len(), 3);
    assert!(view.decides);
    for officer in candidates {
        let line = agency.line(&pool, officer).await;
        assert_eq!(line.standing, Standing::Open);
        assert_eq!(line.level(), Some(Level::Excellent));
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn whoever_is_not_chosen_becomes_good_and_a_choice_is_undone_with_a_reason(pool: PgPool) {
    let (agency, candidates) = with_surplus(&pool).await;
    let [first, second, third] = candidates[..] else {
        panic!("three candidates")
    };
    assert_eq!(
        field_of(agency.choose(&pool, first, "excellent", " ").await),
        "reason"
    );
    assert_eq!(
        field_of(agency.choose(&pool, first, "completed", "x").await),
        "chosen"
    );
    agency
        .choose(&pool, first, "excellent", "Chủ trì đề án lớn")
        .await
        .unwrap();
    agency
        .choose(&pool, second, "excellent", "Có sáng kiến được áp dụng")
        .await
        .unwrap();
    // Two places, two chosen.
    assert_eq!(
        field_of(agency.choose(&pool, third, "excellent", "Cũng tốt").await),
        "chosen"
    );
    agency
        .choose(&pool, third, "good", "Ít sản phẩm nổi bật hơn")
        .await
        .unwrap();
    assert_eq!(level(&pool, &agency, first).await, Some(Level::Excellent));
    assert_eq!(level(&pool, &agency, third).await, Some(Level::Good));
    let view = agency.view(&pool, agency.chief).await;
    assert_eq!((view.gauges[1].over(), view.gauges[1].standing()), (0, 2));
    let Standing::Decided(choice) = agency.line(&pool, third).await.standing else {
        panic!("not decided")
    };
    assert_eq!(
        (choice.chosen, choice.reason.as_str(), choice.by.as_str()),
        (Chosen::Good, "Ít sản phẩm nổi bật hơn", "Trưởng Ban")
    );
    // A second choice about the same person meets the first.
    assert!(matches!(
        agency.choose(&pool, third, "good", "x").await,
        Err(AppError::Conflict { .. })
    ));

    let access = agency.access(agency.chief, Permission::DecideRating);
    let undo = async |version, reason: &str| {
        steps::undo_choice(&pool, &access, today(), (choice.choice, version, reason)).await
    };
    assert_eq!(field_of(undo(choice.version, "").await), "reason");
    assert!(matches!(undo(9, "x").await, Err(AppError::Conflict { .. })));
    undo(choice.version, "Xem lại hồ sơ").await.unwrap();
    assert_eq!(agency.line(&pool, third).await.standing, Standing::Open);
    assert_eq!(undo(choice.version, "x").await, Err(AppError::NotFound));
    let kept: (String, i64) =
        sqlx::query_as("select max(undo_reason), count(*) from year_choice where officer_id = $1")
            .bind(third.0)
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(kept, ("Xem lại hồ sơ".to_owned(), 1));
    let told: i64 = sqlx::query_scalar(
        "select count(*) from audit where action in ('choose_rating', 'undo_rating_choice')",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(told, 4);
}

#[sqlx::test(migrations = "../migrations")]
async fn only_the_head_of_the_agency_chooses_never_about_himself_and_only_in_a_surplus(
    pool: PgPool,
) {
    let (agency, candidates) = with_surplus(&pool).await;
    let typed = (candidates[0].0, "excellent", "Lý do");
    // A leader who heads a department only: the agency's head decides (khoản 2 Điều 10).
    let mut actor = agency.access(agency.head, Permission::ViewRating).actor;
    actor.roles.push(Role::Leader);
    let leader = app::auth::check(actor, Permission::DecideRating).unwrap();
    assert_eq!(
        steps::choose(&pool, &leader, (YEAR, today()), typed).await,
        Err(AppError::Forbidden)
    );
    let personnel = agency
        .access(agency.personnel, Permission::ViewRating)
        .actor;
    assert_eq!(
        app::auth::check(personnel, Permission::DecideRating).map(drop),
        Err(AppError::Forbidden)
    );
    agency.months(&pool, agency.chief, EXCELLENT).await;
    assert_eq!(
        agency
            .choose(&pool, agency.chief, "excellent", "Lý do")
            .await,
        Err(AppError::Forbidden)
    );
    let good = agency.staff(&pool, "Dung", GOOD).await;
    assert_eq!(
        field_of(agency.choose(&pool, good, "good", "Lý do").await),
        "chosen"
    );

    let calm = Agency::new(&pool, "b").await;
    let one = calm.staff(&pool, "An", EXCELLENT).await;
    for place in 0..9 {
        calm.staff(&pool, &format!("Người {place}"), GOOD).await;
    }
    assert_eq!(calm.line(&pool, one).await.standing, Standing::Within);
    assert_eq!(
        field_of(calm.choose(&pool, one, "good", "Lý do").await),
        "chosen",
        "nobody is demoted without a surplus"
    );
    assert_eq!(
        calm.view(&pool, calm.chief).await.gauges[1].words(),
        "vừa đủ 1 suất xuất sắc trong nhóm Chuyên viên"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn groups_of_similar_tasks_and_the_agency_both_hold(pool: PgPool) {
    let (agency, candidates) = with_surplus(&pool).await;
    // One candidate alone in a group of his own: no place there (G30), though the agency has two.
    run(
        &pool,
        "with g as (insert into task_group (agency_id, task_group_id, name) values ($1, $3, 'Nghiên cứu') returning task_group_id)
         update officer set task_group_id = (select task_group_id from g) where agency_id = $1 and officer_id = $2",
        &[agency.agency.0, candidates[2].0, uuid::Uuid::now_v7()],
        &[],
    )
    .await;
    let view = agency.view(&pool, agency.chief).await;
    let found: Vec<_> = view
        .gauges
        .iter()
        .map(|gauge| (gauge.group.as_str(), gauge.candidates, gauge.most))
        .collect();
    assert_eq!(
        found,
        [("", 3, 2), ("Chuyên viên", 2, 1), ("Nghiên cứu", 1, 0)]
    );
    assert_eq!(
        field_of(
            agency
                .choose(&pool, candidates[2], "excellent", "Lý do")
                .await
        ),
        "chosen",
        "a place of the agency does not make one in the group"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_decided_share_makes_places_within_its_bounds(pool: PgPool) {
    let (agency, _) = with_surplus(&pool).await;
    for place in 9..12 {
        agency.staff(&pool, &format!("Người {place}"), GOOD).await;
    }
    let access = agency.access(agency.personnel, Permission::RecordYear);
    let typed = |ratio: &str| Typed {
        year: "2025".into(),
        ratio: ratio.into(),
        document: "Quyết định 9".into(),
        decided_on: "2025-12-10".into(),
    };
    let decide = async |typed: Typed| steps::decide_ratio(&pool, &access, &typed, today()).await;
    for ratio in ["19", "26", "0,19", "0,26", "hai mươi", "0", "-25"] {
        assert_eq!(field_of(decide(typed(ratio)).await), "ratio", "{ratio}");
    }
    let bare = Typed {
        document: String::new(),
        ..typed("25")
    };
    assert_eq!(field_of(decide(bare).await), "document");
    let ahead = Typed {
        decided_on: "2027-01-01".into(),
        ..typed("25")
    };
    assert_eq!(field_of(decide(ahead).await), "decided_on");

    let most = async || agency.view(&pool, agency.chief).await.gauges[1].most;
    assert_eq!(most().await, 2, "15 at 20 %");
    decide(typed("25")).await.unwrap();
    assert_eq!(most().await, 3, "15 at 25 %");
    decide(typed("0,2")).await.unwrap();
    assert_eq!(most().await, 2);
    let rows: i64 = sqlx::query_scalar("select count(*) from year_quota")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(rows, 2, "the first decision stays");
}
