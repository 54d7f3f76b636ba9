//! One print: the record is read, gets its codes, is written as a file, and stands in the register and in the audit log.

use chrono::Utc;
use forms::data::{Chain, Print};
use forms::{Data, Format, Request};
use rand::Rng;
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::compose::Composed;
use super::store::{self, NewPrint};
use super::{Paper, program};
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::format::vietnam;

/// Crockford's base 32: no letter that is taken for a digit.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a code: 50 bits, too many to guess.
const LENGTH: usize = 10;

/// A new lookup code.
pub fn new_code() -> String {
    let mut random = rand::rng();
    (0..LENGTH)
        .filter_map(|_| DIGITS.get(random.random_range(0..DIGITS.len())))
        .map(|digit| char::from(*digit))
        .collect()
}

/// As it is printed: "7K3M9-2XQ4T".
pub fn printed(code: &str) -> String {
    let (first, last) = code.split_at(code.len().min(LENGTH / 2));
    format!("{first}-{last}")
}

/// Reads a code as somebody typed it from paper; none for what is no code.
pub fn read_code(typed: &str) -> Option<String> {
    let code: String = typed
        .chars()
        .filter(|character| !character.is_whitespace() && *character != '-')
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let known = |byte: u8| DIGITS.contains(&byte);
    (code.len() == LENGTH && code.bytes().all(known)).then_some(code)
}

/// Hash of what a paper says, without its code and time.
///
/// # Errors
/// `Unavailable` when it is no JSON.
pub fn content_hash(paper: &Data) -> Result<[u8; 32], AppError> {
    let mut paper = paper.clone();
    for print in paper.prints() {
        *print = Print {
            draft: std::mem::take(&mut print.draft),
            ..Print::default()
        };
    }
    let text = serde_json::to_vec(&paper).map_err(AppError::inner)?;
    Ok(Sha256::digest(&text).into())
}

/// Gives every paper its code, the head of the audit chain and the time; returns the codes as they are stored.
pub fn stamp(data: &mut Data, chain: Option<&Chain>) -> Vec<String> {
    let at = vietnam(Utc::now());
    data.prints()
        .into_iter()
        .map(|print| {
            let code = new_code();
            print.code = printed(&code);
            print.chain = chain.cloned();
            print.at = at;
            code
        })
        .collect()
}

/// Head of the chain of the audit log.
///
/// # Errors
/// The database's failure.
pub async fn chain(pool: &PgPool, access: &Access) -> Result<Option<Chain>, AppError> {
    let head = audit::chain::head(pool, access.actor.agency).await?;
    Ok(head.map(|head| Chain {
        seq: head.seq,
        hash: head.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }))
}

/// The rows of the register for papers that were given these codes.
///
/// # Errors
/// `Unavailable` when a paper is no JSON.
pub fn rows(
    papers: &[Paper],
    data: &Data,
    codes: Vec<String>,
    format: &'static str,
    job: Option<Uuid>,
) -> Result<Vec<NewPrint>, AppError> {
    papers
        .iter()
        .zip(data.papers())
        .zip(codes)
        .map(|((paper, data), code)| {
            Ok(NewPrint {
                code,
                paper: *paper,
                content: content_hash(&data)?,
                format,
                file: [0; 32],
                job,
            })
        })
        .collect()
}

/// Writes what was composed as one file and puts it on record.
///
/// # Errors
/// As [`program::run`]; the database's failure.
pub async fn print(
    pool: &PgPool,
    access: &Access,
    paper: Paper,
    composed: Composed,
    format: Format,
) -> Result<Vec<u8>, AppError> {
    let Composed { mut data, papers } = composed;
    let chain = chain(pool, access).await?;
    let codes = stamp(&mut data, chain.as_ref());
    let name = match format {
        Format::Pdf | Format::Zip => "pdf",
        Format::Docx => "docx",
        Format::Xlsx => "xlsx",
    };
    let mut rows = rows(&papers, &data, codes, name, None)?;
    let request = Request { format, data };
    let file = program::run(&request, program::SHORT).await?;
    let hash: [u8; 32] = Sha256::digest(&file).into();
    for row in &mut rows {
        row.file = hash;
    }
    let codes: Vec<String> = rows.iter().take(50).map(|row| printed(&row.code)).collect();
    let mut db = pool.begin().await?;
    store::put_prints(&mut db, access, &rows).await?;
    let detail = json!({
        "paper": paper.kind(),
        "format": name,
        "period": paper.period().map(|period| period.to_string()),
        "year": paper.year(),
        "unit": paper.unit(),
        "officer": paper.officer(),
        "papers": rows.len(),
        "codes": codes,
    });
    let subject = ("print", paper.officer().or(paper.unit()).or(paper.id()));
    audit::write(
        &mut db,
        access.actor.agency,
        access.actor.audit(),
        "report.print",
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_it_is_typed_from_paper() {
        let code = new_code();
        assert_eq!(read_code(&printed(&code)).as_deref(), Some(code.as_str()));
        assert_eq!(read_code(&code.to_lowercase()), Some(code));
        assert_eq!(read_code("ol3m9 2xq4t").as_deref(), Some("013M92XQ4T"));
        assert_eq!(read_code("7K3M9-2XQ4"), None);
        assert_eq!(read_code("7K3M9-2XQ4U"), None);
    }
}
