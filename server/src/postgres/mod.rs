//! The private PostgreSQL: a cluster of the machine's own programs for those who configured no database.
//! Unix socket only, kept across restarts, adopted when it outlived a killed server, recovered when it did not.
//! Apart from the web server because all it shares with it is one address.

mod binaries;
mod cluster;
mod error;
mod folder;
mod postmaster;
mod reason;

use std::convert::Infallible;
use std::path::Path;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{ConnectOptions, Connection};

pub use cluster::APP_ROLE;
pub use error::PostgresError;
pub use folder::default_data_dir;

use binaries::Installation;
use cluster::ROLE;
use folder::Folder;
use postmaster::{PORT, PidFile, Postmaster};

/// Longest wait for a postmaster to accept connections; replaying the log after a crash takes most of it.
const LONGEST_START: Duration = Duration::from_secs(120);
/// Between two looks at a starting postmaster.
const LOOK_AGAIN: Duration = Duration::from_millis(10);
/// Most starts in a row when PostgreSQL says that traces of its predecessor are still there.
const MOST_LAUNCHES: u32 = 10;
/// A ready postmaster without a socket file for this long cannot be reached any more and is started anew.
const LONGEST_WITHOUT_SOCKET: Duration = Duration::from_secs(5);
/// Longest wait for an adopted postmaster to read its access rules again.
const LONGEST_RELOAD: Duration = Duration::from_secs(5);
/// Between two looks at a running postmaster.
const WATCH: Duration = Duration::from_millis(200);
/// Between two attempts to bring a failed postmaster back.
const BETWEEN_REVIVALS: Duration = Duration::from_secs(5);

/// Addresses of the database, one a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Urls {
    /// The owner of the tables.
    pub owner: String,
    /// The role of the running server, which must be made and given its rights by the owner first.
    pub app: String,
}

impl Urls {
    fn of(socket: &Path) -> Self {
        Self {
            owner: url_of(socket, ROLE),
            app: url_of(socket, APP_ROLE),
        }
    }
}

/// A private cluster that is up, and the lock on its data folder.
///
/// Call [`PrivatePostgres::stop`] on every orderly end of the server, SIGTERM and SIGINT included. A value that is
/// dropped instead asks the postmaster to stop without waiting; a server that is killed leaves it running, and the next
/// [`PrivatePostgres::start`] on the same folder adopts it.
#[derive(Debug)]
pub struct PrivatePostgres {
    folder: Folder,
    installation: Installation,
    postmaster: Option<Postmaster>,
}

impl PrivatePostgres {
    /// Starts the cluster under `data_dir`: makes it when there is none, adopts the postmaster that is running there,
    /// or recovers what a crash left. Creates the database `congtam` when it is missing.
    ///
    /// Takes about a second the first time and some 50 ms later; up to 120 s when much has to be recovered.
    /// As root the cluster belongs to and runs as `postgres`, or `nobody` where that account is missing.
    ///
    /// # Errors
    /// Every [`PostgresError`]; each reads as one sentence that says what to do.
    pub async fn start(data_dir: &Path) -> Result<Self, PostgresError> {
        let folder = Folder::hold(data_dir)?;
        let written_by = cluster::version(&folder)?;
        let installation =
            binaries::find(written_by.map(|major| (folder.cluster.as_path(), major))).await?;
        cluster::check_reachable(&folder, &installation).await?;
        if written_by.is_none() {
            tracing::info!(folder = %folder.root.display(), account = folder.account.name, major = installation.major, "making the private PostgreSQL cluster");
            cluster::create(&folder, &installation).await?;
        }
        let mut postgres = Self {
            folder,
            installation,
            postmaster: None,
        };
        let started = postgres.ensure_running().await;
        if matches!(started, Err(PostgresError::StillStarting { .. })) {
            // Let it go on recovering: dropping the value would stop it.
            postgres.postmaster = None;
        }
        started.map(|()| postgres)
    }

    /// Addresses of the database `congtam` over the unix socket.
    #[must_use]
    pub fn urls(&self) -> Urls {
        Urls::of(&self.folder.socket)
    }

    /// Addresses of the cluster under `data_dir` that another process of this user (or root) runs and holds, for a command
    /// beside a running server. `None` when none is ready to be connected to.
    #[must_use]
    pub fn running_urls(data_dir: &Path) -> Option<Urls> {
        let cluster = std::fs::canonicalize(data_dir).ok()?.join("cluster");
        let words = std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
        // Lines: process, data folder, start, port, socket folder, address, shared memory, status.
        let mut lines = words.lines().map(str::trim);
        let socket = lines.nth(4).filter(|socket| !socket.is_empty())?;
        (lines.nth(2)? == "ready").then(|| Urls::of(Path::new(socket)))
    }

    /// The owner's address, for those who set more options.
    #[must_use]
    pub fn connect_options(&self) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .socket(&self.folder.socket)
            .port(PORT)
            .username(ROLE)
            .database(ROLE)
            .ssl_mode(PgSslMode::Disable)
    }

    /// Process id of the postmaster.
    #[must_use]
    pub fn pid(&self) -> Option<i32> {
        self.postmaster.as_ref().map(Postmaster::pid)
    }

    /// Whether the postmaster was already running when this value found it.
    #[must_use]
    pub fn is_adopted(&self) -> bool {
        self.postmaster.as_ref().is_some_and(Postmaster::is_adopted)
    }

    /// Watches the postmaster and brings it back, on the same address, whenever it ends without having been asked to.
    /// Never returns; may be dropped at any time. Run it beside the server and call [`PrivatePostgres::stop`] after.
    pub async fn keep_alive(&mut self) -> Infallible {
        loop {
            tokio::time::sleep(WATCH).await;
            if self.is_alive() {
                continue;
            }
            tracing::warn!("the private PostgreSQL ended, starting it again");
            let began = Instant::now();
            match self.ensure_running().await {
                Ok(()) => tracing::info!(
                    milliseconds = began.elapsed().as_millis(),
                    "the private PostgreSQL is back"
                ),
                Err(error) => {
                    tracing::error!(%error, "the private PostgreSQL cannot be started, trying again");
                    tokio::time::sleep(BETWEEN_REVIVALS).await;
                }
            }
        }
    }

    /// Stops the cluster (open transactions are rolled back) and waits until it has ended.
    ///
    /// # Errors
    /// [`PostgresError::NotStopped`] when it has not ended after 70 s.
    pub async fn stop(mut self) -> Result<(), PostgresError> {
        if let Some(postmaster) = &mut self.postmaster {
            postmaster.stop(&self.folder).await?;
        }
        self.postmaster = None;
        if !self.folder.socket.starts_with(&self.folder.root) {
            // Best effort: the folder is found again by its name.
            let _ = std::fs::remove_dir(&self.folder.socket);
        }
        Ok(())
    }

    fn is_alive(&mut self) -> bool {
        self.postmaster
            .as_mut()
            .is_some_and(|postmaster| postmaster.is_alive(&self.folder))
    }

    /// Leaves a postmaster that accepts connections, adopted or started.
    async fn ensure_running(&mut self) -> Result<(), PostgresError> {
        let deadline = Instant::now() + LONGEST_START;
        let mut launches = 0;
        loop {
            self.postmaster = Postmaster::find(&self.folder);
            if self.postmaster.is_none() {
                postmaster::wait_until_vacant(&self.folder).await?;
                folder::own_folder(&self.folder.socket, &self.folder.account)?;
                cluster::write_access_rules(&self.folder)?;
                launches += 1;
                self.postmaster = Some(Postmaster::launch(&self.folder, &self.installation)?);
            }
            if self.accepts_connections(deadline).await? {
                tracing::info!(
                    pid = self.pid(),
                    adopted = self.is_adopted(),
                    "the private PostgreSQL is up"
                );
                return Ok(());
            }
            if launches > 0 {
                let death = reason::reason_of_death(&self.folder, self.pid());
                if launches >= MOST_LAUNCHES || !passes_by_itself(&death) {
                    return Err(death);
                }
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    }

    /// Waits until the database can be used, making it when it is missing; `false` when the postmaster ends instead.
    async fn accepts_connections(&mut self, deadline: Instant) -> Result<bool, PostgresError> {
        let mut asked_to_stop = false;
        let mut without_socket = None;
        loop {
            // Connecting too early would only fill the log with refusals.
            let status = PidFile::read(&self.folder)
                .filter(|file| Some(file.pid) == self.pid())
                .map(|file| file.status);
            if status.as_deref() == Some("ready") {
                match connect(&self.connect_options()).await {
                    Ok(connection) => return self.is_ours(connection).await,
                    Err(sqlx::Error::Database(refusal)) => match refusal.code().as_deref() {
                        Some("3D000") => create_database(&self.connect_options()).await?,
                        // Shutting down since · all connections taken.
                        Some("57P03" | "53300") => {}
                        _ => return Err(sqlx::Error::Database(refusal).into()),
                    },
                    // The socket is gone, or it closed on us.
                    Err(_) => {}
                }
            }
            if !self.is_alive() {
                return Ok(false);
            }
            if Instant::now() > deadline {
                return Err(PostgresError::StillStarting {
                    seconds: LONGEST_START.as_secs(),
                    log: self.folder.log.clone(),
                });
            }
            // Found while it waits for its last clients to leave, or with its socket swept from /tmp: no use to us.
            let unreachable = status.as_deref() == Some("ready")
                && !postmaster::socket_file(&self.folder).exists();
            let since = unreachable.then(|| without_socket.unwrap_or_else(Instant::now));
            without_socket = since;
            let lost = since.is_some_and(|since| since.elapsed() > LONGEST_WITHOUT_SOCKET);
            if !asked_to_stop
                && (lost || status.as_deref() == Some("stopping"))
                && let Some(postmaster) = &mut self.postmaster
            {
                postmaster.ask_to_stop(&self.folder);
                asked_to_stop = true;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// A postmaster that outlived an older server lets in whom that one named: it reads the rules again, and this waits
    /// until it has.
    async fn renew_access_rules(&self, connection: &mut PgConnection) -> Result<(), PostgresError> {
        cluster::write_access_rules(&self.folder)?;
        let began = Instant::now();
        let before: String =
            sqlx::query_scalar("select pg_conf_load_time()::text from pg_reload_conf()")
                .fetch_one(&mut *connection)
                .await?;
        while began.elapsed() < LONGEST_RELOAD {
            let read: String = sqlx::query_scalar("select pg_conf_load_time()::text")
                .fetch_one(&mut *connection)
                .await?;
            if read != before {
                break;
            }
            tokio::time::sleep(LOOK_AGAIN).await;
        }
        Ok(())
    }

    /// Whether the server behind the socket keeps its data in our folder.
    async fn is_ours(&self, mut connection: PgConnection) -> Result<bool, PostgresError> {
        let data: String = sqlx::query_scalar("select current_setting('data_directory')")
            .fetch_one(&mut connection)
            .await?;
        if Path::new(&data) == self.folder.cluster {
            if self.is_adopted() {
                self.renew_access_rules(&mut connection).await?;
            }
            connection.close().await?;
            Ok(true)
        } else {
            connection.close().await?;
            Err(PostgresError::InUse {
                path: self.folder.socket.clone(),
                pid: None,
            })
        }
    }
}

impl Drop for PrivatePostgres {
    fn drop(&mut self) {
        if let Some(postmaster) = &mut self.postmaster {
            postmaster.ask_to_stop(&self.folder);
        }
    }
}

async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    tokio::time::timeout(Duration::from_secs(5), options.connect())
        .await
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

/// Not checked against a schema like other statements: it runs before there is a database to check against.
async fn create_database(options: &PgConnectOptions) -> Result<(), PostgresError> {
    let mut connection = options.clone().database("postgres").connect().await?;
    sqlx::query("create database congtam")
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Whether another start can succeed although nothing is repaired: what is left of a predecessor goes away.
fn passes_by_itself(death: &PostgresError) -> bool {
    match death {
        PostgresError::Died { reason, .. } => {
            reason.contains("lock file") || reason.contains("shared memory block")
        }
        _ => false,
    }
}

/// Address of the database `congtam` behind a socket folder.
fn url_of(socket: &Path, role: &str) -> String {
    let socket = percent_encode(&socket.display().to_string());
    format!("postgres://{role}@localhost:{PORT}/{ROLE}?host={socket}&sslmode=disable")
}

/// Every byte but letters, digits and `-._~/` as `%XX`.
fn percent_encode(path: &str) -> String {
    path.bytes().fold(String::new(), |encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded + char::from(byte).encode_utf8(&mut [0; 4])
        } else {
            encoded + &format!("%{byte:02X}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_with_blanks_and_vietnamese_letters_survives_the_address() {
        let encoded = percent_encode("/srv/dữ liệu/socket");
        assert_eq!(encoded, "/srv/d%E1%BB%AF%20li%E1%BB%87u/socket");
        let options: PgConnectOptions =
            format!("postgres://congtam@localhost:5432/congtam?host={encoded}")
                .parse()
                .unwrap();
        assert_eq!(
            options.get_socket().map(|path| path.as_path()),
            Some(Path::new("/srv/dữ liệu/socket"))
        );
    }
}
