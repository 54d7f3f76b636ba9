//! Petitions about a result (Điều 22): lodged by the person once it is announced, answered by the authority within the
//! working days of the rule set, or withdrawn. Days come in as arguments.

use chrono::NaiveDate;

use crate::{
    RuleError,
    assignment::StepError,
    code::code_enum,
    period::{add_working_days, working_days_late},
};

code_enum! {
    /// State of a petition (Điều 22).
    pub enum PetitionStatus {
        /// Received; the time to answer runs.
        Lodged = "lodged", "đang giải quyết";
        /// Answered; final.
        Answered = "answered", "đã trả lời";
        /// Taken back by the petitioner; final.
        Withdrawn = "withdrawn", "đã rút";
    }
}

code_enum! {
    /// What can be done with a petition (Điều 22).
    pub enum PetitionAction {
        /// The authority replies, with an outcome.
        Answer = "answer", "trả lời kiến nghị";
        /// The petitioner takes it back.
        Withdraw = "withdraw", "rút kiến nghị";
    }
}

code_enum! {
    /// As what somebody acts in a petition.
    pub enum PetitionActor {
        /// Who lodged it.
        Petitioner = "petitioner", "Người kiến nghị";
        /// Who gave the result that is contested (Điều 10).
        Authority = "authority", "Người có thẩm quyền";
        /// The personnel office: it reads along.
        Personnel = "personnel", "Bộ phận tổ chức cán bộ";
    }
}

code_enum! {
    /// What became of an answered petition (Điều 22).
    pub enum PetitionOutcome {
        /// All of it: the result changes.
        Granted = "granted", "chấp nhận";
        /// Part of it: the result changes.
        Partly = "partly", "chấp nhận một phần";
        /// The result stays.
        Refused = "refused", "không chấp nhận";
    }
}

impl PetitionOutcome {
    /// Whether the result has to change: a new version of a month, a replacing decision about a year.
    #[must_use]
    pub const fn changes_result(self) -> bool {
        !matches!(self, Self::Refused)
    }
}

/// A step that is refused; `Display` is a Vietnamese sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PetitionRefusal {
    /// Not in this state.
    #[error(transparent)]
    State(#[from] StepError),
    /// Not by this actor.
    #[error("{who} không được {action}.")]
    Actor {
        /// Label of the actor.
        who: &'static str,
        /// Label of the action.
        action: &'static str,
    },
}

/// Every step there is: from, action, to.
const TRANSITIONS: [(PetitionStatus, PetitionAction, PetitionStatus); 2] = [
    (
        PetitionStatus::Lodged,
        PetitionAction::Answer,
        PetitionStatus::Answered,
    ),
    (
        PetitionStatus::Lodged,
        PetitionAction::Withdraw,
        PetitionStatus::Withdrawn,
    ),
];

/// Every step of Điều 22 as `(from, action, to)`.
pub fn transitions() -> impl Iterator<Item = (PetitionStatus, PetitionAction, PetitionStatus)> {
    TRANSITIONS.into_iter()
}

/// The state of a petition after an action (Điều 22): the authority answers, the petitioner withdraws, each once.
///
/// # Errors
/// [`PetitionRefusal`] for a state or an actor with which the action is not allowed.
pub fn step(
    from: PetitionStatus,
    action: PetitionAction,
    who: PetitionActor,
) -> Result<PetitionStatus, PetitionRefusal> {
    let allowed = match action {
        PetitionAction::Answer => PetitionActor::Authority,
        PetitionAction::Withdraw => PetitionActor::Petitioner,
    };
    if who != allowed {
        return Err(PetitionRefusal::Actor {
            who: who.label(),
            action: action.label(),
        });
    }
    transitions()
        .find(|(state, act, _)| (*state, *act) == (from, action))
        .map(|(_, _, to)| to)
        .ok_or_else(|| {
            StepError {
                state: from.label(),
                action: action.label(),
            }
            .into()
        })
}

/// The day on which a petition has to be answered: `days` working days after it was received (Điều 22: 07).
#[must_use]
pub fn due_day(received: NaiveDate, days: u32, holidays: &[NaiveDate]) -> NaiveDate {
    add_working_days(received, days, holidays)
}

/// Working days left to answer (Điều 22): positive before the due day, 0 on it, negative after it.
#[must_use]
pub fn working_days_left(due: NaiveDate, today: NaiveDate, holidays: &[NaiveDate]) -> i64 {
    if today <= due {
        i64::from(working_days_late(today, due, holidays))
    } else {
        -i64::from(working_days_late(due, today, holidays))
    }
}

/// Whether a petition may be lodged about a result announced on `announced` (Điều 22; choice A31): not before the result
/// is known, and within `days` working days of it where the rule set has a limit.
///
/// # Errors
/// [`RuleError`] without a field, with the way forward.
pub fn check_lodging(
    announced: Option<NaiveDate>,
    today: NaiveDate,
    days: Option<u32>,
    holidays: &[NaiveDate],
) -> Result<(), RuleError> {
    let Some(announced) = announced else {
        return Err(RuleError::new(
            "",
            "Kết quả này chưa được thông báo nên chưa kiến nghị được (Điều 22); khi có thông báo, bạn gửi kiến nghị ở chính trang này.",
        ));
    };
    let Some(last) = days.map(|days| add_working_days(announced, days, holidays)) else {
        return Ok(());
    };
    if today <= last {
        return Ok(());
    }
    Err(RuleError::new(
        "",
        format!(
            "Đã hết hạn gửi kiến nghị: kết quả thông báo ngày {}, hạn gửi đến hết ngày {} theo quy định của cơ quan. Nếu phát hiện kết quả sai, hãy báo bộ phận tổ chức cán bộ để xem xét quyết định thay thế (khoản 3 Điều 21).",
            announced.format("%d/%m/%Y"),
            last.format("%d/%m/%Y")
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn step_answers_by_the_authority_and_withdraws_by_the_petitioner_once() {
        use PetitionAction as A;
        use PetitionActor as W;
        use PetitionStatus as S;
        for from in S::ALL {
            for action in A::ALL {
                for who in W::ALL {
                    let expected = match (from, action, who) {
                        (S::Lodged, A::Answer, W::Authority) => Some(S::Answered),
                        (S::Lodged, A::Withdraw, W::Petitioner) => Some(S::Withdrawn),
                        _ => None,
                    };
                    assert_eq!(step(*from, *action, *who).ok(), expected);
                }
            }
        }
        let refusal = step(S::Answered, A::Answer, W::Authority).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "Không thể trả lời kiến nghị khi đang ở trạng thái “đã trả lời”."
        );
    }

    #[test]
    fn transitions_end_in_a_final_state() {
        for (from, _, to) in transitions() {
            assert_eq!(from, PetitionStatus::Lodged);
            assert!(transitions().all(|(next, _, _)| next != to));
        }
    }

    #[test]
    fn due_day_is_seven_working_days_after_receipt() {
        // G43, and the same with a holiday between.
        assert_eq!(due_day(day("2026-07-10"), 7, &[]), day("2026-07-21"));
        let holiday = [day("2026-07-15")];
        assert_eq!(due_day(day("2026-07-10"), 7, &holiday), day("2026-07-22"));
    }

    #[test]
    fn working_days_left_counts_down_and_below_zero() {
        let left = |today| working_days_left(day("2026-07-21"), day(today), &[]);
        assert_eq!(left("2026-07-10"), 7);
        assert_eq!(left("2026-07-21"), 0);
        assert_eq!(left("2026-07-23"), -2);
    }

    #[test]
    fn check_lodging_waits_for_the_result_and_ends_with_the_deadline_of_the_rule_set() {
        let announced = Some(day("2026-07-10"));
        let field = check_lodging(None, day("2026-07-10"), None, &[])
            .unwrap_err()
            .field;
        assert_eq!(field, "");
        assert_eq!(
            check_lodging(announced, day("2027-07-10"), None, &[]),
            Ok(())
        );
        let five = |today| check_lodging(announced, day(today), Some(5), &[]);
        assert_eq!(five("2026-07-17"), Ok(()));
        let late = five("2026-07-20").unwrap_err();
        assert!(
            late.message.contains("đến hết ngày 17/07/2026"),
            "{}",
            late.message
        );
    }
}
