//! The queue: exceptions first, the rest in one go, one act of signing, and who prepares for whom.

use app::auth::Access;
use app::error::AppError;
use app::review::delegation::steps::{Typed, end, load as delegations, record};
use app::review::queue::steps::{Choice, Given, accept_rest, load_queue, prepare, sign_ready};
use app::review::queue::wire::Queue;
use app::review::steps::{self, Conclusion};
use app::sign::Signer;
use kpi::assignment::DeliverableAction;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, field_of, november, today};

async fn queue(a: &Agency, pool: &PgPool, viewer: OfficerId) -> Queue {
    let access = a.access(viewer, Permission::PrepareReview);
    load_queue(pool, &access, today(), (None, november()))
        .await
        .unwrap()
}

/// Both staff sent their sheets; the work of one is late.
async fn sent(pool: &PgPool) -> Agency {
    let a = Agency::new(pool, "one").await;
    for (officer, day) in [(a.first, "2026-11-18"), (a.second, "2026-11-23")] {
        let made = a.deliver(pool, officer, "Báo cáo", day).await;
        sqlx::query(
            "insert into evidence (agency_id, period, evidence_id, assignment_id, officer_id, kind, label, added_by)
             values ($1, '2026-11-01', $2, $3, $4, 'document', '12/BC', $4)",
        )
        .bind(a.agency.0)
        .bind(Uuid::now_v7())
        .bind(made.assignment)
        .bind(officer.0)
        .execute(pool)
        .await
        .unwrap();
        a.decide(pool, a.head, made.deliverable, DeliverableAction::Accept)
            .await
            .unwrap();
        a.submit(pool, officer, &all_points()).await.unwrap();
    }
    a
}

async fn put(
    a: &Agency,
    pool: &PgPool,
    by: OfficerId,
    (officer, choice): (OfficerId, Choice),
    (points, reason): (&[(&str, &str)], &str),
) -> Result<(), AppError> {
    let access = a.access(by, Permission::PrepareReview);
    let mut all = all_points();
    for (code, value) in points {
        all.insert((*code).to_owned(), (*value).to_owned());
    }
    let conclusion = a.conclusion(pool, officer, &all).await;
    let given = Given {
        conclusion,
        reason: reason.into(),
        choice,
    };
    prepare(pool, &access, today(), november(), (given, Uuid::now_v7())).await
}

fn marked(queue: &Queue) -> Vec<(Uuid, i32)> {
    queue
        .ready()
        .map(|row| (row.officer, row.prepared.as_ref().unwrap().version))
        .collect()
}

async fn sign(
    a: &Agency,
    pool: &PgPool,
    by: OfficerId,
    marked: Vec<(Uuid, i32)>,
) -> Result<usize, AppError> {
    let access: Access = a.access(by, Permission::PrepareReview);
    let signer = Signer::of_record(&access.actor).unwrap();
    let who = (&access, &signer);
    sign_ready(pool, who, today(), november(), (marked, Uuid::now_v7())).await
}

/// The head asks somebody to prepare in all his units.
fn asked(a: &Agency, delegate: OfficerId) -> Typed {
    Typed {
        authority: a.head.0,
        delegate: delegate.0,
        unit: String::new(),
        from: "01/11/2026".into(),
        until: "30/11/2026".into(),
        document: "12/QĐ".into(),
    }
}

async fn delegate(a: &Agency, pool: &PgPool, given: Typed) -> Result<(), AppError> {
    let access = a.access(a.head, Permission::DelegateReview);
    record(pool, &access, today(), (given, Uuid::now_v7())).await
}

async fn statuses(a: &Agency, pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select status from sheet where agency_id = $1 and officer_id = any($2) order by officer_id")
        .bind(a.agency.0)
        .bind([a.first.0, a.second.0])
        .fetch_all(pool)
        .await
        .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn exceptions_come_first_and_one_act_signs_all_that_is_marked(pool: PgPool) {
    let a = sent(&pool).await;
    let seen = queue(&a, &pool, a.head).await;
    let why: Vec<(Uuid, bool)> = seen
        .rows
        .iter()
        .map(|row| (row.officer, row.attention.is_empty()))
        .collect();
    assert_eq!(
        why,
        [(a.second.0, false), (a.deputy.0, false), (a.first.0, true)],
        "{:?}",
        seen.rows
    );
    assert_eq!(seen.rows[0].attention, ["1 lần trễ hạn"]);
    assert_eq!(seen.rows[1].attention[0], "Chưa gửi tự đánh giá");
    let rest = seen.calm().map(|row| (row.officer, row.version)).collect();
    let head = a.access(a.head, Permission::PrepareReview);
    accept_rest(&pool, &head, today(), november(), (rest, Uuid::now_v7()))
        .await
        .unwrap();
    let changed = (a.second, Choice::Changed);
    let bare = put(&a, &pool, a.head, changed, (&[("I.1", "3")], "")).await;
    assert_eq!(field_of(bare), "reasons[I.1]");
    put(
        &a,
        &pool,
        a.head,
        changed,
        (&[("I.1", "3")], "Chưa có minh chứng"),
    )
    .await
    .unwrap();
    let seen = queue(&a, &pool, a.head).await;
    let both = marked(&seen);
    assert_eq!(both.len(), 2);
    let row = seen
        .rows
        .iter()
        .find(|row| row.officer == a.second.0)
        .unwrap();
    assert!(row.concluded < row.computed, "{row:?}");
    // Nothing is signed when one of them moved meanwhile, or when somebody else signs.
    put(&a, &pool, a.head, (a.second, Choice::Own), (&[], ""))
        .await
        .unwrap();
    let stale = sign(&a, &pool, a.head, both.clone()).await;
    assert!(matches!(stale, Err(AppError::Conflict { .. })));
    assert_eq!(
        statuses(&a, &pool).await,
        ["self_assessed", "self_assessed"]
    );
    let now = marked(&queue(&a, &pool, a.head).await);
    for other in [a.deputy, a.first, a.chief] {
        assert_eq!(
            sign(&a, &pool, other, now.clone()).await.unwrap_err(),
            AppError::Forbidden
        );
    }
    assert_eq!(
        statuses(&a, &pool).await,
        ["self_assessed", "self_assessed"]
    );
    assert_eq!(sign(&a, &pool, a.head, now).await.unwrap(), 2);
    assert_eq!(statuses(&a, &pool).await, ["confirmed", "confirmed"]);
    let signatures: i64 = a
        .one(
            &pool,
            "select count(distinct s.signature_id) from signature s join sheet_version v using (agency_id, signature_id)
             where s.agency_id = $1 and s.kind = 'sheet'",
        )
        .await;
    assert_eq!(signatures, 2);
    a.figures_add_up(&pool).await;
    let seen = queue(&a, &pool, a.head).await;
    assert_eq!((seen.rows.len(), seen.done.len()), (1, 2));
}

#[sqlx::test(migrations = "../migrations")]
async fn one_refused_sheet_leaves_all_unsigned(pool: PgPool) {
    let a = sent(&pool).await;
    for officer in [a.first, a.second] {
        put(&a, &pool, a.head, (officer, Choice::Own), (&[], ""))
            .await
            .unwrap();
    }
    let both = marked(&queue(&a, &pool, a.head).await);
    // A new delivery waits: its owner cannot be confirmed.
    a.deliver(&pool, a.second, "Công văn", "2026-11-19").await;
    assert_eq!(field_of(sign(&a, &pool, a.head, both).await), "shown");
    assert_eq!(
        statuses(&a, &pool).await,
        ["self_assessed", "self_assessed"]
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_delegate_prepares_for_the_head_and_never_signs_or_prepares_his_own(pool: PgPool) {
    let a = sent(&pool).await;
    let own = (a.second, Choice::Own);
    let none = put(&a, &pool, a.first, own, (&[], "")).await;
    assert_eq!(none.unwrap_err(), AppError::Forbidden);
    assert!(queue(&a, &pool, a.first).await.place.is_none());
    let foreign = Typed {
        authority: a.chief.0,
        ..asked(&a, a.first)
    };
    let foreign = delegate(&a, &pool, foreign).await;
    assert_eq!(foreign.unwrap_err(), AppError::Forbidden);
    let over = Typed {
        until: "01/10/2026".into(),
        ..asked(&a, a.first)
    };
    assert_eq!(field_of(delegate(&a, &pool, over).await), "until");
    delegate(&a, &pool, asked(&a, a.first)).await.unwrap();
    let seen = queue(&a, &pool, a.first).await;
    assert!(!seen.place.as_ref().unwrap().signs);
    let mine = seen
        .rows
        .iter()
        .find(|row| row.officer == a.first.0)
        .unwrap();
    assert!(!mine.prepares);
    put(&a, &pool, a.first, own, (&[], "")).await.unwrap();
    let himself = put(&a, &pool, a.first, (a.first, Choice::Own), (&[], "")).await;
    assert_eq!(himself.unwrap_err(), AppError::Forbidden);
    let elsewhere = put(&a, &pool, a.first, (a.neighbour, Choice::Own), (&[], "")).await;
    assert_eq!(elsewhere.unwrap_err(), AppError::Forbidden);
    let seen = queue(&a, &pool, a.head).await;
    let row = seen
        .rows
        .iter()
        .find(|row| row.officer == a.second.0)
        .unwrap();
    assert_eq!(
        row.prepared.as_ref().unwrap().by.as_deref(),
        Some("Lê Thị An")
    );
    let marked = marked(&seen);
    assert_eq!(
        sign(&a, &pool, a.first, marked.clone()).await.unwrap_err(),
        AppError::Forbidden
    );
    sign(&a, &pool, a.head, marked).await.unwrap();
    let by: Uuid = a
        .one(
            &pool,
            "select prepared_by from sheet_version where agency_id = $1",
        )
        .await;
    assert_eq!(by, a.first.0);
    let delegation: Uuid = a
        .one(
            &pool,
            "select delegation_id from delegation where agency_id = $1",
        )
        .await;
    let head = a.access(a.head, Permission::DelegateReview);
    end(&pool, &head, delegation).await.unwrap();
    assert!(queue(&a, &pool, a.first).await.place.is_none());
    // Whoever confirms without the queue leaves nothing prepared behind.
    let access = a.access(a.head, Permission::ConfirmReview);
    let signer = Signer::of_record(&access.actor).unwrap();
    let again = Conclusion {
        officer: a.first.0,
        version: a.version(&pool, a.first).await,
        points: all_points(),
        ..Conclusion::default()
    };
    let who = (&access, &signer);
    steps::confirm(&pool, who, today(), november(), (again, Uuid::now_v7()))
        .await
        .unwrap();
    let left: i64 = a
        .one(
            &pool,
            "select count(*) from prepared_conclusion where agency_id = $1",
        )
        .await;
    assert_eq!(left, 0);
}

/// What is written down in a meeting about a month of a unit.
async fn meeting(
    a: &Agency,
    pool: &PgPool,
    (unit, period): (kpi::ids::UnitId, &str),
    said: &[(&str, OfficerId, &str)],
) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into meeting (agency_id, meeting_id, kind, unit_id, period, year, title, opened_by)
         values ($1, $2, 'month_unit', $3, $4::date, 2026, 'Họp', $2)",
    )
    .bind(a.agency.0)
    .bind(id)
    .bind(unit.0)
    .bind(period.to_owned())
    .execute(pool)
    .await
    .unwrap();
    for (kind, subject, text) in said {
        sqlx::query(
            "insert into meeting_entry (agency_id, entry_id, meeting_id, kind, subject, text, account_id, name, written_at)
             values ($1, $2, $3, $4, $5, $6, $3, 'Thư ký', now())",
        )
        .bind(a.agency.0)
        .bind(Uuid::now_v7())
        .bind(id)
        .bind((*kind).to_owned())
        .bind(subject.0)
        .bind((*text).to_owned())
        .execute(pool)
        .await
        .unwrap();
    }
    id
}

#[sqlx::test(migrations = "../migrations")]
async fn what_a_meeting_said_of_the_month_stands_beside_the_person(pool: PgPool) {
    let a = sent(&pool).await;
    let (first, second) = (a.first, a.second);
    let held = meeting(
        &a,
        &pool,
        (a.department, "2026-11-01"),
        &[
            ("remark", first, "Trình bày rõ"),
            ("opinion", first, "Ý kiến riêng"),
            ("conclusion", first, "Giữ điểm tự chấm"),
            ("remark", second, "Cần đúng hạn hơn"),
        ],
    )
    .await;
    meeting(
        &a,
        &pool,
        (a.department, "2026-10-01"),
        &[("conclusion", first, "Tháng trước")],
    )
    .await;
    let said = |queue: &Queue, officer: OfficerId| -> Vec<(String, String)> {
        let row = queue.rows.iter().find(|row| row.officer == officer.0);
        let said = row.unwrap().said.iter();
        said.map(|one| (one.label().to_owned(), one.text.clone()))
            .collect()
    };
    let shown = queue(&a, &pool, a.head).await;
    let pair = |label: &str, text: &str| (label.to_owned(), text.to_owned());
    assert_eq!(
        said(&shown, first),
        [
            pair("Kết luận của cuộc họp", "Giữ điểm tự chấm"),
            pair("Nhận xét trong cuộc họp", "Trình bày rõ")
        ]
    );
    assert_eq!(
        said(&shown, second),
        [pair("Nhận xét trong cuộc họp", "Cần đúng hạn hơn")]
    );
    assert_eq!(said(&shown, a.deputy), []);
    let row = shown.rows.iter().find(|row| row.officer == first.0);
    assert_eq!(row.unwrap().said[0].link, format!("/meeting/{held}"));

    // Somebody from elsewhere prepares for the head: he took no part in the meeting, and reads nothing of it.
    delegate(&a, &pool, asked(&a, a.neighbour)).await.unwrap();
    let shown = queue(&a, &pool, a.neighbour).await;
    assert!(shown.rows.len() >= 2);
    assert_eq!(said(&shown, first), []);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_delegation_reaches_one_unit_of_the_one_who_signs_or_all_of_them(pool: PgPool) {
    let a = sent(&pool).await;
    let of = |unit: kpi::ids::UnitId| Typed {
        unit: unit.0.to_string(),
        ..asked(&a, a.neighbour)
    };
    // The head of the department does not head the agency.
    let foreign = delegate(&a, &pool, of(a.root)).await;
    assert_eq!(field_of(foreign), "unit");
    let head = a.access(a.head, Permission::DelegateReview);
    let offered = delegations(&pool, &head, today()).await.unwrap().units;
    let offered: Vec<Uuid> = offered.iter().map(|one| one.unit).collect();
    assert_eq!(offered, [a.department.0]);

    // He heads a second unit since; what he gave for the first one says nothing about it.
    let second = kpi::ids::UnitId(Uuid::now_v7());
    sqlx::query("insert into unit (agency_id, unit_id, parent_id, path, code, name) values ($1, $2, $3, '/A/D/', 'D', 'Vụ Ba')")
        .bind(a.agency.0).bind(second.0).bind(a.root.0).execute(&pool).await.unwrap();
    sqlx::query(
        "insert into post (agency_id, post_id, officer_id, unit_id, kind, title, from_day) values ($1, $2, $3, $2, 'head', 'head', '2026-01-01')",
    )
    .bind(a.agency.0).bind(second.0).bind(a.head.0).execute(&pool).await.unwrap();
    let places = async |viewer: OfficerId| -> Vec<Uuid> {
        let shown = queue(&a, &pool, viewer).await;
        shown.places.iter().map(|place| place.unit).collect()
    };
    assert_eq!(places(a.head).await, [a.department.0, second.0]);
    delegate(&a, &pool, of(second)).await.unwrap();
    assert_eq!(places(a.neighbour).await, [second.0]);
    let own = (a.second, Choice::Own);
    let elsewhere = put(&a, &pool, a.neighbour, own, (&[], "")).await;
    assert_eq!(elsewhere.unwrap_err(), AppError::Forbidden);
    delegate(&a, &pool, asked(&a, a.neighbour)).await.unwrap();
    assert_eq!(places(a.neighbour).await, [a.department.0, second.0]);
    put(&a, &pool, a.neighbour, own, (&[], "")).await.unwrap();
}
