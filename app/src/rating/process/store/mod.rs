//! SQL of the yearly steps. Every query names the agency first.

mod decision;
mod minutes;
mod sheet;

pub use decision::*;
pub use minutes::signed_minutes;
pub use sheet::*;
