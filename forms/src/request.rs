//! What is asked for: a form, a format, and the data of that form.

use serde::{Deserialize, Serialize};

use crate::data::Print;
use crate::document::Document;
use crate::form::{
    minutes::Minutes, month_sheet::MonthSheet, notice::Notice, trace::Trace,
    unit_summary::UnitSummary, year_sheet::YearSheet,
};

/// A request, `{"form": …, "format": …, "data": …}`.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Request {
    /// The kind of file.
    pub format: Format,
    /// The form with its data.
    #[serde(flatten)]
    pub data: Data,
}

/// The kind of file.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// For printing and keeping.
    Pdf,
    /// For editing.
    Docx,
    /// For computing on.
    Xlsx,
    /// One PDF a paper, named after its code, in an archive.
    Zip,
}

/// The form with its data; several people's sheets may be one file.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(tag = "form", content = "data", rename_all = "snake_case")]
pub enum Data {
    /// Mẫu số 01 of a month or quarter, one a person.
    MonthSheet(Vec<MonthSheet>),
    /// Mẫu số 02 of a year, one a person.
    YearSheet(Vec<YearSheet>),
    /// The month of a unit's people on one sheet.
    UnitSummary(UnitSummary),
    /// The minutes of a meeting.
    Minutes(Minutes),
    /// The written notice of a level, one a person.
    Notice(Vec<Notice>),
    /// Why a score is what it is.
    Trace(Trace),
}

impl Data {
    /// The form laid out.
    #[must_use]
    pub fn document(&self) -> Document {
        match self {
            Self::MonthSheet(sheets) => Document::of(sheets.iter().map(MonthSheet::section)),
            Self::YearSheet(sheets) => Document::of(sheets.iter().map(YearSheet::section)),
            Self::UnitSummary(summary) => Document::of([summary.section()]),
            Self::Minutes(minutes) => Document::of([minutes.section()]),
            Self::Notice(notices) => Document::of(notices.iter().map(Notice::section)),
            Self::Trace(trace) => Document::of([trace.section()]),
        }
    }

    /// The print of each paper, in order.
    pub fn prints(&mut self) -> Vec<&mut Print> {
        match self {
            Self::MonthSheet(sheets) => sheets.iter_mut().map(|sheet| &mut sheet.print).collect(),
            Self::YearSheet(sheets) => sheets.iter_mut().map(|sheet| &mut sheet.print).collect(),
            Self::UnitSummary(summary) => vec![&mut summary.print],
            Self::Minutes(minutes) => vec![&mut minutes.print],
            Self::Notice(notices) => notices.iter_mut().map(|notice| &mut notice.print).collect(),
            Self::Trace(trace) => vec![&mut trace.print],
        }
    }

    /// Each paper alone, in order.
    #[must_use]
    pub fn papers(&self) -> Vec<Self> {
        match self {
            Self::MonthSheet(sheets) => sheets
                .iter()
                .map(|sheet| Self::MonthSheet(vec![sheet.clone()]))
                .collect(),
            Self::YearSheet(sheets) => sheets
                .iter()
                .map(|sheet| Self::YearSheet(vec![sheet.clone()]))
                .collect(),
            Self::Notice(notices) => notices
                .iter()
                .map(|notice| Self::Notice(vec![notice.clone()]))
                .collect(),
            other => vec![other.clone()],
        }
    }
}
