//! SQL of reviews. Every query names agency and period first.

pub mod decision;
pub mod prepared;
pub mod sheet;
pub mod unit;
pub mod work;
