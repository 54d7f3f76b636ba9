//! The server function of the explanation.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::WhyView;
use crate::error::AppError;

/// A person's month with what its score is computed from, beside what `with` names: "self" for the self-assessment,
/// a month ("2026-06"), or nothing.
#[server(name = CompareTraces, prefix = "/api", endpoint = "why/compare", input = GetUrl)]
pub async fn compare_traces(
    officer: Uuid,
    #[server(default)] period: String,
    #[server(default)] with: String,
) -> Result<WhyView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewMonth)?;
    let state = crate::state::app_state()?;
    let asked = (officer.into(), period.as_str(), with.as_str());
    super::steps::compare(&state.pool, &access, state.clock.today(), asked).await
}
