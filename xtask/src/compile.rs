//! The server and the WASM side, each in a cargo call of its own so that their features do not mix,
//! and starting what was built.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Error, Result, bail};

use crate::shell::{cargo, command, root, run, target};
use crate::wasm::{self, Module};
use crate::{site, size};

/// Where `run` and `dev` listen unless told otherwise.
const ADDRESS: &str = "127.0.0.1:3000";

/// How to compile: for work on the code, or for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    Dev,
    Release,
}

impl Profile {
    /// Reads the arguments of `build`.
    ///
    /// # Errors
    /// For anything but `--dev` or `--release`.
    pub fn from_arguments(arguments: &[String]) -> Result<Self> {
        match arguments {
            [] => Ok(Self::Release),
            [flag] if flag == "--release" => Ok(Self::Release),
            [flag] if flag == "--dev" => Ok(Self::Dev),
            _ => bail!("`build` knows only `--release` and `--dev`"),
        }
    }

    fn server(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }

    fn wasm(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "wasm-release",
        }
    }
}

/// Builds the server and the site; a release must keep the size budget and has the program that prints forms.
///
/// # Errors
/// When a step fails or the budget is exceeded.
pub fn everything(profile: Profile) -> Result<()> {
    if profile == Profile::Release {
        forms()?;
    }
    site::write(profile, &both_sides(profile)?)?;
    if profile == Profile::Release {
        size::check()?;
    }
    Ok(())
}

/// Builds the server and the WASM module, and binds the latter.
///
/// # Errors
/// When a step fails.
pub fn both_sides(profile: Profile) -> Result<Module> {
    server(profile)?;
    frontend(profile)?;
    wasm::bind(profile)
}

/// Builds the binary `congtam`.
///
/// # Errors
/// When it does not compile.
fn server(profile: Profile) -> Result<()> {
    run(cargo().args([
        "build",
        "--package",
        "server",
        "--bin",
        "congtam",
        "--profile",
        profile.server(),
    ]))
}

/// Builds the binary `congtam-forms`, always optimised: a server of any profile runs it. Its tests are built along, since
/// they ask for more features of shared crates: alone, either would compile typst for itself.
///
/// # Errors
/// When it does not compile.
fn forms() -> Result<()> {
    run(cargo().args([
        "build",
        "--release",
        "--package",
        "forms",
        "--bins",
        "--tests",
    ]))
}

/// Builds the WASM module.
///
/// # Errors
/// When it does not compile.
fn frontend(profile: Profile) -> Result<()> {
    run(cargo().args([
        "build",
        "--package",
        "frontend",
        "--lib",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile.wasm(),
    ]))
}

/// The WASM module as rustc wrote it.
pub fn frontend_module(profile: Profile) -> PathBuf {
    target()
        .join("wasm32-unknown-unknown")
        .join(folder(profile.wasm()))
        .join("frontend.wasm")
}

/// The binary `congtam`.
pub fn server_binary(profile: Profile) -> PathBuf {
    target().join(folder(profile.server())).join("congtam")
}

/// The command that serves the demo agency with the site that was built last.
pub fn serve(profile: Profile, extra: &[String]) -> Command {
    let mut server = command(server_binary(profile));
    server
        .env("CONGTAM_SITE", site::folder())
        .args(["serve", "--demo"]);
    if !extra.iter().any(|word| word.starts_with("--listen"))
        && std::env::var_os("CONGTAM_LISTEN").is_none()
    {
        server.args(["--listen", ADDRESS]);
    }
    server.args(extra);
    server
}

/// Replaces this process by the server, so that signals reach it directly. Returns only if that fails.
pub fn become_server(profile: Profile, extra: &[String]) -> Error {
    let error = serve(profile, extra).exec();
    Error::new(error).context("cannot start the server")
}

/// Builds and runs the measurements against the release build.
///
/// # Errors
/// When they do not compile or cannot be started.
pub fn bench(extra: &[String]) -> Result<ExitCode> {
    run(cargo().args(["build", "--release", "--package", "bench"]))?;
    let status = command(target().join("release/bench"))
        .args(extra)
        .env("CONGTAM_BIN", server_binary(Profile::Release))
        .env("CONGTAM_SITE", site::folder())
        .current_dir(root())
        .status()
        .context("cannot start the bench")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Cargo's folder for a profile: `dev` goes to `debug`.
fn folder(profile: &str) -> &str {
    if profile == "dev" { "debug" } else { profile }
}
