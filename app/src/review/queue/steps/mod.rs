//! The steps of the queue: who acts, loading it, preparing, marking, one signature for all that is marked.

mod load;
mod place;
mod prepare;
mod row;
mod sign;

pub use load::load_queue;
pub use prepare::{Choice, Given, accept_rest, prepare};
pub use sign::sign_ready;
