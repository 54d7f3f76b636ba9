//! What a page is compared with: one indexed query behind a bare axum handler, on the same pool.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use sqlx::PgPool;

/// `GET /` reads one row of `person_month` by its key.
pub fn router(pool: PgPool) -> Router {
    Router::new().route("/", get(handler)).with_state(pool)
}

async fn handler(State(pool): State<PgPool>) -> Result<String, StatusCode> {
    sqlx::query_scalar::<_, String>(
        "select assigned::text from person_month
         where agency_id = md5('agency')::uuid and period = '2026-11-01' and officer_id = md5('officer2')::uuid",
    )
    .fetch_one(&pool)
    .await
    .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}
