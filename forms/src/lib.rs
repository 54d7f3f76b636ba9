//! The forms as files: PDF (tagged, PDF/A), DOCX for editing, XLSX. It knows neither the application nor the rules:
//! each form has an input of its own, which is laid out once as a [`document::Document`] that three writers share.
//! Apart from the server, which runs it as a child process, so that nobody waits for its compilation.

#[cfg(feature = "office")]
mod archive;
pub mod data;
pub mod document;
#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "office")]
mod error;
#[cfg(feature = "pdf")]
mod fonts;
pub mod form;
#[cfg(feature = "pdf")]
mod pdf;
mod request;
pub mod wording;
#[cfg(feature = "pdf")]
mod world;
#[cfg(feature = "office")]
mod xlsx;

#[cfg(feature = "office")]
pub use error::FormError;
pub use request::{Data, Format, Request};

/// Writes one file.
///
/// The bytes follow from the request alone: no clock, no chance, no network, no font of the machine.
///
/// # Errors
/// `Empty` without anything to print, `Typst` and `Pdf` when the layout or the export is refused, `Docx`, `Xlsx` and `Zip`
/// when those cannot be written.
#[cfg(feature = "office")]
pub fn write(request: &Request) -> Result<Vec<u8>, FormError> {
    let document = request.data.document();
    if document.sections.is_empty() {
        return Err(FormError::Empty);
    }
    match request.format {
        Format::Pdf => pdf(&document),
        Format::Docx => docx::write(&document),
        Format::Xlsx => xlsx::write(&document),
        Format::Zip => archive::write(document),
    }
}

#[cfg(all(feature = "office", feature = "pdf"))]
fn pdf(document: &document::Document) -> Result<Vec<u8>, FormError> {
    pdf::write(document)
}

#[cfg(all(feature = "office", not(feature = "pdf")))]
fn pdf(_document: &document::Document) -> Result<Vec<u8>, FormError> {
    Err(FormError::Pdf(
        "this program was built without it".to_owned(),
    ))
}
