//! Starting and stopping: database, workers, listener.

use std::future::pending;

use app::live::{Hub, merge};
use app::state::{AppState, Clock, Hashing};
use axum::serve::ListenerExt;
use leptos::config::LeptosOptions;
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;

use crate::config::{Mail, ServeArgs};
use crate::database::Database;
use crate::postgres::PrivatePostgres;
use crate::router;

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

/// Runs the server until SIGINT or SIGTERM.
///
/// # Errors
/// One clear sentence when it cannot start.
pub async fn run(args: ServeArgs) -> Result<(), String> {
    args.check()?;
    let mail = args.mail.read()?;
    let listener = TcpListener::bind(args.listen)
        .await
        .map_err(|error| format!("Không mở được {}: {error}", args.listen))?;
    let mut database = Database::open(&args.database).await?;
    let mut private = database.private.take();
    let outcome = tokio::select! {
        outcome = serve(&args, mail, &mut database, listener) => outcome,
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

async fn serve(
    args: &ServeArgs,
    mail: Option<Mail>,
    database: &mut Database,
    listener: TcpListener,
) -> Result<(), String> {
    let clock = args.today.map_or_else(Clock::default, Clock::fixed);
    let site = router::site(args.site.clone())?;
    if args.demo {
        crate::command::demo::ensure(database.owner(), clock).await?;
    } else {
        crate::command::account::announce_setup(&database.pool, args.listen).await?;
    }
    database.forget_owner().await;
    if let Some(role) = &database.unguarded {
        crate::command::complain(&format!(
            "Lưu ý: vai trò PostgreSQL “{role}” sở hữu các bảng, nên nhật ký chỉ được trigger bảo vệ. Đặt DATABASE_URL với \
             một vai trò khác và CONGTAM_OWNER_URL với vai trò chủ sở hữu để máy chủ không sửa được nhật ký."
        ));
    }
    let state = AppState {
        leptos: router::leptos_options(&site, args.listen),
        pool: database.pool.clone(),
        hub: Hub::default(),
        clock,
        hashing: Hashing::default(),
        mail: mail.as_ref().map(|mail| mail.base.clone()),
    };
    let merging = tokio::spawn(merge::run(database.pool.clone()));
    let listening = tokio::spawn(merge::listen(
        database.pool.clone(),
        database.listen_url.clone(),
        state.hub.clone(),
    ));
    let sealing = tokio::spawn(app::audit::seal::run(database.pool.clone()));
    let replaying = tokio::spawn(app::replay::nightly::watch(database.pool.clone()));
    let calendar = tokio::spawn(app::period::watch::watch(
        database.pool.clone(),
        clock,
        state.mail.clone(),
    ));
    let mailing = mail.map(|Mail { smtp, base }| {
        let pool = database.pool.clone();
        let digests = tokio::spawn(app::digest::watch(pool.clone(), clock, base));
        [digests, tokio::spawn(app::mail::worker::run(pool, smtp))]
    });
    let printing = tokio::spawn(app::report::job::run(database.pool.clone(), clock));
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
    calendar.abort();
    printing.abort();
    for task in mailing.iter().flatten() {
        task.abort();
    }
    sealing.abort();
    // What was written in the last second is sealed before the door closes.
    if let Err(error) = app::audit::seal::seal_waiting(&database.pool).await {
        tracing::warn!(%error, "the last audit rows wait for their seal until the next start");
    }
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
