//! The chain of an agency's audit rows: one canonical encoding of a row, its hash, and the newest seal.

use std::fmt;
use std::str::FromStr;

use kpi::ids::AgencyId;
use sha2::{Digest, Sha256};
use sqlx::PgExecutor;
use uuid::Uuid;

/// Bytes of a SHA-256.
pub const HASH_BYTES: usize = 32;
/// Begins every encoding, so that no other content of this product has the same bytes.
const FORM: &[u8] = b"congtam audit 1\0";

/// A place in an agency's chain and the hash there; as text `SEQ:HASH` with 64 hexadecimal digits, as forms print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// 1, 2, 3 … without a hole.
    pub seq: i64,
    /// SHA-256 over the row at this place, its number and the hash before.
    pub hash: [u8; HASH_BYTES],
}

impl Head {
    /// Before the first seal.
    pub(super) const START: Self = Self {
        seq: 0,
        hash: [0; HASH_BYTES],
    };

    /// The hash in hexadecimal digits.
    pub fn hash_text(&self) -> String {
        hex(&self.hash)
    }
}

impl fmt::Display for Head {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.seq, self.hash_text())
    }
}

/// The text is not `SEQ:HASH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("phải có dạng SỐ:MÃ, ví dụ 1250:9f2c… với đủ 64 chữ số thập lục phân")]
pub struct NotAHead;

impl FromStr for Head {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let (seq, digits) = text.trim().split_once(':').ok_or(NotAHead)?;
        let seq = seq.parse().ok().filter(|seq| *seq > 0).ok_or(NotAHead)?;
        let all_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        if digits.len() != HASH_BYTES * 2 || !all_hex {
            return Err(NotAHead);
        }
        let mut hash = [0; HASH_BYTES];
        for (byte, at) in hash.iter_mut().zip((0..).step_by(2)) {
            let pair = digits.get(at..at + 2).ok_or(NotAHead)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| NotAHead)?;
        }
        Ok(Self { seq, hash })
    }
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The newest seal of an agency; `None` before the first.
///
/// # Errors
/// The database's failure.
pub async fn head(db: impl PgExecutor<'_>, agency: AgencyId) -> sqlx::Result<Option<Head>> {
    let row = sqlx::query!(
        "select seq, hash from audit_head where agency_id = $1",
        agency.0
    )
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(Head {
            seq: row.seq,
            hash: as_hash(row.hash)?,
        })
    })
    .transpose()
}

pub(super) fn as_hash(bytes: Vec<u8>) -> sqlx::Result<[u8; HASH_BYTES]> {
    bytes
        .try_into()
        .map_err(|_| sqlx::Error::Decode("a hash has 32 bytes".into()))
}

/// An audit row with all its columns, as the database says them: the moment as seconds since 1970 with all decimals,
/// particulars as PostgreSQL writes `jsonb`, which has one text a value. None of it need be what the application writes.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub agency_id: Uuid,
    pub audit_id: Uuid,
    pub at: Option<String>,
    pub account_id: Option<Uuid>,
    pub officer_id: Option<Uuid>,
    pub action: Option<String>,
    pub subject_kind: Option<String>,
    pub subject_id: Option<Uuid>,
    pub detail: Option<String>,
    pub address: Option<String>,
    pub concerns: Option<Uuid>,
}

impl Row {
    /// The hash of this row at place `seq` after `previous`.
    ///
    /// Each column is a byte that says whether it has a value, the value's length and the value, so no two rows are
    /// encoded alike.
    pub(super) fn hash(&self, seq: i64, previous: &[u8]) -> [u8; HASH_BYTES] {
        let mut hash = Sha256::new();
        hash.update(FORM);
        hash.update(seq.to_be_bytes());
        hash.update(previous);
        let columns: [Option<&[u8]>; 11] = [
            Some(self.agency_id.as_bytes()),
            Some(self.audit_id.as_bytes()),
            self.at.as_deref().map(str::as_bytes),
            self.account_id.as_ref().map(|id| id.as_bytes().as_slice()),
            self.officer_id.as_ref().map(|id| id.as_bytes().as_slice()),
            self.action.as_deref().map(str::as_bytes),
            self.subject_kind.as_deref().map(str::as_bytes),
            self.subject_id.as_ref().map(|id| id.as_bytes().as_slice()),
            self.detail.as_deref().map(str::as_bytes),
            self.address.as_deref().map(str::as_bytes),
            self.concerns.as_ref().map(|id| id.as_bytes().as_slice()),
        ];
        for column in columns {
            match column {
                None => hash.update([0]),
                Some(value) => {
                    hash.update([1]);
                    hash.update(u64::try_from(value.len()).unwrap_or(u64::MAX).to_be_bytes());
                    hash.update(value);
                }
            }
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_survives_its_text_and_nothing_else_is_read() {
        let head = Head {
            seq: 1250,
            hash: [0xa7; HASH_BYTES],
        };
        assert_eq!(head.to_string().parse(), Ok(head));
        let digits = head.hash_text();
        for wrong in [
            String::new(),
            "1250".to_owned(),
            format!("0:{digits}"),
            format!("-1:{digits}"),
            format!("1250:{}", &digits[1..]),
            format!("1250:{}g", &digits[1..]),
            format!("1250:{}", "ạ".repeat(32)),
            format!("1250:+{}", &digits[1..]),
        ] {
            assert_eq!(wrong.parse::<Head>(), Err(NotAHead), "{wrong}");
        }
    }

    #[test]
    fn moving_a_letter_between_columns_changes_the_hash() {
        let row = |action: &str, kind: &str| Row {
            action: Some(action.to_owned()),
            subject_kind: Some(kind.to_owned()),
            ..Row::default()
        };
        let start = Head::START.hash;
        let hash = row("ab", "c").hash(1, &start);
        assert_ne!(hash, row("a", "bc").hash(1, &start));
        assert_ne!(hash, row("ab", "c").hash(2, &start));
        assert_ne!(hash, row("ab", "c").hash(1, &hash));
        let (empty, none) = (row("", ""), Row::default());
        assert_ne!(empty.hash(1, &start), none.hash(1, &start));
    }
}
