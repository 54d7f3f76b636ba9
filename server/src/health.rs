//! `/healthz`: the process answers. `/readyz`: the database is reachable and every migration is applied.

use app::state::AppState;
use axum::extract::State;
use axum::http::StatusCode;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database is reachable and its migrations are those of this binary.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let applied =
        sqlx::query_scalar::<_, i64>("select count(*) from _sqlx_migrations where success")
            .fetch_one(&state.pool)
            .await;
    let wanted = i64::try_from(crate::database::MIGRATIONS.iter().count()).unwrap_or(i64::MAX);
    match applied {
        Ok(applied) if applied >= wanted => (StatusCode::OK, "ready"),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "migrations pending"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "database unreachable"),
    }
}
