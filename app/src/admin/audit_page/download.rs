//! `GET /audit.csv`: what the search found, as a file. The download is itself an act in the log.

use axum::extract::{Extension, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kpi::permission::Permission;
use serde_json::json;

use super::api::AuditFilter;
use super::{store, words};
use crate::audit;
use crate::auth::{Actor, check};
use crate::error::AppError;
use crate::format::csv_row;
use crate::state::AppState;

/// Rows of one file; an older rest is named at its end.
const MOST_ROWS: i64 = 50_000;

/// Answers with the file, or with a sentence and the status that says the same.
pub async fn handler(
    State(state): State<AppState>,
    actor: Option<Extension<Actor>>,
    Query(filter): Query<AuditFilter>,
) -> Response {
    match file(state, actor.map(|Extension(actor)| actor), filter).await {
        Ok(answer) => answer,
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
            (status, error.to_string()).into_response()
        }
    }
}

async fn file(
    state: AppState,
    actor: Option<Actor>,
    filter: AuditFilter,
) -> Result<Response, AppError> {
    let access = check(actor.ok_or(AppError::SignedOut)?, Permission::ViewAudit)?;
    let asked = store::Asked::parse(&filter)?;
    let rows = store::rows(&state.pool, access.agency(), None, &asked, MOST_ROWS + 1).await?;
    let most = usize::try_from(MOST_ROWS).unwrap_or(usize::MAX);
    let count = rows.len().min(most);
    let mut db = state.pool.acquire().await?;
    audit::write(
        &mut db,
        access.actor.agency,
        access.actor.audit(),
        "audit.export",
        ("audit", None),
        json!({ "rows": count, "filter": filter.query() }),
    )
    .await?;
    drop(db);
    // Ten thousands of rows take a core for a while: not on the threads that answer requests.
    let content = tokio::task::spawn_blocking(move || text(rows, most))
        .await
        .map_err(AppError::inner)?;
    Ok((
        [
            (
                header::CONTENT_TYPE,
                HeaderValue::from_static("text/csv; charset=utf-8"),
            ),
            (
                header::CONTENT_DISPOSITION,
                HeaderValue::from_static("attachment; filename=\"nhat-ky.csv\""),
            ),
        ],
        content,
    )
        .into_response())
}

/// The rows with a heading; the mark at the beginning tells spreadsheets that it is UTF-8.
fn text(rows: Vec<store::Row>, most: usize) -> String {
    let mut text = String::from('\u{feff}');
    text += &csv_row(&[
        "Số niêm phong",
        "Lúc",
        "Ai",
        "Việc",
        "Mã việc",
        "Loại",
        "Với",
        "Mã hồ sơ",
        "Chi tiết",
        "Từ địa chỉ",
        "Mã dòng",
    ]);
    let cut = rows.len() > most;
    for row in rows.into_iter().take(most) {
        let seq = row.seq.map_or_else(String::new, |seq| seq.to_string());
        let id = row.subject_id.map_or_else(String::new, |id| id.to_string());
        text += &csv_row(&[
            &seq,
            &crate::format::moment(row.at),
            row.who.as_deref().unwrap_or_default(),
            words::action(&row.action),
            &row.action,
            words::subject_kind(&row.subject_kind),
            row.subject.as_deref().unwrap_or_default(),
            &id,
            &row.detail.to_string(),
            row.address.as_deref().unwrap_or_default(),
            &row.audit_id.to_string(),
        ]);
    }
    if cut {
        text += &csv_row(&["Còn dòng cũ hơn: hãy thu hẹp khoảng ngày để tải tiếp."]);
    }
    text
}
