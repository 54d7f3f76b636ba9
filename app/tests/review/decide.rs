//! Deliveries and objective causes.

use crate::month_state::bring;
use app::error::AppError;
use app::review::steps::{self, Decision};
use kpi::assignment::{CauseAction, DeliverableAction};
use kpi::period::life::PeriodStatus;
use kpi::permission::Permission;
use sqlx::PgPool;
use uuid::Uuid;

use crate::fixture::{Agency, decision, field_of, november, number, today};

#[sqlx::test(migrations = "../migrations")]
async fn a_delivery_is_decided_once_and_only_by_the_direct_superior(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let b = Agency::new(&pool, "two").await;
    let made = a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    let own = a.deliver(&pool, a.head, "Đề án", "2026-11-18").await;
    let accept = DeliverableAction::Accept;
    // The chief leads the unit above, the neighbour another one; the head himself about his own; another agency.
    for by in [a.chief, a.neighbour_head] {
        assert_eq!(
            a.decide(&pool, by, made.deliverable, accept).await,
            Err(AppError::Forbidden)
        );
    }
    assert_eq!(
        a.decide(&pool, a.head, own.deliverable, accept).await,
        Err(AppError::Forbidden)
    );
    let foreign = b.access(b.head, Permission::DecideDelivery);
    let given = (decision(made.deliverable, 1, accept), Uuid::now_v7());
    assert_eq!(
        steps::decide_delivery(&pool, &foreign, today(), november(), given).await,
        Err(AppError::NotFound)
    );
    assert_eq!(a.counts(&pool, made.deliverable).await.0, "delivered");
    a.decide(&pool, a.head, made.deliverable, accept)
        .await
        .unwrap();
    a.decide(&pool, a.chief, own.deliverable, accept)
        .await
        .unwrap();
    for again in [
        accept,
        DeliverableAction::ReturnMajor,
        DeliverableAction::ReturnMinor,
    ] {
        assert_eq!(
            field_of(a.decide(&pool, a.head, made.deliverable, again).await),
            "status"
        );
    }
    assert_eq!(
        a.counts(&pool, made.deliverable).await,
        ("accepted".into(), 2, [0; 4])
    );
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_superior_cannot_act_for_the_officer(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    for action in [DeliverableAction::Withdraw, DeliverableAction::Redeliver] {
        assert_eq!(
            field_of(a.decide(&pool, a.head, made.deliverable, action).await),
            "decision"
        );
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_major_return_costs_quality_and_a_minor_one_nothing(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let major = a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    let minor = a.deliver(&pool, a.second, "Báo cáo", "2026-11-18").await;
    a.decide(
        &pool,
        a.head,
        major.deliverable,
        DeliverableAction::ReturnMajor,
    )
    .await
    .unwrap();
    a.decide(
        &pool,
        a.head,
        minor.deliverable,
        DeliverableAction::ReturnMinor,
    )
    .await
    .unwrap();
    assert_eq!(
        a.counts(&pool, major.deliverable).await,
        ("returned".into(), 2, [1, 0, 0, 0])
    );
    assert_eq!(
        a.counts(&pool, minor.deliverable).await,
        ("returned".into(), 2, [0; 4])
    );
    // Three working days from Tuesday the 24th.
    let due: chrono::NaiveDate = a
        .one(
            &pool,
            "select distinct due_day from deliverable where agency_id = $1",
        )
        .await;
    assert_eq!(due.to_string(), "2026-11-27");
    a.redeliver(&pool, a.first, major.deliverable, "2026-11-24")
        .await;
    a.decide(&pool, a.head, major.deliverable, DeliverableAction::Accept)
        .await
        .unwrap();
    assert_eq!(
        a.counts(&pool, major.deliverable).await.2,
        [1, 0, 0, 0],
        "the new due day was met"
    );
    let quality: rust_decimal::Decimal = a
        .one(
            &pool,
            "select max(m.quality) from person_month m join officer o using (agency_id, officer_id)
                     where agency_id = $1 and o.full_name = 'Lê Thị An'",
        )
        .await;
    assert_eq!(quality, number("2.25"), "3 less 25 %");
    let told: i64 = a
        .one(&pool, "select count(*) from notification where agency_id = $1 and text like '%sai sót lớn%Sai số liệu%'")
        .await;
    assert_eq!(told, 1);
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_return_needs_a_reason_and_a_due_day_ahead(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    let head = a.access(a.head, Permission::DecideDelivery);
    let try_out = |given: Decision| {
        let (pool, head) = (pool.clone(), head.clone());
        async move {
            steps::decide_delivery(&pool, &head, today(), november(), (given, Uuid::now_v7())).await
        }
    };
    let back = decision(made.deliverable, 1, DeliverableAction::ReturnMajor);
    assert_eq!(field_of(try_out(back.clone()).await), "reason");
    let with = |reason: &str, due: &str| Decision {
        reason: reason.into(),
        new_due_day: due.into(),
        ..back.clone()
    };
    assert_eq!(
        field_of(try_out(with(&"a".repeat(1001), "")).await),
        "reason"
    );
    for due in [
        "2026-11-23",
        "01/12/2026",
        "2026-12-31",
        "31/11/2026",
        "mai",
    ] {
        assert_eq!(
            field_of(try_out(with("Sai", due)).await),
            "new_due_day",
            "{due}"
        );
    }
    for typed in ["2026-11-25", "31/10/2026", "0001-01-01", "hôm qua"] {
        let given = Decision {
            confirmed_day: typed.into(),
            ..decision(made.deliverable, 1, DeliverableAction::Accept)
        };
        assert_eq!(field_of(try_out(given).await), "confirmed_day", "{typed}");
    }
    assert_eq!(
        a.counts(&pool, made.deliverable).await,
        ("delivered".into(), 1, [0; 4])
    );
    try_out(with("Sai", "25/11/2026")).await.unwrap();
    assert_eq!(a.counts(&pool, made.deliverable).await.0, "returned");
}

#[sqlx::test(migrations = "../migrations")]
async fn delays_come_from_the_day_of_the_work_that_the_head_confirms(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let late = a.deliver(&pool, a.first, "Trễ", "2026-11-23").await;
    let timely = a.deliver(&pool, a.first, "Kịp", "2026-11-20").await;
    let head = a.access(a.head, Permission::DecideDelivery);
    for (made, confirmed) in [(late, "20/11/2026"), (timely, "2026-11-21")] {
        let given = Decision {
            confirmed_day: confirmed.into(),
            ..decision(made.deliverable, 1, DeliverableAction::Accept)
        };
        steps::decide_delivery(&pool, &head, today(), november(), (given, Uuid::now_v7()))
            .await
            .unwrap();
    }
    assert_eq!(
        a.counts(&pool, late.deliverable).await.2,
        [0; 4],
        "the work was done in time"
    );
    assert_eq!(
        a.counts(&pool, timely.deliverable).await.2,
        [0, 1, 0, 0],
        "the work was late"
    );
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_changed_deliverable_is_a_conflict_and_a_repeated_form_counts_once(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a.deliver(&pool, a.first, "Báo cáo", "2026-11-18").await;
    let head = a.access(a.head, Permission::DecideDelivery);
    let stale = (
        decision(made.deliverable, 7, DeliverableAction::Accept),
        Uuid::now_v7(),
    );
    let refused = steps::decide_delivery(&pool, &head, today(), november(), stale).await;
    assert!(
        matches!(refused, Err(AppError::Conflict { .. })),
        "{refused:?}"
    );
    let key = Uuid::now_v7();
    for _ in 0..2 {
        let given = (
            Decision {
                reason: "Sai".into(),
                ..decision(made.deliverable, 1, DeliverableAction::ReturnMajor)
            },
            key,
        );
        steps::decide_delivery(&pool, &head, today(), november(), given)
            .await
            .unwrap();
    }
    assert_eq!(
        a.counts(&pool, made.deliverable).await,
        ("returned".into(), 2, [1, 0, 0, 0])
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn accepting_everything_takes_what_was_shown_or_nothing(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let one = a
        .deliver(&pool, a.first, "Một", "2026-11-18")
        .await
        .deliverable;
    let two = a
        .deliver(&pool, a.first, "Hai", "2026-11-18")
        .await
        .deliverable;
    let foreign = a
        .deliver(&pool, a.second, "Ba", "2026-11-18")
        .await
        .deliverable;
    let head = a.access(a.head, Permission::DecideDelivery);
    let all = |shown: Vec<(Uuid, i32)>| {
        let (pool, head, first) = (pool.clone(), head.clone(), a.first);
        async move {
            steps::accept_all(
                &pool,
                &head,
                today(),
                november(),
                (first, shown, Uuid::now_v7()),
            )
            .await
        }
    };
    assert_eq!(field_of(all(Vec::new()).await), "shown");
    assert_eq!(field_of(all(vec![(one, 1); 501]).await), "shown");
    let stale = all(vec![(one, 1), (two, 2)]).await;
    assert!(matches!(stale, Err(AppError::Conflict { .. })), "{stale:?}");
    assert_eq!(
        all(vec![(one, 1), (foreign, 1)]).await,
        Err(AppError::NotFound)
    );
    let chief = a.access(a.chief, Permission::DecideDelivery);
    let by_chief = steps::accept_all(
        &pool,
        &chief,
        today(),
        november(),
        (a.first, vec![(one, 1)], Uuid::now_v7()),
    )
    .await;
    assert_eq!(by_chief, Err(AppError::Forbidden));
    assert_eq!(a.counts(&pool, one).await.0, "delivered");
    all(vec![(one, 1), (two, 1)]).await.unwrap();
    for deliverable in [one, two] {
        assert_eq!(
            a.counts(&pool, deliverable).await,
            ("accepted".into(), 2, [0; 4])
        );
    }
    assert_eq!(a.counts(&pool, foreign).await.0, "delivered");
    assert_eq!(field_of(all(vec![(one, 2)]).await), "status");
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn a_cause_excuses_never_more_than_happened_and_is_decided_once(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-23")
        .await
        .deliverable;
    let head = a.access(a.head, Permission::DecideCause);
    let decide = |cause: Uuid, action: CauseAction, reason: &'static str| {
        let (pool, head) = (pool.clone(), head.clone());
        async move {
            let given = (cause, action, reason, Uuid::now_v7());
            steps::decide_cause(&pool, &head, today(), november(), given).await
        }
    };
    let two = a.ask_cause(&pool, a.first, made, ("delay", 2)).await;
    assert_eq!(
        field_of(decide(two, CauseAction::Confirm, "").await),
        "occurrences"
    );
    assert_eq!(
        field_of(decide(two, CauseAction::Refuse, " ").await),
        "reason"
    );
    decide(two, CauseAction::Refuse, "Không có văn bản")
        .await
        .unwrap();
    assert_eq!(a.counts(&pool, made).await.2, [0, 1, 0, 0]);
    assert_eq!(
        field_of(decide(two, CauseAction::Confirm, "").await),
        "status"
    );
    let one = a.ask_cause(&pool, a.first, made, ("delay", 1)).await;
    let chief = a.access(a.chief, Permission::DecideCause);
    let by_chief = steps::decide_cause(
        &pool,
        &chief,
        today(),
        november(),
        (one, CauseAction::Confirm, "", Uuid::now_v7()),
    )
    .await;
    assert_eq!(by_chief, Err(AppError::Forbidden));
    decide(one, CauseAction::Confirm, "").await.unwrap();
    assert_eq!(a.counts(&pool, made).await.2, [0, 1, 0, 1]);
    let more = a.ask_cause(&pool, a.first, made, ("delay", 1)).await;
    assert_eq!(
        field_of(decide(more, CauseAction::Confirm, "").await),
        "occurrences"
    );
    let failed = a
        .ask_cause(&pool, a.first, made, ("failed_review", 1))
        .await;
    assert_eq!(
        field_of(decide(failed, CauseAction::Confirm, "").await),
        "occurrences"
    );
    a.figures_add_up(&pool).await;
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_decided_in_a_closed_month(pool: PgPool) {
    let a = Agency::new(&pool, "one").await;
    let made = a
        .deliver(&pool, a.first, "Báo cáo", "2026-11-23")
        .await
        .deliverable;
    let cause = a.ask_cause(&pool, a.first, made, ("delay", 1)).await;
    bring(&pool, a.agency.0, "2026-11", PeriodStatus::Locked).await;
    assert_eq!(
        field_of(
            a.decide(&pool, a.head, made, DeliverableAction::Accept)
                .await
        ),
        "period"
    );
    let head = a.access(a.head, Permission::DecideCause);
    let given = (cause, CauseAction::Confirm, "", Uuid::now_v7());
    assert_eq!(
        field_of(steps::decide_cause(&pool, &head, today(), november(), given).await),
        "period"
    );
}
