//! What an open page does in the browser beside its islands: it follows the server's pages without being drawn anew.
//! The server renders every page; here a fresh rendering is laid over the one that is shown, and whatever somebody
//! types, opened or focused stays. Nothing in it knows a feature, and without it every page works by plain posts.

mod field;
mod form;
mod kept;
mod keys;
mod morph;
mod page;

pub use field::all;
pub use kept::{keep, kept};
pub use page::{fresh, refresh};

/// Begins to send the page's own forms in place and to hear its short keys; call once.
pub fn start() {
    form::listen();
    kept::listen();
    keys::listen();
}
