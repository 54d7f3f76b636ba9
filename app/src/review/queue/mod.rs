//! The queue of the competent person (Điều 17 khoản 3): exceptions first, the rest accepted after one look, one signature
//! for everything that is marked. Whoever was asked to prepare sees and marks, and cannot sign.

mod api;
mod page;
mod reasons;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
mod store;
pub mod wire;

pub use page::QueuePage;
