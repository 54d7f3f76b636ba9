//! Evidence of an assignment: document numbers, links and files, added and removed by the officer while the month is
//! open, opened by everyone who may see the month.

pub mod file;
pub mod handler;
pub mod steps;
pub mod store;
