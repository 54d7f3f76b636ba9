//! Why a file could not be written.

/// A failure, in words for the log: nobody's figures are in it.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// The request is no JSON of a known form.
    #[error("the request cannot be read: {0}")]
    Request(#[from] serde_json::Error),
    /// There is nothing to print.
    #[error("the request holds no sheet")]
    Empty,
    /// The template did not compile.
    #[error("the layout failed: {0}")]
    Typst(String),
    /// The export refused the document, for instance as not conforming to PDF/A.
    #[error("the PDF export failed: {0}")]
    Pdf(String),
    /// The DOCX could not be packed.
    #[error("the DOCX could not be written: {0}")]
    Docx(String),
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    /// The archive could not be packed.
    #[error("the archive could not be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// Standard input or output failed.
    #[error("input or output failed: {0}")]
    Io(#[from] std::io::Error),
}

impl FormError {
    /// A word for a program to go by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Request(_) => "request",
            Self::Empty => "empty",
            Self::Typst(_) | Self::Pdf(_) | Self::Docx(_) | Self::Xlsx(_) | Self::Zip(_) => "write",
            Self::Io(_) => "io",
        }
    }

    /// The exit code of the program: 2 for a request that is wrong, 1 for everything else.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Request(_) | Self::Empty => 2,
            _ => 1,
        }
    }
}
