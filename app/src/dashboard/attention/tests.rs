use chrono::NaiveDate;
use kpi::period::WorkingDays;
use uuid::Uuid;

use super::*;

/// A unit of ten scored people with this and last month's mean score and its progress in percent.
fn unit(name: &str, now: i64, before: i64, progress: i64) -> UnitCompared {
    let figures = |score: i64, progress: i64| Figures {
        people: 10,
        scored: 10,
        confirmed: 10,
        assignments: 20,
        assigned: Decimal::from(100),
        progress: Decimal::from(progress),
        score_sum: Decimal::from(score * 10),
        good: 6,
        completed: 4,
        ..Figures::default()
    };
    UnitCompared {
        unit: Uuid::nil(),
        name: name.to_owned(),
        own: false,
        reachable: true,
        now: figures(now, progress),
        before: figures(before, 100),
        series: Vec::new(),
    }
}

/// November 2026 seen from `today`, with `done` of 20 working days gone.
fn november(
    today: (i32, u32, u32),
    done: u32,
    units: Vec<UnitCompared>,
    whole: UnitCompared,
) -> Comparison {
    Comparison {
        agency: "Ban".to_owned(),
        period: "2026-11".parse().unwrap(),
        today: NaiveDate::from_ymd_opt(today.0, today.1, today.2).unwrap(),
        days: WorkingDays { done, total: 20 },
        rules: kpi::rule_set::RuleSet::nd_335_2025(),
        measure: Measure::Score,
        units,
        whole,
    }
}

fn over(units: Vec<UnitCompared>, whole: UnitCompared) -> Comparison {
    november((2026, 12, 1), 20, units, whole)
}

fn sentences(comparison: &Comparison) -> Vec<String> {
    notices(comparison)
        .into_iter()
        .map(|notice| format!("{} {}", notice.subject, notice.words))
        .collect()
}

#[test]
fn nothing_is_said_where_nothing_stands_out() {
    let calm = over(
        vec![unit("A", 82, 81, 98), unit("B", 85, 84, 99)],
        unit("Toàn cơ quan", 83, 82, 98),
    );
    assert_eq!(sentences(&calm), Vec::<String>::new());
}

#[test]
fn a_fall_is_named_with_both_figures() {
    let fallen = over(
        vec![unit("A", 77, 84, 98)],
        unit("Toàn cơ quan", 82, 82, 98),
    );
    assert_eq!(
        sentences(&fallen),
        ["A giảm 7 điểm so với tháng 10 (từ 84 còn 77)."]
    );
}

#[test]
fn a_running_month_is_not_held_against_a_finished_one() {
    // Half the month is gone: everybody has about half, and nobody is to blame for it.
    let half = |units| november((2026, 11, 13), 10, units, unit("Toàn cơ quan", 52, 82, 50));
    assert_eq!(
        sentences(&half(vec![unit("A", 52, 82, 50), unit("B", 53, 83, 51)])),
        Vec::<String>::new()
    );
    let one = sentences(&half(vec![unit("A", 40, 82, 38)]));
    assert_eq!(
        one,
        ["A mới đạt tiến độ 38%, dự kiến đến nay 50%, toàn cơ quan 50%.",]
    );
}

#[test]
fn where_everybody_is_behind_only_who_stands_out_is_named() {
    let units = vec![
        unit("A", 52, 52, 37),
        unit("B", 52, 52, 39),
        unit("C", 52, 52, 31),
    ];
    let half = november((2026, 11, 13), 10, units, unit("Toàn cơ quan", 52, 52, 36));
    let subjects: Vec<String> = notices(&half)
        .into_iter()
        .map(|notice| notice.subject)
        .collect();
    assert_eq!(subjects, ["Toàn cơ quan", "C"]);
}

#[test]
fn a_shortfall_of_the_agency_says_where_it_lies() {
    let units = vec![
        unit("A", 82, 82, 95),
        unit("B", 82, 82, 91),
        unit("C", 82, 82, 92),
        unit("D", 82, 82, 100),
    ];
    let behind = over(units, unit("Toàn cơ quan", 82, 82, 94));
    let first = sentences(&behind).into_iter().next().unwrap();
    assert_eq!(
        first,
        "Toàn cơ quan đạt tiến độ 94%, thấp hơn dự kiến đến nay 6 điểm phần trăm; 77% phần thiếu nằm ở 2 đơn vị."
    );
}

#[test]
fn waiting_work_low_scores_equal_levels_and_open_sheets_are_named() {
    let mut waiting = unit("A", 82, 82, 98);
    waiting.now.waiting = 7;
    let low = unit("B", 66, 67, 98);
    let mut alike = unit("C", 82, 82, 98);
    (alike.now.good, alike.now.completed) = (9, 1);
    let mut open = unit("D", 82, 82, 98);
    open.now.confirmed = 8;
    let mut whole = unit("Toàn cơ quan", 80, 80, 98);
    whole.now.waiting = 9;
    let said = sentences(&over(vec![waiting, low, alike, open], whole));
    assert_eq!(
        said,
        [
            "B có điểm trung bình 66, dưới 70; 0/10 người ở mức Không hoàn thành.",
            "A có 7 sản phẩm chờ duyệt, nhiều nhất trong 9 sản phẩm đang chờ của cơ quan.",
            "C 9/10 người cùng ở mức Tốt: nên xem điểm có phân biệt được kết quả không.",
            "D còn 2/10 phiếu của tháng chưa được xác nhận.",
        ]
    );
}

#[test]
fn eight_of_ten_at_one_level_is_not_yet_alike() {
    let mut eight = unit("C", 82, 82, 98);
    (eight.now.good, eight.now.completed) = (8, 2);
    assert_eq!(
        sentences(&over(vec![eight], unit("Toàn cơ quan", 82, 82, 98))),
        Vec::<String>::new()
    );
}

#[test]
fn at_most_six_sentences_weightiest_first() {
    let units = (0..9)
        .map(|n| unit(&format!("U{n}"), 60 - n, 84, 98))
        .collect();
    let many = notices(&over(units, unit("Toàn cơ quan", 82, 82, 98)));
    assert_eq!(many.len(), 6);
    assert_eq!(many[0].subject, "U8");
    assert!(many.windows(2).all(|pair| pair[0].weight >= pair[1].weight));
}
