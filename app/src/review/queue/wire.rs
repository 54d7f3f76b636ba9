//! What the queue's page is given.

use kpi::level::Level;
use kpi::period::Period;
use kpi::review::SheetStatus;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::review::wire::{ComponentRow, CriterionRow};

/// A unit whose sheets the viewer confirms or prepares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// Name of the one who signs.
    pub authority: String,
    /// Whether that is the viewer.
    pub signs: bool,
}

/// The queue of one unit and month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Queue {
    /// The month.
    pub period: Period,
    /// The place shown; none for somebody who neither confirms nor prepares.
    pub place: Option<PlaceRow>,
    /// All places of the viewer.
    pub places: Vec<PlaceRow>,
    /// Why nothing can be confirmed now, with the way forward.
    pub why_not: Option<String>,
    /// Whoever waits to be confirmed: those who ask for a look of their own first.
    pub rows: Vec<QueueRow>,
    /// Whoever is confirmed already.
    pub done: Vec<DoneRow>,
    /// A key for the next write, so that a retry counts once.
    pub key: Uuid,
}

impl Queue {
    /// Rows marked for the next signature.
    pub fn ready(&self) -> impl Iterator<Item = &QueueRow> {
        self.rows.iter().filter(|row| row.is_ready())
    }

    /// Rows that may be accepted with one act: calm ones that are not marked yet.
    pub fn calm(&self) -> impl Iterator<Item = &QueueRow> {
        self.rows
            .iter()
            .filter(|row| row.attention.is_empty() && row.prepared.is_none())
    }
}

/// One person who waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title as appointed.
    pub title: String,
    /// Version of the sheet; 0 while there is none.
    pub version: i32,
    /// Whether the officer sent it.
    pub sent: bool,
    /// Whether the viewer may prepare it: not his own.
    pub prepares: bool,
    /// The officer's own total.
    pub own: Option<Decimal>,
    /// The total on what was accepted, with the officer's own points.
    pub computed: Option<Decimal>,
    /// The total as prepared; the computed one while nothing is prepared.
    pub concluded: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// Where the difference comes from, in one sentence.
    pub difference: String,
    /// Why it asks for a look of its own; empty for a calm one.
    pub attention: Vec<String>,
    /// Decisions that wait first; it cannot be confirmed before.
    pub waiting: u32,
    /// The ten criteria; `confirmed` is what is prepared.
    pub criteria: Vec<CriterionRow>,
    /// a, b, c and for a leader d, đ, e.
    pub components: Vec<ComponentRow>,
    /// Strengths, in the officer's words.
    pub strengths: String,
    /// Shortcomings, in the officer's words.
    pub shortcomings: String,
    /// The remark as prepared.
    pub remark: String,
    /// đ and e of a leader.
    pub leader: Option<LeaderChoice>,
    /// What is prepared.
    pub prepared: Option<PreparedBy>,
    /// What meetings about this month said of him, as far as the viewer takes part in them; conclusions first.
    pub said: Vec<Said>,
    /// A key for the next write, so that a retry counts once.
    pub key: Uuid,
}

impl QueueRow {
    /// Whether it is marked for the next signature, for the very sheet that is shown.
    pub fn is_ready(&self) -> bool {
        let fits = |prepared: &PreparedBy| prepared.ready && prepared.fits;
        self.prepared.as_ref().is_some_and(fits)
    }
}

/// What a meeting about this month said of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// A conclusion of the meeting, else a remark in it.
    pub concludes: bool,
    /// The text.
    pub text: String,
    /// Who wrote it down.
    pub by: String,
    /// The page of its minutes; of the meeting while there are none.
    pub link: String,
}

impl Said {
    /// What it is, before the text.
    pub const fn label(&self) -> &'static str {
        if self.concludes {
            "Kết luận của cuộc họp"
        } else {
            "Nhận xét trong cuộc họp"
        }
    }
}

/// đ and e of a leader, chosen or proposed from what is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderChoice {
    /// Percentages that may be chosen.
    pub allowed: Vec<u32>,
    /// đ.
    pub organising: Option<u32>,
    /// What it rests on.
    pub organising_reason: String,
    /// e.
    pub unity: Option<u32>,
    /// What it rests on.
    pub unity_reason: String,
    /// What is recorded about the unit, in one sentence.
    pub recorded: String,
}

/// Who prepared a conclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreparedBy {
    /// His name; none for the viewer himself.
    pub by: Option<String>,
    /// When, as text.
    pub at: String,
    /// Marked for the next signature.
    pub ready: bool,
    /// It was prepared for the sheet as it is now.
    pub fits: bool,
    /// Version of what is prepared.
    pub version: i32,
}

/// One person who is confirmed already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneRow {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Total.
    pub total: Option<Decimal>,
    /// Level.
    pub level: Option<Level>,
    /// How far the sheet is.
    pub status: SheetStatus,
}
