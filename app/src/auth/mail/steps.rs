//! Setting where mail goes. The audit log says that an address was changed, not the address.

use serde_json::{Map, Value};
use sqlx::PgPool;
use uuid::Uuid;

use super::store;
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::mail::parse_address;

/// What a form asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The address as it was typed; empty for none.
    pub email: String,
    /// Whether the digest is wanted; as before without a choice.
    pub digest: Option<bool>,
}

/// Sets address and choice of an account of the visitor's agency.
///
/// # Errors
/// `Invalid` on `email`; `NotFound` for an account of another agency; the database's failure.
pub async fn set(
    pool: &PgPool,
    access: &Access,
    account: Uuid,
    wanted: Wanted,
) -> Result<(), AppError> {
    let email = match wanted.email.trim() {
        "" => None,
        typed => Some(parse_address(typed).ok_or_else(|| not_an_address(typed))?),
    };
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    let before = store::hold(&mut db, agency, account).await?;
    let digest = wanted.digest.unwrap_or(before.digest);
    let mut detail = Map::new();
    if before.email != email {
        let what = match (&before.email, &email) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        detail.insert("email".to_owned(), what.into());
    }
    if before.digest != digest {
        let what = if digest { "on" } else { "off" };
        detail.insert("digest".to_owned(), what.into());
    }
    if detail.is_empty() {
        return Ok(());
    }
    store::put(&mut db, agency, account, email.as_deref(), digest).await?;
    let subject = ("account", Some(account));
    let actor = access.actor.audit();
    audit::write(
        &mut db,
        agency,
        actor,
        "set_mail",
        subject,
        Value::Object(detail),
    )
    .await?;
    db.commit().await?;
    Ok(())
}

fn not_an_address(typed: &str) -> AppError {
    let message = "Địa chỉ thư điện tử phải có dạng ten@coquan.gov.vn: một ký tự @, không dấu, không khoảng trắng.";
    AppError::invalid("email", message, "").typed_as("email", typed)
}
