//! Server functions of the own address.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// Mail to the own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMail {
    /// The address; empty without one.
    pub email: String,
    /// The daily digest is wanted.
    pub digest: bool,
    /// This server sends mail.
    pub configured: bool,
}

/// The own address and choice.
#[server(name = LoadOwnMail, prefix = "/api", endpoint = "auth/mail", input = GetUrl)]
pub async fn load_own_mail() -> Result<OwnMail, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let state = crate::state::app_state()?;
    let held = super::store::read(&state.pool, access.actor.agency, access.actor.account.0).await?;
    Ok(OwnMail {
        email: held.email.unwrap_or_default(),
        digest: held.digest,
        configured: state.mail.is_some(),
    })
}

/// Sets the own address (empty: none) and whether the digest is wanted.
#[server(name = SetOwnMail, prefix = "/api", endpoint = "auth/set_mail")]
pub async fn set_own_mail(
    #[server(default)] email: String,
    #[server(default)] digest: bool,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let pool = crate::state::app_state()?.pool;
    let wanted = super::steps::Wanted {
        email,
        digest: Some(digest),
    };
    super::steps::set(&pool, &access, access.actor.account.0, wanted).await?;
    leptos_axum::redirect("/account?done=mail");
    Ok(())
}
