//! Server functions of the exports.

use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::ExportView;
use crate::error::AppError;

/// What is due of a year, and the files that were made; this year when none is named.
#[server(name = LoadExports, prefix = "/api", endpoint = "export/load", input = GetUrl)]
pub async fn load_exports(#[server(default)] year: String) -> Result<ExportView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ExportResults)?;
    let state = crate::state::app_state()?;
    super::steps::load(&state.pool, &access, state.clock.today(), &year).await
}

/// Makes the file of a month ("2026-11") or a year ("2026") as "csv" or "json"; the same results make the same file once.
#[server(name = MakeExport, prefix = "/api", endpoint = "export/make")]
pub async fn make_export(subject: String, format: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ExportResults)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::make(&pool, &access, &subject, &format).await
}

/// Marks a file as sent, once, with the number of the letter or transfer and the day.
#[server(name = MarkSent, prefix = "/api", endpoint = "export/sent")]
pub async fn mark_sent(export: Uuid, number: String, sent_on: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ExportResults)?;
    let state = crate::state::app_state()?;
    let typed = (number.as_str(), sent_on.as_str());
    super::steps::mark_sent(&state.pool, &access, state.clock.today(), export, typed).await
}
