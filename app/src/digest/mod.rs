//! The daily digest: what waits for somebody, and how many notifications are new, once each working day by mail. Counts,
//! dates and links, no score of anybody.

mod store;
mod text;
mod watch;

pub use watch::{run_due, watch};
