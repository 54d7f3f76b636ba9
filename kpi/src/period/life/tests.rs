//! Tests of `period::life`.

use std::collections::BTreeSet;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn november() -> Period {
    Period::month(2026, 11).unwrap()
}

#[test]
fn transitions_go_forward_by_one_and_back_only_before_the_announcement() {
    let rank = |status| {
        PeriodStatus::ALL
            .iter()
            .position(|other| *other == status)
            .unwrap()
    };
    for (from, action, to) in transitions() {
        if action == PeriodAction::Reopen {
            assert_eq!(rank(from), rank(to) + 1);
            assert!(from < PeriodStatus::Announced);
        } else {
            assert_eq!(rank(from) + 1, rank(to));
        }
    }
    let forward: BTreeSet<_> = transitions()
        .filter(|(_, action, _)| *action != PeriodAction::Reopen)
        .map(|(from, _, _)| from)
        .collect();
    assert_eq!(
        forward.len(),
        PeriodStatus::ALL.len() - 1,
        "each but the last"
    );
}

#[test]
fn step_is_taken_as_the_table_says_and_by_whom_it_says() {
    for from in PeriodStatus::ALL.iter().copied() {
        for action in PeriodAction::ALL.iter().copied() {
            let expected = transitions()
                .find(|(state, by, _)| *state == from && *by == action)
                .map(|(_, _, to)| to);
            let personnel = step(from, action, PeriodActor::Personnel);
            assert_eq!(personnel.ok(), expected, "{from:?} {action:?}");
            assert_eq!(
                step(from, action, PeriodActor::Other),
                Err(StepError::Actor {
                    action: action.label()
                })
            );
        }
    }
}

#[test]
fn may_step_lets_the_dates_neither_announce_nor_go_back() {
    for action in PeriodAction::ALL.iter().copied() {
        let by_date = !matches!(action, PeriodAction::Announce | PeriodAction::Reopen);
        assert_eq!(may_step(action, PeriodActor::Calendar), by_date);
        assert!(may_step(action, PeriodActor::Personnel));
        assert!(!may_step(action, PeriodActor::Other));
    }
}

#[test]
fn check_act_takes_work_early_and_sheets_in_their_time_only() {
    use PeriodAct as A;
    use PeriodStatus as S;
    let allowed = |status, act| check_act(november(), status, act).is_ok();
    for (status, work, sheets) in [
        (None, true, false),
        (Some(S::Open), true, false),
        (Some(S::SelfAssessment), true, true),
        (Some(S::Confirmation), true, true),
        (Some(S::Announced), false, false),
        (Some(S::Locked), false, false),
    ] {
        assert_eq!(allowed(status, A::Work), work, "{status:?}");
        assert_eq!(allowed(status, A::Submit), sheets, "{status:?}");
        assert_eq!(allowed(status, A::Confirm), sheets, "{status:?}");
    }
    let said = check_act(november(), None, A::Submit).unwrap_err();
    assert!(
        said.contains("Tháng 11/2026") && said.contains("Kỳ đánh giá"),
        "{said}"
    );
    assert!(
        check_act(november(), Some(S::Locked), A::Confirm)
            .unwrap_err()
            .contains("bản thay thế")
    );
}

#[test]
fn is_closed_once_the_results_are_told() {
    let closed: Vec<PeriodStatus> = PeriodStatus::ALL
        .iter()
        .copied()
        .filter(|status| is_closed(Some(*status)))
        .collect();
    assert_eq!(closed, [PeriodStatus::Announced, PeriodStatus::Locked]);
    assert!(!is_closed(None));
}

#[test]
fn period_dates_usual_stand_in_order_around_weekends_and_holidays() {
    let dates = PeriodDates::usual(november(), &[]);
    assert_eq!(dates.self_from, day("2026-11-30"));
    assert_eq!(dates.self_until, day("2026-12-02"));
    assert_eq!(dates.confirm_until, day("2026-12-07"));
    assert_eq!(dates.lock_on, day("2026-12-21"));
    for month in 1..=12 {
        let period = Period::month(2026, month).unwrap();
        let holidays = [day("2026-04-30"), day("2026-05-01"), day("2026-01-01")];
        let dates = PeriodDates::usual(period, &holidays);
        assert_eq!(dates.check_order(period), Ok(()), "{period}");
        assert!(is_working_day(dates.self_from, &holidays));
    }
}

#[test]
fn check_order_names_the_first_date_out_of_order() {
    let good = PeriodDates::usual(november(), &[]);
    let field = |dates: PeriodDates| dates.check_order(november()).unwrap_err().field;
    let early = day("2026-10-31");
    assert_eq!(
        field(PeriodDates {
            self_from: early,
            ..good
        }),
        "self_from"
    );
    assert_eq!(
        field(PeriodDates {
            self_until: early,
            ..good
        }),
        "self_until"
    );
    assert_eq!(
        field(PeriodDates {
            confirm_until: early,
            ..good
        }),
        "confirm_until"
    );
    assert_eq!(
        field(PeriodDates {
            announce_on: early,
            ..good
        }),
        "announce_on"
    );
    assert_eq!(
        field(PeriodDates {
            lock_on: early,
            ..good
        }),
        "lock_on"
    );
    assert_eq!(
        field(PeriodDates {
            lock_on: day("2028-01-01"),
            ..good
        }),
        "lock_on"
    );
    let whole = PeriodDates {
        self_from: day("2026-11-02"),
        self_until: day("2026-11-03"),
        confirm_until: day("2026-11-04"),
        announce_on: day("2026-11-05"),
        lock_on: day("2026-11-06"),
    };
    assert_eq!(field(whole), "lock_on", "the month still runs");
}

#[test]
fn due_step_follows_the_dates_but_announces_nothing_and_hides_nothing() {
    use PeriodAction as A;
    use PeriodStatus as S;
    let dates = PeriodDates::usual(november(), &[]);
    let due = |status, today, unfinished| due_step(status, &dates, day(today), unfinished);
    assert_eq!(due(S::Open, "2026-11-29", 0), None);
    assert_eq!(due(S::Open, "2026-11-30", 9), Some(A::BeginSelfAssessment));
    assert_eq!(
        due(S::SelfAssessment, "2026-12-02", 9),
        None,
        "the last day counts"
    );
    assert_eq!(
        due(S::SelfAssessment, "2026-12-03", 9),
        Some(A::BeginConfirmation)
    );
    assert_eq!(due(S::Confirmation, "2027-05-01", 0), None);
    assert_eq!(due(S::Announced, "2026-12-20", 0), None);
    assert_eq!(due(S::Announced, "2026-12-21", 0), Some(A::Lock));
    assert_eq!(due(S::Announced, "2026-12-21", 1), None);
    assert_eq!(due(S::Locked, "2030-01-01", 0), None);
    for status in S::ALL.iter().copied() {
        if let Some(action) = due(status, "2027-01-01", 0) {
            assert!(step(status, action, PeriodActor::Calendar).is_ok());
        }
    }
}
