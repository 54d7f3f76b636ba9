//! Versions of a sheet: every conclusion is signed, numbered and kept. A signature is withdrawn with a reason before the
//! month is announced; afterwards only a newer version replaces an older one.

mod api;
mod page;
#[cfg(feature = "ssr")]
mod shown;
#[cfg(feature = "ssr")]
mod signed;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod supersede;
#[cfg(feature = "ssr")]
mod unsign;
mod wire;

pub use page::{Unsign, Versions};
#[cfg(feature = "ssr")]
pub use shown::shown;
#[cfg(feature = "ssr")]
pub use signed::{Why, sign};
#[cfg(feature = "ssr")]
pub use supersede::{Change, supersede};
#[cfg(feature = "ssr")]
pub use unsign::{Withdrawal, unsign};
pub use wire::VersionRow;
