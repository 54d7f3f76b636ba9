//! The import's pages: upload, what was understood, apply. Uploading changes nothing.

mod asked;
mod catalogue;
mod parts;
mod people;

pub use catalogue::CatalogueImportPage;
pub use people::PeopleImportPage;
