//! What the authority decides: facts with documents, the level, lower units first, nobody about his own.

use app::error::AppError;
use app::unit_kpi::steps::{self, Asked};
use app::unit_kpi::store::level_of_units;
use app::unit_kpi::{Facts, Shown};
use kpi::level::Level;
use kpi::permission::Permission;
use kpi::unit::UnitReason;
use sqlx::PgPool;

use crate::fixture::{Agency, DONE, Work, field_of, is_conflict, today};

fn clean() -> Facts {
    Facts {
        shortcomings_fixed: true,
        ..Facts::default()
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn wrongdoing_and_force_majeure_need_a_document(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.scored(&pool, "100", "10").await;
    let wrong = Facts {
        wrongdoing: true,
        ..clean()
    };
    assert_eq!(
        field_of(a.facts(&pool, a.department, wrong.clone()).await),
        "wrongdoing_document"
    );
    let force = Facts {
        force_majeure: true,
        force_majeure_document: "  ".into(),
        ..clean()
    };
    assert_eq!(
        field_of(a.facts(&pool, a.department, force).await),
        "force_majeure_document"
    );
    let open = Facts::default();
    assert_eq!(
        field_of(a.facts(&pool, a.department, open).await),
        "shortcomings_note"
    );
    let documented = Facts {
        wrongdoing_document: "12-KL/UBKT".into(),
        ..wrong
    };
    a.facts(&pool, a.department, documented).await.unwrap();
    let seen = a.department(&pool).await;
    let outcome = seen.standing.outcome.unwrap();
    assert_eq!(
        (outcome.level, outcome.reason),
        (Some(Level::NotCompleted), UnitReason::Wrongdoing)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_level_that_the_law_gives_stands_and_closes_the_year(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let id = a.scored(&pool, "90", "9").await;
    a.work(&pool, &a.owner, DONE).await;
    // 27 + 63 = 90, but nothing exceeds what was asked: "tốt".
    assert_eq!(
        field_of(a.recognise(&pool, a.department, "excellent", "Vì").await),
        "level"
    );
    a.recognise(&pool, a.department, "good", "").await.unwrap();
    assert_eq!(
        level_of_units(&pool, a.agency, 2026).await.unwrap(),
        [(a.department, Level::Good)]
    );
    assert!(
        level_of_units(&pool, a.agency, 2025)
            .await
            .unwrap()
            .is_empty()
    );
    let before = a.department(&pool).await;
    let recognised = before.standing.recognised.clone().unwrap();
    assert_eq!((recognised.level, recognised.decided), (Level::Good, false));
    assert_eq!(recognised.by, "Trần Văn Minh");
    // Nothing is written to a closed year, and later work does not move the score.
    assert_eq!(
        field_of(a.report(&pool, a.figure(id, 1, "2026-11", "95")).await),
        "unit"
    );
    assert_eq!(
        field_of(a.save(&pool, a.typed("Mới", "1", "0")).await),
        "unit"
    );
    assert_eq!(field_of(a.give(&pool, a.department, "1").await), "unit");
    assert_eq!(
        field_of(a.facts(&pool, a.department, clean()).await),
        "unit"
    );
    a.work(
        &pool,
        &a.owner,
        Work {
            work_day: "",
            status: "",
            ..DONE
        },
    )
    .await;
    let after = a.department(&pool).await;
    assert_eq!(after.standing.outcome, before.standing.outcome);
    assert!(!after.manages && after.indicators.iter().all(|one| !one.reports_it));
}

#[sqlx::test(migrations = "../migrations")]
async fn what_the_law_leaves_open_is_decided_with_a_reason(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.scored(&pool, "80", "8").await;
    for _ in 0..3 {
        a.work(&pool, &a.owner, DONE).await;
    }
    a.work(
        &pool,
        &a.owner,
        Work {
            work_day: "",
            status: "",
            ..DONE
        },
    )
    .await;
    let seen = a.department(&pool).await;
    assert_eq!(
        seen.choices,
        [
            (Level::Good, true),
            (Level::Completed, true),
            (Level::NotCompleted, true)
        ]
    );
    assert_eq!(
        field_of(a.recognise(&pool, a.department, "completed", " ").await),
        "reason"
    );
    let reason = "Một nhiệm vụ chuyển sang năm sau theo chỉ đạo của cấp trên";
    a.recognise(&pool, a.department, "completed", reason)
        .await
        .unwrap();
    let recognised = a.department(&pool).await.standing.recognised.unwrap();
    assert!(recognised.decided && recognised.reason == reason);
}

#[sqlx::test(migrations = "../migrations")]
async fn nothing_is_recognised_without_a_score(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let id = a
        .save(&pool, a.typed("Đề án trình", "10", "100"))
        .await
        .unwrap();
    assert_eq!(
        field_of(a.recognise(&pool, a.department, "good", "Vì").await),
        "level"
    );
    a.report(&pool, a.figure(id, 0, "2026-10", "9"))
        .await
        .unwrap();
    assert_eq!(
        field_of(a.recognise(&pool, a.department, "good", "Vì").await),
        "level"
    );
    a.give(&pool, a.department, "8").await.unwrap();
    a.recognise(&pool, a.department, "good", "").await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn lower_units_come_first_and_a_weak_one_counts(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.scored(&pool, "95", "10").await;
    a.work(
        &pool,
        &a.owner,
        Work {
            work_day: "2026-10-15",
            ..DONE
        },
    )
    .await;
    let mut below = a.typed("Hồ sơ đúng hạn", "100", "100");
    below.unit = a.office.0;
    below.owner = a.clerk.id.to_string();
    let id = a.save(&pool, below).await.unwrap();
    let clerk = a.access(&a.clerk, Permission::ReportIndicator);
    steps::report(&pool, &clerk, today(), a.figure(id, 0, "2026-10", "10"))
        .await
        .unwrap();
    // Khoản 1 Điều 9: the office first.
    assert_eq!(
        field_of(a.recognise(&pool, a.department, "excellent", "").await),
        "level"
    );
    a.give(&pool, a.office, "5").await.unwrap();
    a.recognise(&pool, a.office, "not_completed", "")
        .await
        .unwrap();
    let seen = a.department(&pool).await;
    assert_eq!(seen.weak, ["Phòng Một"]);
    let outcome = seen.standing.outcome.unwrap();
    assert_eq!(
        (outcome.level, outcome.reason),
        (Some(Level::Good), UnitReason::WeakSubunit)
    );
    a.recognise(&pool, a.department, "good", "").await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_assesses_the_unit_that_he_leads(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    assert_eq!(field_of(a.give(&pool, a.root, "9").await), "unit");
    assert_eq!(field_of(a.facts(&pool, a.root, clean()).await), "unit");
    assert_eq!(
        field_of(a.recognise(&pool, a.root, "good", "Vì").await),
        "unit"
    );
    let seen = a.see(&pool, &a.leader, a.root).await.unwrap();
    assert!(seen.own_unit && !seen.assesses);
    assert!(a.department(&pool).await.assesses);
    let head = a.see(&pool, &a.head, a.department).await.unwrap();
    assert!(!head.assesses && head.manages);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_recognised_level_is_taken_back_with_a_reason(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.scored(&pool, "80", "8").await;
    let access = a.access(&a.leader, Permission::AssessUnit);
    let seen = a.department(&pool).await;
    let of = (a.department.0, "2026", seen.version);
    let none = steps::reopen(&pool, &access, today(), of, "Nhầm").await;
    assert_eq!(field_of(none), "unit");
    a.recognise(&pool, a.department, "good", "").await.unwrap();
    is_conflict(steps::reopen(&pool, &access, today(), of, "Nhầm").await);
    let of = (a.department.0, "2026", seen.version + 1);
    assert_eq!(
        field_of(steps::reopen(&pool, &access, today(), of, " ").await),
        "reopen_reason"
    );
    steps::reopen(&pool, &access, today(), of, "Số liệu chưa đúng")
        .await
        .unwrap();
    assert!(a.department(&pool).await.standing.recognised.is_none());
    a.give(&pool, a.department, "7").await.unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn the_list_shows_what_needs_attention_first(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.scored(&pool, "20", "8").await;
    let list = |person, unit: &str| {
        let access = a.access(person, Permission::ViewUnitKpi);
        let pool = pool.clone();
        let asked = Asked {
            unit: unit.to_owned(),
            ..Asked::default()
        };
        async move { steps::load(&pool, &access, today(), asked).await }
    };
    let Ok(Shown::All(all)) = list(&a.leader, "").await else {
        panic!("a leader sees all units")
    };
    assert_eq!((all.found, all.units.len()), (4, 4));
    let first = all.units.first().unwrap();
    assert_eq!(first.name, "Vụ Một");
    assert_eq!(first.lag.as_ref().unwrap().name, "Đề án trình");
    assert_eq!(first.standing.outcome.as_ref().unwrap().total, 38.into());
    // A head of one unit without units below comes to it at once.
    let Ok(Shown::One(own)) = list(&a.sibling_head, "").await else {
        panic!("one unit is shown at once")
    };
    assert_eq!((own.name.as_str(), own.has_list), ("Vụ Hai", false));
    let Ok(Shown::All(below)) = list(&a.head, "").await else {
        panic!("a head sees his unit and those below")
    };
    assert_eq!(below.found, 2);
    let nonsense = list(&a.leader, "nothing").await;
    assert!(matches!(nonsense, Err(AppError::NotFound)), "{nonsense:?}");
}
