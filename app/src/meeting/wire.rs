//! What the pages and devices of a meeting are told.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::level::Level;
use kpi::period::Period;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::minutes::Minutes;
use crate::review::wire::{ComponentRow, UnitChoice};
use crate::sign::Signed;

/// What a meeting goes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingKind {
    /// The month of a unit's people (Điều 17).
    MonthUnit,
    /// The units below a unit, of a month or a year.
    CompareUnits,
    /// The year of a unit's people, all officers present (Điều 21).
    Year,
}

impl MeetingKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::MonthUnit, Self::CompareUnits, Self::Year];

    /// As the database writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::MonthUnit => "month_unit",
            Self::CompareUnits => "compare_units",
            Self::Year => "year",
        }
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::MonthUnit => "Họp đánh giá tháng",
            Self::CompareUnits => "Họp so sánh các đơn vị",
            Self::Year => "Họp xếp loại năm",
        }
    }

    /// From the database's word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A remark about somebody.
    Remark,
    /// What the meeting concludes about somebody.
    Conclusion,
    /// Work that was assigned on the spot.
    Task,
    /// Somebody's own opinion.
    Opinion,
}

impl EntryKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Remark, Self::Conclusion, Self::Task, Self::Opinion];

    /// As the database writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Remark => "remark",
            Self::Conclusion => "conclusion",
            Self::Task => "task",
            Self::Opinion => "opinion",
        }
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Remark => "Nhận xét",
            Self::Conclusion => "Kết luận",
            Self::Task => "Giao việc",
            Self::Opinion => "Ý kiến",
        }
    }

    /// From the database's word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a meeting is: what every device hears as soon as it moves. It holds no score.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomState {
    /// The meeting.
    pub meeting: Uuid,
    /// Acts of the presenter so far.
    pub step: i32,
    /// The officer or unit that is presented.
    pub subject: Option<Uuid>,
    /// The account that presents.
    pub presenter: Option<Uuid>,
    /// Its name.
    pub presenter_name: String,
    /// Names are hidden.
    pub hidden: bool,
    /// When the figures were frozen, in words; empty while they live.
    pub frozen: String,
    /// When it ended, in words; empty while it runs.
    pub ended: String,
    /// Entries so far.
    pub entries: u32,
    /// Devices that gave a sign of life within the last two minutes.
    pub present: u32,
}

/// One of the scores of a subject.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Whose score: "Cá nhân tự chấm".
    pub label: String,
    /// 0 to 100; none while there is none.
    pub value: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// How far it is: "chưa gửi"; may be empty.
    pub state: String,
}

/// An officer or a unit that the meeting goes through.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subject {
    /// Officer or unit.
    pub id: Uuid,
    /// Full name.
    pub name: String,
    /// Title, unit, work.
    pub about: String,
    /// Path of the unit, by which it is decided who sees the scores.
    pub path: String,
    /// The reader may see the scores.
    pub seen: bool,
    /// The score that stands at the list.
    pub score: Option<Decimal>,
    /// The level that counts for the cap.
    pub level: Option<Level>,
    /// The competent person concluded.
    pub concluded: bool,
    /// Own, computed, proposed.
    pub scores: Vec<Score>,
    /// The computed less the own score.
    pub difference: Option<Decimal>,
    /// Where it comes from.
    pub components: Vec<ComponentRow>,
    /// The computed score as formulas.
    pub formula: Vec<String>,
    /// What else to know, a sentence each.
    pub notes: Vec<String>,
    /// The page with everything; none where there is none.
    pub link: String,
}

impl Subject {
    /// Without what the reader may not see.
    pub fn cut(self) -> Self {
        Self {
            seen: false,
            score: None,
            level: None,
            scores: Vec::new(),
            difference: None,
            components: Vec::new(),
            formula: Vec::new(),
            notes: Vec::new(),
            link: String::new(),
            ..self
        }
    }
}

/// The places at "xuất sắc" of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cap {
    /// Of which group: "Cả cuộc họp", "Nhóm Chuyên viên".
    pub name: String,
    /// How many stand for it.
    pub standing: u32,
    /// How many may be.
    pub most: u32,
    /// Of how many at "tốt" or better.
    pub base: u32,
}

/// The figures of a meeting, live or as they were frozen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// In the order in which they are presented.
    pub subjects: Vec<Subject>,
    /// The whole first.
    pub caps: Vec<Cap>,
}

/// A meeting as lists and heads show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeetingLine {
    /// Its id.
    pub meeting: Uuid,
    /// What it goes through.
    pub kind: MeetingKind,
    /// What it is called.
    pub title: String,
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Its path.
    pub path: String,
    /// The month; none for a year.
    pub period: Option<Period>,
    /// The year.
    pub year: i32,
    /// When it began.
    pub started: String,
    /// When it ended; empty while it runs.
    pub ended: String,
    /// Who presents; empty while nobody does.
    pub presenter: String,
    /// Minutes were signed; none while there are none.
    pub signed: Option<bool>,
}

/// The list of meetings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Meetings {
    /// Running ones first, then the latest.
    pub meetings: Vec<MeetingLine>,
    /// Units for which the reader may hold one; empty for whoever may not.
    pub units: Vec<UnitChoice>,
    /// Today in Vietnam.
    pub today: NaiveDate,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRow {
    /// Its id, as the device gave it.
    pub entry: Uuid,
    /// What it is.
    pub kind: EntryKind,
    /// About whom; none for the whole meeting.
    pub subject: Option<Uuid>,
    /// The text.
    pub text: String,
    /// Who wrote it.
    pub name: String,
    /// When it was written, on the device's clock.
    pub written_at: DateTime<Utc>,
    /// It came after the meeting was closed.
    pub late: bool,
}

/// A meeting with everything that a device needs to go on without network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// The meeting.
    pub line: MeetingLine,
    /// Where it is.
    pub state: RoomState,
    /// Subjects and caps.
    pub figures: Figures,
    /// Entries, in the order in which they were written.
    pub entries: Vec<EntryRow>,
    /// The reader's account.
    pub me: Uuid,
    /// The reader may present.
    pub holds: bool,
    /// The reader assigns work to these.
    pub assigns: Vec<Uuid>,
    /// Products that can be assigned, "mã – tên"; empty for whoever assigns nothing.
    pub products: Vec<String>,
    /// First and last day on which a task may be due.
    pub due: Option<(NaiveDate, NaiveDate)>,
    /// Ids of the next entries of forms that are posted without script.
    pub keys: (Uuid, Uuid),
}

/// The minutes with what may be done about them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MinutesView {
    /// The meeting.
    pub line: MeetingLine,
    /// Their id.
    pub minutes: Uuid,
    /// What they say.
    pub content: Minutes,
    /// The version that a change names.
    pub version: i32,
    /// Entries that came after the meeting was closed.
    pub late: Vec<EntryRow>,
    /// The reader may write them.
    pub keeps: bool,
    /// The reader may sign them.
    pub signs: bool,
    /// They are signed.
    pub signed: bool,
    /// Under them.
    pub signatures: Vec<Signed>,
}
