//! A meeting from its opening to the signed minutes: one device presents, the others follow, what is written counts once.

use app::auth::{Access, Actor};
use app::error::AppError;
use app::meeting::steps::{self, Act, NewMeeting, TypedEntry, TypedTask};
use app::meeting::store;
use app::meeting::wire::{MeetingKind, RoomState};
use app::sign::Signer;
use kpi::assignment::DeliverableAction;
use kpi::permission::Permission;
use sqlx::PgPool;
use uuid::Uuid;

use crate::actor::access;
use crate::fixture::{Agency, field_of, today};

/// Whoever acts in several ways from one account.
struct Device(Actor);

impl Device {
    fn of(agency: &Agency, officer: kpi::ids::OfficerId, name: &str) -> Self {
        let mut actor = agency.actor(officer, &[]);
        actor.name = name.into();
        Self(actor)
    }

    fn may(&self, permission: Permission) -> Access {
        access(self.0.clone(), permission)
    }

    async fn open(&self, pool: &PgPool, kind: &str, agency: &Agency) -> Result<Uuid, AppError> {
        let typed = NewMeeting {
            kind: kind.into(),
            unit: agency.department.0.to_string(),
            period: "2026-11".into(),
            year: "2026".into(),
        };
        steps::open(pool, &self.may(Permission::HoldMeeting), today(), &typed).await
    }

    async fn present(
        &self,
        pool: &PgPool,
        (meeting, step): (Uuid, i32),
        subject: kpi::ids::OfficerId,
    ) -> Result<RoomState, AppError> {
        let access = self.may(Permission::HoldMeeting);
        steps::present(pool, &access, (meeting, step, subject.0)).await
    }

    async fn act(
        &self,
        pool: &PgPool,
        (meeting, step): (Uuid, i32),
        act: Act,
    ) -> Result<RoomState, AppError> {
        let access = self.may(Permission::HoldMeeting);
        steps::act(pool, &access, today(), (meeting, step, act)).await
    }

    async fn write(
        &self,
        pool: &PgPool,
        (meeting, entry): (Uuid, Uuid),
        (kind, text): (&str, &str),
        subject: Option<Uuid>,
    ) -> Result<RoomState, AppError> {
        let typed = TypedEntry {
            meeting,
            entry,
            kind: kind.into(),
            subject,
            text: text.into(),
            written: String::new(),
        };
        steps::write(pool, &self.may(Permission::TakePart), &typed).await
    }

    async fn end(&self, pool: &PgPool, meeting: Uuid, step: i32) -> Result<(), AppError> {
        let access = self.may(Permission::HoldMeeting);
        steps::end(pool, &access, today(), (meeting, step)).await
    }

    async fn sign(&self, pool: &PgPool, meeting: Uuid, version: i32) -> Result<(), AppError> {
        let signer = Signer::of_record(&self.0)?;
        let access = self.may(Permission::SignMinutes);
        steps::sign_minutes(pool, &access, &signer, (meeting, version)).await
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn one_device_presents_and_the_others_are_told_at_once(pool: PgPool) {
    let agency = Agency::new(&pool, "A").await;
    let head = Device::of(&agency, agency.head, "Nguyễn Văn Vụ");
    let chief = Device::of(&agency, agency.chief, "Trưởng Ban");
    let meeting = head.open(&pool, "month_unit", &agency).await.unwrap();
    assert_eq!(
        head.open(&pool, "month_unit", &agency).await,
        Ok(meeting),
        "one about the same runs already"
    );
    let mut listener = sqlx::postgres::PgListener::connect_with(&pool)
        .await
        .unwrap();
    listener.listen("told").await.unwrap();

    let state = head
        .present(&pool, (meeting, 0), agency.first)
        .await
        .unwrap();
    assert_eq!((state.step, state.subject), (1, Some(agency.first.0)));
    let told = listener.recv().await.unwrap();
    let told: app::live::Told = serde_json::from_str(told.payload()).unwrap();
    assert_eq!((told.path.as_str(), told.everyone), ("/A/B/", false));
    assert_eq!(
        serde_json::from_str::<RoomState>(&told.data).unwrap(),
        state
    );

    // A second presenter, and a device that stands at an older step.
    let refused = chief.present(&pool, (meeting, 1), agency.second).await;
    assert!(
        matches!(&refused, Err(AppError::Invalid { message, .. }) if message.contains("Nguyễn Văn Vụ"))
    );
    assert_eq!(
        field_of(chief.act(&pool, (meeting, 1), Act::Take).await),
        "presenter"
    );
    assert_eq!(
        field_of(head.present(&pool, (meeting, 0), agency.second).await),
        "step"
    );

    // Two minutes of silence, or a release.
    sqlx::query("update meeting set presenter_seen = now() - interval '121 seconds'")
        .execute(&pool)
        .await
        .unwrap();
    let state = chief.act(&pool, (meeting, 1), Act::Take).await.unwrap();
    assert_eq!(state.presenter_name, "Trưởng Ban");
    assert_eq!(
        field_of(head.present(&pool, (meeting, 2), agency.second).await),
        "presenter"
    );
    chief.act(&pool, (meeting, 2), Act::Release).await.unwrap();
    let state = head
        .present(&pool, (meeting, 3), agency.second)
        .await
        .unwrap();
    assert_eq!(state.step, 4);

    head.end(&pool, meeting, 4).await.unwrap();
    assert_eq!(
        field_of(head.present(&pool, (meeting, 5), agency.first).await),
        "meeting"
    );
    assert_eq!(field_of(head.end(&pool, meeting, 5).await), "meeting");
    head.open(&pool, "month_unit", &agency)
        .await
        .expect("another one may begin");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_takes_no_part_is_refused_and_scores_show_to_those_who_may_see_them(pool: PgPool) {
    let agency = Agency::new(&pool, "A").await;
    let other = Agency::new(&pool, "B").await;
    let head = Device::of(&agency, agency.head, "Nguyễn Văn Vụ");
    agency
        .deliver(&pool, agency.first, "Tờ trình", "2026-11-10")
        .await;
    agency.recompute(&pool, agency.first).await;
    let month = head.open(&pool, "month_unit", &agency).await.unwrap();
    let year = head.open(&pool, "year", &agency).await.unwrap();

    let staff = Device::of(&agency, agency.first, "Lê Thị An").may(Permission::TakePart);
    let neighbour = Device::of(&agency, agency.neighbour, "Vũ Văn Cường").may(Permission::TakePart);
    let elsewhere = Device::of(&other, other.head, "Người khác").may(Permission::TakePart);
    let room = |access: Access, meeting| {
        let pool = pool.clone();
        async move { steps::room(&pool, &access, today(), meeting).await }
    };
    assert!(matches!(
        room(staff.clone(), month).await,
        Err(AppError::Forbidden)
    ));
    assert!(matches!(
        room(neighbour, year).await,
        Err(AppError::Forbidden)
    ));
    assert!(matches!(
        room(elsewhere, month).await,
        Err(AppError::NotFound)
    ));

    // The year is discussed by all officers (Điều 21); each sees his own score only.
    let seen = room(staff, year).await.unwrap();
    assert_eq!(seen.line.kind, MeetingKind::Year);
    for subject in &seen.figures.subjects {
        assert_eq!(
            subject.seen,
            subject.id == agency.first.0,
            "{}",
            subject.name
        );
        assert!(subject.seen || subject.scores.is_empty());
    }
    assert!(!seen.holds && seen.assigns.is_empty());

    // The deputy sees the month of the unit, and that of nobody else.
    let deputy = Device::of(&agency, agency.deputy, "Trần Thị Phó").may(Permission::TakePart);
    let seen = room(deputy, month).await.unwrap();
    let names: Vec<&str> = seen
        .figures
        .subjects
        .iter()
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["Lê Thị An", "Phạm Văn Bình", "Trần Thị Phó"]);
    let an = &seen.figures.subjects[0];
    assert!(an.seen && an.scores.iter().any(|score| score.label == "Hệ thống tính"));
    assert_eq!(seen.figures.caps.len(), 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_sent_twice_counts_once_and_late_entries_are_taken_until_the_minutes_are_signed(
    pool: PgPool,
) {
    let agency = Agency::new(&pool, "A").await;
    let head = Device::of(&agency, agency.head, "Nguyễn Văn Vụ");
    let deputy = Device::of(&agency, agency.deputy, "Trần Thị Phó");
    let meeting = head.open(&pool, "month_unit", &agency).await.unwrap();
    let (first, late, after) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    let about = Some(agency.first.0);

    for _ in 0..2 {
        let state = deputy
            .write(&pool, (meeting, first), ("remark", "Chủ động"), about)
            .await
            .unwrap();
        assert_eq!(state.entries, 1);
    }
    let stolen = head
        .write(&pool, (meeting, first), ("remark", "Khác"), about)
        .await;
    assert_eq!(field_of(stolen), "entry");
    let concluded = deputy
        .write(&pool, (meeting, late), ("conclusion", "Xuất sắc"), about)
        .await;
    assert_eq!(field_of(concluded), "kind", "the chair concludes");
    head.write(
        &pool,
        (meeting, Uuid::now_v7()),
        ("conclusion", "Hoàn thành tốt"),
        about,
    )
    .await
    .unwrap();

    let state = head
        .present(&pool, (meeting, 0), agency.first)
        .await
        .unwrap();
    head.end(&pool, meeting, state.step).await.unwrap();
    deputy
        .write(
            &pool,
            (meeting, late),
            ("opinion", "Cần đào tạo thêm"),
            about,
        )
        .await
        .unwrap();

    let keeper = deputy.may(Permission::KeepMinutes);
    let view = steps::minutes_view(&pool, &deputy.may(Permission::TakePart), meeting)
        .await
        .unwrap();
    assert!(
        view.content
            .text
            .contains("- Nhận xét (Trần Thị Phó): Chủ động")
    );
    assert!(view.content.text.contains("- Kết luận: Hoàn thành tốt"));
    assert!(!view.content.text.contains("Cần đào tạo thêm"));
    assert_eq!(view.late.len(), 1);
    assert_eq!(
        (view.content.chair.as_str(), view.keeps, view.signs),
        ("Nguyễn Văn Vụ", true, false)
    );
    steps::compose_again(&pool, &keeper, today(), (meeting, view.version))
        .await
        .unwrap();
    steps::save_minutes(&pool, &keeper, (meeting, view.version), "Bản khác")
        .await
        .expect_err("somebody wrote meanwhile");
    let view = steps::minutes_view(&pool, &deputy.may(Permission::TakePart), meeting)
        .await
        .unwrap();
    assert!(view.content.text.contains("Cần đào tạo thêm"));

    head.sign(&pool, meeting, view.version - 1)
        .await
        .expect_err("he looked at an older version");
    head.sign(&pool, meeting, view.version).await.unwrap();
    let signed = steps::minutes_view(&pool, &head.may(Permission::TakePart), meeting)
        .await
        .unwrap();
    assert!(signed.signed && !signed.keeps && !signed.signs);
    assert_eq!(signed.signatures.len(), 1);
    let refused = steps::save_minutes(&pool, &keeper, (meeting, signed.version), "Sửa").await;
    assert_eq!(field_of(refused), "text");
    let closed = deputy
        .write(&pool, (meeting, after), ("remark", "Muộn"), about)
        .await;
    assert_eq!(field_of(closed), "meeting");
    // Nor does the database change them.
    for statement in [
        "update minutes set content = '{}'",
        "delete from minutes",
        "delete from meeting_entry",
    ] {
        sqlx::query(statement)
            .execute(&pool)
            .await
            .expect_err(statement);
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn frozen_figures_stay_until_they_are_thawed_and_stand_in_the_minutes(pool: PgPool) {
    let agency = Agency::new(&pool, "A").await;
    let head = Device::of(&agency, agency.head, "Nguyễn Văn Vụ");
    let work = agency
        .deliver(&pool, agency.first, "Tờ trình", "2026-11-10")
        .await;
    let meeting = head.open(&pool, "month_unit", &agency).await.unwrap();
    let scores = || async {
        let access = head.may(Permission::TakePart);
        let room = steps::room(&pool, &access, today(), meeting).await.unwrap();
        room.figures.subjects[0].scores[1].value
    };
    let before = scores().await;
    let state = head.act(&pool, (meeting, 0), Act::Freeze).await.unwrap();
    assert!(!state.frozen.is_empty());
    agency
        .decide(
            &pool,
            agency.head,
            work.deliverable,
            DeliverableAction::Accept,
        )
        .await
        .unwrap();
    assert_eq!(scores().await, before, "frozen");
    let state = head
        .act(&pool, (meeting, state.step), Act::Thaw)
        .await
        .unwrap();
    let live = scores().await;
    assert_ne!(live, before);
    head.end(&pool, meeting, state.step).await.unwrap();
    let view = steps::minutes_view(&pool, &head.may(Permission::TakePart), meeting)
        .await
        .unwrap();
    assert_eq!(view.content.figures[0].scores[1].1, live);
    assert!(!view.content.figures_at.is_empty());
}

#[sqlx::test(migrations = "../migrations")]
async fn a_task_becomes_an_assignment_once_and_only_of_the_direct_superior(pool: PgPool) {
    let agency = Agency::new(&pool, "A").await;
    let head = Device::of(&agency, agency.head, "Nguyễn Văn Vụ");
    let chief = Device::of(&agency, agency.chief, "Trưởng Ban");
    let meeting = head.open(&pool, "month_unit", &agency).await.unwrap();
    let task = TypedTask {
        meeting,
        entry: Uuid::now_v7(),
        subject: agency.first.0,
        product: "X.1 – Báo cáo".into(),
        quantity: "2".into(),
        due_day: "28/11/2026".into(),
        text: "Trình trước 28/11".into(),
    };
    let refused = steps::assign(&pool, &head.may(Permission::Assign), today(), &task).await;
    assert_eq!(field_of(refused), "product", "the catalogue has none");
    product(&pool, &agency).await;
    let foreign = steps::assign(&pool, &chief.may(Permission::Assign), today(), &task).await;
    assert!(matches!(foreign, Err(AppError::Forbidden)), "{foreign:?}");
    for _ in 0..2 {
        steps::assign(&pool, &head.may(Permission::Assign), today(), &task)
            .await
            .unwrap();
    }
    let assigned: i64 = agency
        .one(
            &pool,
            "select count(*) from assignment where agency_id = $1 and kind = 'ad_hoc'",
        )
        .await;
    assert_eq!(assigned, 1);
    let mut db = pool.acquire().await.unwrap();
    let entries = store::entries(&mut *db, agency.agency.0, meeting)
        .await
        .unwrap();
    assert_eq!(entries.len(), 1);
    assert!(
        entries[0].text.contains("số lượng 2, hạn 28/11/2026"),
        "{}",
        entries[0].text
    );
    let bad = TypedTask {
        quantity: "nhiều".into(),
        entry: Uuid::now_v7(),
        ..task
    };
    let refused = steps::assign(&pool, &head.may(Permission::Assign), today(), &bad).await;
    assert_eq!(field_of(refused), "quantity");
}

/// An approved catalogue with one product, "X.1".
async fn product(pool: &PgPool, agency: &Agency) {
    let catalogue = Uuid::now_v7();
    sqlx::query(
        "insert into catalogue (agency_id, catalogue_id, version_number, name, status, decision, effective_from)
         values ($1, $2, 7, 'Danh mục', 'approved', '1/QĐ', '2026-01-01')",
    )
    .bind(agency.agency.0)
    .bind(catalogue)
    .execute(pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into product (agency_id, product_id, catalogue_id, code, task, points, coefficient, ordinal)
         values ($1, $2, $3, 'X.1', 'Báo cáo đột xuất', 5, 1, 1)",
    )
    .bind(agency.agency.0)
    .bind(Uuid::now_v7())
    .bind(catalogue)
    .execute(pool)
    .await
    .unwrap();
}
