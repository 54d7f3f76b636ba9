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

/// The state after an action (Điều 14 khoản 2 điểm b: only a major error costs quality).
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
/// round, or withdrawing after a return would erase the failed review (Điều 14
/// khoản 2 điểm b).
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

/// The state of a request after a decision; decided once (Điều 14 khoản 2 điểm b, c).
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

/// What may still be delivered: `assigned − handed_over − delivered`, at least 0
/// (Điều 18 khoản 1 điểm d: what was handed over is no longer one's own to complete).
#[must_use]
pub fn remaining(assigned: Decimal, handed_over: Decimal, delivered: Decimal) -> Decimal {
    assigned
        .checked_sub(handed_over)
        .and_then(|left| left.checked_sub(delivered))
        .map_or(Decimal::ZERO, |left| left.max(Decimal::ZERO))
}

/// Reported progress: 0 to what is left of the assigned quantity (Điều 18 khoản 1).
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

/// A delivery: above 0, and no more than is left to deliver (Điều 14 khoản 2 điểm a).
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

/// An assigned quantity: above 0, up to 1,000,000, at most four decimals (Điều
/// 18 khoản 1: work is assigned in measurable outputs).
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
mod tests;
