//! Axum layers: load the actor of a request; send strangers to the sign-in page before any page is rendered.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kpi::ids::{AccountId, AgencyId};
use tower_sessions::Session;
use uuid::Uuid;

use super::{Actor, store};
use crate::error::AppError;
use crate::state::AppState;

/// Keys of a session's data.
pub const AGENCY: &str = "agency";
/// The account that signed in.
pub const ACCOUNT: &str = "account";
/// Where the session was opened from, for the list of sessions.
pub const ADDRESS: &str = "address";
/// The browser that opened it.
pub const AGENT: &str = "agent";

/// Pages that need nobody signed in.
pub const PUBLIC_PAGES: &[&str] = &["/sign-in", "/setup"];

/// Puts the `Actor` of the session into the request's extensions.
pub async fn load_actor(
    State(state): State<AppState>,
    session: Session,
    mut request: Request<Body>,
    next: Next,
) -> Response {
    match actor_of(&state, &session).await {
        Ok(Some(actor)) => {
            request.extensions_mut().insert(actor);
        }
        Ok(None) => {}
        Err(error) => return failed(&error),
    }
    next.run(request).await
}

async fn actor_of(state: &AppState, session: &Session) -> Result<Option<Actor>, AppError> {
    let agency: Option<Uuid> = session.get(AGENCY).await.map_err(AppError::inner)?;
    let account: Option<Uuid> = session.get(ACCOUNT).await.map_err(AppError::inner)?;
    let (Some(agency), Some(account)) = (agency, account) else {
        return Ok(None);
    };
    store::load_actor(
        &state.pool,
        AgencyId(agency),
        AccountId(account),
        state.clock.today(),
    )
    .await
}

/// Answers 302 to the sign-in page for a page that needs an actor.
pub async fn signed_in_pages(request: Request<Body>, next: Next) -> Response {
    let path = request.uri().path();
    let public = PUBLIC_PAGES
        .iter()
        .any(|page| path == *page || path.starts_with(&format!("{page}/")));
    // Server functions require for themselves, and answer 401 or 403 instead of a page.
    let function = path.starts_with("/api/");
    let actor = request.extensions().get::<Actor>();
    match actor {
        _ if function => next.run(request).await,
        None if !public => {
            let back = request
                .uri()
                .path_and_query()
                .map_or("/", |whole| whole.as_str());
            Redirect::to(&format!("/sign-in?next={}", encode(back))).into_response()
        }
        Some(actor) if actor.must_change && path != "/account" && !public => {
            Redirect::to("/account").into_response()
        }
        _ => next.run(request).await,
    }
}

/// Percent-encodes a path for use as a query value.
fn encode(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// The page of a stopped database: says so and tries again by itself.
pub fn failed(error: &AppError) -> Response {
    let body = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Tạm gián đoạn · Công Tâm</title>\
         <meta http-equiv=\"refresh\" content=\"5\"><meta name=\"viewport\" content=\"width=device-width\"></head>\
         <body><main><h1>Hệ thống đang tạm gián đoạn</h1><p>{error}</p>\
         <p>Trang này tự thử lại sau mỗi 5 giây; bạn không cần làm gì.</p></main></body></html>"
    );
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    (
        status,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::RETRY_AFTER, "5"),
        ],
        body,
    )
        .into_response()
}

/// The address of the visitor: set by the outermost layer from the connection or a trusted proxy.
pub fn address(headers: &HeaderMap) -> String {
    headers
        .get("x-congtam-address")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned()
}
