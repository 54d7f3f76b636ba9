//! A conclusion becomes the newest version of its sheet: signed, appended, shown.

use serde_json::json;
use sqlx::PgConnection;

use super::store::{self, Place};
use crate::assignment::month_lock::Month;
use crate::error::AppError;
use crate::review::store::sheet::{Confirmation, put_confirmation};
use crate::sign::{self, Signer, Subject};

/// Why there is a new version.
#[derive(Clone, Copy, Debug)]
pub enum Why<'a> {
    /// The sheet was confirmed.
    Confirmed,
    /// It was scored again after the announcement, for this reason.
    Superseded(&'a str),
}

/// Signs the conclusion of a locked month and shows it in the sheet; returns the number of the version.
///
/// # Errors
/// `Forbidden` if the signer is the person concerned; the database's failure.
pub async fn sign(
    db: &mut PgConnection,
    month: &Month,
    signer: &Signer,
    confirmation: &Confirmation,
    why: Why<'_>,
) -> Result<i32, AppError> {
    let before = store::newest(db, month).await?;
    let number = before.unwrap_or(0) + 1;
    let reason = match why {
        Why::Confirmed => "",
        Why::Superseded(reason) => reason,
    };
    // The trace follows from input and rules; what is signed is what it follows from, and what came out.
    let content = json!({
        "rule_set": month.rules.code,
        "criteria": confirmation.criteria,
        "remark": confirmation.remark,
        "organising": confirmation.organising,
        "unity": confirmation.unity,
        "input": confirmation.input,
        "total": confirmation.total,
        "level": confirmation.level,
        "supersedes": before,
        "reason": reason,
    });
    let subject = Subject::sheet(month.officer, month.period, number);
    let signature = sign::store::sign(db, month.agency, signer, subject, &content).await?;
    let place = Place {
        number,
        supersedes: before,
        reason,
        signature,
    };
    store::append(db, month, confirmation, place).await?;
    put_confirmation(db, month, confirmation).await?;
    Ok(number)
}
