//! One running postmaster: started by this process or found alive after an earlier server was killed.
//! `/proc` tells whether a process works in the cluster folder, so a process id that was given to another program
//! since is neither adopted nor signalled.

use std::fs::{self, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use nix::fcntl::OFlag;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Child;

use super::binaries::Installation;
use super::cluster::program;
use super::error::PostgresError;
use super::folder::Folder;

/// Port that names the socket file; nothing listens on the network.
pub(super) const PORT: u16 = 5432;

/// Longest wait for the processes of a killed postmaster to notice and end.
const LONGEST_VACATING: Duration = Duration::from_secs(30);

/// Longest wait for an orderly stop, then for an immediate one.
const LONGEST_STOP: Duration = Duration::from_secs(60);
const LONGEST_IMMEDIATE_STOP: Duration = Duration::from_secs(10);

/// A postmaster of our cluster.
#[derive(Debug)]
pub(super) struct Postmaster {
    pid: i32,
    /// Kept when it is our child: a child stays a zombie until its parent asks how it ended.
    child: Option<Child>,
}

impl Postmaster {
    /// The postmaster that `postmaster.pid` names, if that process is alive and works in the cluster folder.
    pub(super) fn find(folder: &Folder) -> Option<Self> {
        let pid = PidFile::read(folder)?.pid;
        works_in(pid, &folder.cluster).then_some(Self { pid, child: None })
    }

    /// Starts one in a process group of its own, so that Ctrl-C in the terminal reaches the server only, which then
    /// stops it in order. It is not tied to the server's life: one that survives is adopted by the next server.
    pub(super) fn launch(
        folder: &Folder,
        installation: &Installation,
    ) -> Result<Self, PostgresError> {
        let path = folder.start_log();
        let refused = |source| PostgresError::folder(&path, source);
        let start_log = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .custom_flags(OFlag::O_NOFOLLOW.bits())
            .open(&path)
            .map_err(refused)?;
        let mut command = program(folder, installation, "postgres");
        command
            .process_group(0)
            .stdout(Stdio::from(start_log.try_clone().map_err(refused)?))
            .stderr(Stdio::from(start_log))
            .arg("-D")
            .arg(&folder.cluster);
        for (name, value) in settings(folder) {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        let cannot_run = |source| PostgresError::Program {
            program: installation.program("postgres"),
            source,
        };
        let child = command.spawn().map_err(cannot_run)?;
        let pid = child
            .id()
            .and_then(|pid| i32::try_from(pid).ok())
            .ok_or_else(|| cannot_run(io::ErrorKind::NotFound.into()))?;
        Ok(Self {
            pid,
            child: Some(child),
        })
    }

    /// Process id.
    pub(super) fn pid(&self) -> i32 {
        self.pid
    }

    /// Whether it was found rather than started by this process.
    pub(super) fn is_adopted(&self) -> bool {
        self.child.is_none()
    }

    /// Whether it still runs.
    pub(super) fn is_alive(&mut self, folder: &Folder) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => works_in(self.pid, &folder.cluster),
        }
    }

    /// Asks it to end fast: open transactions are rolled back, everything committed is written.
    pub(super) fn ask_to_stop(&mut self, folder: &Folder) {
        self.signal(folder, Signal::SIGINT);
    }

    fn signal(&mut self, folder: &Folder, signal: Signal) {
        if self.is_alive(folder)
            && let Err(errno) = kill(Pid::from_raw(self.pid), signal)
        {
            tracing::warn!(pid = self.pid, %errno, "cannot signal the postmaster");
        }
    }

    /// Ends it: fast, and when that takes too long at once, which costs a recovery at the next start but no data.
    pub(super) async fn stop(&mut self, folder: &Folder) -> Result<(), PostgresError> {
        self.ask_to_stop(folder);
        if self.ends_within(folder, LONGEST_STOP).await {
            return Ok(());
        }
        tracing::warn!(
            pid = self.pid,
            "the postmaster does not stop, ending it at once"
        );
        self.signal(folder, Signal::SIGQUIT);
        if self.ends_within(folder, LONGEST_IMMEDIATE_STOP).await {
            return Ok(());
        }
        Err(PostgresError::NotStopped {
            pid: self.pid,
            seconds: (LONGEST_STOP + LONGEST_IMMEDIATE_STOP).as_secs(),
        })
    }

    async fn ends_within(&mut self, folder: &Folder, longest: Duration) -> bool {
        let deadline = Instant::now() + longest;
        while self.is_alive(folder) {
            if Instant::now() > deadline {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        true
    }
}

/// What has to hold whatever the cluster's own settings say, so it is given on the command line.
fn settings(folder: &Folder) -> Vec<(&'static str, String)> {
    let path = |path: &Path| path.display().to_string();
    vec![
        ("listen_addresses", String::new()),
        ("port", PORT.to_string()),
        ("unix_socket_directories", path(&folder.socket)),
        ("unix_socket_permissions", "0700".to_owned()),
        ("hba_file", path(&folder.access.join("pg_hba.conf"))),
        ("ident_file", path(&folder.access.join("pg_ident.conf"))),
        ("fsync", "on".to_owned()),
        ("full_page_writes", "on".to_owned()),
        // After a crash, one flush of the file system for one of each of a thousand files: 0.4 s for 4 s on a busy disk.
        // Linux reports write errors to it since 5.8.
        ("recovery_init_sync_method", "syncfs".to_owned()),
        ("synchronous_commit", "on".to_owned()),
        // A week of logs: the file of a weekday is begun anew a week later.
        ("logging_collector", "on".to_owned()),
        ("log_destination", "stderr".to_owned()),
        ("log_directory", path(&folder.log)),
        ("log_filename", "postgres-%a.log".to_owned()),
        ("log_rotation_age", "1d".to_owned()),
        ("log_rotation_size", "0".to_owned()),
        ("log_truncate_on_rotation", "on".to_owned()),
    ]
}

/// `postmaster.pid`, as far as it matters here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PidFile {
    pub(super) pid: i32,
    /// `starting`, `stopping`, `ready` or `standby`; empty in the first moments.
    pub(super) status: String,
}

impl PidFile {
    pub(super) fn read(folder: &Folder) -> Option<Self> {
        Self::parse(&fs::read_to_string(Self::path(folder)).ok()?)
    }

    fn path(folder: &Folder) -> PathBuf {
        folder.cluster.join("postmaster.pid")
    }

    fn parse(words: &str) -> Option<Self> {
        let pid = words.lines().next()?.trim().parse().ok()?;
        let status = words.lines().nth(7).unwrap_or_default().trim().to_owned();
        (pid > 0).then_some(Self { pid, status })
    }
}

/// Waits until nothing works in the cluster folder any more, then clears away lock files that would make PostgreSQL
/// refuse: those whose process id is taken by another program, or by a zombie that nobody has collected yet.
///
/// They are PostgreSQL's guard against two postmasters on the same data or socket. They are removed only when no
/// process has the cluster as its working folder (every PostgreSQL process has) and nobody listens on the socket (a
/// postmaster in another container would). A file that names no process at all is left to PostgreSQL, which replaces it.
pub(super) async fn wait_until_vacant(folder: &Folder) -> Result<(), PostgresError> {
    let deadline = Instant::now() + LONGEST_VACATING;
    while let Some(pid) = any_process_in(&folder.cluster) {
        if Instant::now() > deadline {
            return Err(PostgresError::InUse {
                path: folder.cluster.clone(),
                pid: Some(pid),
            });
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    if UnixStream::connect(socket_file(folder)).is_ok() {
        return Err(PostgresError::InUse {
            path: folder.cluster.clone(),
            pid: None,
        });
    }
    let socket_lock = folder.socket.join(format!(".s.PGSQL.{PORT}.lock"));
    for path in [PidFile::path(folder), socket_lock] {
        let words = fs::read_to_string(&path).unwrap_or_default();
        let Some(PidFile { pid, .. }) = PidFile::parse(&words) else {
            continue;
        };
        if Path::new("/proc").join(pid.to_string()).exists() {
            tracing::info!(pid, file = %path.display(), "removing a lock file that names no postmaster of this data");
            fs::remove_file(&path).map_err(|source| PostgresError::folder(&path, source))?;
        }
    }
    Ok(())
}

/// The socket of the postmaster.
pub(super) fn socket_file(folder: &Folder) -> PathBuf {
    folder.socket.join(format!(".s.PGSQL.{PORT}"))
}

/// Whether the process lives (a zombie does not) and has the folder as its working folder.
fn works_in(pid: i32, folder: &Path) -> bool {
    fs::read_link(Path::new("/proc").join(pid.to_string()).join("cwd"))
        .is_ok_and(|cwd| cwd == folder)
}

fn any_process_in(folder: &Path) -> Option<i32> {
    fs::read_dir("/proc")
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .find(|pid| works_in(*pid, folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pid_file_gives_process_and_status() {
        let words =
            "4711\n/var/lib/congtam/cluster\n1700000000\n5432\n/socket\n\n 123 0\nready   \n";
        let read = PidFile::parse(words).unwrap();
        assert_eq!((read.pid, read.status.as_str()), (4711, "ready"));
        assert_eq!(PidFile::parse("4711\n").unwrap().status, "");
        assert_eq!(PidFile::parse(""), None);
        assert_eq!(PidFile::parse("-4711\n"), None);
    }

    #[test]
    fn a_process_works_only_in_its_own_folder() {
        let me = i32::try_from(std::process::id()).unwrap();
        let here = std::env::current_dir().unwrap();
        assert!(works_in(me, &here));
        assert!(!works_in(me, Path::new("/proc/nowhere")));
    }
}
