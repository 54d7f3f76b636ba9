//! Starting and stopping: database, migrations, workers, listener.

use std::future::pending;
use std::path::Path;

use app::live::{Hub, merge};
use app::state::{AppState, Clock, Hashing};
use axum::serve::ListenerExt;
use leptos::config::LeptosOptions;
use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::config::{DatabaseArgs, ServeArgs};
use crate::postgres::{PostgresError, PrivatePostgres, default_data_dir};
use crate::router;

/// Forward-only migrations, compiled in.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations");

/// Sends the log to standard error; `RUST_LOG` chooses what.
pub fn log() {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tower_http=warn"));
    // A second call (tests) finds the first one's subscriber: fine.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .try_init();
}

/// A connected, migrated database, and the private PostgreSQL behind it if there is one.
pub struct Database {
    /// The request pool.
    pub pool: PgPool,
    /// Where LISTEN connects.
    pub listen_url: String,
    private: Option<PrivatePostgres>,
}

impl Database {
    /// Connects, starting the private PostgreSQL when no other is named, and applies the migrations.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open(args: &DatabaseArgs) -> Result<Self, String> {
        Self::open_with(args, |_, error| Err(error.to_string())).await
    }

    /// As [`Database::open`], for a command that may run beside a server: when that server holds the private
    /// PostgreSQL, it is used where it runs, and left running.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open_beside_server(args: &DatabaseArgs) -> Result<Self, String> {
        Self::open_with(args, |folder, error| match error {
            PostgresError::InUse { .. } => PrivatePostgres::running_url(folder).ok_or_else(|| {
                format!("{error} Nếu máy chủ đang chạy, hãy thử lại khi nó đã sẵn sàng, hoặc đặt DATABASE_URL.")
            }),
            _ => Err(error.to_string()),
        })
        .await
    }

    async fn open_with(
        args: &DatabaseArgs,
        instead: impl FnOnce(&Path, PostgresError) -> Result<String, String>,
    ) -> Result<Self, String> {
        args.check()?;
        let (url, private) = match &args.database_url {
            Some(url) => (url.clone(), None),
            None => {
                let folder = match &args.data_dir {
                    Some(folder) => folder.clone(),
                    None => default_data_dir().map_err(|error| error.to_string())?,
                };
                match PrivatePostgres::start(&folder).await {
                    Ok(private) => (private.url(), Some(private)),
                    Err(error) => (instead(&folder, error)?, None),
                }
            }
        };
        match Self::connect(&url).await {
            Ok(pool) => {
                let listen_url = args.listen_url.clone().unwrap_or(url);
                Ok(Self {
                    pool,
                    listen_url,
                    private,
                })
            }
            Err(sentence) => {
                if let Some(private) = private {
                    let _ = private.stop().await;
                }
                Err(sentence)
            }
        }
    }

    async fn connect(url: &str) -> Result<PgPool, String> {
        let pool = PgPoolOptions::new()
            .max_connections(24)
            .acquire_timeout(std::time::Duration::from_secs(5))
            .connect(url)
            .await
            .map_err(|error| format!("Không kết nối được cơ sở dữ liệu: {error}"))?;
        MIGRATIONS
            .run(&pool)
            .await
            .map_err(|error| format!("Không cập nhật được cấu trúc cơ sở dữ liệu: {error}"))?;
        Ok(pool)
    }

    /// Closes the pool and stops the private PostgreSQL.
    pub async fn close(self) {
        self.pool.close().await;
        if let Some(private) = self.private
            && let Err(error) = private.stop().await
        {
            tracing::error!(%error, "the private PostgreSQL did not stop cleanly");
        }
    }
}

/// Runs the server until SIGINT or SIGTERM.
///
/// # Errors
/// One clear sentence when it cannot start.
pub async fn run(args: ServeArgs) -> Result<(), String> {
    args.check()?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| format!("Không mở được {}: {error}", args.listen))?;
    let database = Database::open(&args.database).await?;
    let mut database = database;
    let mut private = database.private.take();
    let outcome = tokio::select! {
        outcome = serve(&args, &database, listener) => outcome,
        () = keep_alive(private.as_mut()) => Ok(()),
    };
    database.private = private;
    database.close().await;
    outcome
}

/// Restarts a private PostgreSQL that died; never returns.
async fn keep_alive(private: Option<&mut PrivatePostgres>) {
    match private {
        Some(private) => match private.keep_alive().await {},
        None => pending().await,
    }
}

async fn serve(args: &ServeArgs, database: &Database, listener: TcpListener) -> Result<(), String> {
    let clock = args.today.map_or_else(Clock::default, Clock::fixed);
    let site = router::site(args.site.clone())?;
    if args.demo {
        crate::command::demo::ensure(&database.pool, clock).await?;
    } else {
        crate::command::account::announce_setup(&database.pool, args.listen).await?;
    }
    let state = AppState {
        leptos: router::leptos_options(&site, args.listen),
        pool: database.pool.clone(),
        hub: Hub::default(),
        clock,
        hashing: Hashing::default(),
    };
    let merging = tokio::spawn(merge::run(database.pool.clone()));
    let listening = tokio::spawn(merge::listen(
        database.pool.clone(),
        database.listen_url.clone(),
        state.hub.clone(),
    ));
    let replaying = tokio::spawn(app::replay::nightly::watch(database.pool.clone()));
    let app = router::router(state, &site, args);
    // Without TCP_NODELAY a rendered page waits 40 ms for an acknowledgement.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    crate::command::say(&format!("Công Tâm đang chạy tại http://{}", args.listen));
    let service = app.into_make_service_with_connect_info::<std::net::SocketAddr>();
    // Open event streams never end by themselves, so the signal ends the server, not the other way round.
    let outcome = tokio::select! {
        served = axum::serve(listener, service) => served.map_err(|error| error.to_string()),
        () = stop_signal() => Ok(()),
    };
    merging.abort();
    listening.abort();
    replaying.abort();
    outcome
}

async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            pending::<()>().await;
        }
    };
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                terminated.recv().await;
            }
            Err(_) => pending().await,
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// Options of the rendered document, for tests that build a router of their own.
pub fn options(site: &std::path::Path) -> LeptosOptions {
    router::leptos_options(site, ([127, 0, 0, 1], 0).into())
}
