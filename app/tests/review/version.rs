//! Versions of a sheet: signed, withdrawn before the announcement, superseded afterwards.

use app::error::AppError;
use app::replay::Differs;
use app::review::version::{Change, Withdrawal, supersede, unsign};
use app::sign::Signer;
use kpi::assignment::DeliverableAction;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, all_points, field_of, november, number, today};

/// First has a late product that was accepted and a confirmed sheet.
async fn confirmed(pool: &PgPool) -> (Agency, Uuid) {
    let a = Agency::new(pool, "one").await;
    let late = a.deliver(pool, a.first, "Báo cáo", "2026-11-23").await;
    a.decide(pool, a.head, late.deliverable, DeliverableAction::Accept)
        .await
        .unwrap();
    a.submit(pool, a.first, &all_points()).await.unwrap();
    let conclusion = a.conclusion(pool, a.first, &all_points()).await;
    a.confirm(pool, a.head, conclusion).await.unwrap();
    (a, late.assignment)
}

async fn withdraw(
    a: &Agency,
    pool: &PgPool,
    by: OfficerId,
    (version, reason): (i32, &str),
) -> Result<(), AppError> {
    let access = a.access(by, Permission::ConfirmReview);
    let signer = Signer::of_record(&access.actor).unwrap();
    let given = Withdrawal {
        officer: a.first,
        period: november(),
        version,
        reason: reason.into(),
    };
    unsign(pool, (&access, &signer), today(), &given, Uuid::now_v7()).await
}

async fn totals(a: &Agency, pool: &PgPool) -> Vec<(i32, Option<Decimal>, Option<i32>, bool)> {
    sqlx::query_as(
        "select v.version_no, v.total, v.supersedes, v.withdrawn_at is not null from sheet_version v
         join signature s on s.agency_id = v.agency_id and s.signature_id = v.signature_id
             and s.version = v.version_no and (s.withdrawn_at is null) = (v.withdrawn_at is null)
         where v.agency_id = $1 and v.officer_id = $2 order by 1",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .fetch_all(pool)
    .await
    .unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn a_signature_is_withdrawn_with_a_reason_and_the_sheet_is_confirmed_again(pool: PgPool) {
    let (a, _) = confirmed(&pool).await;
    let before = totals(&a, &pool).await;
    assert_eq!(before.len(), 1);
    let seen = a.version(&pool, a.first).await;
    for other in [a.chief, a.neighbour_head] {
        let refused = withdraw(&a, &pool, other, (seen, "Nhầm")).await;
        assert_eq!(refused.unwrap_err(), AppError::Forbidden);
    }
    assert_eq!(
        field_of(withdraw(&a, &pool, a.head, (seen, " ")).await),
        "reason"
    );
    let stale = withdraw(&a, &pool, a.head, (seen - 1, "Nhầm")).await;
    assert!(matches!(stale, Err(AppError::Conflict { .. })));
    withdraw(&a, &pool, a.head, (seen, "Nhầm tiêu chí II.1"))
        .await
        .unwrap();
    let open: i64 = a
        .one(
            &pool,
            "select count(*) from sheet where agency_id = $1 and status = 'self_assessed' and confirmed_total is null
                 and confirmed_trace is null",
        )
        .await;
    assert_eq!(open, 1);
    a.figures_add_up(&pool).await;
    let prepared: String = a
        .one(
            &pool,
            "select content->'points'->>'I.1' from prepared_conclusion where agency_id = $1 and not ready",
        )
        .await;
    assert_eq!(prepared, all_points()["I.1"]);
    let seen = a.version(&pool, a.first).await;
    assert_eq!(
        field_of(withdraw(&a, &pool, a.head, (seen, "Nữa")).await),
        "status"
    );
    let conclusion = a.conclusion(&pool, a.first, &all_points()).await;
    a.confirm(&pool, a.head, conclusion).await.unwrap();
    let after = totals(&a, &pool).await;
    assert_eq!(
        after,
        [
            (1, before[0].1, None, true),
            (2, before[0].1, Some(1), false)
        ]
    );
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn an_announced_sheet_changes_only_by_a_version_that_supersedes(pool: PgPool) {
    let (a, late) = confirmed(&pool).await;
    let access = a.access(a.chief, Permission::ConfirmReview);
    let signer = Signer::of_record(&access.actor).unwrap();
    let changes = [
        Change::WaiveDelay { assignment: late },
        Change::Criterion {
            code: "I.1".into(),
            points: number("3"),
        },
    ];
    let again = |changes: Vec<Change>, reason: &'static str| {
        let (pool, access, signer, officer) =
            (pool.clone(), access.clone(), signer.clone(), a.first);
        async move {
            let mut db = pool.begin().await.unwrap();
            let version = supersede(
                &mut db,
                &access,
                &signer,
                november(),
                officer,
                &changes,
                reason,
            )
            .await?;
            db.commit().await.unwrap();
            Ok::<i32, AppError>(version)
        }
    };
    // A confirmed sheet is unsigned, not superseded.
    assert_eq!(
        field_of(again(changes.to_vec(), "Kiến nghị đúng").await),
        "status"
    );
    for status in ["announced", "locked"] {
        sqlx::query(
            "with s as (update sheet set status = $2 where agency_id = $1 and status in ('confirmed', 'announced'))
             update person_month set sheet_status = $2 where agency_id = $1 and sheet_status in ('confirmed', 'announced')",
        )
        .bind(a.agency.0)
        .bind(status)
        .execute(&pool)
        .await
        .unwrap();
    }
    let seen = a.version(&pool, a.first).await;
    assert_eq!(
        field_of(withdraw(&a, &pool, a.head, (seen, "Nhầm")).await),
        "status"
    );
    // Not even the owner of the tables overwrites what was signed.
    for statement in [
        "update sheet set confirmed_total = 100 where agency_id = $1",
        "update sheet set status = 'self_assessed', confirmed_by = null, confirmed_at = null, confirmed_total = null,
             confirmed_level = null, confirmed_input = null, confirmed_trace = null where agency_id = $1",
        "update sheet_version set total = 100 where agency_id = $1",
        "delete from sheet_version where agency_id = $1",
    ] {
        let refused = sqlx::query(statement).bind(a.agency.0).execute(&pool).await;
        assert!(refused.is_err(), "{statement}");
    }
    assert_eq!(field_of(again(changes.to_vec(), "").await), "reason");
    assert_eq!(
        field_of(again(Vec::new(), "Kiến nghị đúng").await),
        "changes"
    );
    let high = Change::Criterion {
        code: "I.1".into(),
        points: number("31"),
    };
    assert_eq!(
        field_of(again(vec![high], "Kiến nghị đúng").await),
        "points[I.1]"
    );
    let organising = Change::Organising(100);
    assert_eq!(
        field_of(again(vec![organising], "Kiến nghị đúng").await),
        "organising"
    );
    let before = totals(&a, &pool).await[0].1.unwrap();
    assert_eq!(again(changes.to_vec(), "Kiến nghị đúng").await.unwrap(), 2);
    let after = totals(&a, &pool).await;
    let new = after[1].1.unwrap();
    assert_eq!(
        after,
        [
            (1, Some(before), None, false),
            (2, Some(new), Some(1), false)
        ]
    );
    assert_ne!(new, before);
    let shown: (Decimal, Decimal, String) = sqlx::query_as(
        "select s.confirmed_total, m.score, s.status from sheet s
         join person_month m using (agency_id, period, officer_id) where s.agency_id = $1 and s.officer_id = $2",
    )
    .bind(a.agency.0)
    .bind(a.first.0)
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(shown, (new, new, "locked".to_owned()));
    a.figures_add_up(&pool).await;
    // The same delay is waived once.
    let twice = vec![Change::WaiveDelay { assignment: late }];
    assert_eq!(field_of(again(twice, "Kiến nghị đúng").await), "assignment");
    let run = app::replay::run::run(&pool, a.agency, (None, None), chrono::Utc::now())
        .await
        .unwrap();
    // The product of this test stands in no catalogue; every figure follows.
    let odd = run
        .differences
        .iter()
        .find(|one| one.what != [Differs::Coefficient]);
    assert!(odd.is_none(), "{odd:?}");
    // Nobody decides about himself.
    let own = a.access(a.first, Permission::ViewOwnMonth);
    let me = Signer::of_record(&own.actor).unwrap();
    let mut db = pool.begin().await.unwrap();
    let refused = supersede(
        &mut db,
        &own,
        &me,
        november(),
        a.first,
        &changes,
        "Tôi muốn",
    )
    .await;
    assert_eq!(refused.unwrap_err(), AppError::Forbidden);
}
