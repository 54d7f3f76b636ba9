//! The acts on rule sets.

mod change;
mod show;

pub use self::change::{approve, change, copy, delete};
pub use self::show::{compare, list, show};
