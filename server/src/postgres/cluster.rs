//! Makes the cluster and its access rules. `initdb` works in a folder of its own that is renamed when complete, so a
//! start that was killed half way leaves nothing that looks like data.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};

use nix::fcntl::OFlag;
use nix::unistd::{geteuid, syncfs};
use tokio::process::Command;

use super::binaries::Installation;
use super::error::PostgresError;
use super::folder::{Folder, own_folder};
use super::reason::reason_of_failure;

/// Database of the product, and the role that owns it.
pub(super) const ROLE: &str = "congtam";
/// The role under which the server answers its visitors.
pub const APP_ROLE: &str = "congtam_app";

/// Start of the names of folders in which `initdb` is or was at work.
const UNFINISHED: &str = "cluster.new-";

/// Set once, in the cluster's own `postgresql.conf`, where an administrator may tune them.
const TUNING: &str = "
# Set by congtam when it made this cluster; yours to tune. What must not change is given when it starts.
max_connections = 200
shared_buffers = 128MB
wal_compression = on
jit = off
";

/// Major version that wrote the cluster; `None` when there is no cluster yet.
pub(super) fn version(folder: &Folder) -> Result<Option<u32>, PostgresError> {
    let cluster = &folder.cluster;
    let refused = |source| PostgresError::folder(cluster, source);
    match fs::read_to_string(cluster.join("PG_VERSION")) {
        Ok(words) => {
            let foreign = || PostgresError::NotACluster {
                path: cluster.clone(),
            };
            words.trim().parse().map(Some).map_err(|_| foreign())
        }
        // An empty folder is as good as none, and it can be removed; one with foreign files cannot.
        Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::remove_dir(cluster) {
            Ok(()) => Ok(None),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => Ok(None),
                io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::NotADirectory => {
                    Err(PostgresError::NotACluster {
                        path: cluster.clone(),
                    })
                }
                _ => Err(refused(error)),
            },
        },
        Err(error) => Err(refused(error)),
    }
}

/// A PostgreSQL program as the account it has to run as, with an environment that does not depend on the caller's.
pub(super) fn program(folder: &Folder, installation: &Installation, name: &str) -> Command {
    let mut command = Command::new(installation.program(name));
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C")
        .current_dir(&folder.root)
        .stdin(Stdio::null());
    if geteuid().is_root() {
        // Also drops root's supplementary groups.
        command.uid(folder.account.uid).gid(folder.account.gid);
    }
    command
}

/// Asks as the account itself whether it reaches the data folder: permission bits alone do not tell (ACLs).
pub(super) async fn check_reachable(
    folder: &Folder,
    installation: &Installation,
) -> Result<(), PostgresError> {
    match program(folder, installation, "postgres")
        .arg("--version")
        .output()
        .await
    {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(PostgresError::NotTraversable {
                folder: folder.closed_ancestor(),
                account: folder.account.name.clone(),
            })
        }
        Err(source) => Err(PostgresError::Program {
            program: installation.program("postgres"),
            source,
        }),
    }
}

/// Makes the cluster: UTF-8, ICU `vi`, data checksums, flushed to disk before it counts.
pub(super) async fn create(
    folder: &Folder,
    installation: &Installation,
) -> Result<(), PostgresError> {
    remove_unfinished(folder)?;
    // A name never used before: an `initdb` that outlived its server must not meet this one.
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let fresh = folder.root.join(format!("{UNFINISHED}{}", now.as_nanos()));
    own_folder(&fresh, &folder.account)?;
    let made = initdb(folder, installation, &fresh).await;
    if made.is_err() {
        // Half a cluster is of no use, and on a full disk it is in the way.
        remove_unfinished(folder)?;
    }
    made?;
    let refused = |source| PostgresError::folder(&folder.root, source);
    fs::rename(&fresh, &folder.cluster).map_err(refused)?;
    fs::File::open(&folder.root)
        .and_then(|root| root.sync_all())
        .map_err(refused)
}

async fn initdb(
    folder: &Folder,
    installation: &Installation,
    fresh: &Path,
) -> Result<(), PostgresError> {
    let output = program(folder, installation, "initdb")
        .arg("--pgdata")
        .arg(fresh)
        .args(["--username", ROLE])
        .args([
            "--encoding=UTF8",
            "--locale-provider=icu",
            "--icu-locale=vi",
        ])
        // What ICU does not decide (words in text search) still has to know UTF-8.
        .args(["--locale=C.UTF-8", "--lc-messages=C"])
        .args(["--text-search-config=simple", "--data-checksums"])
        // Flushed below, in one go.
        .arg("--no-sync")
        // For whoever starts this cluster by hand; the server brings its own rules.
        .args([
            "--auth-local=peer",
            "--auth-host=reject",
            "--no-instructions",
        ])
        .output()
        .await
        .map_err(|source| PostgresError::Program {
            program: installation.program("initdb"),
            source,
        })?;
    if !output.status.success() {
        return Err(reason_of_failure(
            folder,
            &String::from_utf8_lossy(&output.stderr),
        ));
    }
    let settings = fresh.join("postgresql.conf");
    OpenOptions::new()
        .append(true)
        .custom_flags(OFlag::O_NOFOLLOW.bits())
        .open(&settings)
        .and_then(|mut file| {
            file.write_all(TUNING.as_bytes())?;
            // The whole file system, so every file of the cluster; one of each takes seconds on a busy disk.
            Ok(syncfs(&file)?)
        })
        .map_err(|source| PostgresError::folder(&settings, source))
}

fn remove_unfinished(folder: &Folder) -> Result<(), PostgresError> {
    let refused = |source| PostgresError::folder(&folder.root, source);
    for entry in fs::read_dir(&folder.root).map_err(refused)? {
        let entry = entry.map_err(refused)?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_dir_all(entry.path()).map_err(refused)?;
        }
    }
    Ok(())
}

/// Writes who may connect: over the socket, as one of the two roles of the product, and only when the kernel says that the caller
/// is root or the user the server runs as. So even a folder left open lets no other local user in.
pub(super) fn write_access_rules(folder: &Folder) -> Result<(), PostgresError> {
    let refused = |source| PostgresError::folder(&folder.access, source);
    fs::create_dir_all(&folder.access).map_err(refused)?;
    fs::set_permissions(&folder.access, fs::Permissions::from_mode(0o755)).map_err(refused)?;
    let mut users = vec!["root"];
    if folder.server_user() != "root" {
        users.push(folder.server_user());
    }
    let idents: String = users
        .iter()
        .flat_map(|user| [ROLE, APP_ROLE].map(|role| format!("congtam \"{user}\" {role}\n")))
        .collect();
    let rules = format!("local all {ROLE},{APP_ROLE} peer map=congtam\n");
    for (name, words) in [("pg_hba.conf", rules), ("pg_ident.conf", idents)] {
        let path = folder.access.join(name);
        fs::write(&path, words)
            .and_then(|()| fs::set_permissions(&path, fs::Permissions::from_mode(0o644)))
            .map_err(|source| PostgresError::folder(&path, source))?;
    }
    Ok(())
}
