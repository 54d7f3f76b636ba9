//! `GET /export/file/{export}`: a kept file, byte for byte.

use axum::extract::{Extension, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kpi::permission::Permission;
use uuid::Uuid;

use super::store;
use crate::auth::{Actor, check};
use crate::error::AppError;
use crate::state::AppState;

/// Answers with the file, or with a sentence and the status that says the same.
pub async fn handler(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Path(export): Path<Uuid>,
) -> Response {
    match file(state, actor.map(|Extension(actor)| actor), export).await {
        Ok(answer) => answer,
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            (status, error.to_string()).into_response()
        }
    }
}

async fn file(state: AppState, actor: Option<Actor>, export: Uuid) -> Result<Response, AppError> {
    let access = check(actor.ok_or(AppError::SignedOut)?, Permission::ExportResults)?;
    let (subject, format, content) = store::content(&state.pool, access.agency(), export).await?;
    let media = if format == "csv" {
        "text/csv; charset=utf-8"
    } else {
        "application/json"
    };
    let disposition = HeaderValue::from_str(&format!(
        "attachment; filename=\"ket-qua-{subject}.{format}\""
    ))
    .map_err(AppError::inner)?;
    Ok((
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(media)),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        content,
    )
        .into_response())
}
