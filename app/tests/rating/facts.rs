//! Months, absences, months from elsewhere and blockers, and what is refused about them.

use app::error::AppError;
use app::rating::months::{Gap, State};
use app::rating::steps;
use app::rating::wire::Outcome;
use kpi::level::Level;
use kpi::permission::{Permission, Role, Scope, granted};
use kpi::rating::{Absence, RatingReason};
use rust_decimal::Decimal;
use sqlx::PgPool;

use crate::fixture::{Agency, YEAR, field_of, run, today};

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn rated(outcome: &Outcome) -> (Option<Level>, RatingReason, String) {
    match outcome {
        Outcome::Rated {
            level,
            reason,
            article,
        } => (*level, *reason, article.clone()),
        other => panic!("not rated: {other:?}"),
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_missing_month_stops_the_rating_and_is_named(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let one = agency
        .staff(&pool, "An", "80 80 – – 80 80 80 80 – 80 80 80")
        .await;
    agency.month(&pool, one, 9, "70", "self_assessed").await;
    let line = agency.line(&pool, one).await;
    let gaps = vec![(3, Gap::NoSheet), (4, Gap::NoSheet), (9, Gap::NotConfirmed)];
    assert_eq!(line.outcome, Outcome::Stopped(gaps));
    assert_eq!(line.level(), None);
    let view = agency.view(&pool, agency.chief).await;
    assert!(view.stopped.iter().any(|stopped| stopped.officer == one.0));
    // Whoever is stopped takes no place from anybody.
    assert_eq!(view.gauges[0].good_or_better, 0);
    // Once the months are settled he is rated.
    agency
        .absence(&pool, one, "other", ("2025-03-01", "2025-04-30"))
        .await
        .unwrap();
    agency
        .absence(&pool, one, "sick_leave", ("2025-09-01", "2025-09-20"))
        .await
        .unwrap();
    let (level, reason, article) = rated(&agency.line(&pool, one).await.outcome);
    assert_eq!((level, reason), (Some(Level::Good), RatingReason::Score));
    assert!(article.starts_with("khoản 2 Điều 20"), "{article}");
}

#[sqlx::test(migrations = "../migrations")]
async fn an_absence_shrinks_the_divisor_g27(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let one = agency
        .staff(&pool, "An", "80 90 100 60 – – 90 90 90 90 90 90")
        .await;
    agency
        .absence(&pool, one, "sick_leave", ("2025-05-01", "2025-06-30"))
        .await
        .unwrap();
    let year = agency.year(&pool, one).await;
    assert_eq!(year.line.mean, Some(number("87")));
    assert_eq!((year.line.scored, year.line.worked), (10, 10));
    assert_eq!(year.months[4].state, State::Away(Absence::SickLeave));
    assert_eq!(year.line.quarters[1], Some(number("60")));
    assert_eq!(year.line.halves, [Some(number("82.5")), Some(number("90"))]);
    assert_eq!(rated(&year.line.outcome).0, Some(Level::Good));
}

#[sqlx::test(migrations = "../migrations")]
async fn maternity_leave_is_rated_on_the_time_worked_g35_and_a_late_start_is_not_g34(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let mother = agency
        .staff(&pool, "An", "88 88 – – – – – – – 88 88 88")
        .await;
    agency
        .absence(
            &pool,
            mother,
            "maternity_leave",
            ("2025-03-01", "2025-09-30"),
        )
        .await
        .unwrap();
    let line = agency.line(&pool, mother).await;
    assert_eq!(line.worked, 5);
    assert_eq!(rated(&line.outcome).0, Some(Level::Good));

    let unpaid = agency
        .staff(&pool, "Bình", "75 75 75 75 75 – – – – – – –")
        .await;
    agency
        .absence(&pool, unpaid, "unpaid_leave", ("2025-06-01", "2025-12-31"))
        .await
        .unwrap();
    let line = agency.line(&pool, unpaid).await;
    let (level, reason, article) = rated(&line.outcome);
    assert_eq!((level, reason), (None, RatingReason::TooFewMonths));
    assert!(article.starts_with("khoản 1 Điều 11"), "{article}");

    let late = agency
        .person(&pool, "Cường", "staff", agency.department, "2025-08-10")
        .await;
    agency
        .months(&pool, late, "– – – – – – – 92 92 92 92 92")
        .await;
    assert_eq!(
        rated(&agency.line(&pool, late).await.outcome),
        (None, RatingReason::TooFewMonths, article)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn months_from_elsewhere_count_and_are_replaced_only_with_a_reason(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let one = agency
        .person(&pool, "An", "staff", agency.department, "2025-05-01")
        .await;
    agency
        .months(&pool, one, "– – – – 80 80 80 80 80 80 80 80")
        .await;
    for (period, score) in [
        ("2025-01", "92"),
        ("2025-02", "92,5"),
        ("2025-03", "91"),
        ("2025-04", "90"),
    ] {
        let form = agency.outside(one, period, score);
        agency.bring(&pool, &form).await.unwrap();
    }
    let year = agency.year(&pool, one).await;
    // (92 + 92,5 + 91 + 90 + 8 × 80) ÷ 12 = 83,79
    assert_eq!(year.line.mean, Some(number("83.79")));
    assert_eq!(year.line.worked, 12);
    let State::Outside(score, origin) = &year.months[1].state else {
        panic!("{:?}", year.months[1]);
    };
    assert_eq!(
        (*score, origin.organisation.as_str()),
        (number("92.5"), "Sở Tài chính")
    );
    assert_eq!(origin.digest.len(), 64);

    let mut again = agency.outside(one, "2025-02", "95");
    assert_eq!(field_of(agency.bring(&pool, &again).await), "reason");
    again.reason = "Công văn đính chính".into();
    agency.bring(&pool, &again).await.unwrap();
    let rows: i64 =
        sqlx::query_scalar("select count(*) from outside_month where period = '2025-02-01'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(rows, 2, "the first row stays");
    assert_eq!(
        agency.year(&pool, one).await.months[1].score(),
        Some(number("95"))
    );
    let changed = sqlx::query("update outside_month set score = 100")
        .execute(&pool)
        .await;
    assert!(changed.is_err(), "a month from elsewhere is read-only");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_blocker_makes_the_year_not_completed_and_its_act_counts_once(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let one = agency
        .staff(&pool, "An", "96 96 96 96 96 96 96 96 96 96 96 96")
        .await;
    let act = "Chậm giải quyết hồ sơ tháng 11/2025";
    agency
        .block(&pool, &agency.blocker(one, "2025", act))
        .await
        .unwrap();
    let line = agency.line(&pool, one).await;
    let (level, reason, article) = rated(&line.outcome);
    assert_eq!(
        (level, reason),
        (Some(Level::NotCompleted), RatingReason::Blocker)
    );
    assert!(article.starts_with("khoản 4 Điều 20"), "{article}");
    let year = agency.year(&pool, one).await;
    assert_eq!(year.blockers[0].document, "Quyết định 45");

    // Party and administrative discipline for one act: one year (G37), however it is written.
    let again = agency.blocker(one, "2026", "chậm giải quyết hồ sơ THÁNG 11/2025");
    assert_eq!(field_of(agency.block(&pool, &again).await), "act");
    let access = agency.access(agency.personnel, Permission::RecordYear);
    let blocker = year.blockers[0].blocker;
    assert_eq!(
        field_of(steps::withdraw_blocker(&pool, &access, blocker, " ").await),
        "reason"
    );
    steps::withdraw_blocker(&pool, &access, blocker, "Quyết định bị hủy")
        .await
        .unwrap();
    agency.block(&pool, &again).await.unwrap();
    assert_eq!(
        rated(&agency.line(&pool, one).await.outcome).0,
        Some(Level::Excellent)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn a_transfer_keeps_both_posts_and_a_leaver_is_rated_elsewhere(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let moved = agency
        .staff(&pool, "An", "80 80 80 80 80 80 90 90 90 90 90 90")
        .await;
    run(
        &pool,
        "update post set unit_id = $3, until_day = '2025-06-30' where agency_id = $1 and officer_id = $2",
        &[agency.agency.0, moved.0, agency.access(agency.chief, Permission::ViewRating).actor.posts[0].unit.0],
        &[],
    )
    .await;
    agency
        .post(
            &pool,
            moved,
            "staff",
            agency.department,
            ("2025-07-01", None),
        )
        .await;
    let year = agency.year(&pool, moved).await;
    assert_eq!(year.posts.len(), 2);
    assert_eq!(year.line.unit_name, "Vụ Một");
    assert_eq!(year.line.mean, Some(number("85")));

    let gone = agency
        .staff(&pool, "Bình", "95 95 95 95 95 95 – – – – – –")
        .await;
    run(
        &pool,
        "update post set until_day = '2025-06-30' where agency_id = $1 and officer_id = $2",
        &[agency.agency.0, gone.0],
        &[],
    )
    .await;
    let line = agency.line(&pool, gone).await;
    assert_eq!(line.outcome, Outcome::Left("2025-06-30".parse().unwrap()));
    assert_eq!(line.mean, Some(number("95")));
    let view = agency.view(&pool, agency.chief).await;
    assert_eq!(view.gauges[0].good_or_better, 1);
}

#[sqlx::test(migrations = "../migrations")]
async fn what_contradicts_itself_is_refused_with_its_field(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let one = agency
        .staff(&pool, "An", "80 80 80 80 80 80 80 80 80 80 80 80")
        .await;
    let absence = async |days| field_of(agency.absence(&pool, one, "sick_leave", days).await);
    agency
        .absence(&pool, one, "sick_leave", ("2025-05-10", "2025-05-20"))
        .await
        .unwrap();
    assert_eq!(absence(("2025-05-20", "2025-06-01")).await, "from_day");
    assert_eq!(absence(("2025-06-02", "2025-06-01")).await, "until_day");
    assert_eq!(absence(("2025-06-01", "2028-06-01")).await, "until_day");
    assert_eq!(absence(("31/02/2025", "2025-06-01")).await, "from_day");
    let strange = agency.absence(&pool, one, "holiday", ("2025-06-01", "2025-06-02"));
    assert_eq!(field_of(strange.await), "kind");

    let newcomer = agency
        .person(&pool, "Bình", "staff", agency.department, "2025-06-01")
        .await;
    let bring = async |period: &str, score: &str| {
        field_of(
            agency
                .bring(&pool, &agency.outside(newcomer, period, score))
                .await,
        )
    };
    assert_eq!(bring("2025-01", "100,01").await, "score");
    assert_eq!(bring("2025-01", "-1").await, "score");
    assert_eq!(bring("2025-01", "90,123").await, "score");
    assert_eq!(bring("2025-13", "90").await, "period");
    assert_eq!(bring("2026-12", "90").await, "period");
    let mut nameless = agency.outside(newcomer, "2025-01", "90");
    nameless.document = " ".into();
    assert_eq!(field_of(agency.bring(&pool, &nameless).await), "document");
    // A month that was locked here is never brought from elsewhere.
    let locked = agency.outside(one, "2025-01", "90");
    assert_eq!(field_of(agency.bring(&pool, &locked).await), "period");

    let mut blocker = agency.blocker(one, "2025", "Hành vi");
    blocker.document = String::new();
    assert_eq!(field_of(agency.block(&pool, &blocker).await), "document");
    let ahead = agency.blocker(one, "2027", "Hành vi");
    assert_eq!(field_of(agency.block(&pool, &ahead).await), "year");
    // A case of leaders about somebody who never led (điểm d khoản 4 Điều 20).
    let mut corruption = agency.blocker(one, "2025", "Hành vi");
    corruption.kind = "unit_corruption".into();
    assert_eq!(field_of(agency.block(&pool, &corruption).await), "kind");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_may_not_does_not(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    let other = Agency::new(&pool, "b").await;
    let one = agency
        .staff(&pool, "An", "80 80 80 80 80 80 80 80 80 80 80 80")
        .await;
    for (role, view, records, decides) in [
        (Role::Officer, Some(Scope::Own), false, false),
        (Role::Head, Some(Scope::Unit), false, false),
        (Role::Deputy, Some(Scope::Unit), false, false),
        (Role::Leader, Some(Scope::Agency), false, true),
        (Role::Personnel, Some(Scope::Agency), true, false),
        (Role::Administrator, None, false, false),
    ] {
        let may = |permission| granted(&[role], permission);
        assert_eq!(may(Permission::ViewRating), view, "{role:?}");
        assert_eq!(may(Permission::RecordYear).is_some(), records, "{role:?}");
        assert_eq!(may(Permission::DecideRating).is_some(), decides, "{role:?}");
    }
    // An officer sees himself alone, a head his department.
    let view = agency.view(&pool, one).await;
    assert_eq!((view.own, view.people.len()), (Some(one.0), 1));
    let view = agency.view(&pool, agency.head).await;
    assert_eq!(view.people.len(), 2);
    assert!(!view.records && !view.decides);
    let mine = agency.access(one, Permission::ViewRating);
    let heads = steps::load_person(&pool, &mine, (YEAR, today()), agency.head).await;
    assert_eq!(heads.unwrap_err(), AppError::Forbidden);
    // Another agency does not exist.
    let foreign = other.access(other.chief, Permission::ViewRating);
    let missing = steps::load_person(&pool, &foreign, (YEAR, today()), one).await;
    assert_eq!(missing.unwrap_err(), AppError::NotFound);
    let personnel = other.access(other.personnel, Permission::RecordYear);
    let form = agency.blocker(one, "2025", "Hành vi");
    let blocked = steps::record_blocker(&pool, &personnel, &form, today());
    assert_eq!(blocked.await.unwrap_err(), AppError::NotFound);
    // Nobody records about himself.
    let own = agency
        .absence(
            &pool,
            agency.personnel,
            "other",
            ("2025-05-01", "2025-05-31"),
        )
        .await;
    assert_eq!(own.unwrap_err(), AppError::Forbidden);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_head_is_not_above_his_own_organisation_g33(pool: PgPool) {
    let agency = Agency::new(&pool, "a").await;
    agency
        .months(&pool, agency.head, "95 95 95 95 95 95 95 95 95 95 95 95")
        .await;
    assert_eq!(
        rated(&agency.line(&pool, agency.head).await.outcome).0,
        Some(Level::Excellent),
        "while his unit is not rated nothing holds him"
    );
    run(
        &pool,
        "insert into unit_year (agency_id, unit_id, year, level, total, rule_set, input, decided_at)
         values ($1, $2, 2025, 'good', 80, 'nd-335-2025', '{}', now())",
        &[agency.agency.0, agency.department.0],
        &[],
    )
    .await;
    let (level, reason, article) = rated(&agency.line(&pool, agency.head).await.outcome);
    assert_eq!(
        (level, reason),
        (Some(Level::Good), RatingReason::Organisation)
    );
    assert!(article.starts_with("khoản 6 Điều 20"), "{article}");
    // Another year, and whoever does not head the unit, are free of it.
    let one = agency
        .staff(&pool, "An", "95 95 95 95 95 95 95 95 95 95 95 95")
        .await;
    assert_eq!(
        rated(&agency.line(&pool, one).await.outcome).0,
        Some(Level::Excellent)
    );
}
