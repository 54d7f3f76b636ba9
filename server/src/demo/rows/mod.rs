//! Rows of the demo agency, as the tables hold them.

mod ground;

pub use ground::*;
