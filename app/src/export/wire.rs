//! The types on the wire of the exports.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A month or a year with results, and how far its export is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectLine {
    /// "2026-11" or "2026".
    pub subject: String,
    /// "Tháng 11/2026", "Năm 2026".
    pub label: String,
    /// Day of the first result.
    pub result_on: NaiveDate,
    /// What is to be done, or was.
    pub state: ExportState,
}

/// Where the duty of điểm d khoản 1 Điều 26 stands for one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExportState {
    /// To be sent by this day.
    Due {
        /// The last day.
        by: NaiveDate,
        /// Results changed after the newest file that was sent.
        changed: bool,
    },
    /// As [`ExportState::Due`], and the day is past.
    Late {
        /// The last day.
        by: NaiveDate,
        /// Results changed after the newest file that was sent.
        changed: bool,
    },
    /// What stands was sent.
    Sent {
        /// When.
        on: NaiveDate,
        /// After its last day.
        late: bool,
    },
}

/// A file that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportLine {
    /// Its id.
    pub export: Uuid,
    /// "Tháng 11/2026", "Năm 2026".
    pub label: String,
    /// "csv" or "json".
    pub format: String,
    /// People in it.
    pub people: i32,
    /// SHA-256, 64 hexadecimal digits.
    pub hash: String,
    /// Who made it.
    pub made_by: String,
    /// When, as text.
    pub made_at: String,
    /// Number and day of sending, with who marked it.
    pub sent: Option<Sent>,
}

/// How a file was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Number of the letter or of the transfer.
    pub number: String,
    /// The day.
    pub on: NaiveDate,
    /// Who marked it.
    pub by: String,
}

/// The page of exports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportView {
    /// The year shown.
    pub year: i32,
    /// Today in Vietnam.
    pub today: NaiveDate,
    /// The year and its months that have results, newest first.
    pub subjects: Vec<SubjectLine>,
    /// Files of that year, newest first; at most 100.
    pub exports: Vec<ExportLine>,
}
