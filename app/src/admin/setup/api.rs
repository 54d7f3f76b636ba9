//! Server functions of the first start. They need nobody signed in: the one-time token is the right to act.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// What was typed and refused, without the passwords.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Name of the agency.
    pub agency_name: String,
    /// Its code.
    pub agency_code: String,
    /// Name of the root unit.
    pub unit_name: String,
    /// Login name of the administrator.
    pub login: String,
}

/// Whether a set-up link may still be used.
#[server(name = SetupLink, prefix = "/api", endpoint = "setup/link", input = GetUrl)]
pub async fn setup_link(token: String) -> Result<bool, AppError> {
    let state = crate::state::app_state()?;
    super::store::is_open(&state.pool, &super::steps::token_hash(&token)).await
}

/// Makes the agency and its first administrator, signs him in and leads him on.
#[server(name = SetUpAgency, prefix = "/api", endpoint = "setup/create")]
pub async fn set_up_agency(
    token: String,
    agency_name: String,
    agency_code: String,
    #[server(default)] unit_name: String,
    login: String,
    password: String,
    again: String,
) -> Result<(), AppError> {
    let state = crate::state::app_state()?;
    let form = super::SetupForm {
        agency_name,
        agency_code,
        unit_name,
        login,
        password,
        again,
    };
    let new = super::NewAgency::parse(form)?;
    let today = state.clock.today();
    let (agency, account) =
        super::establish(&state.pool, &state.hashing, &token, new, today).await?;
    crate::auth::admit(agency, account).await?;
    leptos_axum::redirect("/organisation?first=1");
    Ok(())
}
