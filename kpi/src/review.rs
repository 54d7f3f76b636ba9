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

code_enum! {
    /// What is recorded about a unit and speaks for đ or e of those who lead it (Điều 15 khoản 3 điểm b, c).
    pub enum NoteKind {
        /// An initiative or an effective solution: for đ.
        Initiative = "initiative", "Sáng kiến, giải pháp";
        /// A complaint about disunity: against e.
        Complaint = "complaint", "Phản ánh mất đoàn kết";
    }
}

/// What a choice of đ or e must say because nothing recorded speaks for it: the most of đ without an initiative, less
/// than the most of e without a complaint. It is allowed, with a reason (Điều 15 khoản 3 điểm b, c; choice A14).
#[must_use]
pub fn unrecorded_ground(
    kind: NoteKind,
    percent: u32,
    allowed: &[u32],
    recorded: usize,
) -> Option<&'static str> {
    let best = allowed.iter().max().is_some_and(|most| percent >= *most);
    match kind {
        _ if recorded > 0 => None,
        NoteKind::Initiative if best => Some("Chưa ghi nhận sáng kiến trong tháng."),
        NoteKind::Complaint if !best => Some("Chưa ghi nhận phản ánh trong tháng."),
        _ => None,
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
    fn unrecorded_ground_is_told_for_the_best_of_organising_and_less_of_unity() {
        let told = |kind, percent, recorded| {
            unrecorded_ground(kind, percent, &[50, 75, 100], recorded).is_some()
        };
        for (percent, initiative, complaint) in
            [(100, true, false), (75, false, true), (50, false, true)]
        {
            assert_eq!(told(NoteKind::Initiative, percent, 0), initiative);
            assert_eq!(told(NoteKind::Complaint, percent, 0), complaint);
            assert!(!told(NoteKind::Initiative, percent, 1));
            assert!(!told(NoteKind::Complaint, percent, 1));
        }
    }

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
