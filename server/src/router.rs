//! The router as a function, so that tests take the same path as visitors.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use app::auth::guard;
use app::auth::session_store::PgSessionStore;
use app::routes::{DATA, PAGES, RouteTree, data_routes};
use app::shell::shell;
use app::state::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use leptos::config::{Env, LeptosOptions, ReloadWSProtocol};
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::config::ServeArgs;
use crate::{forms, headers, health};

/// Name of the WASM and JS files, as `cargo xtask build` writes them.
const OUTPUT_NAME: &str = "congtam";

/// How long a page or function may take before its visitor is told to try again.
const LONGEST_PAGE: Duration = Duration::from_secs(30);

/// The folder of the built site: the one named, or `site` beside the binary.
///
/// # Errors
/// One sentence when it is not there.
pub fn site(named: Option<PathBuf>) -> Result<PathBuf, String> {
    let folder = match named {
        Some(folder) => folder,
        None => {
            let binary = std::env::current_exe()
                .map_err(|error| format!("Không biết tệp chạy nằm ở đâu: {error}"))?;
            binary
                .parent()
                .map(|folder| folder.join("site"))
                .unwrap_or_default()
        }
    };
    if folder.join("pkg").is_dir() {
        Ok(folder)
    } else {
        Err(format!(
            "Không thấy trang đã dựng ở {}: hãy chạy `cargo xtask build` hoặc đặt CONGTAM_SITE.",
            folder.display()
        ))
    }
}

/// Options that leptos needs to name the scripts and styles of the site.
pub fn leptos_options(site: &Path, listen: SocketAddr) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name(OUTPUT_NAME)
        .site_root(site.display().to_string())
        .site_pkg_dir("pkg")
        .site_addr(listen)
        .env(Env::PROD)
        .hash_files(true)
        .hash_file(std::sync::Arc::<str>::from(
            site.join("hash.txt").display().to_string(),
        ))
        .reload_port(0)
        .reload_ws_protocol(ReloadWSProtocol::WS)
        .build()
}

/// The whole application. Layers, outermost first: address, headers, CSRF, sessions, actor; pages also have a time limit.
pub fn router(state: AppState, site: &Path, args: &ServeArgs) -> Router {
    let behind_proxy = args.behind_proxy;
    let routes = generate_route_list(RouteTree);
    let options = state.leptos.clone();
    let context = {
        let state = state.clone();
        move || provide_context(state.clone())
    };
    let pages = Router::new()
        .leptos_routes_with_context(&state, routes, context, {
            let options = options.clone();
            move || shell(options.clone())
        })
        .layer(from_fn(|request, next| guard::pages(PAGES, request, next)))
        .layer(from_fn(forms::name_refused))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST_PAGE,
        ))
        // Forms and functions; uploads are data routes with limits of their own.
        .layer(DefaultBodyLimit::max(256 * 1024));
    let data = data_routes().route_layer(from_fn(|request, next| guard::data(DATA, request, next)));
    let application = Router::new()
        .merge(pages)
        .merge(data)
        .layer(from_fn_with_state(state.clone(), guard::load_actor))
        .layer(sessions(&state, args.secure()))
        .layer(CsrfLayer::new())
        .fallback_service(
            ServeDir::new(site)
                .precompressed_br()
                .precompressed_gzip()
                .fallback(get(missing)),
        );
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(application)
        .layer(from_fn(headers::secure))
        .layer(from_fn(move |request, next| {
            headers::address(request, next, behind_proxy)
        }))
        .with_state(state)
}

/// Neither a page nor a file.
async fn missing() -> Response {
    let body = "<p>Địa chỉ có thể đã cũ. <a href=\"/\">Về trang đầu</a></p>";
    guard::plain_page(StatusCode::NOT_FOUND, "Không tìm thấy trang này", "", body)
}

fn sessions(state: &AppState, secure: bool) -> SessionManagerLayer<PgSessionStore> {
    SessionManagerLayer::new(PgSessionStore(state.pool.clone()))
        .with_name(if secure { "__Host-congtam" } else { "congtam" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        // The limits live in the database; the cookie ends with the browser.
        .with_expiry(Expiry::OnSessionEnd)
}
