//! Tests of `period`.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn period_month_is_written_and_read_as_year_and_month() {
    let november: Period = "2026-11".parse().unwrap();
    assert_eq!(november.to_string(), "2026-11");
    assert_eq!(november.label(), "Tháng 11/2026");
    assert_eq!(serde_json::to_string(&november).unwrap(), "\"2026-11\"");
    assert_eq!(
        serde_json::from_str::<Period>("\"2026-11\"").unwrap(),
        november
    );
    for text in [
        "",
        "2026",
        "2026-1",
        "2026-13",
        "2026-00",
        "1999-12",
        "+026-11",
        "2026-11-01",
    ] {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
}

#[test]
fn from_first_day_and_its_neighbours_follow_each_other_over_the_year() {
    let december = Period::month(2026, 12).unwrap();
    assert_eq!(december.next().to_string(), "2027-01");
    assert_eq!(december.next().previous(), december);
    assert_eq!(december.last_day(), day("2026-12-31"));
    assert_eq!(
        Period::month(2028, 2).unwrap().last_day(),
        day("2028-02-29")
    );
    assert!(december.contains(day("2026-12-01")) && !december.contains(day("2027-01-01")));
    assert!(Period::from_first_day(day("2026-12-02")).is_err());
    assert_eq!(Period::from_first_day(december.first_day()), Ok(december));
}

#[test]
fn expected_share_and_working_days_of_a_month_count_today() {
    let november = Period::month(2026, 11).unwrap(); // 21 weekdays
    assert_eq!(expected_share(november, day("2026-10-31"), &[]), (0, 21));
    assert_eq!(expected_share(november, day("2026-11-02"), &[]), (1, 21));
    assert_eq!(expected_share(november, day("2026-11-08"), &[]), (5, 21));
    assert_eq!(expected_share(november, day("2026-12-31"), &[]), (21, 21));
    let holidays = [day("2026-11-20"), day("2026-11-21")];
    assert_eq!(
        expected_share(november, day("2026-11-30"), &holidays),
        (20, 20)
    );
    assert_eq!(
        WorkingDays::of(november, day("2026-11-16"), &[]).percent(),
        52
    );
}

#[test]
fn working_days_late_leave_out_weekends_and_holidays() {
    let late = |due, on, holidays: &[NaiveDate]| working_days_late(day(due), day(on), holidays);
    assert_eq!(late("2026-11-10", "2026-11-10", &[]), 0);
    assert_eq!(late("2026-11-10", "2026-11-02", &[]), 0);
    assert_eq!(late("2026-11-10", "2026-11-12", &[]), 2);
    assert_eq!(late("2026-11-13", "2026-11-16", &[]), 1);
    assert_eq!(late("2026-11-13", "2026-11-17", &[day("2026-11-16")]), 1);
}

#[test]
fn year_gone_counts_today() {
    let gone = |today| year_gone(2026, day(today));
    assert_eq!(gone("2025-12-31"), (0, 365));
    assert_eq!(gone("2026-01-01"), (1, 365));
    assert_eq!(gone("2026-12-31"), (365, 365));
    assert_eq!(gone("2027-06-01"), (365, 365));
    assert_eq!(year_gone(2028, day("2028-02-29")), (60, 366));
}

#[test]
fn quarter_of_month_of_each_month() {
    let quarters: Vec<u32> = (1..=12).map(quarter_of_month).collect();
    assert_eq!(quarters, [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
}

#[test]
fn add_working_days_of_article_22_makes_a_petition_due_after_seven() {
    assert_eq!(
        add_working_days(day("2026-07-10"), 7, &[]),
        day("2026-07-21")
    );
    assert_eq!(
        add_working_days(day("2026-07-10"), 0, &[]),
        day("2026-07-10")
    );
    let holiday = [day("2026-07-13")];
    assert_eq!(
        add_working_days(day("2026-07-10"), 7, &holiday),
        day("2026-07-22")
    );
}

#[test]
fn period_of_a_day_and_period_contains_agree() {
    let december = Period::of(day("2026-12-31")).unwrap();
    assert_eq!(december.to_string(), "2026-12");
    assert!(december.contains(day("2026-12-01")));
    assert!(!december.contains(day("2027-12-01")) && !december.contains(day("2026-11-30")));
    assert!(Period::of(day("1999-12-31")).is_err());
}

#[test]
fn is_working_day_leaves_out_weekends_and_holidays() {
    assert!(is_working_day(day("2026-11-13"), &[]));
    assert!(!is_working_day(day("2026-11-14"), &[]));
    assert!(!is_working_day(day("2026-11-15"), &[]));
    assert!(!is_working_day(day("2026-11-13"), &[day("2026-11-13")]));
}

#[test]
fn result_due_is_five_calendar_days_later() {
    // Golden case G44; weekends count.
    assert_eq!(result_due(day("2026-06-30")), day("2026-07-05"));
    assert_eq!(result_due(day("2026-12-29")), day("2027-01-03"));
}
