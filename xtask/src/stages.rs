//! `check` and `test`: stages that each pass or fail, with their seconds, and one sum at the end.
//! A failed stage does not hide the next ones, except where these would test what was not built.

use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::compile::{self, Profile, server_binary};
use crate::database::Database;
use crate::shell::{cargo, command, npm_program, npm_root, read, root, run};
use crate::{prepare, site};

/// The stages so far.
#[derive(Default)]
struct Stages {
    done: Mutex<Vec<Stage>>,
}

/// One stage that has ended.
struct Stage {
    name: &'static str,
    time: Duration,
    passed: bool,
}

impl Stages {
    /// Runs one stage; tells whether it passed.
    fn run(&self, name: &'static str, work: impl FnOnce() -> Result<()>) -> bool {
        println!("\n── {name}");
        let begin = Instant::now();
        let result = work();
        if let Err(error) = &result {
            eprintln!("xtask: {name}: {error:#}");
        }
        self.done().push(Stage {
            name,
            time: begin.elapsed(),
            passed: result.is_ok(),
        });
        result.is_ok()
    }

    fn done(&self) -> std::sync::MutexGuard<'_, Vec<Stage>> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prints one line a stage and the sum, which is the last line.
    fn close(&self) -> ExitCode {
        println!();
        let done = self.done();
        for stage in done.iter() {
            let word = if stage.passed { "passed" } else { "FAILED" };
            println!("{:>5} s  {word}  {}", stage.time.as_secs(), stage.name);
        }
        println!("{}", sum(&done));
        if done.iter().all(|stage| stage.passed) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

fn sum(stages: &[Stage]) -> String {
    let passed = stages.iter().filter(|stage| stage.passed).count();
    format!("{passed} passed, {} failed", stages.len() - passed)
}

/// The fast subset.
///
/// # Errors
/// None of its own: a failed stage is in the exit code.
pub fn check() -> Result<ExitCode> {
    let stages = Stages::default();
    stages.run("formatting", formatting);
    stages.run("lints, server side", || run(&mut prepare::clippy_server()));
    stages.run("lints, browser side", lint_browser);
    stages.run("lints, forms", lint_forms);
    stages.run("rules", rules);
    Ok(stages.close())
}

/// Everything.
///
/// # Errors
/// None of its own: a failed stage is in the exit code.
pub fn test() -> Result<ExitCode> {
    let stages = Stages::default();
    // Two lines side by side, each in folders of its own below `target`: one compiler alone leaves cores idle.
    let built = thread::scope(|scope| {
        let release = scope.spawn(|| optimised(&stages));
        unoptimised(&stages);
        release.join().unwrap_or(false)
    });
    stages.run("end to end", || {
        if built {
            end_to_end()
        } else {
            bail!("there is no release build to test")
        }
    });
    Ok(stages.close())
}

/// What lints and tests in the development profile.
fn unoptimised(stages: &Stages) {
    stages.run("formatting", formatting);
    stages.run(
        "lints and checked queries, server side",
        prepare::lint_and_check,
    );
    stages.run("lints, browser side", lint_browser);
    stages.run("rules", rules);
    stages.run("rules in WASM", rules_in_wasm);
    stages.run("application, database and HTTP", with_database);
    stages.run("build tool", || {
        run(cargo().args(["test", "--quiet", "--package", "xtask"]))
    });
}

/// What builds and tests in the release profile; tells whether the product was built.
fn optimised(stages: &Stages) -> bool {
    stages.run("server and WASM agree", agreement);
    let built = stages.run("release build and size budget", || {
        compile::everything(Profile::Release)
    });
    stages.run("lints, forms", lint_forms);
    stages.run("forms", || {
        // In the release profile, so that typst is compiled once for the product and its tests.
        run(cargo().args(["test", "--release", "--quiet", "--package", "forms"]))
    });
    built
}

fn formatting() -> Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))
}

fn lint_browser() -> Result<()> {
    run(cargo().args([
        "clippy",
        "--quiet",
        "--package",
        "frontend",
        "--package",
        "app",
        "--features",
        "app/hydrate",
        "--target",
        "wasm32-unknown-unknown",
        "--",
        "-D",
        "warnings",
    ]))
}

/// Without the PDF: typst would have to be checked for it alone. The compiler sees the rest in the release build.
fn lint_forms() -> Result<()> {
    run(cargo().args([
        "clippy",
        "--quiet",
        "--package",
        "forms",
        "--no-default-features",
        "--features",
        "office",
        "--",
        "-D",
        "warnings",
    ]))
}

fn rules() -> Result<()> {
    run(cargo().args(["test", "--quiet", "--package", "kpi", "--features", "json"]))
}

/// What runs a WASM binary.
const RUNNER: &str = "CARGO_TARGET_WASM32_WASIP1_RUNNER";

fn runner() -> String {
    format!("node {}", root().join("xtask/wasi-runner.mjs").display())
}

/// The same 100,000 random cases on both sides. Both find the file from the checkout.
fn agreement() -> Result<()> {
    let file = "target/agreement.jsonl";
    let call = |target: &[&str], verb: &str| {
        let mut call = cargo();
        call.args(["run", "--quiet", "--release", "--package", "kpi"])
            .args(["--example", "agreement"])
            .args(target)
            .args(["--", verb, file])
            .env(RUNNER, runner());
        read(&mut call)
    };
    call(&[], "make")?;
    let (server, wasm) = (
        call(&[], "judge")?,
        call(&["--target", "wasm32-wasip1"], "judge")?,
    );
    std::fs::remove_file(root().join(file))?;
    if server != wasm {
        bail!("the server says {server}, WASM says {wasm}");
    }
    println!("100,000 random cases: {server} on both sides");
    Ok(())
}

fn rules_in_wasm() -> Result<()> {
    run(cargo()
        .args([
            "test",
            "--quiet",
            "--package",
            "kpi",
            "--features",
            "json",
            "--target",
            "wasm32-wasip1",
        ])
        .env(RUNNER, runner()))
}

fn with_database() -> Result<()> {
    let database = Database::start()?;
    database.migrate_template()?;
    run(cargo()
        .args([
            "test",
            "--package",
            "app",
            "--package",
            "server",
            "--features",
            "app/ssr",
        ])
        .env("DATABASE_URL", database.url()))
}

fn end_to_end() -> Result<()> {
    run(command(npm_program("tsc"))
        .current_dir(npm_root())
        .args(["--noEmit"]))?;
    // Playwright starts the server itself, with its own PostgreSQL.
    run(command(npm_program("playwright"))
        .current_dir(npm_root())
        .arg("test")
        .env("CONGTAM_BIN", server_binary(Profile::Release))
        .env("CONGTAM_SITE", site::folder())
        .env_remove("DATABASE_URL"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_stage_is_counted_and_the_next_one_still_runs() {
        let stages = Stages::default();
        assert!(!stages.run("first", || bail!("no")));
        assert!(stages.run("second", || Ok(())));
        assert_eq!(sum(&stages.done()), "1 passed, 1 failed");
    }
}
