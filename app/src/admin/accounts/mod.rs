//! Accounts: create, reset, lock, roles. A temporary password is shown once and kept nowhere.

mod api;
#[cfg(feature = "ssr")]
pub mod handler;
#[cfg(feature = "ssr")]
mod login;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
mod view;

pub use api::{AccountLine, AccountsView, Issued};
pub use page::AccountsPage;
