//! The checked queries: `.sqlx` holds what PostgreSQL said about each, so that a build needs no database.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::assets::files;
use crate::database::Database;
use crate::shell::{cargo, root, run, target};

/// What compiles the crates against the database.
#[derive(Clone, Copy)]
enum With {
    /// The compiler alone.
    Check,
    /// Clippy, for which every hint is an error: one pass for lints and queries.
    Clippy,
}

/// The crates that may hold SQL.
const CRATES: [&str; 3] = ["app", "server", "bench"];

/// Writes `.sqlx` anew; queries that are no longer there leave it. Where a crate does not compile, what could
/// be described is kept and nothing leaves, so that one broken test does not hold up the rest.
///
/// # Errors
/// When a migration or a query is refused, or a crate does not compile.
pub fn renew() -> Result<()> {
    let (fresh, compiled) = describe(With::Check)?;
    let place = committed();
    fs::create_dir_all(&place)?;
    let old = queries(&place)?;
    let new = queries(&fresh)?;
    for (name, content) in &new {
        if old.get(name) != Some(content) {
            fs::write(place.join(name), content)?;
        }
    }
    compiled.context("only what compiled was renewed")?;
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fs::remove_file(place.join(name))?;
    }
    println!("xtask: .sqlx holds {} queries", new.len());
    Ok(())
}

/// Compares `.sqlx` with what PostgreSQL says now.
///
/// # Errors
/// When they differ; the files are named.
pub fn check() -> Result<()> {
    compare(With::Check)
}

/// As [`check`], and lints in the same pass what runs in the server.
///
/// # Errors
/// As [`check`]; for a hint of clippy.
pub fn lint_and_check() -> Result<()> {
    compare(With::Clippy)
}

fn compare(with: With) -> Result<()> {
    let (fresh, compiled) = describe(with)?;
    compiled?;
    let new = queries(&fresh)?;
    let old = if committed().is_dir() {
        queries(&committed())?
    } else {
        BTreeMap::new()
    };
    let mut different: Vec<&String> = old
        .keys()
        .chain(new.keys())
        .filter(|name| old.get(*name) != new.get(*name))
        .collect();
    different.sort();
    different.dedup();
    if !different.is_empty() {
        bail!(
            "{} queries in .sqlx are out of date ({different:?}); run `cargo xtask prepare`",
            different.len()
        );
    }
    println!("xtask: all {} queries in .sqlx are up to date", new.len());
    Ok(())
}

/// Compiles the crates against a migrated database; gives the folder with the descriptions,
/// and whether everything compiled.
fn describe(with: With) -> Result<(PathBuf, Result<()>)> {
    let folder = target().join("sqlx");
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder)?;
    let database = Database::start()?;
    database.migrate()?;
    touch_sources()?;
    let mut compile = match with {
        With::Check => {
            let mut check = cargo();
            check.args(["check", "--quiet", "--keep-going", "--all-targets"]);
            check.args(["--features", "app/ssr"]);
            for name in CRATES {
                check.args(["--package", name]);
            }
            check
        }
        With::Clippy => clippy_server(),
    };
    let compiled = run(compile
        .env("DATABASE_URL", database.url())
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &folder));
    Ok((folder, compiled))
}

/// Clippy over everything but what only the browser or the program `congtam-forms` compiles.
pub fn clippy_server() -> Command {
    let mut clippy = cargo();
    clippy.args(["clippy", "--quiet", "--workspace", "--all-targets"]);
    clippy.args(["--exclude", "frontend", "--exclude", "forms"]);
    clippy.args(["--features", "app/ssr,kpi/json", "--", "-D", "warnings"]);
    clippy
}

/// Cargo expands a query again only when its crate looks changed.
fn touch_sources() -> Result<()> {
    let now = SystemTime::now();
    for name in CRATES {
        for part in ["src", "tests", "benches"] {
            let folder = root().join(name).join(part);
            if !folder.is_dir() {
                continue;
            }
            let entry_points = files(&folder)?.into_iter().filter(|file| {
                let top = file.parent() == Some(folder.as_path());
                top && file.extension().is_some_and(|extension| extension == "rs")
            });
            for file in entry_points {
                File::options().write(true).open(file)?.set_modified(now)?;
            }
        }
    }
    Ok(())
}

fn committed() -> PathBuf {
    root().join(".sqlx")
}

fn queries(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for file in files(folder)? {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.starts_with("query-") {
            found.insert(name, fs::read(&file)?);
        }
    }
    Ok(found)
}
