//! The server function of the versions.

use kpi::period::Period;
use leptos::prelude::*;
use uuid::Uuid;

use crate::error::AppError;

/// Withdraws the signature of a confirmed sheet.
#[server(name = UnsignSheet, prefix = "/api", endpoint = "review/unsign")]
pub async fn unsign_sheet(
    officer: Uuid,
    period: Period,
    version: i32,
    key: Uuid,
    #[server(default)] reason: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ConfirmReview)?;
    let state = crate::state::app_state()?;
    let signer = crate::sign::confirm(&access, password)
        .await
        .map_err(|refusal| refusal.typed_as("reason", &reason))?;
    let given = super::Withdrawal {
        officer: officer.into(),
        period,
        version,
        reason,
    };
    let today = state.clock.today();
    super::unsign(&state.pool, (&access, &signer), today, &given, key).await
}
