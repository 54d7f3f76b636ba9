//! `congtam-forms`: one request as JSON on standard input, one file on standard output.
//! A failure is one line of JSON on standard error, `{"error": code, "message": words}`, and a code other than 0.

use std::io::{Read, Write, stderr, stdin, stdout};
use std::process::ExitCode;

use forms::{FormError, Request, write};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let line = serde_json::json!({ "error": error.code(), "message": error.to_string() });
            // Nobody is left to tell when standard error is gone too; the exit code says it.
            let _told = writeln!(stderr(), "{line}");
            ExitCode::from(error.exit_code())
        }
    }
}

fn run() -> Result<(), FormError> {
    let mut text = String::new();
    stdin().read_to_string(&mut text)?;
    let request: Request = serde_json::from_str(&text)?;
    let file = write(&request)?;
    let mut out = stdout().lock();
    out.write_all(&file)?;
    out.flush()?;
    Ok(())
}
