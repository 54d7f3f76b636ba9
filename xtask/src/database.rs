//! A PostgreSQL for tests and checked queries: private, on a unix socket, gone at the end.
//! Its data need not survive anything, so it runs without fsync; the server's own cluster never does.

use std::fs::{self, File};
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::setup::postgresql_folder;
use crate::shell::{self, command, read, root, run, succeeds};

/// The start of the folder's name; the id of the process that uses it follows.
const PREFIX: &str = "congtam-xtask-";

/// Its only user and its database.
const NAME: &str = "congtam";

/// What PostgreSQL copies for a new database.
const TEMPLATE: &str = "template1";

/// The table of sqlx's migrator, as it makes it.
const NOTES: &str = "create table _sqlx_migrations (version bigint primary key, description text not null, \
    installed_on timestamptz not null default now(), success boolean not null, checksum bytea not null, \
    execution_time bigint not null);";

/// A running cluster; dropping it stops it and removes its data.
pub struct Database {
    folder: PathBuf,
    programs: PathBuf,
    account: Option<Account>,
    server: Child,
}

/// The unprivileged account that runs PostgreSQL, which refuses to run as root.
#[derive(Clone, Copy)]
struct Account {
    user: u32,
    group: u32,
}

impl Database {
    /// Starts a cluster with one empty database.
    ///
    /// # Errors
    /// When PostgreSQL is missing or does not start; its own words are in the message.
    pub fn start() -> Result<Self> {
        let programs =
            postgresql_folder().context("PostgreSQL is missing; run `cargo xtask setup`")?;
        let place = std::env::temp_dir();
        sweep(&place);
        let folder = place.join(format!("{PREFIX}{}", std::process::id()));
        let account = if shell::is_root() {
            Some(Account::find()?)
        } else {
            None
        };
        fs::DirBuilder::new()
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        if let Some(account) = account {
            chown(&folder, Some(account.user), Some(account.group))?;
        }
        let log = folder.join("log");
        let made = initialise(&programs, &folder, account)
            .and_then(|()| launch(&programs, &folder, account, &log));
        let server = match made {
            Ok(server) => server,
            Err(error) => {
                drop(fs::remove_dir_all(&folder));
                return Err(error);
            }
        };
        let mut database = Self {
            folder,
            programs,
            account,
            server,
        };
        database.wait(&log)?;
        run(database
            .psql("postgres")
            .args(["-c", &format!("create database {NAME}")]))?;
        Ok(database)
    }

    /// The address for `DATABASE_URL`.
    pub fn url(&self) -> String {
        format!(
            "postgres://{NAME}@localhost/{NAME}?host={}",
            self.folder.display()
        )
    }

    /// Applies every file of `migrations/` in the order of its name.
    ///
    /// # Errors
    /// When PostgreSQL refuses one.
    pub fn migrate(&self) -> Result<()> {
        self.apply(NAME).map(drop)
    }

    /// Applies the migrations to the template that every later database is a copy of, with the notes that sqlx's
    /// migrator keeps: a test's own database then takes a copy's time instead of theirs.
    ///
    /// # Errors
    /// When PostgreSQL refuses one.
    pub fn migrate_template(&self) -> Result<()> {
        let mut notes = NOTES.to_owned();
        for file in self.apply(TEMPLATE)? {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let (version, words) = stem.split_once('_').context("a migration without a name")?;
            let description = words.replace('_', " ");
            let sum = read(Command::new("sha384sum").arg(&file))?;
            let sum = sum.split_whitespace().next().unwrap_or_default();
            notes.push_str(&format!(
                "insert into _sqlx_migrations values ({version}, '{description}', now(), true, '\\x{sum}', 0);"
            ));
        }
        run(self.psql(TEMPLATE).args(["-c", &notes]))
    }

    /// Applies the migrations to a database; returns their files.
    fn apply(&self, database: &str) -> Result<Vec<PathBuf>> {
        let mut files: Vec<PathBuf> = fs::read_dir(root().join("migrations"))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|file| file.extension().is_some_and(|extension| extension == "sql"))
            .collect();
        files.sort();
        for file in &files {
            run(self
                .psql(database)
                .arg("--single-transaction")
                .arg("-f")
                .arg(file))?;
        }
        Ok(files)
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = command(self.programs.join("psql"));
        psql.args([
            "-X",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            NAME,
            "-d",
            database,
            "-h",
        ])
        .arg(&self.folder);
        psql
    }

    /// Waits until it answers.
    fn wait(&mut self, log: &Path) -> Result<()> {
        let begin = Instant::now();
        while !succeeds(self.psql("postgres").args(["-c", "select 1"])) {
            let ended = self.server.try_wait()?.is_some();
            if ended || begin.elapsed() > Duration::from_secs(60) {
                bail!(
                    "PostgreSQL does not start: {}",
                    fs::read_to_string(log).unwrap_or_default()
                );
            }
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // SIGINT is PostgreSQL's fast shutdown: it ends open sessions.
        let mut kill = as_account(Command::new("kill"), self.account);
        succeeds(kill.args(["-INT", &self.server.id().to_string()]));
        let begin = Instant::now();
        while self.server.try_wait().is_ok_and(|status| status.is_none()) {
            if begin.elapsed() > Duration::from_secs(10) {
                drop(self.server.kill());
            }
            sleep(Duration::from_millis(20));
        }
        drop(fs::remove_dir_all(&self.folder));
    }
}

impl Account {
    /// `postgres`, which Debian's package makes, or else `nobody`.
    fn find() -> Result<Self> {
        for name in ["postgres", "nobody"] {
            if succeeds(Command::new("id").arg(name)) {
                let id = |flag: &str| -> Result<u32> {
                    Ok(read(Command::new("id").args([flag, name]))?.parse()?)
                };
                return Ok(Self {
                    user: id("-u")?,
                    group: id("-g")?,
                });
            }
        }
        bail!("there is no unprivileged account to run PostgreSQL: neither `postgres` nor `nobody`")
    }
}

/// Runs a command with a fresh, empty database in `DATABASE_URL`.
///
/// # Errors
/// When no command is named or it cannot be started.
pub fn with_database(words: &[String]) -> Result<ExitCode> {
    let Some((program, arguments)) = words.split_first() else {
        bail!("`with-database` needs a command");
    };
    let database = Database::start()?;
    let status = Command::new(program)
        .args(arguments)
        .env("DATABASE_URL", database.url())
        .status()
        .with_context(|| format!("cannot start `{program}`"))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn initialise(programs: &Path, folder: &Path, account: Option<Account>) -> Result<()> {
    let mut initdb = as_account(command(programs.join("initdb")), account);
    initdb
        .current_dir(folder)
        .args([
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--locale-provider=icu",
            "--icu-locale=vi",
        ])
        .args(["--no-sync", "-U", NAME, "-D"])
        .arg(folder.join("data"));
    let output = initdb.output().context("cannot start initdb")?;
    if !output.status.success() {
        bail!(
            "initdb failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(())
}

fn launch(programs: &Path, folder: &Path, account: Option<Account>, log: &Path) -> Result<Child> {
    // setpriv ends PostgreSQL together with this process, even when that is killed.
    let mut postgres = as_account(command("setpriv"), account);
    postgres
        .current_dir(folder)
        .args(["--pdeathsig", "INT"])
        .arg(programs.join("postgres"))
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder);
    for setting in [
        "listen_addresses=",
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "max_connections=200",
    ] {
        postgres.args(["-c", setting]);
    }
    let log = File::create(log)?;
    postgres
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    postgres
        .spawn()
        .context("cannot start PostgreSQL (is `setpriv` of util-linux there?)")
}

fn as_account(mut command: Command, account: Option<Account>) -> Command {
    if let Some(account) = account {
        command.uid(account.user).gid(account.group);
    }
    command
}

/// Removes what killed runs left behind: folders whose process is gone.
fn sweep(place: &Path) {
    for entry in fs::read_dir(place).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(process) = name.to_str().and_then(|name| name.strip_prefix(PREFIX)) else {
            continue;
        };
        if process.parse::<u32>().is_ok() && !Path::new("/proc").join(process).exists() {
            drop(fs::remove_dir_all(entry.path()));
        }
    }
}
