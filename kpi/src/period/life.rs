//! The life of a period: its states and steps, who takes them, what may be done
//! while it is in a state, and its dates (Điều 14 khoản 1, Điều 17 khoản 2, 3,
//! Điều 18). Refusals are Vietnamese sentences that say the way forward.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Period, add_working_days, is_working_day};
use crate::{RuleError, code::code_enum};

code_enum! {
    /// State of a period; a period that is not there was not opened.
    pub enum PeriodStatus {
        /// Work is assigned, done and reported.
        Open = "open", "đang thực hiện";
        /// Officers assess themselves (Điều 17 khoản 2).
        SelfAssessment = "self_assessment", "đang tự đánh giá";
        /// The competent persons confirm (Điều 17 khoản 3).
        Confirmation = "confirmation", "đang xác nhận";
        /// The results were announced to the people.
        Announced = "announced", "đã công bố";
        /// Final: what is in it changes only by a superseding record.
        Locked = "locked", "đã khóa";
    }
}

code_enum! {
    /// A step of a period.
    pub enum PeriodAction {
        /// Officers may assess themselves from now on.
        BeginSelfAssessment = "begin_self_assessment", "chuyển sang tự đánh giá";
        /// The competent persons go through the sheets.
        BeginConfirmation = "begin_confirmation", "chuyển sang xác nhận";
        /// Everybody is told.
        Announce = "announce", "công bố kết quả";
        /// Nothing is written any more.
        Lock = "lock", "khóa kỳ";
        /// One step back, with a reason.
        Reopen = "reopen", "lùi lại một bước";
    }
}

code_enum! {
    /// Who takes a step.
    pub enum PeriodActor {
        /// The personnel office.
        Personnel = "personnel", "bộ phận tổ chức cán bộ";
        /// The dates of the period, without anybody's hand.
        Calendar = "calendar", "lịch của kỳ";
        /// Anybody else.
        Other = "other", "người khác";
    }
}

code_enum! {
    /// What people do in a period.
    pub enum PeriodAct {
        /// Assign, report, deliver, decide; write the own draft.
        Work = "work", "ghi công việc";
        /// Send the self-assessment, or take it back.
        Submit = "submit", "gửi tự đánh giá";
        /// Confirm a sheet, or take a confirmation back.
        Confirm = "confirm", "xác nhận phiếu";
    }
}

/// A refused step of a period; `Display` is a Vietnamese sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepError {
    /// The state has no such step.
    #[error("Không thể {action} khi kỳ {state}.")]
    State {
        /// Label of the state.
        state: &'static str,
        /// Label of the step.
        action: &'static str,
    },
    /// It is not theirs to take.
    #[error("Chỉ bộ phận tổ chức cán bộ được {action}.")]
    Actor {
        /// Label of the step.
        action: &'static str,
    },
}

/// Every step there is: from a state, by an action, to a state.
pub const TRANSITIONS: &[(PeriodStatus, PeriodAction, PeriodStatus)] = {
    use PeriodAction as A;
    use PeriodStatus as S;
    &[
        (S::Open, A::BeginSelfAssessment, S::SelfAssessment),
        (S::SelfAssessment, A::Reopen, S::Open),
        (S::SelfAssessment, A::BeginConfirmation, S::Confirmation),
        (S::Confirmation, A::Reopen, S::SelfAssessment),
        (S::Confirmation, A::Announce, S::Announced),
        (S::Announced, A::Lock, S::Locked),
    ]
};

/// Every step there is, for tests that compare them with the database (Điều 17 khoản 2, 3).
pub fn transitions() -> impl Iterator<Item = (PeriodStatus, PeriodAction, PeriodStatus)> {
    TRANSITIONS.iter().copied()
}

/// Whether somebody may take a step at all (Điều 17 khoản 2, 3): the personnel office any, the dates only those that
/// tell nobody anything new and can be taken back, and the lock of what was announced.
#[must_use]
pub const fn may_step(action: PeriodAction, who: PeriodActor) -> bool {
    match who {
        PeriodActor::Personnel => true,
        PeriodActor::Calendar => !matches!(action, PeriodAction::Announce | PeriodAction::Reopen),
        PeriodActor::Other => false,
    }
}

/// The state of a period after a step (Điều 17 khoản 2, 3): forward one state at a time, back only before the results
/// were announced.
///
/// # Errors
/// [`StepError`] where the state has no such step, or it is not theirs to take.
pub fn step(
    from: PeriodStatus,
    action: PeriodAction,
    who: PeriodActor,
) -> Result<PeriodStatus, StepError> {
    if !may_step(action, who) {
        return Err(StepError::Actor {
            action: action.label(),
        });
    }
    transitions()
        .find(|(state, by, _)| *state == from && *by == action)
        .map(|(_, _, to)| to)
        .ok_or(StepError::State {
            state: from.label(),
            action: action.label(),
        })
}

/// Whether something may be done in a period of this state; `None` is a period that was not opened (Điều 18 khoản 1:
/// work is followed from its assignment on; Điều 17 khoản 2, 3: sheets are sent and confirmed in their time).
///
/// # Errors
/// A sentence for the visitor: the reason, and the way forward.
pub fn check_act(
    period: Period,
    status: Option<PeriodStatus>,
    act: PeriodAct,
) -> Result<(), String> {
    use PeriodAct as A;
    use PeriodStatus as S;
    let label = period.label();
    let what = act.label();
    match (status, act) {
        (None | Some(S::Open), A::Work) | (Some(S::SelfAssessment | S::Confirmation), _) => Ok(()),
        (None, A::Submit | A::Confirm) => Err(format!(
            "{label} chưa được mở kỳ đánh giá nên chưa {what} được. Bộ phận tổ chức cán bộ mở kỳ ở mục “Kỳ đánh giá”; công việc và điểm đã ghi vẫn được giữ."
        )),
        (Some(S::Open), A::Submit | A::Confirm) => Err(format!(
            "{label} chưa đến bước tự đánh giá nên chưa {what} được. Hãy đợi đến ngày bắt đầu tự đánh giá, hoặc đề nghị bộ phận tổ chức cán bộ chuyển bước; công việc và điểm đã ghi vẫn được giữ."
        )),
        (Some(S::Announced), _) => Err(format!(
            "{label} đã công bố kết quả, không {what} được nữa. Muốn thay đổi, người được đánh giá gửi kiến nghị; kết quả mới đứng cạnh kết quả cũ."
        )),
        (Some(S::Locked), _) => Err(format!(
            "{label} đã khóa, không {what} được nữa. Kết quả chỉ thay đổi bằng một bản thay thế theo kiến nghị được chấp nhận."
        )),
    }
}

/// Whether results of a state stand: told to the people, or locked (Điều 17 khoản 3).
#[must_use]
pub const fn is_closed(status: Option<PeriodStatus>) -> bool {
    matches!(status, Some(PeriodStatus::Announced | PeriodStatus::Locked))
}

/// The dates of a period. A unit may have its own from `self_until` to `announce_on`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeriodDates {
    /// Officers assess themselves from this day on.
    pub self_from: NaiveDate,
    /// Last day on which a self-assessment is not late.
    pub self_until: NaiveDate,
    /// Last day on which a confirmation is not late.
    pub confirm_until: NaiveDate,
    /// Day of the announcement.
    pub announce_on: NaiveDate,
    /// Day of the lock.
    pub lock_on: NaiveDate,
}

impl PeriodDates {
    /// The dates that are proposed for a month (Điều 17 khoản 2, 3): self-assessment from the last working day to the
    /// 2nd working day after the month, confirmation to the 5th, announcement on the 7th, lock on the 15th, so that
    /// the working days of a petition lie between.
    #[must_use]
    pub fn usual(period: Period, holidays: &[NaiveDate]) -> Self {
        let end = period.last_day();
        let after = |days| add_working_days(end, days, holidays);
        let last_working = std::iter::successors(Some(end), |day| day.pred_opt())
            .take_while(|day| period.contains(*day))
            .find(|day| is_working_day(*day, holidays))
            .unwrap_or(end);
        Self {
            self_from: last_working,
            self_until: after(2),
            confirm_until: after(5),
            announce_on: after(7),
            lock_on: after(15),
        }
    }

    /// Whether the dates follow each other and belong to the month (Điều 17 khoản 2, 3): self-assessment begins in it
    /// and everything ends within a year after it.
    ///
    /// # Errors
    /// [`RuleError`] at the first date that is out of order.
    pub fn check_order(&self, period: Period) -> Result<(), RuleError> {
        let refuse = |field: &str, message: String| Err(RuleError::new(field, message));
        if self.self_from < period.first_day() {
            return refuse(
                "self_from",
                format!(
                    "Ngày bắt đầu tự đánh giá không thể trước {}.",
                    period.label().to_lowercase()
                ),
            );
        }
        let order = [
            (
                "self_until",
                "Hạn tự đánh giá",
                self.self_from,
                self.self_until,
            ),
            (
                "confirm_until",
                "Hạn xác nhận",
                self.self_until,
                self.confirm_until,
            ),
            (
                "announce_on",
                "Ngày công bố",
                self.confirm_until,
                self.announce_on,
            ),
            ("lock_on", "Ngày khóa", self.announce_on, self.lock_on),
        ];
        for (field, name, before, date) in order {
            if date < before {
                return refuse(
                    field,
                    format!(
                        "{name} không thể trước mốc liền trước ({:02}/{:02}/{}).",
                        before.day(),
                        before.month(),
                        before.year()
                    ),
                );
            }
        }
        let year = chrono::Days::new(366);
        if period
            .last_day()
            .checked_add_days(year)
            .is_some_and(|latest| self.lock_on > latest)
        {
            return refuse("lock_on", "Ngày khóa cách cuối kỳ quá một năm.".to_owned());
        }
        if self.lock_on < period.last_day() {
            return refuse(
                "lock_on",
                "Ngày khóa không thể trước ngày cuối của kỳ.".to_owned(),
            );
        }
        Ok(())
    }
}

/// The step that the dates call for on `today` (Điều 17 khoản 2, 3). `unfinished` is how many sheets are neither
/// confirmed nor left out: what is unfinished is never locked away by the dates. Announcing always takes somebody.
#[must_use]
pub fn due_step(
    status: PeriodStatus,
    dates: &PeriodDates,
    today: NaiveDate,
    unfinished: u32,
) -> Option<PeriodAction> {
    match status {
        PeriodStatus::Open if today >= dates.self_from => Some(PeriodAction::BeginSelfAssessment),
        PeriodStatus::SelfAssessment if today > dates.self_until => {
            Some(PeriodAction::BeginConfirmation)
        }
        PeriodStatus::Announced if today >= dates.lock_on && unfinished == 0 => {
            Some(PeriodAction::Lock)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
