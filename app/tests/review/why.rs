//! Two traces side by side, and who may see them.

use app::error::AppError;
use app::why::{steps::compare, trial::Change, wire::WhyView};
use kpi::assignment::DeliverableAction;
use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::permission::Permission;
use kpi::scoring::score;
use sqlx::PgPool;

use crate::fixture::{Agency, all_points, field_of, number, today};

async fn ask(
    a: &Agency,
    pool: &PgPool,
    viewer: OfficerId,
    officer: OfficerId,
    with: &str,
) -> Result<WhyView, AppError> {
    let access = a.access(viewer, Permission::ViewMonth);
    compare(pool, &access, today(), (officer, "2026-11", with)).await
}

/// What the trial begins with gives the total that the page shows.
fn trial_agrees(view: &WhyView) {
    let input = Change::none(&view.start).applied(&view.start);
    let outcome = score(&view.start.rules, &input).unwrap();
    assert_eq!(
        outcome.scored.map(|scored| scored.total),
        view.main.total,
        "the trial begins with another score"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_was_claimed_stands_beside_what_was_confirmed(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let late = a
        .deliver(&pool, a.first, "Đề án", "2026-11-23")
        .await
        .deliverable;
    let waiting = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-18")
        .await
        .deliverable;
    let draft = ask(&a, &pool, a.first, a.first, "self").await.unwrap();
    assert!(
        draft.compared.unwrap().base.state.contains("chưa gửi"),
        "a draft is said to be one"
    );
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    a.decide(&pool, a.head, late, DeliverableAction::Accept)
        .await
        .unwrap();
    // Reported: a = b = 100, c = 87,5; accepted so far: a = b = 50, c = 37,5.
    let open = ask(&a, &pool, a.head, a.first, "self").await.unwrap();
    trial_agrees(&open);
    let compared = open.compared.unwrap();
    assert_eq!(compared.base.total, Some(number("97.08")));
    assert_eq!(open.main.total, Some(number("62.08")));
    assert!(open.main.name.contains("nghiệm thu"), "{}", open.main.name);
    let volume = &compared.differing[0];
    assert_eq!(volume.title, "Khối lượng hoàn thành (đã quy đổi)");
    assert_eq!(
        (volume.before.as_deref(), volume.after.as_deref()),
        (Some("6 quy đổi"), Some("3 quy đổi"))
    );
    assert_eq!(volume.difference.as_deref(), Some("−3"));
    assert_eq!(volume.items.len(), 1);
    assert_eq!(volume.items[0].name, "“Báo cáo”");
    assert_eq!(volume.items[0].before.len(), 1);
    assert!(volume.items[0].after.is_empty());
    assert_eq!(
        compared
            .equal
            .iter()
            .map(|row| row.title.as_str())
            .collect::<Vec<_>>(),
        ["Khối lượng được giao (đã quy đổi)", "Điểm tiêu chí chung"]
    );

    a.decide(&pool, a.head, waiting, DeliverableAction::Accept)
        .await
        .unwrap();
    let mut points = all_points();
    points.insert("I.1".into(), "4".into());
    let mut conclusion = a.conclusion(&pool, a.first, &points).await;
    conclusion.reasons.insert("I.1".into(), "Chưa đủ".into());
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    let view = ask(&a, &pool, a.first, a.first, "self").await.unwrap();
    trial_agrees(&view);
    let compared = view.compared.unwrap();
    assert_eq!(view.main.total, Some(number("96.08")));
    assert_eq!(view.main.level, Some(Level::Excellent));
    assert!(
        view.main.state.starts_with("Nguyễn Văn Vụ xác nhận lúc"),
        "{}",
        view.main.state
    );
    assert!(compared.base.state.starts_with("Gửi lúc"));
    assert_eq!(view.main.rules.0, "nd-335-2025");
    let titles: Vec<&str> = compared
        .differing
        .iter()
        .map(|row| row.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Điểm tiêu chí chung",
            "Tổng điểm theo dõi, đánh giá",
            "Mức xếp loại theo điểm"
        ]
    );
    let common = &compared.differing[0];
    let [criterion] = common.inputs.as_slice() else {
        panic!("one criterion: {:?}", common.inputs)
    };
    assert_eq!(
        (
            criterion.name.as_str(),
            criterion.before.as_str(),
            criterion.after.as_str()
        ),
        ("Tiêu chí I.1", "5", "4")
    );
    assert_eq!(common.article, "khoản 2 Điều 12 NĐ 335/2025/NĐ-CP");
    // A sheet that is confirmed is laid beside another month as it was confirmed.
    sqlx::query(
        "insert into sheet (agency_id, period, officer_id, unit_id, role, status, rule_set)
         select agency_id, '2026-10-01', officer_id, unit_id, role, 'draft', rule_set from sheet
         where agency_id = $1 and officer_id = $2",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .execute(&pool)
    .await
    .unwrap();
    let months = ask(&a, &pool, a.first, a.first, "2026-10").await.unwrap();
    let compared = months.compared.unwrap();
    assert_eq!(
        (months.main.total, compared.base.total),
        (Some(number("96.08")), None)
    );
    let total = compared
        .differing
        .iter()
        .find(|row| row.title.starts_with("Tổng"))
        .unwrap();
    assert_eq!((&total.before, &total.difference), (&None, &None));
    let changed: i64 = a
        .one(&pool, "select count(*) from change where agency_id = $1")
        .await;
    ask(&a, &pool, a.first, a.first, "self").await.unwrap();
    let after: i64 = a
        .one(&pool, "select count(*) from change where agency_id = $1")
        .await;
    assert_eq!(changed, after, "to look changes nothing");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_leaders_choices_are_told(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.head, "Báo cáo", "2026-11-18")
        .await
        .deliverable;
    a.decide(&pool, a.chief, made, DeliverableAction::Accept)
        .await
        .unwrap();
    a.submit(&pool, a.head, &all_points()).await.unwrap();
    let mut conclusion = a.conclusion(&pool, a.head, &all_points()).await;
    conclusion.organising = "50".into();
    conclusion.organising_reason = "Chậm kéo dài".into();
    conclusion.unity = "100".into();
    a.confirm(&pool, a.chief, conclusion).await.unwrap();
    let view = ask(&a, &pool, a.chief, a.head, "self").await.unwrap();
    trial_agrees(&view);
    let compared = view.compared.unwrap();
    let organising = &compared.differing[0];
    assert_eq!(
        organising.title,
        "Khả năng tổ chức triển khai thực hiện nhiệm vụ (đ)"
    );
    assert_eq!(organising.difference.as_deref(), Some("−50"));
    assert_eq!(
        organising.formula_after.as_deref(),
        Some("mức được chọn: 50 %")
    );
    assert_eq!(view.start.input.leadership.unwrap().organising, 50);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_compared_is_said_and_what_is_out_of_reach_stays_closed(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    for with in ["2026-11", "2026-13", "tháng 6"] {
        let refused = ask(&a, &pool, a.first, a.first, with).await;
        assert_eq!(field_of(refused), "with", "{with}");
    }
    // Nobody held a post before 2020.
    assert_eq!(
        field_of(ask(&a, &pool, a.first, a.first, "2019-12").await),
        "with"
    );
    for (viewer, officer, refusal) in [
        (a.first, a.second, AppError::Forbidden),
        (a.head, a.neighbour, AppError::Forbidden),
        (a.head, a.chief, AppError::Forbidden),
        (a.chief, b.first, AppError::NotFound),
    ] {
        for with in ["", "self", "2026-10"] {
            assert_eq!(
                ask(&a, &pool, viewer, officer, with).await.unwrap_err(),
                refusal
            );
        }
    }
    // The month before, in a unit out of reach, stays closed to the head of the present one.
    sqlx::query(
        "insert into sheet (agency_id, period, officer_id, unit_id, role, status, rule_set)
         values ($1, '2026-10-01', $2, $3, 'staff', 'draft', 'nd-335-2025')",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .bind(a.root.0)
    .execute(&pool)
    .await
    .unwrap();
    let elsewhere = ask(&a, &pool, a.head, a.first, "2026-10").await;
    assert_eq!(elsewhere.unwrap_err(), AppError::Forbidden);
    assert!(ask(&a, &pool, a.first, a.first, "2026-10").await.is_ok());
    // Confirmed in place of an officer who sent nothing: there is no self-assessment.
    sqlx::query(
        "update sheet set status = 'confirmed', confirmed_input = $3, confirmed_trace = $4,
            confirmed_by = $2, confirmed_at = now()
         where agency_id = $1 and officer_id = $2",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .bind(serde_json::json!({ "role": "staff", "common": [], "items": [] }))
    .bind(serde_json::json!({ "decimals": 2, "steps": [] }))
    .execute(&pool)
    .await
    .unwrap();
    let access = a.access(a.first, Permission::ViewMonth);
    let instead = compare(&pool, &access, today(), (a.first, "2026-10", "self")).await;
    assert_eq!(field_of(instead), "with");
}
