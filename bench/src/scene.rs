//! A server in this process over a private PostgreSQL with fsync, an agency of the wanted size, and a client.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use app::live::{Hub, merge};
use app::state::{AppState, Clock, Hashing};
use axum::body::Bytes;
use axum::http::{Request, StatusCode, header};
use axum::serve::ListenerExt;
use clap::Parser;
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use server::config::{Cli, DatabaseArgs};
use server::database::Database;
use sqlx::PgPool;
use tokio::task::JoinHandle;

use crate::{Args, bare, seed};

/// Password of every account of the bench.
pub const PASSWORD: &str = "bench bench bench";
/// The day it stands on.
pub const TODAY: &str = "2026-11-16";

/// Everything a measurement needs.
pub struct Scene {
    folder: PathBuf,
    database: Option<Database>,
    tasks: Vec<JoinHandle<()>>,
    /// The request pool.
    pub pool: PgPool,
    /// URL of the database, for pgbench.
    pub url: String,
    /// The product.
    pub product: SocketAddr,
    /// One indexed query behind a bare axum handler.
    pub bare: SocketAddr,
    /// Talks to both.
    pub client: Client<HttpConnector, Full<Bytes>>,
}

impl Scene {
    /// Starts everything.
    pub async fn open(args: &Args, items: i32) -> Result<Self, String> {
        use std::os::unix::fs::PermissionsExt;
        let folder =
            std::env::temp_dir().join(format!("congtam-bench-{}-{items}", std::process::id()));
        std::fs::create_dir_all(&folder).map_err(text)?;
        // PostgreSQL runs as another account when this is root: that one must get through.
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).map_err(text)?;
        let settings = DatabaseArgs {
            database_url: None,
            owner_url: None,
            listen_url: None,
            data_dir: Some(folder.join("data")),
        };
        let database = Database::open(&settings).await?;
        let (pool, url) = (database.pool.clone(), database.listen_url.clone());
        seed::agency(database.owner(), args, items)
            .await
            .map_err(text)?;

        let site = server::router::site(std::env::var_os("CONGTAM_SITE").map(PathBuf::from))?;
        let today = TODAY.parse().map_err(text)?;
        let state = AppState {
            leptos: server::serve::options(&site),
            pool: pool.clone(),
            hub: Hub::default(),
            clock: Clock::fixed(today),
            hashing: Hashing::default(),
            mail: None,
        };
        let cli = Cli::try_parse_from(["congtam"]).map_err(text)?;
        let mut tasks = vec![
            tokio::spawn(merge::run(pool.clone())),
            tokio::spawn(merge::listen(pool.clone(), url.clone(), state.hub.clone())),
        ];
        let (product, serving) = serve(server::router::router(state, &site, &cli.serve)).await?;
        let (bare, serving_bare) = serve(bare::router(pool.clone())).await?;
        tasks.extend([serving, serving_bare]);
        let client = Client::builder(TokioExecutor::new()).build_http();
        Ok(Self {
            folder,
            database: Some(database),
            tasks,
            pool,
            url,
            product,
            bare,
            client,
        })
    }

    /// Stops everything and removes its data.
    pub async fn close(mut self) {
        for task in &self.tasks {
            task.abort();
        }
        if let Some(database) = self.database.take() {
            database.close().await;
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }

    /// The cookie of a new session of `login`.
    pub async fn sign_in(&self, login: &str) -> Result<String, String> {
        let form = format!("login={login}&password={}", PASSWORD.replace(' ', "+"));
        let answer = self
            .client
            .request(self.posted("/api/auth/sign_in", "", form)?)
            .await
            .map_err(text)?;
        let cookie = answer
            .headers()
            .get(header::SET_COOKIE)
            .and_then(|cookie| cookie.to_str().ok());
        cookie
            .and_then(|cookie| cookie.split(';').next())
            .map(ToOwned::to_owned)
            .ok_or_else(|| format!("signing in as {login} answered {}", answer.status()))
    }

    /// Posts a form to the product; the time it took.
    pub async fn post(&self, path: &str, cookie: &str, form: String) -> Result<Duration, String> {
        let request = self.posted(path, cookie, form)?;
        let begin = Instant::now();
        self.finish(path, request).await?;
        Ok(begin.elapsed())
    }

    /// Gets a page; the time it took.
    pub async fn get(
        &self,
        address: SocketAddr,
        path: &str,
        cookie: &str,
    ) -> Result<Duration, String> {
        let request = Request::get(format!("http://{address}{path}"))
            .header(header::COOKIE, cookie)
            .body(Full::default())
            .map_err(text)?;
        let begin = Instant::now();
        self.finish(path, request).await?;
        Ok(begin.elapsed())
    }

    fn posted(
        &self,
        path: &str,
        cookie: &str,
        form: String,
    ) -> Result<Request<Full<Bytes>>, String> {
        Request::post(format!("http://{}{path}", self.product))
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(form))
            .map_err(text)
    }

    async fn finish(&self, path: &str, request: Request<Full<Bytes>>) -> Result<(), String> {
        let answer = self.client.request(request).await.map_err(text)?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(text)?.to_bytes();
        if status == StatusCode::OK {
            Ok(())
        } else {
            Err(format!(
                "{path} answered {status}: {}",
                String::from_utf8_lossy(&body)
            ))
        }
    }
}

async fn serve(router: axum::Router) -> Result<(SocketAddr, JoinHandle<()>), String> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .map_err(text)?;
    let address = listener.local_addr().map_err(text)?;
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let task = tokio::spawn(async move {
        let _ = axum::serve(listener, service).await;
    });
    Ok((address, task))
}

/// Any error as text.
pub fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// The value below which `share` percent of the sorted times lie.
pub fn percentile(times: &mut [Duration], share: usize) -> Duration {
    times.sort_unstable();
    let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
    times.get(at).copied().unwrap_or_default()
}

/// Milliseconds with two decimals.
pub fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
