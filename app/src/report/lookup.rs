//! From a code on paper to the record: what was printed, and whether the record still says the same.

use chrono::NaiveDate;
use sqlx::PgPool;

use super::api::{LookupView, Standing};
use super::compose::compose;
use super::{Paper, print, store};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::format::moment;

/// The paper with this code, as typed. What it is about is told to those only who may see the record.
///
/// # Errors
/// `NotFound` for no paper of this agency; `Forbidden` for who may not see the record; the database's failure.
pub async fn look_up(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: &str,
) -> Result<LookupView, AppError> {
    let code = print::read_code(typed).ok_or(AppError::NotFound)?;
    let row = store::print_of(pool, access.actor.agency, &code).await?;
    let standing = standing(pool, access, today, row.paper, &row.content).await?;
    Ok(LookupView {
        code: print::printed(&code),
        what: row.paper.label(),
        by: row.by,
        at: moment(row.at),
        format: row.format,
        hash: row.file.iter().map(|byte| format!("{byte:02x}")).collect(),
        record: row.paper.record(),
        standing,
    })
}

async fn standing(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    paper: Paper,
    printed: &[u8],
) -> Result<Standing, AppError> {
    let access = check(access.actor.clone(), paper.permission())?;
    let now = match compose(pool, &access, today, paper).await {
        Ok(now) => now,
        // The record is gone or cannot be put together any more: it does not say what the paper says.
        Err(AppError::NotFound | AppError::Invalid { .. }) => return Ok(Standing::Outdated),
        Err(error) => return Err(error),
    };
    let same = print::content_hash(&now.data)? == printed;
    Ok(if same {
        Standing::Current
    } else {
        Standing::Outdated
    })
}
