//! Rows of the demo agency, as the tables hold them.

mod figures;
mod ground;
mod work;

pub use figures::*;
pub use ground::*;
pub use work::*;
