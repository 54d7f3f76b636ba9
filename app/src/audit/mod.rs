//! Who did what. Every store writes its row in the transaction that it speaks of; rows are never changed.

use kpi::ids::AgencyId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

/// Appends one row to the audit log, in the caller's transaction.
///
/// `detail` says what was touched and why; it holds no score, no password and no cookie.
///
/// # Errors
/// The database's failure.
pub async fn write(
    db: &mut PgConnection,
    agency: AgencyId,
    actor: Actor,
    action: &str,
    subject: (&str, Option<Uuid>),
    detail: Value,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into audit (agency_id, audit_id, account_id, officer_id, action, subject_kind, subject_id, detail)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        agency.0,
        Uuid::now_v7(),
        actor.account,
        actor.officer,
        action,
        subject.0,
        subject.1,
        detail
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Who acts: an account, and the officer behind it if there is one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Actor {
    /// The account that is signed in; none for the command line.
    pub account: Option<Uuid>,
    /// The officer of that account.
    pub officer: Option<Uuid>,
}
