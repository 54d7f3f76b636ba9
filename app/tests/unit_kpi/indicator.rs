//! Setting and reporting indicators: what is refused, that corrections keep history, who may.

use app::unit_kpi::steps;
use app::unit_kpi::steps::TypedReport;
use kpi::permission::{Permission, granted};
use rust_decimal::Decimal;
use sqlx::PgPool;

use crate::fixture::{Agency, field_of, is_conflict, is_forbidden, today};

#[sqlx::test(migrations = "../migrations")]
async fn an_indicator_is_refused_at_its_field(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.save(&pool, a.typed("Đề án trình", "10", "60"))
        .await
        .unwrap();
    let new = || a.typed("Chỉ số khác", "10", "10");
    for (field, change) in [
        ("target", ("0", "")),
        ("target", ("-5", "")),
        ("target", ("mười", "")),
        ("target", ("1000000000001", "")),
        ("weight", ("", "100,5")),
        ("weight", ("", "-1")),
        ("weight", ("", "40,0001")),
        ("weight", ("", "1,00001")),
    ] {
        let mut typed = new();
        if !change.0.is_empty() {
            typed.target = change.0.into();
        }
        if !change.1.is_empty() {
            typed.weight = change.1.into();
        }
        assert_eq!(field_of(a.save(&pool, typed).await), field, "{change:?}");
    }
    let twice = a.typed("ĐỀ ÁN  trình", "10", "10");
    assert_eq!(field_of(a.save(&pool, twice).await), "name");
    let mut stranger = new();
    stranger.owner = a.sibling_head.id.to_string();
    assert_eq!(field_of(a.save(&pool, stranger).await), "owner");
    let mut next_year = new();
    next_year.year = "2027".into();
    assert_eq!(field_of(a.save(&pool, next_year).await), "year");
    // The same name stands for another year, and the weights may be short of 100 %.
    let mut before = a.typed("Đề án trình", "10", "100");
    before.year = "2025".into();
    a.save(&pool, before).await.unwrap();
    a.save(&pool, a.typed("Chỉ số khác", "10", "40"))
        .await
        .unwrap();
}

#[sqlx::test(migrations = "../migrations")]
async fn an_indicator_is_changed_in_the_version_that_was_seen(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let id = a
        .save(&pool, a.typed("Đề án trình", "10", "60"))
        .await
        .unwrap();
    let mut change = a.typed("Đề án được thông qua", "12", "100");
    change.indicator = Some(id);
    change.version = 1;
    a.save(&pool, change.clone()).await.unwrap();
    is_conflict(a.save(&pool, change).await);
    let seen = a.department(&pool).await;
    let [indicator] = seen.indicators.as_slice() else {
        panic!("{:?}", seen.indicators)
    };
    assert_eq!(
        (indicator.name.as_str(), indicator.version),
        ("Đề án được thông qua", 2)
    );
    assert_eq!(indicator.target, Decimal::from(12));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_indicator_is_removed_only_without_figures(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let access = a.access(&a.head, Permission::ManageIndicators);
    let first = a.save(&pool, a.typed("Một", "10", "50")).await.unwrap();
    let second = a.save(&pool, a.typed("Hai", "10", "50")).await.unwrap();
    a.report(&pool, a.figure(first, 0, "2026-10", "5"))
        .await
        .unwrap();
    let refused = steps::remove_indicator(&pool, &access, today(), first, 1).await;
    assert_eq!(field_of(refused), "indicator");
    is_conflict(steps::remove_indicator(&pool, &access, today(), second, 7).await);
    steps::remove_indicator(&pool, &access, today(), second, 1)
        .await
        .unwrap();
    assert_eq!(a.department(&pool).await.indicators.len(), 1);
    // Its name is free again.
    a.save(&pool, a.typed("Hai", "10", "50")).await.unwrap();
}

/// Spoils one field of a report.
type Change = fn(&mut TypedReport);

#[sqlx::test(migrations = "../migrations")]
async fn a_figure_is_refused_at_its_field(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let id = a
        .save(&pool, a.typed("Đề án trình", "10", "100"))
        .await
        .unwrap();
    a.report(&pool, a.figure(id, 0, "2026-09", "5"))
        .await
        .unwrap();
    let good = || a.figure(id, 1, "2026-10", "6");
    let cases: [(&str, Change); 9] = [
        ("actual", |typed| typed.actual = "-1".into()),
        ("actual", |typed| typed.actual = "sáu".into()),
        ("actual", |typed| typed.actual = "4".into()),
        ("cut_off", |typed| typed.cut_off = "2026-09-30".into()),
        ("cut_off", |typed| typed.cut_off = "31/11/2026".into()),
        ("cut_off", |typed| {
            typed.period = "2026-11".into();
            typed.cut_off = "2026-11-30".into();
        }),
        ("period", |typed| typed.period = "2026-12".into()),
        ("period", |typed| typed.period = "2025-10".into()),
        ("source", |typed| typed.source = " ".into()),
    ];
    for (number, (field, change)) in cases.into_iter().enumerate() {
        let mut typed = good();
        change(&mut typed);
        assert_eq!(
            field_of(a.report(&pool, typed).await),
            field,
            "case {number}"
        );
    }
    a.report(&pool, good()).await.unwrap();
    // A month that has a figure asks for a reason; a figure that grows is not above the month after.
    assert_eq!(
        field_of(a.report(&pool, a.figure(id, 2, "2026-10", "7")).await),
        "reason"
    );
    let mut above = a.figure(id, 2, "2026-09", "8");
    above.reason = "Cộng sót".into();
    assert_eq!(field_of(a.report(&pool, above).await), "actual");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_correction_keeps_what_it_corrects(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let id = a
        .save(&pool, a.typed("Đề án trình", "10", "100"))
        .await
        .unwrap();
    a.report(&pool, a.figure(id, 0, "2026-10", "8"))
        .await
        .unwrap();
    let mut correction = a.figure(id, 1, "2026-10", "7");
    correction.reason = "Một đề án tính hai lần".into();
    a.report(&pool, correction.clone()).await.unwrap();
    // The same form sent again was made for what was there before.
    is_conflict(a.report(&pool, correction).await);
    let seen = a.department(&pool).await;
    let reports = &seen.indicators.first().unwrap().reports;
    let kept: Vec<(i32, bool, String, &str)> = reports
        .iter()
        .map(|report| {
            (
                report.version,
                report.counts,
                report.actual.to_string(),
                report.reason.as_str(),
            )
        })
        .collect();
    assert_eq!(
        kept,
        [
            (2, true, "7".to_owned(), "Một đề án tính hai lần"),
            (1, false, "8".to_owned(), "")
        ]
    );
    assert_eq!(
        seen.indicators.first().unwrap().achieved,
        Some(Decimal::from(70))
    );
    let actions: Vec<String> = sqlx::query_scalar(
        "select action from audit where action like 'unit_kpi.%' order by at, audit_id",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert_eq!(
        actions,
        [
            "unit_kpi.add_indicator",
            "unit_kpi.report",
            "unit_kpi.correct"
        ]
    );
    let scores: i64 = sqlx::query_scalar(
        "select count(*) from audit where detail ? 'actual' or detail ? 'points' or detail ? 'target'",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(scores, 0, "no figures in the audit log");
}

#[sqlx::test(migrations = "../migrations")]
async fn only_owner_and_head_report(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let id = a
        .save(&pool, a.typed("Đề án trình", "10", "100"))
        .await
        .unwrap();
    let by = |person| a.access(person, Permission::ReportIndicator);
    for person in [&a.clerk, &a.deputy, &a.sibling_head] {
        let typed = a.figure(id, 0, "2026-10", "5");
        is_forbidden(steps::report(&pool, &by(person), today(), typed).await);
    }
    let head = by(&a.head);
    steps::report(&pool, &head, today(), a.figure(id, 0, "2026-09", "5"))
        .await
        .unwrap();
    a.report(&pool, a.figure(id, 1, "2026-10", "6"))
        .await
        .unwrap();
    // The owner finds it on a page of his own, the clerk finds nothing.
    let own = steps::load_own(&pool, &by(&a.owner), today(), "2026")
        .await
        .unwrap();
    assert_eq!(own.indicators.len(), 1);
    assert_eq!(own.indicators[0].reports.len(), 2);
    let none = steps::load_own(&pool, &by(&a.clerk), today(), "")
        .await
        .unwrap();
    assert!(none.indicators.is_empty());
    let told: i64 = sqlx::query_scalar("select count(*) from notification where officer_id = $1")
        .bind(a.owner.id.0)
        .fetch_one(&pool)
        .await
        .unwrap();
    assert_eq!(told, 1, "the owner was told once");
}

#[sqlx::test(migrations = "../migrations")]
async fn indicators_are_set_within_reach_alone(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let other = Agency::new(&pool, "b").await;
    let typed = a.typed("Đề án trình", "10", "100");
    let sibling = a.access(&a.sibling_head, Permission::ManageIndicators);
    is_forbidden(steps::save_indicator(&pool, &sibling, today(), typed.clone()).await);
    let foreign = other.access(&other.personnel, Permission::ManageIndicators);
    let missing = steps::save_indicator(&pool, &foreign, today(), typed.clone()).await;
    assert!(
        matches!(missing, Err(app::error::AppError::NotFound)),
        "{missing:?}"
    );
    let personnel = a.access(&a.personnel, Permission::ManageIndicators);
    steps::save_indicator(&pool, &personnel, today(), typed)
        .await
        .unwrap();
    // A head sees the units below, never a sibling.
    let below = a.see(&pool, &a.head, a.office).await.unwrap();
    assert_eq!(below.name, "Phòng Một");
    is_forbidden(a.see(&pool, &a.sibling_head, a.department).await);
    is_forbidden(a.see(&pool, &a.head, a.sibling).await);
    let foreign = a.see(&pool, &a.leader, other.department).await;
    assert!(
        matches!(foreign, Err(app::error::AppError::NotFound)),
        "{foreign:?}"
    );
}

#[test]
fn roles_without_a_grant_are_denied() {
    use kpi::permission::Role as R;
    for (roles, permission) in [
        (&[R::Officer][..], Permission::ViewUnitKpi),
        (&[R::Administrator], Permission::ViewUnitKpi),
        (&[R::Officer, R::Deputy], Permission::ManageIndicators),
        (&[R::Leader], Permission::ManageIndicators),
        (&[R::Administrator], Permission::ReportIndicator),
        (&[R::Officer, R::Head], Permission::AssessUnit),
        (&[R::Personnel], Permission::AssessUnit),
    ] {
        assert_eq!(granted(roles, permission), None, "{roles:?} {permission:?}");
    }
}
