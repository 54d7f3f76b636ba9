//! What is shown about a leader's unit.

use kpi::review::NoteKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A few of many, named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// How many there are.
    pub count: u32,
    /// The first of them: "“Báo cáo tháng” (Lê Thị An)".
    pub names: Vec<String>,
}

/// What is recorded about the unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub note: Uuid,
    /// An initiative or a complaint.
    pub kind: NoteKind,
    /// What it is.
    pub text: String,
    /// The document that shows it.
    pub document: String,
    /// Who recorded it and when, in words.
    pub recorded: String,
    /// Why, when and by whom it was withdrawn, in words.
    pub withdrawn: Option<String>,
}

/// What speaks for d, đ and e.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderGrounds {
    /// The unit that is led.
    pub unit: Uuid,
    /// Percentages that may be chosen for đ and e, best first.
    pub allowed: Vec<u32>,
    /// Work past its due day that is not accepted in full.
    pub overdue: Named,
    /// Work returned for major errors.
    pub returned: Named,
    /// Unexpected work, outside the plan, that was accepted.
    pub extra: Named,
    /// Subordinates without a score, who do not count in d.
    pub unscored: Named,
    /// What is recorded, newest first; withdrawn ones too.
    pub notes: Vec<Note>,
    /// Whether the viewer records and withdraws.
    pub records: bool,
    /// A key for the next record, so that a retry counts once.
    pub key: Uuid,
}

impl LeaderGrounds {
    /// How many of a kind are recorded and stand.
    pub fn standing(&self, kind: NoteKind) -> usize {
        let stands = |note: &&Note| note.kind == kind && note.withdrawn.is_none();
        self.notes.iter().filter(stands).count()
    }
}
