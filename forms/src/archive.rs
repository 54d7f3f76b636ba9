//! One PDF a paper in an archive. They are stored as they are: a PDF is compressed already.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::document::Document;
use crate::error::FormError;

/// The archive; each file is named after the paper's lookup code.
///
/// # Errors
/// As for one PDF, and `Zip` when the archive cannot be packed.
pub fn write(document: Document) -> Result<Vec<u8>, FormError> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    for section in document.sections {
        let name = format!("{}.pdf", section.code);
        let file = crate::pdf(&Document::of([section]))?;
        archive.start_file(name, options)?;
        archive.write_all(&file)?;
    }
    Ok(archive.finish()?.into_inner())
}
