//! Sign-in, sessions, the current officer, and `require`, with which every server function begins.

mod api;
#[cfg(feature = "ssr")]
pub mod guard;
#[cfg(feature = "ssr")]
mod idempotency;
#[cfg(feature = "ssr")]
pub mod live;
pub mod mail;
mod page;
#[cfg(feature = "ssr")]
pub mod password;
#[cfg(feature = "ssr")]
mod require;
#[cfg(feature = "ssr")]
pub mod session_store;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
pub mod store;

pub use api::{CurrentVisitor, Visitor, current_visitor};
#[cfg(feature = "ssr")]
pub use idempotency::take_key;
pub use page::{AccountPage, SignInPage, SignOut};
#[cfg(feature = "ssr")]
pub use require::{Access, Actor, Post, check, current_actor, require};
#[cfg(feature = "ssr")]
pub use sign_in::admit;

/// Endpoints of the server functions that need nobody signed in; every other begins with `require`.
pub const PUBLIC_FUNCTIONS: &[&str] = &[
    "auth/visitor",
    "auth/sign_in",
    "auth/sign_out",
    "setup/link",
    "setup/create",
];
