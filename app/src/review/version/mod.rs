//! Versions of a sheet: every conclusion is signed, numbered and kept. A signature is withdrawn with a reason before the
//! month is announced; afterwards only a newer version replaces an older one.

#[cfg(feature = "ssr")]
pub mod store;
