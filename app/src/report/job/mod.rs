//! Printing a whole agency: asked for on a page, done by one worker of a server at a time, in a queue that outlives
//! both, and kept for a while.

mod steps;
mod store;
mod worker;

pub use steps::{ask, cancel, download, load};
pub use worker::{run, turn};
