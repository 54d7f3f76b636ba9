//! Import of catalogues and people from workbooks: read, preview, apply all or nothing.

mod api;
mod page;
pub mod preview;

#[cfg(feature = "ssr")]
pub mod apply_catalogue;
#[cfg(feature = "ssr")]
pub mod apply_people;
#[cfg(feature = "ssr")]
mod catalogue_groups;
#[cfg(feature = "ssr")]
mod catalogue_rules;
#[cfg(feature = "ssr")]
pub mod catalogue_sheet;
#[cfg(feature = "ssr")]
mod cells;
#[cfg(feature = "ssr")]
mod criteria_sheet;
#[cfg(feature = "ssr")]
mod digest;
#[cfg(feature = "ssr")]
pub mod download;
#[cfg(feature = "ssr")]
mod headings;
#[cfg(feature = "ssr")]
mod package;
#[cfg(feature = "ssr")]
pub mod people_export;
#[cfg(feature = "ssr")]
mod people_heads;
#[cfg(feature = "ssr")]
pub mod people_plan;
#[cfg(feature = "ssr")]
mod people_planner;
#[cfg(feature = "ssr")]
mod people_rules;
#[cfg(feature = "ssr")]
pub mod people_sheet;
#[cfg(feature = "ssr")]
pub mod people_store;
#[cfg(feature = "ssr")]
mod people_units;
#[cfg(feature = "ssr")]
mod person_row;
#[cfg(feature = "ssr")]
mod product_row;
#[cfg(feature = "ssr")]
mod standard_product;
#[cfg(feature = "ssr")]
mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod template;
#[cfg(feature = "ssr")]
pub mod upload;
#[cfg(feature = "ssr")]
pub mod words;
#[cfg(feature = "ssr")]
pub mod workbook;

pub use api::{Change, Counts, PersonPlan, UnitPlan};
pub use page::{CatalogueImportPage, PeopleImportPage};
