//! What speaks for a leader's d, đ and e: from the work, from what is recorded, and what the sheet says without it.

use crate::month_state::bring;
use app::auth::Access;
use app::error::AppError;
use app::review::leader::steps::{NewNote, record, withdraw};
use app::review::leader::wire::LeaderGrounds;
use app::review::steps::load_review;
use kpi::assignment::DeliverableAction;
use kpi::ids::{OfficerId, UnitId};
use kpi::period::life::PeriodStatus;
use kpi::permission::{Permission, Role, granted};
use kpi::review::NoteKind;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, field_of, november, today};

async fn seen(a: &Agency, pool: &PgPool, viewer: OfficerId, leader: OfficerId) -> LeaderGrounds {
    let access = a.access(viewer, Permission::ViewMonth);
    let review = load_review(pool, &access, today(), (leader, november()))
        .await
        .unwrap();
    review.leader.expect("a leader")
}

fn note(unit: UnitId, kind: NoteKind) -> NewNote {
    NewNote {
        unit,
        kind,
        text: "Rút ngắn quy trình".into(),
        document: "12/QĐ".into(),
    }
}

async fn put(pool: &PgPool, access: &Access, note: NewNote) -> Result<(), AppError> {
    record(pool, access, today(), november(), (note, Uuid::now_v7())).await
}

/// The stored reasons of đ and e.
async fn reasons(a: &Agency, pool: &PgPool) -> (String, String) {
    sqlx::query_as(
        "select organising_reason, unity_reason from sheet where agency_id = $1 and officer_id = $2",
    )
    .bind(a.agency.0)
    .bind(a.head.0)
    .fetch_one(pool)
    .await
    .unwrap()
}

/// The head with one accepted product and his sheet sent.
async fn ready(a: &Agency, pool: &PgPool) {
    let made = a
        .deliver(pool, a.head, "Đề án", "2026-11-18")
        .await
        .deliverable;
    a.decide(pool, a.chief, made, DeliverableAction::Accept)
        .await
        .unwrap();
    a.submit(pool, a.head, &all_points()).await.unwrap();
}

async fn choose(a: &Agency, pool: &PgPool, organising: &str, unity: &str) -> Result<(), AppError> {
    let mut conclusion = a.conclusion(pool, a.head, &all_points()).await;
    conclusion.organising = organising.into();
    conclusion.organising_reason = "Đơn vị xong đúng hạn".into();
    conclusion.unity = unity.into();
    conclusion.unity_reason = "Theo biên bản họp".into();
    a.confirm(pool, a.chief, conclusion).await
}

#[sqlx::test(migrations = "../migrations")]
async fn the_work_of_the_unit_speaks_and_the_unscored_are_named(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    // Due on the 20th, today is the 24th: accepted, waiting, returned for a major error.
    let done = a
        .deliver(&pool, a.first, "Báo cáo xong", "2026-11-18")
        .await;
    a.decide(&pool, a.head, done.deliverable, DeliverableAction::Accept)
        .await
        .unwrap();
    a.deliver(&pool, a.first, "Báo cáo chờ", "2026-11-18").await;
    let back = a
        .deliver(&pool, a.second, "Báo cáo sai", "2026-11-18")
        .await;
    a.decide(
        &pool,
        a.head,
        back.deliverable,
        DeliverableAction::ReturnMajor,
    )
    .await
    .unwrap();
    // Of another unit: no ground for this head.
    let other = a.deliver(&pool, a.chief, "Của Ban", "2026-11-18").await;
    let adhoc = a
        .deliver(&pool, a.second, "Việc đột xuất", "2026-11-18")
        .await;
    sqlx::query(
        "update assignment set kind = 'ad_hoc' where agency_id = $1 and assignment_id = any($2)",
    )
    .bind(a.agency.0)
    .bind(vec![adhoc.assignment, other.assignment])
    .execute(&pool)
    .await
    .unwrap();
    a.decide(&pool, a.head, adhoc.deliverable, DeliverableAction::Accept)
        .await
        .unwrap();
    let grounds = seen(&a, &pool, a.chief, a.head).await;
    assert_eq!(grounds.overdue.count, 2);
    assert_eq!(
        grounds.overdue.names,
        ["“Báo cáo chờ” (Lê Thị An)", "“Báo cáo sai” (Phạm Văn Bình)"]
    );
    assert_eq!(grounds.returned.names, ["“Báo cáo sai” (Phạm Văn Bình)"]);
    assert_eq!(grounds.extra.names, ["“Việc đột xuất” (Phạm Văn Bình)"]);
    // The deputy has no sheet yet; both of the staff have a score.
    assert_eq!(
        (grounds.unscored.count, grounds.unscored.names.as_slice()),
        (1, ["Trần Thị Phó".to_owned()].as_slice())
    );
    assert_eq!(grounds.allowed, [100, 50]);
    for name in 0..6 {
        a.deliver(&pool, a.first, &format!("Thêm {name}"), "2026-11-18")
            .await;
    }
    let many = seen(&a, &pool, a.chief, a.head).await.overdue;
    assert_eq!((many.count, many.names.len()), (8, 5));
    let staff = a.access(a.head, Permission::ViewMonth);
    let review = load_review(&pool, &staff, today(), (a.first, november()))
        .await
        .unwrap();
    assert_eq!(review.leader, None);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_sheet_says_what_nothing_recorded_speaks_for(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    ready(&a, &pool).await;
    choose(&a, &pool, "100", "50").await.unwrap();
    assert_eq!(
        reasons(&a, &pool).await,
        (
            "Chưa ghi nhận sáng kiến trong tháng. Đơn vị xong đúng hạn".into(),
            "Chưa ghi nhận phản ánh trong tháng. Theo biên bản họp".into()
        )
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_recorded_needs_no_such_words_and_what_is_withdrawn_does(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    ready(&a, &pool).await;
    let chief = a.access(a.chief, Permission::RecordLeaderNote);
    for kind in NoteKind::ALL {
        put(&pool, &chief, note(a.department, *kind)).await.unwrap();
    }
    let grounds = seen(&a, &pool, a.chief, a.head).await;
    assert!(grounds.records);
    assert_eq!(grounds.standing(NoteKind::Initiative), 1);
    let complaint = grounds
        .notes
        .iter()
        .find(|note| note.kind == NoteKind::Complaint)
        .unwrap();
    assert_eq!(
        field_of(withdraw(&pool, &chief, complaint.note, " ").await),
        "reason"
    );
    withdraw(&pool, &chief, complaint.note, "Đã xác minh, không đúng")
        .await
        .unwrap();
    assert_eq!(
        field_of(withdraw(&pool, &chief, complaint.note, "Lần nữa").await),
        "reason"
    );
    let grounds = seen(&a, &pool, a.chief, a.head).await;
    assert_eq!(grounds.standing(NoteKind::Complaint), 0);
    assert_eq!(grounds.notes.len(), 2, "what is withdrawn stays to be read");
    choose(&a, &pool, "100", "50").await.unwrap();
    assert_eq!(
        reasons(&a, &pool).await,
        (
            "Đơn vị xong đúng hạn".into(),
            "Chưa ghi nhận phản ánh trong tháng. Theo biên bản họp".into()
        )
    );
    let audited: i64 = a
        .one(
            &pool,
            "select count(*) from audit where agency_id = $1 and action in ('review.record_note', 'review.withdraw_note')",
        )
        .await;
    assert_eq!(audited, 3);
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_records_about_the_unit_he_leads_nor_out_of_reach(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    let head = a.access(a.head, Permission::RecordLeaderNote);
    let of = |unit| note(unit, NoteKind::Initiative);
    for (unit, refusal) in [
        (a.department, AppError::Forbidden),
        (a.root, AppError::Forbidden),
        (b.department, AppError::NotFound),
    ] {
        assert_eq!(put(&pool, &head, of(unit)).await.unwrap_err(), refusal);
    }
    let actor = a.actor(a.neighbour, &[Role::Personnel]);
    let scope = granted(&actor.roles, Permission::RecordLeaderNote).unwrap();
    let personnel = Access { actor, scope };
    put(&pool, &personnel, of(a.department)).await.unwrap();
    // A retry counts once.
    let key = Uuid::now_v7();
    for _ in 0..2 {
        record(
            &pool,
            &personnel,
            today(),
            november(),
            (of(a.department), key),
        )
        .await
        .unwrap();
    }
    let held: i64 = a
        .one(
            &pool,
            "select count(*) from leader_note where agency_id = $1",
        )
        .await;
    assert_eq!(held, 2);
    let other = b.access(b.chief, Permission::RecordLeaderNote);
    let id: Uuid = a
        .one(
            &pool,
            "select note_id from leader_note where agency_id = $1 limit 1",
        )
        .await;
    assert_eq!(
        withdraw(&pool, &other, id, "Nhầm").await.unwrap_err(),
        AppError::NotFound
    );
    assert_eq!(
        withdraw(&pool, &head, id, "Nhầm").await.unwrap_err(),
        AppError::Forbidden
    );
    let bare = NewNote {
        document: String::new(),
        ..of(a.department)
    };
    assert_eq!(field_of(put(&pool, &personnel, bare).await), "document");
    let late = record(
        &pool,
        &personnel,
        today(),
        november().next(),
        (of(a.department), Uuid::now_v7()),
    )
    .await;
    assert_eq!(field_of(late), "period");
    // The table itself refuses a change and a deletion.
    for sql in [
        "update leader_note set text = 'khác' where agency_id = $1",
        "delete from leader_note where agency_id = $1",
    ] {
        let refused = sqlx::query(sql).bind(a.agency.0).execute(&pool).await;
        assert!(refused.is_err(), "{sql}");
    }
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Locked).await;
    assert_eq!(
        field_of(put(&pool, &personnel, of(a.department)).await),
        "period"
    );
    assert_eq!(
        field_of(withdraw(&pool, &personnel, id, "Nhầm").await),
        "period"
    );
}
