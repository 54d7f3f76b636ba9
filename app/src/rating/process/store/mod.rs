//! SQL of the yearly steps. Every query names the agency first.

mod decision;
mod sheet;

pub use decision::*;
pub use sheet::*;
