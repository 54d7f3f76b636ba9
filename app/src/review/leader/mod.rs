//! What speaks for a leader's d, đ and e (khoản 3 Điều 15): the unit's work as it was done, what is recorded about it,
//! subordinates without a score. Shown where the superior chooses; recorded by him or by the personnel office.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
pub mod wire;

pub(super) use page::{Grounds, Unrecorded};
