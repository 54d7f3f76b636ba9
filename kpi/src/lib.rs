//! The rules of assessment under Nghị định 335/2025/NĐ-CP: pure and exact,
//! without I/O, clock, randomness or web, so that server, browser and command
//! line compute the same numbers. Dates come in as arguments; every sentence
//! for a reader is Vietnamese.

mod bounds;
mod code;
mod exact;
mod rule_error;

pub mod ids;
pub mod number;
pub mod period;

pub mod criterion;
pub mod level;
pub mod rule_set;

pub mod advice;
pub mod quarter;
pub mod rating;
pub mod scoring;
pub mod trace;
pub mod unit;
pub mod wording;

pub mod assignment;
pub mod catalogue;
pub mod permission;
pub mod petition;
pub mod post;
pub mod review;
pub mod sign;

#[cfg(feature = "json")]
pub mod json;

pub use code::UnknownCode;
pub use rule_error::RuleError;
