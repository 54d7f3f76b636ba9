//! What a fresh machine lacks: WASM targets, npm packages, PostgreSQL, Chromium.
//! Each step looks first, so a machine that has everything loses no time and needs no network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell::{self, command, find, run, succeeds};

const WASM_TARGETS: [&str; 2] = ["wasm32-unknown-unknown", "wasm32-wasip1"];

/// Adds the WASM targets and the components that the lints need.
///
/// # Errors
/// When one is missing and rustup cannot add it.
pub fn toolchain() -> Result<()> {
    let sysroot = PathBuf::from(shell::read(command("rustc").args(["--print", "sysroot"]))?);
    let missing: Vec<&str> = WASM_TARGETS
        .into_iter()
        .filter(|target| {
            !sysroot
                .join("lib/rustlib")
                .join(target)
                .join("lib")
                .is_dir()
        })
        .collect();
    if !missing.is_empty() {
        println!("xtask: adding the targets {}", missing.join(" "));
        run(command("rustup").args(["target", "add"]).args(missing))?;
    }
    for (component, program) in [("rustfmt", "cargo-fmt"), ("clippy", "cargo-clippy")] {
        if !sysroot.join("bin").join(program).is_file() {
            run(command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Installs what the npm lock file names, when it was not yet or the lock file is newer.
///
/// # Errors
/// When npm is missing or fails.
pub fn npm() -> Result<()> {
    let folder = shell::npm_root();
    let lock = folder.join("package-lock.json");
    // npm writes this file at the end of an installation.
    let installed = folder.join("node_modules/.package-lock.json");
    let current = match (modified(&installed), modified(&lock)) {
        (Some(installed), Some(lock)) => installed >= lock,
        _ => false,
    };
    if current {
        return Ok(());
    }
    if find("npm").is_none() {
        bail!("npm is missing: install Node.js 20 or newer with npm");
    }
    println!("xtask: installing the npm packages of {}", lock.display());
    // The browser is the machine's own Chromium; no other is downloaded.
    run(command("npm")
        .current_dir(&folder)
        .args(["ci", "--no-audit", "--no-fund"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

/// Installs PostgreSQL where the machine has none. The package's own cluster is not created:
/// the server and the tests start private ones.
///
/// # Errors
/// When it is missing and cannot be installed; the message says what to install.
pub fn postgresql() -> Result<()> {
    if postgresql_folder().is_some() {
        return Ok(());
    }
    apt_install(&["postgresql-common"])?;
    let settings = "/etc/postgresql-common/createcluster.conf";
    let mut sed = as_root("sed")?;
    run(sed.args([
        "-i",
        r"s/^#*\s*create_main_cluster.*/create_main_cluster = false/",
        settings,
    ]))?;
    apt_install(&["postgresql", "postgresql-client"])?;
    postgresql_folder()
        .context("PostgreSQL was installed, but `initdb` is not where Debian puts it")
        .map(drop)
}

/// As [`postgresql`], but only where `DATABASE_URL` names no database of the user's own.
///
/// # Errors
/// As [`postgresql`].
pub fn postgresql_unless_configured() -> Result<()> {
    if std::env::var_os("DATABASE_URL").is_some() {
        Ok(())
    } else {
        postgresql()
    }
}

/// The folder of `initdb`, `postgres` and `psql`: Debian's newest version, or else the one in `PATH`.
pub fn postgresql_folder() -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, folder)| has_postgresql(folder))
        .collect();
    versions.sort();
    let newest = versions.pop().map(|(_, folder)| folder);
    newest.or_else(|| {
        let folder = find("initdb")?.parent()?.to_path_buf();
        has_postgresql(&folder).then_some(folder)
    })
}

fn has_postgresql(folder: &Path) -> bool {
    ["initdb", "postgres", "psql"]
        .into_iter()
        .all(|program| folder.join(program).is_file())
}

/// Installs Chromium where the machine has none and `CONGTAM_CHROMIUM` names none.
///
/// # Errors
/// When it is missing and cannot be installed; the message says what to install.
pub fn chromium() -> Result<()> {
    if let Some(named) = std::env::var_os("CONGTAM_CHROMIUM") {
        if !Path::new(&named).is_file() {
            bail!(
                "CONGTAM_CHROMIUM names {}, which is no file",
                Path::new(&named).display()
            );
        }
        return Ok(());
    }
    if Path::new("/usr/bin/chromium").is_file() {
        return Ok(());
    }
    apt_install(&["chromium"])
}

/// Installs Debian packages.
///
/// # Errors
/// Without apt, or without root and a `sudo` that asks no password: then the message is the command to run.
fn apt_install(packages: &[&str]) -> Result<()> {
    let by_hand = format!(
        "install these packages, then try again: {}",
        packages.join(" ")
    );
    if find("apt-get").is_none() {
        bail!("this machine has no apt-get; {by_hand}");
    }
    println!("xtask: installing {}", packages.join(" "));
    let apt = |arguments: &[&str]| -> Result<()> {
        let mut apt = as_root("env").with_context(|| by_hand.clone())?;
        run(apt
            .args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-y", "-q"])
            .args(arguments))
    };
    apt(&["update"])?;
    let mut install = vec!["install", "--no-install-recommends"];
    install.extend(packages);
    apt(&install)
}

/// `program` with the rights of root.
fn as_root(program: &str) -> Result<Command> {
    if shell::is_root() {
        return Ok(command(program));
    }
    if find("sudo").is_some() && succeeds(command("sudo").args(["-n", "true"])) {
        let mut sudo = command("sudo");
        sudo.args(["-n", program]);
        return Ok(sudo);
    }
    bail!("this needs root, and `sudo` is missing or asks for a password")
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
