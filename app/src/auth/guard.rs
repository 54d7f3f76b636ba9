//! Axum layers: load the actor of a request; send strangers to the sign-in page before any page is rendered.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use kpi::ids::{AccountId, AgencyId};
use kpi::permission::Permission;
use tower_sessions::Session;
use uuid::Uuid;

use super::{Actor, check, store};
use crate::audit;
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

/// A page or data route and the permission that opens it; none for a page that needs nobody signed in.
#[derive(Clone, Copy, Debug)]
pub struct Door {
    /// Its path; a segment in `:` or `{}` stands for any.
    pub path: &'static str,
    /// What its visitor must be granted.
    pub permission: Option<Permission>,
}

/// The row of a path, if the list has one.
pub fn door(doors: &'static [Door], path: &str) -> Option<&'static Door> {
    doors.iter().find(|door| {
        let (mut rows, mut parts) = (door.path.split('/'), path.split('/'));
        loop {
            match (rows.next(), parts.next()) {
                (None, None) => return true,
                (Some(row), Some(part)) if row == part || row.starts_with([':', '{']) => {}
                _ => return false,
            }
        }
    })
}

/// Puts the `Actor` of the session into the request's extensions; what the request writes is logged with its address.
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
    let address = audit::address_of(request.headers());
    audit::ADDRESS.scope(address, next.run(request)).await
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

/// Before a page is rendered: 302 to the sign-in page for strangers, 403 without the page's permission.
/// A page without a row is not opened at all.
pub async fn pages(doors: &'static [Door], request: Request<Body>, next: Next) -> Response {
    let path = request.uri().path();
    // Server functions require for themselves, and answer 401 or 403 instead of a page.
    if path.starts_with("/api/") {
        return next.run(request).await;
    }
    let actor = request.extensions().get::<Actor>();
    match (door(doors, path).map(|door| door.permission), actor) {
        (Some(None), _) => next.run(request).await,
        (_, None) => {
            let back = request
                .uri()
                .path_and_query()
                .map_or("/", |whole| whole.as_str());
            Redirect::to(&format!("/sign-in?next={}", encode(back))).into_response()
        }
        (_, Some(actor)) if actor.must_change && path != "/account" => {
            Redirect::to("/account").into_response()
        }
        (None, Some(_)) => failed(&AppError::NotFound),
        (Some(Some(permission)), Some(actor)) => match check(actor.clone(), permission) {
            Ok(_) => next.run(request).await,
            Err(error) => failed(&error),
        },
    }
}

/// Before data is given out or taken in: 401 for strangers, 403 without the route's permission or without a row.
pub async fn data(doors: &'static [Door], request: Request<Body>, next: Next) -> Response {
    let Some(actor) = request.extensions().get::<Actor>() else {
        return failed(&AppError::SignedOut);
    };
    match door(doors, request.uri().path()).and_then(|door| door.permission) {
        Some(permission) if check(actor.clone(), permission).is_ok() => next.run(request).await,
        _ => failed(&AppError::Forbidden),
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

/// What a plain page may load: its style and the icon, nothing else.
const PLAIN_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
                            frame-ancestors 'none'";

/// A page that says why nothing else is shown; a stopped database's tries again by itself. Its style has a
/// plain name (`public/plain.css`): nothing here may depend on the database or on the hashes of a build.
pub fn failed(error: &AppError) -> Response {
    let stopped = matches!(error, AppError::Unavailable { .. });
    let (title, refresh, rest) = if stopped {
        let again = "Trang này tự thử lại sau mỗi 5 giây; bạn không cần làm gì.";
        (
            "Hệ thống đang tạm gián đoạn",
            "<meta http-equiv=\"refresh\" content=\"5\">",
            again,
        )
    } else {
        (
            "Không mở được trang này",
            "",
            "<a href=\"/\">Về trang đầu</a>",
        )
    };
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut response = plain_page(
        status,
        title,
        refresh,
        &format!("<p>{error}</p><p>{rest}</p>"),
    );
    if stopped {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    }
    response
}

/// A page outside the application, in the style that has a plain name. `head` and `body` are HTML: escape what people
/// typed before it gets here.
pub fn plain_page(status: StatusCode, title: &str, head: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{title} · Công Tâm</title>{head}\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"icon\" href=\"/icon.svg\" type=\"image/svg+xml\"><link rel=\"stylesheet\" href=\"/plain.css\"></head>\
         <body><main><p><img src=\"/icon.svg\" alt=\"\" width=\"32\" height=\"32\">Công Tâm</p>\
         <h1>{title}</h1>{body}</main></body></html>"
    );
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, PLAIN_POLICY),
    ];
    (status, headers, html).into_response()
}

/// The address of the visitor, empty where the connection told none.
pub fn address(headers: &HeaderMap) -> String {
    audit::address_of(headers).unwrap_or_default()
}
