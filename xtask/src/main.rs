//! `cargo xtask`: the one entry of the project. Every verb sets up what it needs and is missing.
//! Cargo is all that a fresh machine needs to start it; the verbs are listed by `cargo xtask` alone.
#![expect(clippy::print_stdout, reason = "a command line speaks to its user")]

mod assets;
mod compile;
#[cfg(test)]
mod contrast;
mod css;
mod database;
mod dev;
mod prepare;
mod setup;
mod shell;
mod site;
mod size;
mod stages;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

use compile::Profile;

const HELP: &str = "\
cargo xtask VERB

  run [-- ARGS]             set up, build release, start with the demo agency on http://127.0.0.1:3000
  build [--release|--dev]   server, WASM and site (release is the default)
  dev [-- ARGS]             build, start, rebuild and restart at every change
  check                     the fast subset of `test`: formatting, clippy on both sides, the rules
  test                      everything: lints, all tests, release build, size budget, end to end
  bench [-- ARGS]           build release and measure the main paths
  size                      the size budget of the site that was built last
  prepare [--check]         renew the checked queries in .sqlx (or fail if they are out of date)
  with-database COMMAND…    run a command with a fresh, empty PostgreSQL in DATABASE_URL
  setup                     only set up: WASM targets, npm packages, PostgreSQL, Chromium
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let Some((verb, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    };
    match verb.as_str() {
        "run" => {
            setup::toolchain()?;
            setup::npm()?;
            setup::postgresql_unless_configured()?;
            compile::everything(Profile::Release)?;
            Err(compile::become_server(Profile::Release, extra(rest)))
        }
        "build" => {
            let profile = Profile::from_arguments(rest)?;
            setup::toolchain()?;
            setup::npm()?;
            compile::everything(profile)?;
            Ok(ExitCode::SUCCESS)
        }
        "dev" => {
            setup::toolchain()?;
            setup::npm()?;
            setup::postgresql_unless_configured()?;
            dev::watch(extra(rest))
        }
        "check" => {
            setup::toolchain()?;
            stages::check()
        }
        "test" => {
            setup::toolchain()?;
            setup::npm()?;
            setup::postgresql()?;
            setup::chromium()?;
            stages::test()
        }
        "bench" => {
            setup::toolchain()?;
            setup::npm()?;
            setup::postgresql()?;
            compile::everything(Profile::Release)?;
            compile::bench(extra(rest))
        }
        "size" => {
            size::check()?;
            Ok(ExitCode::SUCCESS)
        }
        "prepare" => {
            setup::postgresql()?;
            match rest {
                [] => prepare::renew()?,
                [flag] if flag == "--check" => prepare::check()?,
                _ => bail!("`prepare` knows only `--check`"),
            }
            Ok(ExitCode::SUCCESS)
        }
        "with-database" => {
            setup::postgresql()?;
            database::with_database(extra(rest))
        }
        "setup" => {
            setup::toolchain()?;
            setup::npm()?;
            setup::postgresql()?;
            setup::chromium()?;
            Ok(ExitCode::SUCCESS)
        }
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        unknown => {
            eprint!("{HELP}");
            bail!("there is no verb `{unknown}`");
        }
    }
}

/// The arguments after a leading `--`, which is optional.
fn extra(arguments: &[String]) -> &[String] {
    match arguments.split_first() {
        Some((first, rest)) if first == "--" => rest,
        _ => arguments,
    }
}
