//! What the pages of the yearly steps are told.

use chrono::NaiveDate;
use kpi::level::Level;
use kpi::rating::process::YearStatus;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rating::wire::{Gauge, PersonLine, UnitOption};

/// A month as Mẫu số 02 lists it; stored with the sheet when it is handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetMonth {
    /// 1 to 12.
    pub month: u32,
    /// Published score, 0 to 100; none for a month without one.
    pub score: Option<Decimal>,
    /// "Ghi chú": why there is none, or where it comes from.
    pub note: String,
}

/// The minutes of the meeting that gave its remarks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Minutes {
    /// Signed minutes kept here.
    pub id: Option<Uuid>,
    /// Number of minutes on paper.
    pub number: String,
    /// Day of the meeting; unknown for minutes kept here.
    pub day: Option<NaiveDate>,
    /// What the meeting said.
    pub summary: String,
}

/// What the Party committee wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Its opinion.
    pub text: String,
    /// Its day.
    pub day: NaiveDate,
    /// Number of the paper.
    pub document: String,
}

/// A decision about somebody's year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Its id.
    pub id: Uuid,
    /// About whom.
    pub officer: Uuid,
    /// The year.
    pub year: i32,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: NaiveDate,
    /// What it says.
    pub level: Level,
    /// What the rules computed at that time.
    pub computed: Level,
    /// Mean of the year at that time.
    pub mean: Option<Decimal>,
    /// Why it says something else.
    pub reason: String,
    /// What is done with the result (Điều 23).
    pub handling: String,
    /// Who decided: "Trần Văn Minh", or the managing agency.
    pub by: String,
    /// The signature; none for a decision of the managing agency.
    pub signature: Option<Uuid>,
    /// The decision that it replaces, and why.
    pub supersedes: Option<(Uuid, String)>,
    /// The decision that replaces it.
    pub replaced_by: Option<Uuid>,
    /// When the officer was notified, as text; none while only signed.
    pub published: Option<String>,
    /// The same as a day in Vietnam.
    pub published_on: Option<NaiveDate>,
}

/// A proposal that waits for the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToDecide {
    /// The level proposed, or "tốt" for whom the authority did not choose.
    pub proposed: Level,
    /// Why it departs from what is computed.
    pub reason: String,
    /// What the rules compute.
    pub computed: Level,
}

/// One person's Mẫu số 02 with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearSheet {
    /// Name of the agency.
    pub agency: String,
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// Whose.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title of the post.
    pub title: String,
    /// Its unit.
    pub unit_name: String,
    /// The visitor looks at himself.
    pub own: bool,
    /// How far it is.
    pub status: YearStatus,
    /// The twelve months: as they were when the sheet was handed in, as they are now before.
    pub months: Vec<SheetMonth>,
    /// Mean of the year, likewise.
    pub mean: Option<Decimal>,
    /// The level that the officer gave himself.
    pub self_level: Option<Level>,
    /// What he says of the year.
    pub self_remarks: String,
    /// Why the personnel office made it for him.
    pub absent_reason: Option<String>,
    /// The meeting, as far as the visitor may know it.
    pub minutes: Option<Minutes>,
    /// The opinion of the Party committee, likewise.
    pub opinion: Option<Opinion>,
    /// Why it was sent back.
    pub back_reason: String,
    /// Decisions that were announced, the newest first.
    pub decisions: Vec<Decision>,
    /// What waits for the visitor, who is the authority.
    pub to_decide: Option<ToDecide>,
    /// Why it cannot be handed in now; none when it can.
    pub closed: Option<String>,
    /// Version that a write has to name; 0 before there is one.
    pub version: i32,
}

/// One person in the list of steps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The year as it is rated.
    pub line: PersonLine,
    /// How far it is.
    pub status: YearStatus,
    /// The Party committee is asked.
    pub leads: bool,
    /// The managing agency decides.
    pub decided_above: bool,
    /// The level that the officer gave himself.
    pub self_level: Option<Level>,
    /// What is proposed, and why where it departs.
    pub proposed: Option<(Level, String)>,
    /// What to do with it (Điều 23).
    pub handling: String,
    /// The decision that stands.
    pub decision: Option<Decision>,
    /// More candidates than places, and the authority has not chosen about him.
    pub contested: bool,
    /// Version that a write has to name; 0 before there is a sheet.
    pub version: i32,
}

impl Row {
    /// Nobody decides about him here: he has no level to be decided.
    pub fn is_rated(&self) -> bool {
        self.line.level().is_some()
    }

    /// The step that comes next and who has to take it.
    pub fn waits(&self) -> &'static str {
        match self.status {
            _ if !self.is_rated() && self.decision.is_none() => "Không có mức để quyết định",
            YearStatus::Draft => "Chờ công chức gửi Mẫu số 02",
            YearStatus::Submitted => "Chờ đơn vị họp, tổ chức cán bộ ghi biên bản",
            YearStatus::Met if self.leads => "Chờ ý kiến cấp ủy",
            YearStatus::Met | YearStatus::Opinion => "Chờ tổ chức cán bộ đề xuất mức",
            YearStatus::Proposed if self.decided_above => "Chờ quyết định của cơ quan quản lý",
            YearStatus::Proposed if self.contested => "Chờ người đứng đầu chọn trong số vượt tỷ lệ",
            YearStatus::Proposed => "Chờ người đứng đầu cơ quan quyết định",
            YearStatus::Decided => "Chờ thông báo, công khai",
            YearStatus::Published => "Đã xong",
        }
    }
}

/// The yearly steps of an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessView {
    /// Name of the agency.
    pub agency: String,
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// People at each step.
    pub counts: Vec<(YearStatus, u32)>,
    /// The chosen step.
    pub step: Option<YearStatus>,
    /// Units that have people.
    pub units: Vec<UnitOption>,
    /// The chosen unit.
    pub unit: Option<Uuid>,
    /// The places at "xuất sắc": the agency first, then groups.
    pub gauges: Vec<Gauge>,
    /// People of this page.
    pub rows: Vec<Row>,
    /// How many match.
    pub found: u32,
    /// The page, from 1.
    pub page: u32,
    /// Rows on a page.
    pub per_page: u32,
    /// Units with people whose meeting is next, with how many.
    pub to_meet: Vec<(UnitOption, u32)>,
    /// People whose proposal may follow the computed level.
    pub to_propose: u32,
    /// People whose level the visitor may sign now.
    pub to_decide: Vec<Row>,
    /// Signed and not announced yet.
    pub to_publish: u32,
    /// The visitor records meetings, opinions and proposals.
    pub records: bool,
    /// The visitor decides.
    pub decides: bool,
    /// The visitor may announce.
    pub publishes: bool,
    /// The visitor himself.
    pub me: Option<Uuid>,
}

/// A decision with those before and after it, for its parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionView {
    /// Name of the agency.
    pub agency: String,
    /// Full name of the officer.
    pub name: String,
    /// Title and unit when the sheet was handed in.
    pub post: String,
    /// The one that was asked for.
    pub decision: Decision,
    /// All of the year, the newest first.
    pub chain: Vec<Decision>,
    /// Signatures under the one asked for.
    pub signatures: Vec<crate::sign::Signed>,
    /// The visitor is the officer.
    pub own: bool,
    /// The visitor may replace it: the head of the agency, or the personnel office where the managing agency decides.
    pub replaces: bool,
    /// It is about the head of the agency.
    pub decided_above: bool,
    /// What the rules compute now.
    pub computed: Option<Level>,
}

/// A level that is made public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicLine {
    /// Full name.
    pub name: String,
    /// Title of the post.
    pub title: String,
    /// Name of the unit.
    pub unit_name: String,
    /// The level.
    pub level: Level,
    /// Number and day of the decision.
    pub decision: String,
    /// Mean of the year, where the rule set makes it public (choice A32).
    pub mean: Option<Decimal>,
}

/// What is public of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationView {
    /// Name of the agency.
    pub agency: String,
    /// The year.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// The score is public too.
    pub with_score: bool,
    /// People of each level.
    pub counts: Vec<(Level, u32)>,
    /// People of this page.
    pub lines: Vec<PublicLine>,
    /// How many are public.
    pub found: u32,
    /// The page, from 1.
    pub page: u32,
    /// Rows on a page.
    pub per_page: u32,
}
