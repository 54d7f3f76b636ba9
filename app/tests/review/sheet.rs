//! The sheet from self-assessment to the lock.

use crate::month_state::bring;
use app::error::AppError;
use app::period::steps::{Announcement, announce, lock};
use app::review::steps::{self, Conclusion, Draft};
use app::review::store::sheet::Remarks;
use app::sign::Signer;
use kpi::assignment::DeliverableAction;
use kpi::period::life::PeriodStatus;
use kpi::permission::{Permission, Role, granted};
use kpi::review::SheetStatus;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, day, field_of, november, number, today};

#[sqlx::test(migrations = "../migrations")]
async fn points_out_of_range_are_refused_and_both_ways_of_writing_are_read(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let me = a.access(a.first, Permission::SelfAssess);
    let save = |criterion: &'static str, typed: &'static str, seen: &'static str| {
        let (pool, me) = (pool.clone(), me.clone());
        async move {
            steps::save_criterion(&pool, &me, today(), november(), (criterion, typed, seen)).await
        }
    };
    for typed in [
        "5,01",
        "-1",
        "-0,5",
        "abc",
        "4,555",
        "1e3",
        "NaN",
        "999999999999999",
        "１",
    ] {
        assert_eq!(
            field_of(save("I.1", typed, "").await),
            "points[I.1]",
            "{typed}"
        );
    }
    assert_eq!(field_of(save("II.1", "2,6", "").await), "points[II.1]");
    assert_eq!(field_of(save("IV.1", "1", "").await), "points[IV.1]");
    let stored: i64 = a
        .one(
            &pool,
            "select count(*) from sheet_criterion where agency_id = $1",
        )
        .await;
    assert_eq!(stored, 0, "nothing half applied");
    assert_eq!(save("I.1", "4,5", "").await.unwrap().value, "4,5");
    let saved = save("I.2", "4.5", "").await.unwrap();
    assert_eq!((saved.value.as_str(), saved.points), ("4,5", number("9")));
    let future =
        steps::save_criterion(&pool, &me, today(), november().next(), ("I.1", "4", "")).await;
    assert_eq!(field_of(future), "period");
    // Cleared, and saved again as it is.
    assert_eq!(save("I.2", "", "4,5").await.unwrap().points, number("4.5"));
    assert_eq!(save("I.1", "4.50", "").await.unwrap().points, number("4.5"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_second_tab_gets_both_values(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let me = a.access(a.first, Permission::SelfAssess);
    let save = |typed: &'static str, seen: &'static str| {
        let (pool, me) = (pool.clone(), me.clone());
        async move { steps::save_criterion(&pool, &me, today(), november(), ("I.1", typed, seen)).await }
    };
    save("4", "").await.unwrap();
    let conflict = save("3", "").await;
    assert_eq!(
        conflict.unwrap_err(),
        AppError::Conflict {
            current: "4".into(),
            yours: "3".into()
        }
    );
    save("3", "4").await.unwrap();
    let version = a.version(&pool, a.first).await;
    let words = |text: &str| Remarks {
        strengths: text.into(),
        shortcomings: String::new(),
    };
    let first = steps::save_remarks(&pool, &me, today(), november(), version, words("Một"))
        .await
        .unwrap();
    assert_eq!(first.version, version + 1);
    let second = steps::save_remarks(&pool, &me, today(), november(), version, words("Hai")).await;
    assert!(
        matches!(second, Err(AppError::Conflict { .. })),
        "{second:?}"
    );
    let long = words(&"a".repeat(4001));
    assert_eq!(
        field_of(steps::save_remarks(&pool, &me, today(), november(), version + 1, long).await),
        "strengths"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sheet_goes_its_steps_in_order(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-18")
        .await
        .deliverable;
    let me = a.access(a.first, Permission::SelfAssess);
    let points = all_points();
    // Not sent yet; nine of ten.
    let early = a.conclusion(&pool, a.first, &points).await;
    assert_eq!(field_of(a.confirm(&pool, a.head, early).await), "status");
    let mut nine = points.clone();
    nine.remove("III.4");
    assert_eq!(
        field_of(a.submit(&pool, a.first, &nine).await),
        "points[III.4]"
    );
    let stored: i64 = a
        .one(
            &pool,
            "select count(*) from sheet_criterion where agency_id = $1",
        )
        .await;
    assert_eq!(stored, 0, "all or nothing");
    assert_eq!(
        field_of(steps::withdraw(&pool, &me, today(), november(), Uuid::now_v7()).await),
        "status"
    );
    a.submit(&pool, a.first, &points).await.unwrap();
    // Sent: no change, no second sending; back and again.
    let late = steps::save_criterion(&pool, &me, today(), november(), ("I.1", "4", "5")).await;
    assert_eq!(field_of(late), "period");
    assert_eq!(field_of(a.submit(&pool, a.first, &points).await), "period");
    steps::withdraw(&pool, &me, today(), november(), Uuid::now_v7())
        .await
        .unwrap();
    a.submit(&pool, a.first, &points).await.unwrap();
    let total: Decimal = a
        .one(&pool, "select self_total from sheet where agency_id = $1")
        .await;
    assert_eq!(total, number("100"));
    // A delivery waits.
    let conclusion = a.conclusion(&pool, a.first, &points).await;
    let waiting = a
        .confirm(&pool, a.head, conclusion.clone())
        .await
        .unwrap_err();
    assert!(
        waiting.to_string().contains("“Báo cáo” chờ nghiệm thu"),
        "{waiting}"
    );
    a.decide(&pool, a.head, made, DeliverableAction::Accept)
        .await
        .unwrap();
    a.confirm(&pool, a.head, conclusion.clone()).await.unwrap();
    // Confirmed: nothing changes any more.
    let again = a.conclusion(&pool, a.first, &points).await;
    assert_eq!(field_of(a.confirm(&pool, a.head, again).await), "period");
    assert_eq!(
        field_of(steps::withdraw(&pool, &me, today(), november(), Uuid::now_v7()).await),
        "period"
    );
    assert_eq!(field_of(a.submit(&pool, a.first, &points).await), "period");
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_but_the_direct_superior_confirms(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let points = all_points();
    for officer in [a.first, a.head] {
        a.submit(&pool, officer, &points).await.unwrap();
    }
    let of_first = a.conclusion(&pool, a.first, &points).await;
    for by in [a.chief, a.neighbour_head] {
        assert_eq!(
            a.confirm(&pool, by, of_first.clone()).await,
            Err(AppError::Forbidden)
        );
    }
    let of_head = a.conclusion(&pool, a.head, &points).await;
    assert_eq!(
        a.confirm(&pool, a.head, of_head).await,
        Err(AppError::Forbidden),
        "one's own sheet"
    );
    let b = Agency::new(&pool, "two").await;
    assert_eq!(
        b.confirm(&pool, b.head, of_first).await,
        Err(AppError::Forbidden)
    );
    assert_eq!(
        granted(&[Role::Officer, Role::Deputy], Permission::ConfirmReview),
        None
    );
    let drafts: i64 = a
        .one(
            &pool,
            "select count(*) from sheet where agency_id = $1 and status = 'self_assessed'",
        )
        .await;
    assert_eq!(drafts, 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_changed_point_needs_its_reason_and_the_officer_sees_both(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-18")
        .await
        .deliverable;
    a.decide(&pool, a.head, made, DeliverableAction::Accept)
        .await
        .unwrap();
    let points = all_points();
    a.submit(&pool, a.first, &points).await.unwrap();
    let mut conclusion = a.conclusion(&pool, a.first, &points).await;
    for typed in ["2,51", "-1", "x", ""] {
        conclusion.points.insert("III.1".into(), typed.into());
        assert_eq!(
            field_of(a.confirm(&pool, a.head, conclusion.clone()).await),
            "points[III.1]",
            "{typed}"
        );
    }
    conclusion.points.insert("III.1".into(), "1,5".into());
    assert_eq!(
        field_of(a.confirm(&pool, a.head, conclusion.clone()).await),
        "reasons[III.1]"
    );
    conclusion
        .reasons
        .insert("III.1".into(), "Chưa có sản phẩm đột phá".into());
    conclusion.points.insert("IX".into(), "1".into());
    assert_eq!(
        field_of(a.confirm(&pool, a.head, conclusion.clone()).await),
        "points[IX]"
    );
    conclusion.points.remove("IX");
    conclusion.organising = "100".into();
    assert_eq!(
        field_of(a.confirm(&pool, a.head, conclusion.clone()).await),
        "organising",
        "staff have no đ"
    );
    conclusion.organising.clear();
    let stale = Conclusion {
        version: conclusion.version - 1,
        ..conclusion.clone()
    };
    assert!(matches!(
        a.confirm(&pool, a.head, stale).await,
        Err(AppError::Conflict { .. })
    ));
    conclusion.remark = "Cần sáng tạo hơn".into();
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    let me = a.access(a.first, Permission::ViewOwnMonth);
    let sheet = steps::load_sheet(&pool, &me, today(), november())
        .await
        .unwrap();
    let row = sheet
        .criteria
        .iter()
        .find(|row| row.code == "III.1")
        .unwrap();
    assert_eq!(
        (row.own, row.confirmed),
        (Some(number("2.5")), Some(number("1.5")))
    );
    assert_eq!(row.reason, "Chưa có sản phẩm đột phá");
    assert_eq!(
        (sheet.own_total, sheet.confirmed_total),
        (Some(number("100")), Some(number("99")))
    );
    assert_eq!(
        (sheet.status, sheet.remark.as_str()),
        (SheetStatus::Confirmed, "Cần sáng tạo hơn")
    );
    let told: i64 = a
        .one(&pool, "select count(*) from notification where agency_id = $1 and text like 'Phiếu tháng 11/2026 đã được xác nhận: 99 điểm%' and link like '/sheet/%'")
        .await;
    assert_eq!(told, 1);
    // What is printed is what was confirmed, and can be computed again.
    let print = steps::load_print(&pool, &me, today(), november(), a.first)
        .await
        .unwrap();
    assert_eq!(
        (print.total, print.common_points),
        (Some(number("99")), number("29"))
    );
    let trace: serde_json::Value = a.one(&pool, "select confirmed_trace from sheet where agency_id = $1 and confirmed_trace is not null").await;
    let trace: kpi::trace::Trace = serde_json::from_value(trace).unwrap();
    assert_eq!(trace.recompute().unwrap(), number("99"));
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_leader_is_confirmed_with_reasons_for_his_own_criteria(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.head, "Đề án", "2026-11-18")
        .await
        .deliverable;
    a.decide(&pool, a.chief, made, DeliverableAction::Accept)
        .await
        .unwrap();
    let points = all_points();
    a.submit(&pool, a.head, &points).await.unwrap();
    let mut conclusion = a.conclusion(&pool, a.head, &points).await;
    assert_eq!(
        field_of(a.confirm(&pool, a.chief, conclusion.clone()).await),
        "organising"
    );
    for percent in ["80", "0", "-50", "100 %", "4294967296"] {
        conclusion.organising = percent.into();
        assert_eq!(
            field_of(a.confirm(&pool, a.chief, conclusion.clone()).await),
            "organising",
            "{percent}"
        );
    }
    conclusion.organising = "50".into();
    assert_eq!(
        field_of(a.confirm(&pool, a.chief, conclusion.clone()).await),
        "organising_reason"
    );
    conclusion.organising_reason = "Còn chậm kéo dài".into();
    conclusion.unity = "75".into();
    assert_eq!(
        field_of(a.confirm(&pool, a.chief, conclusion.clone()).await),
        "unity"
    );
    conclusion.unity = "50".into();
    assert_eq!(
        field_of(a.confirm(&pool, a.chief, conclusion.clone()).await),
        "unity_reason"
    );
    conclusion.unity = "100".into();
    a.confirm(&pool, a.chief, conclusion).await.unwrap();
    // (100 × 4 + 50 + 100) ÷ 6 × 70 % + 30.
    let total: Decimal = a
        .one(
            &pool,
            "select confirmed_total from sheet where agency_id = $1",
        )
        .await;
    assert_eq!(total, number("94.17"));
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sheet_that_was_never_sent_is_confirmed_instead_only_after_the_month(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    a.recompute(&pool, a.first).await;
    let head = a.access(a.head, Permission::ConfirmReview);
    let mut conclusion = a.conclusion(&pool, a.first, &all_points()).await;
    conclusion.instead_reason = "Nghỉ ốm".into();
    let at = |today: &str, conclusion: &Conclusion| {
        let (pool, head, conclusion, today) =
            (pool.clone(), head.clone(), conclusion.clone(), day(today));
        async move {
            let signer = Signer::of_record(&head.actor).unwrap();
            steps::confirm(
                &pool,
                (&head, &signer),
                today,
                november(),
                (conclusion, Uuid::now_v7()),
            )
            .await
        }
    };
    assert_eq!(field_of(at("2026-11-30", &conclusion).await), "status");
    let silent = Conclusion {
        instead_reason: String::new(),
        ..conclusion.clone()
    };
    assert_eq!(field_of(at("2026-12-01", &silent).await), "instead_reason");
    at("2026-12-01", &conclusion).await.unwrap();
    // Nothing was assigned: confirmed, without a score.
    let (status, total): (String, Option<Decimal>) = (
        a.one(&pool, "select status from sheet where agency_id = $1")
            .await,
        a.one(
            &pool,
            "select confirmed_total from sheet where agency_id = $1",
        )
        .await,
    );
    assert_eq!((status.as_str(), total), ("confirmed", None));
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_closed_month_locks_what_was_confirmed_and_takes_nothing_more(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let points = all_points();
    a.submit(&pool, a.first, &points).await.unwrap();
    a.submit(&pool, a.second, &points).await.unwrap();
    let conclusion = a.conclusion(&pool, a.first, &points).await;
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    let actor = a.actor(a.second, &[Role::Personnel]);
    let scope = granted(&actor.roles, Permission::LockMonth).unwrap();
    let personnel = app::auth::Access { actor, scope };
    let signer = Signer::of_record(&personnel.actor).unwrap();
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Confirmation).await;
    let version = async || {
        a.one::<i32>(&pool, "select version from period where agency_id = $1")
            .await
    };
    let close = async |today: &str| {
        let seen = (version().await, Uuid::now_v7());
        lock(&pool, &personnel, day(today), november(), seen).await
    };
    let tell = async |reason: &str| {
        let asked = Announcement {
            version: version().await,
            reason: reason.into(),
            ..Announcement::default()
        };
        announce(
            &pool,
            (&personnel, &signer),
            november(),
            (asked, Uuid::now_v7()),
        )
        .await
    };
    assert_eq!(
        field_of(close("2026-11-30").await),
        "period",
        "not announced"
    );
    assert_eq!(field_of(tell(" ").await), "reason", "one is unconfirmed");
    assert_eq!(tell("Nghỉ dài ngày").await.unwrap(), 1);
    assert_eq!(field_of(tell("Nghỉ dài ngày").await), "period", "told once");
    assert_eq!(
        field_of(close("2026-11-29").await),
        "period",
        "the month runs"
    );
    assert_eq!(close("2026-11-30").await.unwrap(), (1, 1));
    assert_eq!(field_of(close("2026-12-01").await), "period", "closed once");
    let locked: i64 = a
        .one(
            &pool,
            "select count(*) from person_month where agency_id = $1 and sheet_status = 'locked'",
        )
        .await;
    assert_eq!(locked, 1);
    let of_second = a.conclusion(&pool, a.second, &points).await;
    assert_eq!(
        field_of(a.confirm(&pool, a.head, of_second).await),
        "period"
    );
    let third = a.access(a.deputy, Permission::SelfAssess);
    let late = steps::save_criterion(&pool, &third, today(), november(), ("I.1", "4", "")).await;
    assert_eq!(field_of(late), "period");
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_repeated_form_counts_once(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let me = a.access(a.first, Permission::SelfAssess);
    let key = Uuid::now_v7();
    for _ in 0..2 {
        let draft = Draft {
            points: all_points(),
            submit: true,
            ..Draft::default()
        };
        steps::save_sheet(&pool, &me, today(), november(), (draft, key))
            .await
            .unwrap();
    }
    let audited: i64 = a
        .one(
            &pool,
            "select count(*) from audit where agency_id = $1 and action = 'review.submit'",
        )
        .await;
    assert_eq!(audited, 1);
}
