//! Why a score is what it is: two traces side by side (what was self-assessed and what was confirmed, one month and
//! another), and what would change it, computed in the browser by the same rules.

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
pub mod trial;
pub mod wire;

pub use page::WhyPage;
