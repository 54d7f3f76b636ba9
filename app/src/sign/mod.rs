//! Signing: the authority types the password again, and what he signed is kept word for word with its hash, his name
//! and his post. A signature is withdrawn with a reason before anything under it is edited.

#[cfg(feature = "ssr")]
mod confirm;
mod page;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use confirm::{Signer, check, confirm};
pub use kpi::sign::{Kind, Subject};
pub use page::{PasswordField, SignatureList, Signed};

#[cfg(all(test, feature = "ssr"))]
mod tests;
