//! Rule sets of the agency: which rules score a month. Built-in ones come with the product; an agency copies one,
//! changes it, and the authority approves it from a month on. An approved rule set never changes.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;

pub use page::{CompareSetsPage, RuleSetPage, RuleSetsPage};
