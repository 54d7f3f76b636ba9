//! The life of a period sheet (Mẫu số 01; Điều 17 khoản 2, 3): self-assessed,
//! confirmed by the competent person, locked. A locked sheet changes only by a
//! superseding one.

use crate::{assignment::StepError, code::code_enum};

code_enum! {
    /// State of a period sheet.
    pub enum SheetStatus {
        /// The officer is still writing.
        Draft = "draft", "nháp";
        /// Sent to the competent person.
        SelfAssessed = "self_assessed", "đã tự đánh giá";
        /// Confirmed; the officer was notified.
        Confirmed = "confirmed", "đã xác nhận";
        /// Closed with the month; final.
        Locked = "locked", "đã khóa";
    }
}

code_enum! {
    /// What can be done with a period sheet.
    pub enum SheetAction {
        /// The officer sends it.
        Submit = "submit", "gửi tự đánh giá";
        /// The officer takes it back before it is confirmed.
        Withdraw = "withdraw", "rút lại phiếu";
        /// The competent person confirms or changes it.
        Confirm = "confirm", "xác nhận phiếu";
        /// The personnel office closes it.
        Lock = "lock", "khóa phiếu";
    }
}

/// The state of a sheet after an action (Điều 17 khoản 2, 3).
///
/// # Errors
/// [`StepError`] where the action is not allowed.
pub fn sheet_step(from: SheetStatus, action: SheetAction) -> Result<SheetStatus, StepError> {
    use SheetAction as A;
    use SheetStatus as S;
    match (from, action) {
        (S::Draft, A::Submit) => Ok(S::SelfAssessed),
        (S::SelfAssessed, A::Withdraw) => Ok(S::Draft),
        (S::SelfAssessed, A::Confirm) => Ok(S::Confirmed),
        (S::Confirmed, A::Lock) => Ok(S::Locked),
        _ => Err(StepError {
            state: from.label(),
            action: action.label(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_step_goes_forward_one_step_at_a_time() {
        use SheetAction as A;
        use SheetStatus as S;
        let allowed = [
            (S::Draft, A::Submit, S::SelfAssessed),
            (S::SelfAssessed, A::Withdraw, S::Draft),
            (S::SelfAssessed, A::Confirm, S::Confirmed),
            (S::Confirmed, A::Lock, S::Locked),
        ];
        for from in S::ALL {
            for action in A::ALL {
                let expected = allowed
                    .iter()
                    .find(|(f, a, _)| f == from && a == action)
                    .map(|(_, _, to)| *to);
                assert_eq!(
                    sheet_step(*from, *action).ok(),
                    expected,
                    "{from:?} {action:?}"
                );
            }
        }
    }
}
