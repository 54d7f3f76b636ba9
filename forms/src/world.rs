//! All that the layout may see: the template, the document and the fonts of this program. There is no file system, no
//! package, no network and no clock in it.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::error::FormError;
use crate::fonts::FONTS;

const TEMPLATE: &str = include_str!("template.typ");

static LIBRARY: LazyLock<LazyHash<Library>> =
    LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// The world of one document.
pub struct FormWorld {
    template: Source,
    document: (FileId, Bytes),
}

impl FormWorld {
    /// The world of a document in JSON.
    ///
    /// # Errors
    /// `Typst` if a path of this program is none.
    pub fn new(document: Vec<u8>) -> Result<Self, FormError> {
        Ok(Self {
            template: Source::new(file("template.typ")?, TEMPLATE.to_owned()),
            document: (file("document.json")?, Bytes::new(document)),
        })
    }
}

fn file(name: &str) -> Result<FileId, FormError> {
    let path = VirtualPath::new(name).map_err(|error| FormError::Typst(format!("{error:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

impl World for FormWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(missing(id))
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.document.0 {
            Ok(self.document.1.clone())
        } else {
            Err(missing(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
