//! Units side by side: sums of a month against the month before and the year behind it. Reads roll-up rows only.

mod api;
mod attention;
#[cfg(feature = "ssr")]
pub mod download;
mod figures;
pub mod home;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod workbook;

pub use api::{CompareMonth, Comparison, UnitCompared};
pub use attention::{Notice, notices};
pub use figures::{Figures, Measure, change, ranks};
pub use page::{ComparePage, HomePage};
