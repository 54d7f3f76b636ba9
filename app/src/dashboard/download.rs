//! `GET /compare.xlsx?period=2026-11`: the comparison as a file.

use axum::extract::{Extension, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kpi::permission::Permission;
use serde::Deserialize;

use super::{steps, workbook};
use crate::auth::{Actor, check};
use crate::error::AppError;
use crate::state::AppState;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    period: Option<String>,
}

/// Answers with the workbook, or with a sentence and the status that says the same.
pub async fn handler(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Query(asked): Query<Asked>,
) -> Response {
    match file(state, actor.map(|Extension(actor)| actor), asked).await {
        Ok(answer) => answer,
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            (status, error.to_string()).into_response()
        }
    }
}

async fn file(state: AppState, actor: Option<Actor>, asked: Asked) -> Result<Response, AppError> {
    let access = check(actor.ok_or(AppError::SignedOut)?, Permission::ExportCompare)?;
    let today = state.clock.today();
    let period = steps::parse_period(asked.period.as_deref(), today)?;
    let year = steps::load(&state.pool, &access, period, today).await?;
    // Compressing takes a core for a while: not on the threads that answer requests.
    let content = tokio::task::spawn_blocking(move || workbook::write(&year))
        .await
        .map_err(AppError::inner)?
        .map_err(AppError::inner)?;
    let disposition =
        HeaderValue::from_str(&format!("attachment; filename=\"so-sanh-{period}.xlsx\""));
    let media = HeaderValue::from_static(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    );
    let disposition = disposition.map_err(AppError::inner)?;
    Ok((
        [
            (header::CONTENT_TYPE, media),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        content,
    )
        .into_response())
}
