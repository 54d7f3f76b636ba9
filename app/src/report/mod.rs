//! Papers: the stored record as a file, with a code that leads back from the paper to the record; and the queue that
//! prints a whole agency. What is printed is what is stored; who may not see a record may not print it.

mod api;
#[cfg(feature = "ssr")]
pub mod compose;
#[cfg(feature = "ssr")]
pub mod handler;
#[cfg(feature = "ssr")]
pub mod job;
#[cfg(feature = "ssr")]
pub mod lookup;
pub mod page;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
pub mod print;
#[cfg(feature = "ssr")]
pub mod program;
#[cfg(feature = "ssr")]
pub mod store;

pub use api::{JobState, JobView, LookupView, ReportView, Standing};
pub use page::{LookupPage, ReportPage};
#[cfg(feature = "ssr")]
pub use paper::Paper;
