//! PDF/A-2a and PDF/UA-1: archived as it looks, with the text, its order and its headings for who cannot see it.

use chrono::{Datelike, NaiveDateTime, Timelike};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::Document;
use crate::error::FormError;
use crate::fonts;
use crate::world::FormWorld;

/// Vietnam's distance from UTC, in minutes.
const VIETNAM: i32 = 7 * 60;

/// The document as a PDF.
///
/// # Errors
/// `Typst` when the layout is refused, `Pdf` when the export is, for instance as not conforming.
pub fn write(document: &Document) -> Result<Vec<u8>, FormError> {
    let mut value = serde_json::to_value(document)?;
    fonts::cover(&mut value);
    let world = FormWorld::new(serde_json::to_vec(&value)?)?;
    let paged = typst::compile::<PagedDocument>(&world)
        .output
        .map_err(|errors| FormError::Typst(words(&errors)))?;
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| FormError::Pdf(error.message().to_string()))?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Công Tâm".to_owned())),
        timestamp: timestamp(document.at),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&paged, &options).map_err(|errors| FormError::Pdf(words(&errors)))
}

fn timestamp(at: NaiveDateTime) -> Option<Timestamp> {
    let small = |value: u32| u8::try_from(value).ok();
    let datetime = Datetime::from_ymd_hms(
        at.year(),
        small(at.month())?,
        small(at.day())?,
        small(at.hour())?,
        small(at.minute())?,
        small(at.second())?,
    )?;
    Timestamp::new_local(datetime, VIETNAM)
}

fn words(errors: &[SourceDiagnostic]) -> String {
    let all: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    all.join("; ")
}
