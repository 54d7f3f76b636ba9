//! Security headers on every answer, `no-store` on pages, the visitor's address from the connection.

use std::net::SocketAddr;

use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

const ADDRESS: HeaderName = HeaderName::from_static("x-congtam-address");

/// Adds the headers that every answer carries; pages and data are never stored by a browser or proxy.
pub async fn secure(request: Request<Body>, next: Next) -> Response {
    let caching = match request.uri().path() {
        // Their names carry a hash.
        path if path.starts_with("/pkg/") || path.starts_with("/fonts/") => {
            "public, max-age=31536000, immutable"
        }
        path if path.starts_with("/figures/") || path == "/icon.svg" || path == "/plain.css" => {
            "public, max-age=86400"
        }
        _ => "no-store",
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // Forms posted without WASM come back to the page that the referer names.
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=(), payment=()",
        ),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let closed = "default-src 'none'; frame-ancestors 'none'";
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(closed),
        );
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(caching));
    response
}

/// Overwrites the address header with what the connection says, or a trusted proxy on this machine.
pub async fn address(mut request: Request<Body>, next: Next, behind_proxy: bool) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|info| info.0.ip());
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.rsplit(',').next())
        .map(|value| value.trim().to_owned());
    let from_proxy = behind_proxy && peer.is_some_and(|peer| peer.is_loopback());
    let address = match forwarded {
        Some(forwarded) if from_proxy => forwarded,
        _ => peer.map(|peer| peer.to_string()).unwrap_or_default(),
    };
    request.headers_mut().remove(&ADDRESS);
    if let Ok(value) = HeaderValue::from_str(&address) {
        request.headers_mut().insert(ADDRESS, value);
    }
    next.run(request).await
}
