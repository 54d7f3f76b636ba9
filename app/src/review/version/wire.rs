//! A version as it is shown.

use kpi::level::Level;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One version of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionRow {
    /// Its number, from 1.
    pub number: i32,
    /// Total; none when the data did not suffice.
    pub total: Option<Decimal>,
    /// Its level.
    pub level: Option<Level>,
    /// Total of the version before, where there is one.
    pub before: Option<Decimal>,
    /// What differs from the version before: "Tiêu chí I.1: 4 → 5".
    pub changed: Vec<String>,
    /// Who signed, with the post then.
    pub by: String,
    /// When.
    pub at: String,
    /// Who prepared it, where that was somebody else.
    pub prepared_by: Option<String>,
    /// SHA-256 of what was signed; empty for what was confirmed before there were signatures.
    pub hash: String,
    /// Why it replaces the version before; empty for a confirmation.
    pub reason: String,
    /// When and why the signature was withdrawn.
    pub withdrawn: Option<(String, String)>,
}
