//! The screens: the queue of prints, and what a code leads to.

mod jobs;
mod lookup;

pub use jobs::ReportPage;
pub use lookup::LookupPage;
