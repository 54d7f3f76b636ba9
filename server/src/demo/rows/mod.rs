//! Rows of the demo agency, as the tables hold them.

mod figures;
mod ground;
mod unit_kpi;
mod work;
mod year;

pub use figures::*;
pub use ground::*;
pub use unit_kpi::*;
pub use work::*;
pub use year::*;
