//! The score equals the rules on the same data, says what is missing, and its conditions come from the unit's own work.

use app::unit_kpi::Gap;
use kpi::rule_set::RuleSet;
use kpi::unit::{BasicPoint, Direction, Indicator, Tasks, UnitInput, UnitReason, assess};
use rust_decimal::Decimal;
use sqlx::PgPool;

use crate::fixture::{Agency, DONE, Work, field_of, is_conflict};

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn the_score_is_that_of_the_rules(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    let first = a
        .save(&pool, a.typed("Đề án trình", "7", "33,3"))
        .await
        .unwrap();
    let mut days = a.typed("Số ngày xử lý", "5", "66,7");
    days.direction = "lower".into();
    days.measure = "level".into();
    let second = a.save(&pool, days).await.unwrap();
    a.report(&pool, a.figure(first, 0, "2026-09", "3"))
        .await
        .unwrap();
    a.report(&pool, a.figure(first, 1, "2026-10", "5"))
        .await
        .unwrap();
    a.report(&pool, a.figure(second, 0, "2026-10", "5,7"))
        .await
        .unwrap();
    a.give(&pool, a.department, "8,25").await.unwrap();
    a.work(&pool, &a.owner, DONE).await;
    a.work(&pool, &a.clerk, Work { delays: 1, ..DONE }).await;

    let indicator = |name: &str, direction, target: &str, actual: &str, weight: &str| Indicator {
        name: name.into(),
        direction,
        target: number(target),
        actual: number(actual),
        weight: number(weight),
    };
    let input = UnitInput {
        basic: ["1", "2", "3"]
            .iter()
            .map(|code| BasicPoint {
                criterion: (*code).into(),
                max: Decimal::TEN,
                points: number("8.25"),
            })
            .collect(),
        functional: vec![
            indicator("Đề án trình", Direction::Higher, "7", "5", "33.3"),
            indicator("Số ngày xử lý", Direction::Lower, "5", "5.7", "66.7"),
        ],
        tasks: Tasks {
            assigned: 2,
            completed: 2,
            late: 1,
            exceeded: 0,
            quality_failed: 0,
        },
        weak_subunits: false,
        shortcomings_fixed: true,
        wrongdoing: false,
        force_majeure: false,
    };
    let expected = assess(&RuleSet::nd_335_2025(), &input).unwrap();
    let seen = a.department(&pool).await;
    assert_eq!(seen.standing.outcome, Some(expected.clone()));
    assert!(seen.standing.gaps.is_empty());
    let total = app::format::number(expected.total, 2);
    assert!(
        seen.why
            .iter()
            .any(|step| step.formula.ends_with(&format!("= {total}"))),
        "{:?}",
        seen.why
    );
    assert_eq!(seen.indicators[0].months.iter().flatten().count(), 2);
}

#[sqlx::test(migrations = "../migrations")]
async fn without_all_weights_there_is_no_score_and_it_says_why(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    assert_eq!(
        a.department(&pool).await.standing.gaps,
        [Gap::NoIndicators, Gap::Basic]
    );
    let id = a
        .save(&pool, a.typed("Đề án trình", "10", "85"))
        .await
        .unwrap();
    let gaps = a.department(&pool).await.standing.gaps;
    assert_eq!(gaps, [Gap::Weights(15.into()), Gap::Figures(1), Gap::Basic]);
    assert!(
        gaps[0].words().contains("còn thiếu 15 %"),
        "{}",
        gaps[0].words()
    );
    a.report(&pool, a.figure(id, 0, "2026-10", "9"))
        .await
        .unwrap();
    a.give(&pool, a.department, "9").await.unwrap();
    let seen = a.department(&pool).await;
    assert_eq!(seen.standing.gaps, [Gap::Weights(15.into())]);
    assert_eq!(
        (seen.standing.outcome, seen.standing.functional),
        (None, None)
    );
    let rest = a.save(&pool, a.typed("Báo cáo", "10", "15")).await.unwrap();
    a.report(&pool, a.figure(rest, 0, "2026-10", "10"))
        .await
        .unwrap();
    let seen = a.department(&pool).await;
    // 27 + 70 × (85 % × 0,9 + 15 %) = 27 + 64,05
    assert_eq!(seen.standing.outcome.unwrap().total, number("91.05"));
}

#[sqlx::test(migrations = "../migrations")]
async fn the_conditions_are_counted_from_the_units_own_work(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    a.scored(&pool, "100", "10").await;
    let clear = Work {
        work_day: "2026-10-15",
        ..DONE
    };
    for work in [
        // On time, then before its due day, then on top of the plan: the last two exceed.
        DONE,
        clear,
        Work {
            kind: "ad_hoc",
            ..DONE
        },
        // Late, late with a confirmed cause, returned: none exceeds but the second, which was before its day.
        Work { delays: 1, ..clear },
        Work {
            delays: 1,
            excused: 1,
            ..clear
        },
        Work { failed: 1, ..clear },
        // Waiting, and not begun: not done, and past their day.
        Work {
            status: "delivered",
            ..DONE
        },
        Work {
            work_day: "",
            status: "",
            ..DONE
        },
        // Not counted: cancelled, not due yet, of another year.
        Work {
            cancelled: true,
            ..DONE
        },
        Work {
            period: "2026-11-01",
            due: "2026-11-24",
            work_day: "",
            status: "",
            ..DONE
        },
        Work {
            period: "2025-10-01",
            due: "2025-10-20",
            work_day: "",
            status: "",
            ..DONE
        },
    ] {
        a.work(&pool, &a.owner, work).await;
    }
    // The office below counts, the sibling does not.
    a.work(&pool, &a.clerk, DONE).await;
    a.work(
        &pool,
        &a.sibling_head,
        Work {
            work_day: "",
            status: "",
            ..DONE
        },
    )
    .await;

    let seen = a.department(&pool).await;
    let found = |asked: &str| {
        let condition = seen
            .conditions
            .iter()
            .find(|condition| condition.asked.contains(asked))
            .unwrap_or_else(|| panic!("{asked}"));
        (
            condition.found.split(' ').next().unwrap().to_owned(),
            condition.met,
        )
    };
    assert_eq!(found("100 % nhiệm vụ"), ("7".to_owned(), false));
    assert_eq!(found("ít nhất 70 %"), ("7".to_owned(), true));
    assert_eq!(found("đúng thời hạn"), ("3".to_owned(), false));
    assert_eq!(found("không quá 20 %"), ("3".to_owned(), false));
    assert_eq!(found("bảo đảm chất lượng"), ("1".to_owned(), false));
    assert_eq!(found("vượt mức yêu cầu"), ("3".to_owned(), true));
    assert!(seen.conditions.iter().all(|condition| {
        !condition.found.contains('/') || condition.found.contains("/ 9 nhiệm vụ")
    }));
    assert_eq!(seen.waiting, 1);
    let outcome = seen.standing.outcome.unwrap();
    assert_eq!(
        (outcome.level, outcome.reason),
        (None, UnitReason::Unfinished)
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn points_are_bounded_and_given_in_the_version_that_was_seen(pool: PgPool) {
    let a = Agency::new(&pool, "a").await;
    for points in ["10,01", "-1", "mười", ""] {
        assert_eq!(
            field_of(a.give(&pool, a.department, points).await),
            "points[1]",
            "{points}"
        );
    }
    a.give(&pool, a.department, "10").await.unwrap();
    let access = a.access(&a.leader, kpi::permission::Permission::AssessUnit);
    let of = (a.department.0, "2026", 0);
    let nothing = std::collections::BTreeMap::new();
    let facts = app::unit_kpi::Facts {
        shortcomings_fixed: true,
        ..Default::default()
    };
    let today = crate::fixture::today();
    is_conflict(app::unit_kpi::steps::put_facts(&pool, &access, today, of, facts).await);
    let empty =
        app::unit_kpi::steps::give_points(&pool, &access, today, of, (&nothing, &nothing)).await;
    assert_eq!(field_of(empty), "points[1]");
}
