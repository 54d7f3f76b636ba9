//! The life of assigned work: states and the steps between them, delays from
//! dates, and the bounds of quantities reported, delivered and handed over
//! (Điều 14, Điều 18 khoản 1).

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{
    RuleError,
    code::code_enum,
    number::format_vi,
    period::working_days_late,
    scoring::{MAX_FAULTS, check},
};

/// A step that its state does not allow; `Display` is a Vietnamese sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Không thể {action} khi đang ở trạng thái “{state}”.")]
pub struct StepError {
    /// Label of the state.
    pub state: &'static str,
    /// Label of the refused action.
    pub action: &'static str,
}

code_enum! {
    /// State of an assignment.
    pub enum AssignmentStatus {
        /// Counts.
        Active = "active", "đang thực hiện";
        /// Taken out by an approved change; kept in the history.
        Cancelled = "cancelled", "đã hủy";
    }
}

code_enum! {
    /// State of a deliverable.
    pub enum DeliverableStatus {
        /// Waits for a decision.
        Delivered = "delivered", "chờ duyệt";
        /// Sent back; may be delivered again.
        Returned = "returned", "bị trả lại";
        /// Counts; final.
        Accepted = "accepted", "đã nghiệm thu";
        /// Taken back by the officer; does not count; final.
        Withdrawn = "withdrawn", "đã rút";
    }
}

code_enum! {
    /// What can be done with a deliverable.
    pub enum DeliverableAction {
        /// The officer delivers again.
        Redeliver = "redeliver", "bàn giao lại";
        /// The head accepts.
        Accept = "accept", "nghiệm thu";
        /// The head returns it for a major error: costs quality (Điều 14 khoản 2 điểm b).
        ReturnMajor = "return_major", "trả lại vì sai sót lớn";
        /// The head returns it for small fixes: free.
        ReturnMinor = "return_minor", "trả lại để chỉnh sửa nhỏ";
        /// The officer takes it back before a decision.
        Withdraw = "withdraw", "rút lại";
    }
}

/// The state after an action.
///
/// A returned deliverable cannot be withdrawn: its failed review stays.
///
/// # Errors
/// [`StepError`] where the action is not allowed.
pub fn deliverable_step(
    from: DeliverableStatus,
    action: DeliverableAction,
) -> Result<DeliverableStatus, StepError> {
    use DeliverableAction as A;
    use DeliverableStatus as S;
    match (from, action) {
        (S::Delivered, A::Accept) => Ok(S::Accepted),
        (S::Delivered, A::ReturnMajor | A::ReturnMinor) => Ok(S::Returned),
        (S::Delivered, A::Withdraw) => Ok(S::Withdrawn),
        (S::Returned, A::Redeliver) => Ok(S::Delivered),
        _ => Err(StepError {
            state: from.label(),
            action: action.label(),
        }),
    }
}

/// Whether a deliverable of so many rounds may be withdrawn: only in its first
/// round, or withdrawing after a return would erase the failed review.
#[must_use]
pub const fn may_withdraw(rounds: u32) -> bool {
    rounds <= 1
}

code_enum! {
    /// State of a request to confirm an objective cause.
    pub enum CauseStatus {
        /// Waits for the competent person.
        Requested = "requested", "chờ xác nhận";
        /// The fault is excused.
        Confirmed = "confirmed", "đã xác nhận";
        /// The fault counts.
        Refused = "refused", "không được xác nhận";
    }
}

code_enum! {
    /// What the competent person decides about an objective cause.
    pub enum CauseAction {
        /// Confirm it.
        Confirm = "confirm", "xác nhận nguyên nhân khách quan";
        /// Refuse it.
        Refuse = "refuse", "từ chối nguyên nhân khách quan";
    }
}

/// The state of a request after a decision; decided once.
///
/// # Errors
/// [`StepError`] if it was decided before.
pub fn cause_step(from: CauseStatus, action: CauseAction) -> Result<CauseStatus, StepError> {
    match (from, action) {
        (CauseStatus::Requested, CauseAction::Confirm) => Ok(CauseStatus::Confirmed),
        (CauseStatus::Requested, CauseAction::Refuse) => Ok(CauseStatus::Refused),
        _ => Err(StepError {
            state: from.label(),
            action: action.label(),
        }),
    }
}

/// Delays of a deliverable: one per due date that was missed, however many
/// days (Điều 14 khoản 2 điểm c).
///
/// `rounds` are `(day of the work, due date then in force)` in order. Several
/// rounds against one due date count by the first of them: a date that was
/// met is not missed by a later correction, and a missed one is missed once.
/// Days are those of the work, not of its entry.
#[must_use]
pub fn delays_of_rounds(rounds: &[(NaiveDate, NaiveDate)]) -> u32 {
    first_rounds(rounds).fold(0, |delays: u32, (day, due)| {
        delays.saturating_add(u32::from(day > due))
    })
}

/// Working days late of a deliverable, where the rule set counts days: of each
/// due date that was missed, by the first round against it (Điều 14 khoản 2
/// điểm c; choice A4). `rounds` are those of [`delays_of_rounds`].
#[must_use]
pub fn days_late_of_rounds(rounds: &[(NaiveDate, NaiveDate)], holidays: &[NaiveDate]) -> u32 {
    first_rounds(rounds)
        .map(|(day, due)| working_days_late(due, day, holidays))
        .fold(0, u32::saturating_add)
        .min(MAX_FAULTS)
}

/// The first round against each due date.
fn first_rounds(rounds: &[(NaiveDate, NaiveDate)]) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
    let mut seen: Vec<NaiveDate> = Vec::with_capacity(rounds.len());
    rounds.iter().copied().filter(move |(_, due)| {
        let first = !seen.contains(due);
        seen.push(*due);
        first
    })
}

/// What may still be delivered: `assigned − handed_over − delivered`, at least 0.
#[must_use]
pub fn remaining(assigned: Decimal, handed_over: Decimal, delivered: Decimal) -> Decimal {
    assigned
        .checked_sub(handed_over)
        .and_then(|left| left.checked_sub(delivered))
        .map_or(Decimal::ZERO, |left| left.max(Decimal::ZERO))
}

/// Reported progress: 0 to what is left of the assigned quantity.
///
/// # Errors
/// [`RuleError`] at `done` (negative, too many decimals, above the assigned).
pub fn check_progress(
    assigned: Decimal,
    handed_over: Decimal,
    done: Decimal,
) -> Result<(), RuleError> {
    check::quantity("done", done)?;
    within(
        "done",
        done,
        remaining(assigned, handed_over, Decimal::ZERO),
        "đã làm",
    )
}

/// A delivery: above 0, and no more than is left to deliver.
/// `delivered` is the quantity of deliverables that are not withdrawn.
///
/// # Errors
/// [`RuleError`] at `quantity`.
pub fn check_delivery(
    assigned: Decimal,
    handed_over: Decimal,
    delivered: Decimal,
    quantity: Decimal,
) -> Result<(), RuleError> {
    positive("quantity", quantity)?;
    within(
        "quantity",
        quantity,
        remaining(assigned, handed_over, delivered),
        "bàn giao",
    )
}

/// A hand-over to a colleague: above 0, and no more than is neither handed
/// over nor delivered. It stays in the giver's assigned total (Điều 18 khoản
/// 1 điểm d).
///
/// # Errors
/// [`RuleError`] at `quantity`.
pub fn check_hand_over(
    assigned: Decimal,
    handed_over: Decimal,
    delivered: Decimal,
    quantity: Decimal,
) -> Result<(), RuleError> {
    positive("quantity", quantity)?;
    within(
        "quantity",
        quantity,
        remaining(assigned, handed_over, delivered),
        "chuyển giao",
    )
}

/// An assigned quantity: above 0, up to 1,000,000, at most four decimals.
///
/// # Errors
/// [`RuleError`] at `assigned`.
pub fn check_assigned(assigned: Decimal) -> Result<(), RuleError> {
    positive("assigned", assigned)
}

fn positive(field: &str, quantity: Decimal) -> Result<(), RuleError> {
    check::quantity(field, quantity)?;
    if quantity.is_zero() {
        return Err(RuleError::new(field, "Số lượng phải lớn hơn 0."));
    }
    Ok(())
}

fn within(field: &str, quantity: Decimal, most: Decimal, act: &str) -> Result<(), RuleError> {
    if quantity > most {
        return Err(RuleError::new(
            field,
            format!(
                "Số lượng {act} ({}) vượt quá phần còn lại được giao ({}).",
                format_vi(quantity, 4),
                format_vi(most, 4)
            ),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn n(value: i64) -> Decimal {
        Decimal::from(value)
    }

    #[test]
    fn a_deliverable_moves_only_along_its_steps() {
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
    fn a_cause_is_decided_once() {
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
    fn article_14_2c_counts_one_delay_per_missed_due_date() {
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
    fn quantities_stay_within_the_assigned() {
        assert_eq!(check_progress(n(5), n(2), n(3)), Ok(()));
        assert_eq!(check_progress(n(5), n(2), n(4)).unwrap_err().field, "done");
        assert_eq!(check_progress(n(5), n(0), n(-1)).unwrap_err().field, "done");
        assert_eq!(check_delivery(n(5), n(1), n(3), n(1)), Ok(()));
        assert_eq!(
            check_delivery(n(5), n(1), n(3), n(2)).unwrap_err().field,
            "quantity"
        );
        assert!(check_delivery(n(5), n(0), n(0), n(0)).is_err());
        assert!(check_delivery(n(5), n(0), n(0), Decimal::new(1, 5)).is_err());
        assert_eq!(check_hand_over(n(5), n(1), n(3), n(1)), Ok(()));
        assert!(check_hand_over(n(5), n(1), n(3), n(2)).is_err());
        assert!(check_assigned(n(0)).is_err() && check_assigned(n(1_000_001)).is_err());
    }
}
