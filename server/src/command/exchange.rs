//! `congtam score`, `rate` and `unit`: the golden cases' command line. JSON in, JSON out, never a panic.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

/// Where the JSON comes from.
#[derive(Debug, Args)]
pub struct ExchangeArgs {
    /// Tệp JSON; không có hoặc `-` thì đọc đầu vào chuẩn.
    file: Option<PathBuf>,
}

/// Prints what `of_text` makes of the JSON; exit status 0 for an array and for an answered object, 1 for a refused
/// object.
pub fn run(args: &ExchangeArgs, of_text: fn(&str) -> (String, bool)) -> ExitCode {
    let (answer, accepted) = match read(args) {
        Ok(text) => of_text(&text),
        Err(message) => (
            serde_json::json!({"error": true, "field": "", "message": message}).to_string(),
            false,
        ),
    };
    super::say(&answer);
    if accepted {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn read(args: &ExchangeArgs) -> Result<String, String> {
    let mut bytes = Vec::new();
    match &args.file {
        Some(file) if file.as_os_str() != "-" => {
            bytes = std::fs::read(file)
                .map_err(|error| format!("Không đọc được {}: {error}", file.display()))?;
        }
        _ => {
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| format!("Không đọc được đầu vào: {error}"))?;
        }
    }
    String::from_utf8(bytes).map_err(|_| "Đầu vào không phải văn bản UTF-8.".to_owned())
}
