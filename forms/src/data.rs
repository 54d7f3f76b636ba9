//! What every form is given beside its own data: whose paper it is, the print it belongs to, who signed.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Whose paper it is.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Heading {
    /// The agency above; empty where there is none to name.
    pub above: String,
    /// The agency or unit that issues the paper.
    pub agency: String,
    /// Place for "Hà Nội, ngày …"; empty leaves the dotted line of the form.
    pub place: String,
    /// Number and sign of the document, "12/TB-VP"; empty where the form has none.
    pub number: String,
}

/// The print that a sheet belongs to: what leads from paper back to the record.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Print {
    /// The lookup code, "7K3M9-2XQ4T".
    pub code: String,
    /// Where the code is looked up, without it: "https://…/print/"; empty where the address is not known.
    #[serde(default)]
    pub address: String,
    /// Head of the chain of the audit log when it was printed: number of the row and hash; none before the first row is sealed.
    #[serde(default)]
    pub chain: Option<Chain>,
    /// When it was printed, in Vietnam. It is the document's date, so that the bytes follow from the data.
    pub at: NaiveDateTime,
    /// Why the paper does not count as final, "Chưa xác nhận"; empty when it does.
    #[serde(default)]
    pub draft: String,
}

/// Head of the chain of the audit log.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Chain {
    /// Number of the last sealed row.
    pub seq: i64,
    /// Its hash in hexadecimal; the first twelve digits are printed.
    pub hash: String,
}

/// A place to sign: empty, or signed in the system.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Signature {
    /// The day written above it; none leaves the dotted line.
    pub day: Option<NaiveDate>,
    /// Full name under it; empty leaves room to write.
    pub name: String,
    /// What was done in the system; none for a signature by hand.
    pub signed: Option<Signed>,
}

/// What was done in the system instead of a signature by hand.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Signed {
    /// What was done, "Ký xác nhận".
    pub act: String,
    /// The post in which it was done; may be empty.
    #[serde(default)]
    pub post: String,
    /// When, in Vietnam.
    pub at: NaiveDateTime,
    /// SHA-256 of the signed content in hexadecimal; empty where nothing was hashed. The first sixteen digits are printed.
    #[serde(default)]
    pub hash: String,
}
