//! How one assignment stands today, in a word with its tone: exceptions before calm states.

use chrono::NaiveDate;
use kpi::period::is_working_day;
use rust_decimal::Decimal;

/// What the state of an assignment depends on.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Quantity to be done: assigned without what was handed over.
    pub due: Decimal,
    /// Reported as done.
    pub done: Decimal,
    /// Accepted.
    pub accepted: Decimal,
    /// Waiting for a decision.
    pub waiting: Decimal,
    /// Why the last returned deliverable was returned; none when none is returned.
    pub returned: Option<String>,
    /// Delays that count.
    pub delays: u32,
    /// Done in percent of `due`.
    pub percent: Decimal,
    /// Expected today in percent.
    pub expected: Decimal,
}

/// A state in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// good, risk, bad, measure or plain.
    pub tone: &'static str,
    /// The word of the chip.
    pub words: String,
    /// What stands below it.
    pub remark: String,
}

/// Days before the due day from which it is named.
const SOON: i64 = 3;

/// The state of an assignment on `today`.
pub fn state(facts: &Facts, first_day: NaiveDate, due_day: NaiveDate, today: NaiveDate) -> State {
    let state = |tone, words: &str| State {
        tone,
        words: words.to_owned(),
        remark: String::new(),
    };
    let left = due_day.signed_duration_since(today).num_days();
    let complete = facts.done >= facts.due;
    if facts.due.is_zero() {
        return state("plain", "Đã chuyển giao");
    }
    if let Some(reason) = &facts.returned {
        return State {
            remark: reason.clone(),
            ..state("bad", "Bị trả lại")
        };
    }
    if today < first_day {
        return state("plain", "Chưa bắt đầu");
    }
    if facts.delays > 0 && facts.accepted < facts.due {
        return state("bad", &format!("Chậm {} lần", facts.delays));
    }
    if facts.accepted >= facts.due {
        let late = (facts.delays > 0).then(|| format!("chậm {} lần", facts.delays));
        return State {
            remark: late.unwrap_or_default(),
            ..state("good", "Đã nghiệm thu")
        };
    }
    if complete && facts.waiting > Decimal::ZERO {
        return state("measure", "Chờ nghiệm thu");
    }
    if complete {
        return State {
            remark: "đã làm xong, chưa bàn giao".to_owned(),
            ..state("measure", "Chờ bàn giao")
        };
    }
    match left {
        ..0 => state("bad", &format!("Quá hạn {} ngày", -left)),
        0 => state("risk", "Hạn hôm nay"),
        1..=SOON => state("risk", &format!("Còn {left} ngày")),
        _ if facts.percent >= facts.expected => state("good", "Đúng tiến độ"),
        _ => state("risk", "Chậm so với lịch"),
    }
}

/// Share of the working days from the first day of the month to the due day that is gone, in percent; 100 after it.
pub fn expected(
    first_day: NaiveDate,
    due_day: NaiveDate,
    today: NaiveDate,
    holidays: &[NaiveDate],
) -> Decimal {
    let (mut gone, mut all) = (0_u32, 0_u32);
    for day in first_day.iter_days().take_while(|day| *day <= due_day) {
        if is_working_day(day, holidays) {
            all += 1;
            gone += u32::from(day <= today);
        }
    }
    let share = Decimal::from(gone) * Decimal::ONE_HUNDRED;
    let full = if today >= due_day {
        Decimal::ONE_HUNDRED
    } else {
        Decimal::ZERO
    };
    share
        .checked_div(Decimal::from(all))
        .map_or(full, |share| share.round())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn words(facts: &Facts, today: &str) -> String {
        state(facts, day("2026-11-01"), day("2026-11-20"), day(today)).words
    }

    #[test]
    fn exceptions_come_before_calm_states() {
        let n = Decimal::from;
        let open = Facts {
            due: n(4),
            done: n(2),
            percent: n(50),
            expected: n(60),
            ..Facts::default()
        };
        assert_eq!(words(&open, "2026-10-31"), "Chưa bắt đầu");
        assert_eq!(words(&open, "2026-11-12"), "Chậm so với lịch");
        assert_eq!(
            words(
                &Facts {
                    percent: n(60),
                    ..open.clone()
                },
                "2026-11-12"
            ),
            "Đúng tiến độ"
        );
        assert_eq!(words(&open, "2026-11-17"), "Còn 3 ngày");
        assert_eq!(words(&open, "2026-11-20"), "Hạn hôm nay");
        assert_eq!(words(&open, "2026-11-22"), "Quá hạn 2 ngày");
        let returned = Facts {
            returned: Some("Thiếu phụ lục".into()),
            ..open.clone()
        };
        assert_eq!(
            state(
                &returned,
                day("2026-11-01"),
                day("2026-11-20"),
                day("2026-11-12")
            )
            .remark,
            "Thiếu phụ lục"
        );
        assert_eq!(
            words(
                &Facts {
                    delays: 1,
                    ..open.clone()
                },
                "2026-11-22"
            ),
            "Chậm 1 lần"
        );
        let full = Facts { done: n(4), ..open };
        assert_eq!(words(&full, "2026-11-22"), "Chờ bàn giao");
        assert_eq!(
            words(
                &Facts {
                    waiting: n(1),
                    ..full.clone()
                },
                "2026-11-22"
            ),
            "Chờ nghiệm thu"
        );
        assert_eq!(
            words(
                &Facts {
                    accepted: n(4),
                    ..full.clone()
                },
                "2026-11-22"
            ),
            "Đã nghiệm thu"
        );
        assert_eq!(words(&Facts::default(), "2026-11-22"), "Đã chuyển giao");
    }

    #[test]
    fn expected_progress_follows_the_working_days_to_the_due_day() {
        let expected = |due: &str, today: &str| {
            expected(
                day("2026-11-01"),
                day(due),
                day(today),
                &[day("2026-11-20")],
            )
        };
        assert_eq!(expected("2026-11-13", "2026-11-06"), Decimal::from(50));
        assert_eq!(expected("2026-11-13", "2026-11-30"), Decimal::from(100));
        assert_eq!(expected("2026-11-13", "2026-10-30"), Decimal::ZERO);
        assert_eq!(
            expected("2026-11-01", "2026-11-01"),
            Decimal::from(100),
            "a Sunday has no working day before it"
        );
    }
}
