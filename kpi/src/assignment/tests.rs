//! Tests of `assignment`.

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn n(value: i64) -> Decimal {
    Decimal::from(value)
}

#[test]
fn deliverable_step_allows_only_the_steps_of_article_14() {
    use DeliverableAction as A;
    use DeliverableStatus as S;
    let allowed = [
        (S::Delivered, A::Accept, S::Accepted),
        (S::Delivered, A::ReturnMajor, S::Returned),
        (S::Delivered, A::ReturnMinor, S::Returned),
        (S::Delivered, A::Withdraw, S::Withdrawn),
        (S::Returned, A::Redeliver, S::Delivered),
    ];
    for from in S::ALL {
        for action in A::ALL {
            let expected = allowed
                .iter()
                .find(|(f, a, _)| f == from && a == action)
                .map(|(_, _, to)| *to);
            assert_eq!(deliverable_step(*from, *action).ok(), expected);
        }
    }
}

#[test]
fn cause_step_decides_once() {
    assert_eq!(
        cause_step(CauseStatus::Requested, CauseAction::Confirm),
        Ok(CauseStatus::Confirmed)
    );
    for decided in [CauseStatus::Confirmed, CauseStatus::Refused] {
        for action in CauseAction::ALL {
            assert!(cause_step(decided, *action).is_err());
        }
    }
}

#[test]
fn delays_of_rounds_of_article_14_2c_count_one_per_missed_due_date() {
    let rounds = |days: &[(&str, &str)]| {
        let rounds: Vec<_> = days.iter().map(|(a, b)| (day(a), day(b))).collect();
        delays_of_rounds(&rounds)
    };
    assert_eq!(rounds(&[]), 0);
    assert_eq!(rounds(&[("2026-11-10", "2026-11-10")]), 0);
    assert_eq!(rounds(&[("2026-11-20", "2026-11-10")]), 1);
    assert_eq!(
        rounds(&[("2026-11-12", "2026-11-10"), ("2026-11-18", "2026-11-16")]),
        2
    );
    assert_eq!(
        rounds(&[("2026-11-12", "2026-11-10"), ("2026-11-14", "2026-11-10")]),
        1
    );
    assert_eq!(
        rounds(&[("2026-11-09", "2026-11-10"), ("2026-11-14", "2026-11-10")]),
        0
    );
}

#[test]
fn days_late_of_rounds_are_of_the_first_round_against_each_date() {
    let rounds = [
        (day("2026-11-12"), day("2026-11-10")),
        (day("2026-11-20"), day("2026-11-10")),
        (day("2026-11-17"), day("2026-11-13")),
        (day("2026-11-18"), day("2026-11-18")),
    ];
    assert_eq!(days_late_of_rounds(&rounds, &[]), 4);
    assert_eq!(days_late_of_rounds(&rounds, &[day("2026-11-16")]), 3);
    let forever = [(day("2999-12-31"), day("2026-11-10"))];
    assert_eq!(days_late_of_rounds(&forever, &[]), MAX_FAULTS);
}

#[test]
fn may_withdraw_only_what_was_never_returned() {
    assert!(may_withdraw(0) && may_withdraw(1) && !may_withdraw(2));
}

#[test]
fn remaining_is_what_is_neither_handed_over_nor_delivered() {
    assert_eq!(remaining(n(5), n(1), n(3)), n(1));
    assert_eq!(remaining(n(5), n(3), n(3)), n(0));
    assert_eq!(remaining(Decimal::MIN, n(3), n(3)), n(0));
}

#[test]
fn check_progress_stays_within_the_assigned() {
    assert_eq!(check_progress(n(5), n(2), n(3)), Ok(()));
    assert_eq!(check_progress(n(5), n(2), n(4)).unwrap_err().field, "done");
    assert_eq!(check_progress(n(5), n(0), n(-1)).unwrap_err().field, "done");
}

#[test]
fn check_delivery_takes_no_more_than_is_left() {
    assert_eq!(check_delivery(n(5), n(1), n(3), n(1)), Ok(()));
    let refusal = check_delivery(n(5), n(1), n(3), n(2)).unwrap_err();
    assert_eq!(refusal.field, "quantity");
    assert!(check_delivery(n(5), n(0), n(0), n(0)).is_err());
    assert!(check_delivery(n(5), n(0), n(0), Decimal::new(1, 5)).is_err());
}

#[test]
fn check_hand_over_takes_no_more_than_is_left() {
    assert_eq!(check_hand_over(n(5), n(1), n(3), n(1)), Ok(()));
    assert!(check_hand_over(n(5), n(1), n(3), n(2)).is_err());
}

#[test]
fn check_assigned_asks_for_something_within_bounds() {
    assert_eq!(check_assigned(Decimal::new(1, 4)), Ok(()));
    assert!(check_assigned(n(0)).is_err() && check_assigned(n(1_000_001)).is_err());
}
