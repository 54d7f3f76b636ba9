//! Sub-commands of `congtam`, and how they speak.

pub mod account;
pub mod demo;
pub mod exchange;
pub mod import;
pub mod replay;
pub mod verify_audit;

use std::io::{ErrorKind, Write};

/// Prints a line for the person at the terminal; a reader that went away has read enough.
pub fn say(text: &str) {
    if let Err(error) = writeln!(std::io::stdout(), "{text}")
        && error.kind() != ErrorKind::BrokenPipe
    {
        complain(&format!("Không ghi được ra đầu ra chuẩn: {error}"));
    }
}

/// Prints why a command failed; where nobody can read it, the exit code says so alone.
pub fn complain(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
