#![allow(
    dead_code,
    reason = "each test that includes this module uses a part of it"
)]
//! A router over a test database, with an empty site and helpers to sign in.

use std::path::PathBuf;

use app::live::Hub;
use app::state::{AppState, Clock, Hashing};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, Response, StatusCode, header};
use clap::Parser;
use sqlx::PgPool;
use tower::ServiceExt;
use uuid::Uuid;

pub struct Site {
    router: Router,
    pool: PgPool,
    pub agency: Uuid,
}

/// A GET request without a session.
pub fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

impl Site {
    pub async fn new(pool: PgPool) -> Self {
        let folder = empty_site();
        let cli = server::config::Cli::parse_from(["congtam"]);
        let state = AppState {
            leptos: server::serve::options(&folder),
            pool: pool.clone(),
            hub: Hub::default(),
            clock: Clock::fixed("2026-11-18".parse().unwrap()),
            hashing: Hashing::default(),
            mail: None,
        };
        let router = server::router::router(state, &folder, &cli.serve);
        let agency = Uuid::now_v7();
        sqlx::query("insert into agency (agency_id, name, code) values ($1, 'Cơ quan thử', 'THU')")
            .bind(agency)
            .execute(&pool)
            .await
            .unwrap();
        Self {
            router,
            pool,
            agency,
        }
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    pub async fn ask(&self, mut request: Request<Body>) -> Response<Body> {
        let peer: std::net::SocketAddr = "192.0.2.7:1234".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        self.router().oneshot(request).await.unwrap()
    }

    pub async fn status(&self, request: Request<Body>) -> StatusCode {
        self.ask(request).await.status()
    }

    pub async fn account(&self, login: &str, password: &str) {
        sqlx::query("insert into account (agency_id, account_id, login, password_hash, roles) values ($1, $2, $3, $4, '{administrator}')")
            .bind(self.agency)
            .bind(Uuid::now_v7())
            .bind(login)
            .bind(app::auth::password::hash_now(password).unwrap())
            .execute(&self.pool)
            .await
            .unwrap();
    }

    /// The cookie of a new session, or the status of the refusal.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<String, StatusCode> {
        let body = format!("login={}&password={}", percent(login), percent(password));
        let request = Request::post("/api/auth/sign_in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        let answer = self.ask(request).await;
        match answer.headers().get(header::SET_COOKIE) {
            Some(cookie) => Ok(cookie
                .to_str()
                .unwrap()
                .split(';')
                .next()
                .unwrap()
                .to_owned()),
            None => Err(answer.status()),
        }
    }
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn empty_site() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("congtam-site-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("pkg")).unwrap();
    std::fs::write(folder.join("hash.txt"), "js: a\nwasm: b\ncss: c\n").unwrap();
    folder
}
