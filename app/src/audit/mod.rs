//! Who did what, when, from where. Every store writes its row in the transaction that it speaks of; rows are never
//! changed, and each second they are sealed into a hash chain per agency, which `verify` checks.

pub mod chain;
pub mod seal;
pub mod verify;
pub mod viewed;

pub use viewed::viewed;

use http::HeaderMap;
use kpi::ids::AgencyId;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;

tokio::task_local! {
    /// Where the request of this task came from; not set for the command line and workers.
    pub static ADDRESS: Option<String>;
}

/// Appends one row to the audit log, in the caller's transaction.
///
/// `detail` says what was touched, why, and from what ("before") to what ("after"); it holds no score, no password and
/// no cookie: a score is named by its record and version. `officer` in it, or a subject "officer" or "sheet", says whose
/// record was touched.
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
    let concerns = match subject {
        ("officer" | "sheet", id) => id,
        _ => detail
            .get("officer")
            .and_then(Value::as_str)
            .and_then(|id| id.parse().ok()),
    };
    sqlx::query!(
        "insert into audit (agency_id, audit_id, account_id, officer_id, action, subject_kind, subject_id, detail, address, concerns)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        agency.0,
        Uuid::now_v7(),
        actor.account,
        actor.officer,
        action,
        subject.0,
        subject.1,
        detail,
        address(),
        concerns
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

/// Where the request that this task serves came from.
fn address() -> Option<String> {
    ADDRESS.try_with(Clone::clone).ok().flatten()
}

/// The address of the visitor: set by the outermost layer from the connection or a trusted proxy.
pub fn address_of(headers: &HeaderMap) -> Option<String> {
    headers
        .get("x-congtam-address")
        .and_then(|value| value.to_str().ok())
        .filter(|address| !address.is_empty())
        .map(ToOwned::to_owned)
}
