//! Server functions of delegations.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::Delegations;
use crate::error::AppError;

/// Delegations of the viewer, or all for the personnel office.
#[server(name = LoadDelegations, prefix = "/api", endpoint = "review/delegations", input = GetUrl)]
pub async fn load_delegations() -> Result<Delegations, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DelegateReview)?;
    let state = crate::state::app_state()?;
    super::steps::load(&state.pool, &access, state.clock.today()).await
}

/// Records who prepares for a competent person.
#[server(name = RecordDelegation, prefix = "/api", endpoint = "review/delegate")]
pub async fn record_delegation(
    authority: Uuid,
    delegate: Uuid,
    key: Uuid,
    #[server(default)] unit: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] document: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DelegateReview)?;
    let state = crate::state::app_state()?;
    let given = super::steps::Typed {
        authority,
        delegate,
        unit,
        from,
        until,
        document,
    };
    super::steps::record(&state.pool, &access, state.clock.today(), (given, key)).await
}

/// Ends a delegation.
#[server(name = EndDelegation, prefix = "/api", endpoint = "review/end_delegation")]
pub async fn end_delegation(delegation: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DelegateReview)?;
    let state = crate::state::app_state()?;
    super::steps::end(&state.pool, &access, delegation).await
}
