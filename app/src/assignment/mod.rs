//! Assigning work (Điều 18), handing it over, the lock of a month, and its figures.

mod api;
#[cfg(feature = "ssr")]
pub mod figures;
#[cfg(feature = "ssr")]
pub mod load;
#[cfg(feature = "ssr")]
pub mod month_lock;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod typed;

pub use api::{AssignData, Choice, HandOverData, Person};
pub use page::{AssignPage, CancelForm, HandOverPage};

/// How a product is called in a list: its detailed work, or the task where there is none.
pub fn product_name(product: &crate::catalogue::Product) -> String {
    let detail = product.detail.trim();
    if detail.is_empty() {
        product.task.trim().to_owned()
    } else {
        detail.to_owned()
    }
}
