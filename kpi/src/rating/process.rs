//! The steps of a yearly rating (Điều 10 khoản 2, Điều 21): who may do what, in which order, and what each needs.
//! A decision is never changed: another replaces it (Điều 21 khoản 3).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{RuleError, assignment::StepError, code::code_enum, level::Level};

code_enum! {
    /// How far the rating of one person in one year is (Điều 21).
    pub enum YearStatus {
        /// The officer is still writing Mẫu số 02.
        Draft = "draft", "đang lập phiếu";
        /// Mẫu số 02 is handed in; the meeting is next.
        Submitted = "submitted", "đã gửi phiếu";
        /// The meeting gave its remarks, in minutes.
        Met = "met", "đã họp nhận xét";
        /// The Party committee gave its opinion; heads and deputies only.
        Opinion = "opinion", "đã có ý kiến cấp ủy";
        /// The personnel office proposed a level.
        Proposed = "proposed", "đã đề xuất";
        /// The authority decided and signed.
        Decided = "decided", "đã quyết định";
        /// The officer was notified and the level made public.
        Published = "published", "đã thông báo, công khai";
    }
}

code_enum! {
    /// What can be done in the yearly rating of one person (Điều 21).
    pub enum YearAction {
        /// The officer hands Mẫu số 02 in.
        Submit = "submit", "gửi phiếu xếp loại";
        /// The personnel office makes the sheet of somebody away at that time (Điều 19 khoản 3).
        SubmitForAbsent = "submit_for_absent", "lập phiếu thay người vắng mặt";
        /// The officer takes it back before the meeting.
        Withdraw = "withdraw", "rút lại phiếu xếp loại";
        /// The minutes of the meeting are there.
        RecordMeeting = "record_meeting", "ghi nhận biên bản họp";
        /// The Party committee gives its opinion on a head or deputy.
        GiveOpinion = "give_opinion", "ghi nhận ý kiến cấp ủy";
        /// A level is proposed, or another one in its place.
        Propose = "propose", "đề xuất mức xếp loại";
        /// One step back, with a reason, while nothing is decided.
        StepBack = "step_back", "trả về bước trước";
        /// The authority decides.
        Decide = "decide", "quyết định mức xếp loại";
        /// The decision of the managing agency about the head of this one is entered (Điều 10 khoản 2 điểm a).
        EnterDecision = "enter_decision", "ghi quyết định của cơ quan quản lý";
        /// The officer is notified, and the level made public.
        Publish = "publish", "thông báo, công khai kết quả";
        /// A new decision replaces the one that stands (Điều 21 khoản 3).
        Replace = "replace", "ban hành quyết định thay thế";
    }
}

code_enum! {
    /// As what somebody acts in the rating of one person.
    pub enum YearActor {
        /// The person rated.
        Subject = "subject", "Người được xếp loại";
        /// Who decides about him (Điều 10 khoản 2).
        Authority = "authority", "Người có thẩm quyền xếp loại";
        /// The personnel office, about somebody else.
        Personnel = "personnel", "Bộ phận tổ chức cán bộ";
        /// The Party committee; the personnel office enters what it wrote.
        Committee = "committee", "Cấp ủy";
    }
}

/// Whose year it is: what differs between people in the order of the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// A head or a deputy: the Party committee is asked (Điều 21 khoản 1 điểm c, khoản 2 điểm c).
    pub leads: bool,
    /// The managing agency decides, not somebody here: the head of this agency (Điều 10 khoản 2 điểm a).
    pub decided_above: bool,
}

/// A step that is refused; `Display` is a Vietnamese sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum YearRefusal {
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
    /// A head or deputy without the opinion of the Party committee.
    #[error(
        "Người đứng đầu và cấp phó phải có ý kiến của cấp ủy trước khi đề xuất mức (Điều 21): hãy ghi nhận ý kiến cấp ủy."
    )]
    OpinionMissing,
    /// The Party committee is asked about heads and deputies only.
    #[error(
        "Chỉ lấy ý kiến cấp ủy đối với người đứng đầu và cấp phó (Điều 21): hãy đề xuất mức ngay sau cuộc họp."
    )]
    NoOpinion,
    /// Who decides about the head of the agency.
    #[error(
        "Mức của người đứng đầu cơ quan do cơ quan quản lý quyết định (điểm a khoản 2 Điều 10): bộ phận tổ chức cán bộ ghi quyết định đó vào."
    )]
    DecidedAbove,
    /// Only the decision about the head of the agency comes from elsewhere.
    #[error(
        "Mức của người này do người đứng đầu cơ quan quyết định và ký tại đây (điểm b khoản 2 Điều 10)."
    )]
    DecidedHere,
}

use YearAction as A;
use YearStatus as S;

/// Every step there is: from, action, to.
const TRANSITIONS: [(YearStatus, YearAction, YearStatus); 18] = [
    (S::Draft, A::Submit, S::Submitted),
    (S::Draft, A::SubmitForAbsent, S::Submitted),
    (S::Submitted, A::Withdraw, S::Draft),
    (S::Submitted, A::StepBack, S::Draft),
    (S::Submitted, A::RecordMeeting, S::Met),
    (S::Met, A::StepBack, S::Submitted),
    (S::Met, A::GiveOpinion, S::Opinion),
    (S::Met, A::Propose, S::Proposed),
    (S::Opinion, A::StepBack, S::Met),
    (S::Opinion, A::Propose, S::Proposed),
    (S::Proposed, A::Propose, S::Proposed),
    (S::Proposed, A::StepBack, S::Met),
    (S::Proposed, A::StepBack, S::Opinion),
    (S::Proposed, A::Decide, S::Decided),
    (S::Proposed, A::EnterDecision, S::Decided),
    (S::Decided, A::Publish, S::Published),
    (S::Decided, A::Replace, S::Decided),
    (S::Published, A::Replace, S::Published),
];

/// Every step of Điều 21 as `(from, action, to)`; where the next state depends on the person (is the Party committee
/// asked?), each stands in it.
pub fn transitions() -> impl Iterator<Item = (YearStatus, YearAction, YearStatus)> {
    TRANSITIONS.into_iter()
}

/// Who may take an action (Điều 10 khoản 2, Điều 21).
#[must_use]
pub const fn actors(action: YearAction) -> &'static [YearActor] {
    match action {
        A::Submit | A::Withdraw => &[YearActor::Subject],
        A::SubmitForAbsent | A::RecordMeeting | A::Propose | A::StepBack | A::EnterDecision => {
            &[YearActor::Personnel]
        }
        A::GiveOpinion => &[YearActor::Committee],
        A::Decide => &[YearActor::Authority],
        A::Publish => &[YearActor::Authority, YearActor::Personnel],
        // About the head of the agency it is entered, as his first one was.
        A::Replace => &[YearActor::Authority, YearActor::Personnel],
    }
}

/// The state of a yearly rating after an action (Điều 21).
///
/// # Errors
/// [`YearRefusal`] for a state, an actor or a person with whom the action is not allowed.
pub fn step(
    from: YearStatus,
    action: YearAction,
    who: YearActor,
    subject: Subject,
) -> Result<YearStatus, YearRefusal> {
    if !actors(action).contains(&who) {
        return Err(YearRefusal::Actor {
            who: who.label(),
            action: action.label(),
        });
    }
    check_subject(from, action, who, subject)?;
    let opinion_next = |to: YearStatus| match (from, action) {
        (S::Proposed, A::StepBack) => (to == S::Opinion) == subject.leads,
        _ => true,
    };
    transitions()
        .find(|(state, act, to)| (*state, *act) == (from, action) && opinion_next(*to))
        .map(|(_, _, to)| to)
        .ok_or_else(|| {
            StepError {
                state: from.label(),
                action: action.label(),
            }
            .into()
        })
}

fn check_subject(
    from: YearStatus,
    action: YearAction,
    who: YearActor,
    subject: Subject,
) -> Result<(), YearRefusal> {
    match action {
        A::GiveOpinion if !subject.leads => Err(YearRefusal::NoOpinion),
        A::Propose if subject.leads && from == S::Met => Err(YearRefusal::OpinionMissing),
        A::Decide if subject.decided_above => Err(YearRefusal::DecidedAbove),
        A::EnterDecision if !subject.decided_above => Err(YearRefusal::DecidedHere),
        A::Replace if (who == YearActor::Personnel) != subject.decided_above => {
            Err(if subject.decided_above {
                YearRefusal::DecidedAbove
            } else {
                YearRefusal::DecidedHere
            })
        }
        _ => Ok(()),
    }
}

/// The first day on which an action of a year may be taken: Mẫu số 02, meeting and opinion from 1 November, the rest from
/// 1 December, since the ratings are to be done before 15 December (Điều 19 khoản 2). The decree names no first day.
#[must_use]
pub fn opens_on(year: i32, action: YearAction) -> NaiveDate {
    let month = match action {
        A::Submit
        | A::SubmitForAbsent
        | A::Withdraw
        | A::RecordMeeting
        | A::GiveOpinion
        | A::StepBack => 11,
        A::Propose | A::Decide | A::EnterDecision | A::Publish | A::Replace => 12,
    };
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MAX)
}

/// Whether an action of a year may be taken on a day (Điều 19 khoản 2).
///
/// # Errors
/// [`RuleError`] on `year`, with the first day.
pub fn check_season(year: i32, action: YearAction, today: NaiveDate) -> Result<(), RuleError> {
    let first = opens_on(year, action);
    if today >= first {
        return Ok(());
    }
    Err(RuleError::new(
        "year",
        format!(
            "Chưa thể {} của năm {year}: bước này mở từ ngày {} (xếp loại xong trước ngày 15/12, khoản 2 Điều 19).",
            action.label(),
            first.format("%d/%m/%Y")
        ),
    ))
}

/// Whether a level may be proposed or decided where the rules computed another (Điều 20, Điều 21): never above it,
/// below it with a reason.
///
/// # Errors
/// [`RuleError`] on `level` or `reason`.
pub fn check_level(computed: Option<Level>, level: Level, reason: &str) -> Result<(), RuleError> {
    let Some(computed) = computed else {
        return Err(RuleError::new(
            "level",
            "Người này không xếp loại hoặc còn thiếu tháng (Điều 11, Điều 19): hãy xem trang kết quả năm trước khi đề xuất.",
        ));
    };
    if level > computed {
        return Err(RuleError::new(
            "level",
            format!(
                "Không xếp cao hơn mức tính theo điểm, “{}” (Điều 20); nếu điểm tháng sai, hãy sửa điểm tháng bằng kiến nghị trước.",
                computed.label()
            ),
        ));
    }
    if level != computed && reason.trim().is_empty() {
        return Err(RuleError::new(
            "reason",
            format!(
                "Mức này khác mức tính theo điểm, “{}”: hãy ghi lý do.",
                computed.label()
            ),
        ));
    }
    Ok(())
}

/// Whether the "xuất sắc" of a scope fit into it, those decided before and those about to be decided together (Điều 20
/// khoản 5): whoever decides above the cap has to choose first.
///
/// # Errors
/// [`RuleError`] on `level`.
pub fn check_places(scope: &str, excellent: u32, most: u32) -> Result<(), RuleError> {
    if excellent <= most {
        return Ok(());
    }
    Err(RuleError::new(
        "level",
        format!(
            "Vượt {} suất xuất sắc {scope} (tối đa {most}): hãy chọn ai giữ mức xuất sắc trước khi quyết định (khoản 5 Điều 20).",
            excellent - most
        ),
    ))
}

#[cfg(test)]
mod tests;
