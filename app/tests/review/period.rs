//! A month as the personnel office leads it: opened, moved on by hand and by date, announced unit by unit, locked.

use app::admin::record::store::page;
use app::auth::Access;
use app::dashboard::home::api::Part;
use app::dashboard::home::store::lines;
use app::error::AppError;
use app::period::steps::{
    Announcement, announce, lock, open, set_dates, set_unit_dates, take_step,
};
use app::period::store::write::UnitDates;
use app::period::store::{dates, status, status_in};
use app::period::watch::run_due;
use app::sign::store::of_month;
use app::sign::{Kind, Signer};
use kpi::ids::OfficerId;
use kpi::period::Period;
use kpi::period::life::{PeriodAction, PeriodDates, PeriodStatus};
use kpi::permission::{Permission, Role, granted};
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, day, field_of, november, today};
use crate::month_state::bring;

fn personnel(a: &Agency, officer: OfficerId) -> Access {
    let actor = a.actor(officer, &[Role::Personnel]);
    let scope = granted(&actor.roles, Permission::ManagePeriod).unwrap();
    Access { actor, scope }
}

async fn version(a: &Agency, pool: &PgPool) -> i32 {
    a.one(
        pool,
        "select version from period where agency_id = $1 and period = '2026-11-01'",
    )
    .await
}

fn december() -> Period {
    "2026-12".parse().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn opening_names_what_is_missing_and_goes_on_with_a_reason(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let office = personnel(&a, a.second);
    let usual = || (PeriodDates::usual(december(), &[]), true);
    let refused = open(&pool, &office, today(), december(), usual(), "").await;
    let Err(AppError::Invalid { field, message, .. }) = refused else {
        panic!("opened");
    };
    assert_eq!(field, "reason");
    for what in [
        "nhóm nhiệm vụ",
        "việc theo kế hoạch",
        "ngày nghỉ",
        "danh mục",
    ] {
        assert!(message.contains(what), "{what}: {message}");
    }
    assert_eq!(status(&pool, a.agency, december()).await.unwrap(), None);
    open(&pool, &office, today(), december(), usual(), "Bổ sung sau")
        .await
        .unwrap();
    assert_eq!(
        status(&pool, a.agency, december()).await.unwrap(),
        Some(PeriodStatus::Open)
    );
    let again = open(&pool, &office, today(), december(), usual(), "Bổ sung sau").await;
    assert_eq!(field_of(again), "period");
    let audited: i64 = a
        .one(
            &pool,
            "select count(*) from audit where agency_id = $1 and action = 'period.open' and detail->>'reason' = 'Bổ sung sau'",
        )
        .await;
    assert_eq!(audited, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_sheet_is_neither_sent_nor_confirmed_before_its_time(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let office = personnel(&a, a.second);
    let points = all_points();
    a.submit(&pool, a.first, &points).await.unwrap();
    let sent: chrono::NaiveDate = a
        .one(
            &pool,
            "select (submitted_at at time zone 'Asia/Ho_Chi_Minh')::date from sheet
             where agency_id = $1 and submitted_at is not null",
        )
        .await;
    assert_eq!(sent, today(), "sent on the day that the clock shows");
    let seen = version(&a, &pool).await;
    let back = (PeriodAction::Reopen, seen);
    let mute = take_step(&pool, &office, november(), back, " ").await;
    assert_eq!(field_of(mute), "reason");
    take_step(&pool, &office, november(), back, "Mở nhầm")
        .await
        .unwrap();
    let stale = take_step(&pool, &office, november(), back, "Mở nhầm").await;
    assert!(matches!(stale, Err(AppError::Conflict { .. })));
    assert_eq!(field_of(a.submit(&pool, a.second, &points).await), "period");
    let conclusion = a.conclusion(&pool, a.first, &points).await;
    assert_eq!(
        field_of(a.confirm(&pool, a.head, conclusion).await),
        "period"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_unit_is_announced_before_the_others_and_takes_nothing_more(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let office = personnel(&a, a.second);
    let points = all_points();
    a.submit(&pool, a.first, &points).await.unwrap();
    let conclusion = a.conclusion(&pool, a.first, &points).await;
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Confirmation).await;
    let seen = version(&a, &pool).await;
    let signer = Signer::of_record(&office.actor).unwrap();
    let ask = |unit: Option<Uuid>, version: i32| {
        let asked = Announcement {
            unit,
            version,
            ..Announcement::default()
        };
        (asked, Uuid::now_v7())
    };
    let told = announce(
        &pool,
        (&office, &signer),
        november(),
        ask(Some(a.department.0), seen),
    )
    .await;
    assert_eq!(told.unwrap(), 1);
    let again = announce(
        &pool,
        (&office, &signer),
        november(),
        ask(Some(a.department.0), seen),
    )
    .await;
    assert_eq!(field_of(again), "unit");
    let of = |unit| status_in(&pool, a.agency, november(), unit);
    assert_eq!(
        of(a.department).await.unwrap(),
        Some(PeriodStatus::Announced)
    );
    assert_eq!(of(a.root).await.unwrap(), Some(PeriodStatus::Confirmation));
    assert_eq!(field_of(a.submit(&pool, a.deputy, &points).await), "period");
    let own = UnitDates {
        announce_on: Some(day("2026-12-20")),
        ..UnitDates::default()
    };
    let late = set_unit_dates(&pool, &office, november(), (a.department, own)).await;
    assert_eq!(field_of(late), "unit");
    assert_eq!(
        announce(&pool, (&office, &signer), november(), ask(None, seen))
            .await
            .unwrap(),
        0
    );
    // What told whom is signed, by unit and then for the others, and each sheet names its own.
    let mut db = pool.acquire().await.unwrap();
    let signed = of_month(&mut db, a.agency, Kind::MonthAnnouncement, november())
        .await
        .unwrap();
    let units: Vec<_> = signed.iter().map(|signed| signed.unit.clone()).collect();
    assert_eq!(units.len(), 2);
    assert!(units.contains(&None));
    let own: String = a
        .one(
            &pool,
            "select g.content::jsonb->'content'->'sheets'->0->>'officer' from sheet s
             join signature g on g.agency_id = s.agency_id and g.signature_id = s.announcement_id
             where s.agency_id = $1 and s.status = 'announced' and g.record_id = s.unit_id",
        )
        .await;
    assert_eq!(own, a.first.0.to_string());
    drop(db);
    let own = a.access(a.first, Permission::SignedIn);
    let record = page(&pool, &own, None, "signatures").await;
    let about: Vec<_> = record
        .unwrap()
        .signatures
        .into_iter()
        .filter(|(signed, _)| signed.kind == Kind::MonthAnnouncement)
        .collect();
    assert_eq!(about.len(), 1, "his unit's, not that of the others");
    assert_eq!(about[0].1, format!("/sheet/{}?period=2026-11", a.first.0));
    let seen = version(&a, &pool).await;
    let locked = lock(
        &pool,
        &office,
        day("2026-12-20"),
        november(),
        (seen, Uuid::now_v7()),
    )
    .await;
    assert_eq!(locked.unwrap(), (1, 0));
    let told: i64 = a
        .one(
            &pool,
            "select count(*) from notification where agency_id = $1 and text like 'Kết quả tháng 11/2026 đã được công bố%'",
        )
        .await;
    assert_eq!(told, 1);
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn the_dates_move_a_month_on_and_remind_everybody_once(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let office = personnel(&a, a.second);
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    take_step(
        &pool,
        &office,
        november(),
        (PeriodAction::Reopen, version(&a, &pool).await),
        "Thử",
    )
    .await
    .unwrap();
    let usual = PeriodDates::usual(november(), &[]);
    let seen = version(&a, &pool).await;
    set_dates(&pool, &office, november(), (usual, true, seen))
        .await
        .unwrap();
    let own = UnitDates {
        self_until: Some(day("2026-12-04")),
        ..UnitDates::default()
    };
    set_unit_dates(&pool, &office, november(), (a.department, own))
        .await
        .unwrap();
    let of_unit = dates(&pool, a.agency, november(), Some(a.department))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(of_unit.self_until, day("2026-12-04"));
    let state = async || status(&pool, a.agency, november()).await.unwrap().unwrap();
    let count = async |what: &'static str| a.one::<i64>(&pool, what).await;
    run_due(&pool, day("2026-11-29"), None).await.unwrap();
    assert_eq!(state().await, PeriodStatus::Open);
    for _ in 0..2 {
        run_due(&pool, day("2026-11-30"), None).await.unwrap();
        assert_eq!(state().await, PeriodStatus::SelfAssessment);
        // Chief, neighbour and his head by the agency's date; the department has its own, four days later.
        let own =
            "select count(*) from period_reminder where agency_id = $1 and kind = 'self_until'";
        assert_eq!(count(own).await, 3);
        let said = "select count(*) from notification where agency_id = $1 and text like 'Hãy gửi tự đánh giá%'";
        assert_eq!(count(said).await, 3);
    }
    run_due(&pool, day("2026-12-03"), None).await.unwrap();
    assert_eq!(state().await, PeriodStatus::Confirmation);
    let heads = "select count(*) from notification where agency_id = $1 and text like 'Còn 1 phiếu tháng 11/2026 chờ bạn xác nhận%'";
    assert_eq!(count(heads).await, 1);
    run_due(&pool, day("2027-06-01"), None).await.unwrap();
    assert_eq!(
        state().await,
        PeriodStatus::Confirmation,
        "nothing is announced by a date"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn the_first_page_counts_what_waits_for_each(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let now = async |access: Access| {
        let lines = lines(&pool, &access, today()).await.unwrap();
        lines
            .into_iter()
            .map(|line| (line.part, line.what, line.count, line.link))
            .collect::<Vec<_>>()
    };
    let first = || a.access(a.first, Permission::SignedIn);
    let open = now(first()).await;
    assert_eq!(open.len(), 1, "{open:?}");
    assert!(open[0].1.contains("cần tự đánh giá"));
    assert_eq!(
        (open[0].2, open[0].3.as_str()),
        (1, "/month?period=2026-11")
    );
    a.deliver(&pool, a.second, "Báo cáo", "2026-11-18").await;
    a.submit(&pool, a.first, &all_points()).await.unwrap();
    assert_eq!(now(first()).await, []);
    let head = now(a.access(a.head, Permission::SignedIn)).await;
    let of_head: Vec<(&str, i64)> = head
        .iter()
        .filter(|line| line.0 == Part::Head)
        .map(|line| (line.1.as_str(), line.2))
        .collect();
    assert_eq!(
        of_head,
        [("sản phẩm chờ nghiệm thu", 1), ("phiếu chờ xác nhận", 1)]
    );
    let returned = a.deliver(&pool, a.first, "Tờ trình", "2026-11-18").await;
    sqlx::query("update deliverable set status = 'returned' where deliverable_id = $1")
        .bind(returned.deliverable)
        .execute(&pool)
        .await
        .unwrap();
    let head = now(a.access(a.head, Permission::SignedIn)).await;
    let faults = "phiếu chờ xác nhận, 1 phiếu có việc trễ hoặc bị trả lại";
    assert!(
        head.iter().any(|line| line.1 == faults && line.2 == 1),
        "{head:?}"
    );
    let chief = now(a.access(a.chief, Permission::SignedIn)).await;
    assert!(chief.iter().all(|line| line.0 != Part::Head), "{chief:?}");
    let neighbour = now(a.access(a.neighbour_head, Permission::SignedIn)).await;
    assert!(
        neighbour.iter().all(|line| line.0 != Part::Head),
        "{neighbour:?}"
    );
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Confirmation).await;
    let office = now(personnel(&a, a.second)).await;
    assert!(
        office.iter().any(|line| line.0 == Part::Personnel
            && line.1.contains("chưa xác nhận")
            && line.2 == 2),
        "{office:?}"
    );
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Locked).await;
    assert_eq!(now(a.access(a.second, Permission::SignedIn)).await, []);
}
