//! Runs the program that writes files: one at a time, behind everything else, with a time limit. A document that takes
//! too long or too much ends its process, never the server.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use forms::Request;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::error::AppError;

/// Name of the program.
const NAME: &str = "congtam-forms";
/// Longest time for what somebody waits for.
pub const SHORT: Duration = Duration::from_secs(25);
/// Longest time for a part of a job.
pub const LONG: Duration = Duration::from_secs(300);

/// One at a time: a file takes a core for a while, and there are few.
static ALONE: Semaphore = Semaphore::const_new(1);

/// The program: the one that `CONGTAM_FORMS` names, or the one beside the server, or of the release build above it.
pub fn find() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CONGTAM_FORMS") {
        return Some(PathBuf::from(named)).filter(|named| named.is_file());
    }
    let server = std::env::current_exe().ok()?;
    let beside = server.parent()?.join(NAME);
    let built = server
        .ancestors()
        .map(|folder| folder.join("release").join(NAME));
    std::iter::once(beside)
        .chain(built)
        .find(|file| file.is_file())
}

/// Writes one file.
///
/// # Errors
/// `Invalid` with what to install when there is no program; `Unavailable` when it fails or takes longer than `limit`.
pub async fn run(request: &Request, limit: Duration) -> Result<Vec<u8>, AppError> {
    let Some(program) = find() else {
        return Err(AppError::invalid(
            "form",
            "Máy chủ chưa có chương trình in biểu mẫu congtam-forms. Quản trị hệ thống hãy đặt tệp này cạnh tệp chạy congtam, \
             hoặc chỉ đường dẫn bằng CONGTAM_FORMS (khi phát triển: cargo build --release -p forms).",
            "",
        ));
    };
    let input = serde_json::to_vec(request).map_err(AppError::inner)?;
    let written = timeout(limit, async {
        let _turn = ALONE.acquire().await.map_err(AppError::inner)?;
        written(&program, &input).await
    });
    written
        .await
        .unwrap_or_else(|_| Err(AppError::inner("writing a form took too long")))
}

async fn written(program: &std::path::Path, input: &[u8]) -> Result<Vec<u8>, AppError> {
    // It needs nothing of the server's environment, which holds the database's address.
    let mut child = Command::new("nice")
        .args(["-n", "10"])
        .arg(program)
        .env_clear()
        .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(AppError::inner)?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input).await.map_err(AppError::inner)?;
        stdin.shutdown().await.map_err(AppError::inner)?;
    }
    let output = child.wait_with_output().await.map_err(AppError::inner)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        let said = String::from_utf8_lossy(&output.stderr);
        Err(AppError::inner(format!("{NAME}: {}", said.trim())))
    }
}
