//! The life of a period sheet (Mẫu số 01; Điều 17 khoản 2, 3): self-assessed, confirmed and signed by the competent
//! person, announced and locked with its month. From the announcement on it changes only by a superseding version.

use crate::{assignment::StepError, code::code_enum};

code_enum! {
    /// State of a period sheet.
    pub enum SheetStatus {
        /// The officer is still writing.
        Draft = "draft", "nháp";
        /// Sent to the competent person.
        SelfAssessed = "self_assessed", "đã tự đánh giá";
        /// Confirmed and signed; the officer was notified.
        Confirmed = "confirmed", "đã xác nhận";
        /// Made known with its month; the signature stands.
        Announced = "announced", "đã công bố";
        /// Closed with the month; final.
        Locked = "locked", "đã khóa";
    }
}

impl SheetStatus {
    /// Whether the competent person's conclusion stands; nothing is overwritten any more.
    #[must_use]
    pub const fn is_concluded(self) -> bool {
        matches!(self, Self::Confirmed | Self::Announced | Self::Locked)
    }
}

code_enum! {
    /// What can be done with a period sheet.
    pub enum SheetAction {
        /// The officer sends it.
        Submit = "submit", "gửi tự đánh giá";
        /// The officer takes it back before it is confirmed.
        Withdraw = "withdraw", "rút lại phiếu";
        /// Somebody writes down what the competent person will look at; nothing of it counts.
        Prepare = "prepare", "chuẩn bị kết luận";
        /// The competent person confirms or changes it, and signs.
        Confirm = "confirm", "xác nhận phiếu";
        /// The competent person withdraws the signature, with a reason.
        Unsign = "unsign", "rút chữ ký";
        /// The personnel office makes it known with its month.
        Announce = "announce", "công bố phiếu";
        /// The personnel office closes it with its month.
        Lock = "lock", "khóa phiếu";
        /// The competent person scores it again: a new version beside the old one.
        Supersede = "supersede", "lập bản thay thế";
    }
}

code_enum! {
    /// As whom somebody acts on a sheet.
    pub enum SheetActor {
        /// The person whom it is about.
        Subject = "subject", "người được đánh giá";
        /// The competent person.
        Authority = "authority", "cấp có thẩm quyền";
        /// Whoever prepares for the competent person.
        Delegate = "delegate", "người được giao chuẩn bị";
        /// The personnel office.
        Personnel = "personnel", "bộ phận tổ chức cán bộ";
    }
}

use SheetAction as A;
use SheetActor as W;
use SheetStatus as S;

/// Every step there is: from, action, to. A draft is confirmed only in place of an officer who never sent it, after the
/// month's last day and with a reason.
pub const SHEET_TRANSITIONS: &[(SheetStatus, SheetAction, SheetStatus)] = &[
    (S::Draft, A::Submit, S::SelfAssessed),
    (S::Draft, A::Prepare, S::Draft),
    (S::Draft, A::Confirm, S::Confirmed),
    (S::SelfAssessed, A::Withdraw, S::Draft),
    (S::SelfAssessed, A::Prepare, S::SelfAssessed),
    (S::SelfAssessed, A::Confirm, S::Confirmed),
    (S::Confirmed, A::Unsign, S::SelfAssessed),
    (S::Confirmed, A::Announce, S::Announced),
    (S::Announced, A::Lock, S::Locked),
    (S::Announced, A::Supersede, S::Announced),
    (S::Locked, A::Supersede, S::Locked),
];

impl SheetAction {
    /// Who may do it. Nobody is the competent person of himself, so a subject never confirms, signs or prepares.
    #[must_use]
    pub const fn actors(self) -> &'static [SheetActor] {
        match self {
            Self::Submit | Self::Withdraw => &[W::Subject],
            Self::Prepare => &[W::Authority, W::Delegate],
            Self::Confirm | Self::Unsign | Self::Supersede => &[W::Authority],
            Self::Announce | Self::Lock => &[W::Personnel],
        }
    }
}

/// The state of a sheet after an action (Điều 17 khoản 2, 3).
///
/// # Errors
/// [`StepError`] where the state does not allow the action, or it is not `who`'s.
pub fn sheet_step(
    from: SheetStatus,
    action: SheetAction,
    who: SheetActor,
) -> Result<SheetStatus, StepError> {
    SHEET_TRANSITIONS
        .iter()
        .find(|(state, step, _)| *state == from && *step == action)
        .filter(|_| action.actors().contains(&who))
        .map(|(_, _, to)| *to)
        .ok_or(StepError {
            state: from.label(),
            action: action.label(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_step_follows_the_table_for_the_right_actor_only() {
        for from in S::ALL {
            for action in A::ALL {
                let to = SHEET_TRANSITIONS
                    .iter()
                    .find(|(state, step, _)| state == from && step == action)
                    .map(|(_, _, to)| *to);
                for who in W::ALL {
                    let expected = to.filter(|_| action.actors().contains(who));
                    let found = sheet_step(*from, *action, *who).ok();
                    assert_eq!(found, expected, "{from:?} {action:?} {who:?}");
                }
            }
        }
    }

    #[test]
    fn sheet_step_never_lets_the_subject_or_a_delegate_conclude() {
        for from in S::ALL {
            for action in A::ALL {
                for who in [W::Subject, W::Delegate] {
                    if let Ok(to) = sheet_step(*from, *action, who) {
                        assert!(!to.is_concluded(), "{from:?} {action:?} {who:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn sheet_step_leaves_an_announced_sheet_only_forward() {
        for from in [S::Announced, S::Locked] {
            for action in A::ALL {
                for who in W::ALL {
                    if let Ok(to) = sheet_step(from, *action, *who) {
                        assert!(to >= from, "{from:?} {action:?}");
                    }
                }
            }
        }
    }
}
