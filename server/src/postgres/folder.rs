//! The data folder: who owns it, who holds it, and where the socket is.
//! `cluster/` the data files · `socket/` · `log/` · `access/` who may connect · `server.lock` · `start.log`.
//! As root, only `cluster`, `log` and the socket folder belong to the account PostgreSQL runs as; the rest stays
//! root's, so that nothing root writes can be redirected by that account.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read, Seek, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{
    DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, chown, lchown,
};
use std::path::{Path, PathBuf};

use nix::errno::Errno;
use nix::fcntl::{Flock, FlockArg, OFlag};
use nix::unistd::{Uid, User, geteuid};

use super::error::PostgresError;

/// Longest socket folder in bytes: the address of a unix socket has 107, and `/.s.PGSQL.5432` takes 14.
const LONGEST_SOCKET_FOLDER: usize = 90;

/// Accounts root drops to, in order of preference.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// The account PostgreSQL runs as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) name: String,
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// A data folder that this process holds; the lock ends with the value, or with the process however it ends.
#[derive(Debug)]
pub(super) struct Folder {
    pub(super) root: PathBuf,
    pub(super) cluster: PathBuf,
    pub(super) socket: PathBuf,
    pub(super) log: PathBuf,
    pub(super) access: PathBuf,
    pub(super) account: Account,
    _lock: Flock<File>,
}

impl Folder {
    /// Creates what is missing of the folder, takes its lock and decides the account.
    pub(super) fn hold(data_dir: &Path) -> Result<Self, PostgresError> {
        let root = create_root(data_dir)?;
        let text = root.to_str().unwrap_or_default();
        // Quotes and line ends would need escaping in PostgreSQL's lists and files; nobody needs them in a folder name.
        if text.is_empty() || text.contains(['\'', '"', '\n', '\r', ',']) {
            return Err(PostgresError::PathNotUsable { path: root });
        }
        let lock = lock(&root)?;
        let cluster = root.join("cluster");
        let account = account(&cluster)?;
        let folder = Self {
            socket: socket_folder(&root, &account)?,
            log: root.join("log"),
            access: root.join("access"),
            root,
            cluster,
            account,
            _lock: lock,
        };
        folder.give_to_account(&folder.cluster)?;
        own_folder(&folder.log, &folder.account)?;
        Ok(folder)
    }

    /// Where the postmaster writes before its log files are open; made anew by each start.
    pub(super) fn start_log(&self) -> PathBuf {
        self.root.join("start.log")
    }

    /// Name of the running server's user, who is let in by the access rules beside root.
    pub(super) fn server_user(&self) -> &str {
        if geteuid().is_root() {
            "root"
        } else {
            &self.account.name
        }
    }

    /// Hands data files that root copied here (a restored backup) to the account.
    fn give_to_account(&self, path: &Path) -> Result<(), PostgresError> {
        let refused = |source| PostgresError::folder(path, source);
        let Ok(entry) = fs::symlink_metadata(path) else {
            return Ok(());
        };
        if !geteuid().is_root() || entry.uid() != 0 {
            return Ok(());
        }
        if entry.is_dir() {
            for inner in fs::read_dir(path).map_err(refused)? {
                self.give_to_account(&inner.map_err(refused)?.path())?;
            }
        }
        lchown(path, Some(self.account.uid), Some(self.account.gid)).map_err(refused)
    }

    /// The folder above the data that the account may not pass, as far as permission bits tell.
    pub(super) fn closed_ancestor(&self) -> PathBuf {
        let ancestors: Vec<&Path> = self.root.ancestors().collect();
        ancestors
            .into_iter()
            .rev()
            .find(|folder| !self.account.passes(folder))
            .unwrap_or(&self.root)
            .to_owned()
    }
}

impl Account {
    fn passes(&self, folder: &Path) -> bool {
        fs::metadata(folder).is_ok_and(|entry| {
            let bit = if entry.uid() == self.uid {
                0o100
            } else if entry.gid() == self.gid {
                0o010
            } else {
                0o001
            };
            entry.mode() & bit != 0
        })
    }
}

impl From<User> for Account {
    fn from(user: User) -> Self {
        Self {
            name: user.name,
            uid: user.uid.as_raw(),
            gid: user.gid.as_raw(),
        }
    }
}

/// Where data is kept when no folder is named: `/var/lib/congtam` for root, else `$XDG_DATA_HOME/congtam` or
/// `~/.local/share/congtam`.
///
/// # Errors
/// [`PostgresError::NoHome`] when neither variable holds an absolute path.
pub fn default_data_dir() -> Result<PathBuf, PostgresError> {
    if geteuid().is_root() {
        return Ok(PathBuf::from("/var/lib/congtam"));
    }
    let absolute = |name| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .map(|share| share.join("congtam"))
        .ok_or(PostgresError::NoHome)
}

/// Creates a folder of the account's own that nobody else enters, or checks the one that is there.
pub(super) fn own_folder(path: &Path, account: &Account) -> Result<(), PostgresError> {
    let refused = |source| PostgresError::folder(path, source);
    match DirBuilder::new().mode(0o700).create(path) {
        Ok(()) if geteuid().is_root() => {
            chown(path, Some(account.uid), Some(account.gid)).map_err(refused)
        }
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let entry = fs::symlink_metadata(path).map_err(refused)?;
            // Root may have been here first with another account: a folder of root's is handed over.
            if entry.is_dir() && entry.uid() == 0 && geteuid().is_root() {
                lchown(path, Some(account.uid), Some(account.gid)).map_err(refused)?;
            } else if !entry.is_dir() || entry.uid() != account.uid {
                return Err(PostgresError::SocketFolder {
                    path: path.to_owned(),
                });
            }
            fs::set_permissions(path, Permissions::from_mode(0o700)).map_err(refused)
        }
        Err(error) => Err(refused(error)),
    }
}

fn create_root(data_dir: &Path) -> Result<PathBuf, PostgresError> {
    let refused = |source| PostgresError::folder(data_dir, source);
    if !data_dir.exists() {
        // PostgreSQL's account has to pass through, but nobody has to look inside.
        let mode = if geteuid().is_root() { 0o711 } else { 0o700 };
        if let Some(parent) = data_dir.parent() {
            fs::create_dir_all(parent).map_err(refused)?;
        }
        fs::create_dir(data_dir).map_err(refused)?;
        fs::set_permissions(data_dir, Permissions::from_mode(mode)).map_err(refused)?;
    }
    fs::canonicalize(data_dir).map_err(refused)
}

fn lock(root: &Path) -> Result<Flock<File>, PostgresError> {
    let path = root.join("server.lock");
    let refused = |source| PostgresError::folder(&path, source);
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(OFlag::O_NOFOLLOW.bits())
        .open(&path)
        .map_err(refused)?;
    match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
        Ok(mut held) => {
            // Only for the sentence a second server shows; the lock itself is what counts.
            held.set_len(0).map_err(refused)?;
            held.rewind().map_err(refused)?;
            write!(held, "{}", std::process::id()).map_err(refused)?;
            Ok(held)
        }
        Err((mut file, Errno::EWOULDBLOCK)) => {
            let mut words = String::new();
            file.read_to_string(&mut words).map_err(refused)?;
            Err(PostgresError::InUse {
                path: root.to_owned(),
                pid: words.trim().parse().ok(),
            })
        }
        Err((_, errno)) => Err(refused(errno.into())),
    }
}

/// The owner of existing data; else this user, or for root the first account there is.
fn account(cluster: &Path) -> Result<Account, PostgresError> {
    let owner = fs::metadata(cluster).ok().map(|entry| entry.uid());
    let me = geteuid().as_raw();
    if let Some(owner) = owner
        && me != 0
        && owner != me
    {
        return Err(PostgresError::OtherOwner {
            path: cluster.to_owned(),
            owner,
        });
    }
    if me != 0 {
        return named(me);
    }
    if let Some(owner) = owner.filter(|owner| *owner != 0) {
        return named(owner);
    }
    ACCOUNTS
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .map(Account::from)
        .ok_or(PostgresError::NoAccount)
}

fn named(uid: u32) -> Result<Account, PostgresError> {
    User::from_uid(Uid::from_raw(uid))
        .ok()
        .flatten()
        .map(Account::from)
        .ok_or(PostgresError::NamelessUser { uid })
}

/// `socket/` in the data folder, or when that is too long for a socket address a folder whose name follows from the
/// data folder, so that a later server finds the postmaster of an earlier one.
fn socket_folder(root: &Path, account: &Account) -> Result<PathBuf, PostgresError> {
    let near = root.join("socket");
    let path = if near.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
        near
    } else {
        let name = format!("congtam-{:016x}", stable_hash(root.as_os_str().as_bytes()));
        let run = Path::new("/run");
        if geteuid().is_root() && run.is_dir() {
            run.join(name)
        } else {
            Path::new("/tmp").join(name)
        }
    };
    own_folder(&path, account)?;
    Ok(path)
}

/// FNV-1a, 64 bits: the standard library's hashes may change between compilers, this may not.
fn stable_hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_is_the_published_one() {
        assert_eq!(stable_hash(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(stable_hash(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
