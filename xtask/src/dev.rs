//! `dev`: build, start, and do both again at every change. A build that fails leaves the old server running.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, ExitCode};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result};

use crate::assets::files;
use crate::compile::{self, Profile, serve};
use crate::shell::{root, succeeds};
use crate::site;
use crate::wasm::Module;

/// Folders of which a change asks for a compilation.
const CODE: [&str; 5] = ["kpi", "app", "server", "frontend", "migrations"];

/// Folders of which a change asks for a new site only.
const LOOK: [&str; 2] = ["style", "public"];

/// How often the folders are looked through: a few hundred files, a few milliseconds.
const PAUSE: Duration = Duration::from_millis(400);

/// What to say after a build that failed.
const FAILED: &str =
    "the last good build is still running (a new or changed query needs `cargo xtask prepare`)";

/// Never returns but by an error before the first start.
///
/// # Errors
/// When the first build fails or the server cannot be started.
pub fn watch(extra: &[String]) -> Result<ExitCode> {
    let (mut code, mut look) = (newest(&CODE), newest(&LOOK));
    let mut module = compile::both_sides(Profile::Dev)?;
    site::write(Profile::Dev, &module)?;
    let mut server = start(extra)?;
    loop {
        sleep(PAUSE);
        let (code_now, look_now) = (newest(&CODE), newest(&LOOK));
        if code_now == code && look_now == look {
            continue;
        }
        let begin = Instant::now();
        let built = rebuild(code_now != code, &mut module);
        (code, look) = (code_now, look_now);
        match built {
            Ok(()) => {
                stop(&mut server)?;
                server = start(extra)?;
                println!("xtask: rebuilt in {} s", begin.elapsed().as_secs());
            }
            Err(error) => eprintln!("xtask: {error:#}; {FAILED}"),
        }
    }
}

/// Compiles only if the code changed: a new colour needs no compiler.
fn rebuild(compile: bool, module: &mut Module) -> Result<()> {
    if compile {
        *module = compile::both_sides(Profile::Dev)?;
    }
    site::write(Profile::Dev, module)
}

fn start(extra: &[String]) -> Result<Child> {
    let served = serve(Profile::Dev, extra);
    // setpriv ends the server together with this process.
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "TERM"])
        .arg(served.get_program())
        .args(served.get_args())
        .current_dir(root());
    for (name, value) in served.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command.spawn().context("cannot start the server")
}

/// Asks the server to end, so that it stops its PostgreSQL, and insists after ten seconds.
fn stop(server: &mut Child) -> Result<()> {
    succeeds(Command::new("kill").arg(server.id().to_string()));
    let begin = Instant::now();
    while server.try_wait()?.is_none() {
        if begin.elapsed() > Duration::from_secs(10) {
            server.kill()?;
        }
        sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// The number of files and the time of the last change; a removed file changes the number.
fn newest(folders: &[&str]) -> (usize, Option<SystemTime>) {
    let mut found = (0, None);
    for folder in folders {
        for file in files(&root().join(folder)).unwrap_or_default() {
            found.0 += 1;
            found.1 = found.1.max(modified(&file));
        }
    }
    found
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).ok()?.modified().ok()
}
