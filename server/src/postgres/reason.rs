//! Why a PostgreSQL program ended, read from its own words: its output, and since its last start its log.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nix::fcntl::OFlag;
use nix::sys::statvfs::statvfs;

use super::error::PostgresError;
use super::folder::Folder;

/// Why the postmaster ended while starting: its words before its log files were open, and since its last start in
/// the newest of them.
pub(super) fn reason_of_death(folder: &Folder, pid: Option<i32>) -> PostgresError {
    let mut words = fs::read_to_string(folder.start_log()).unwrap_or_default();
    if let Some(pid) = pid
        && let Some(log) = newest_log(&folder.log)
        && let Some(since) = log.rfind(&format!("[{pid}] LOG:  starting PostgreSQL"))
    {
        words.push_str(log.get(since..).unwrap_or_default());
    }
    // On a full disk the reason itself may not have been written.
    if says_disk_full(&words) || is_full(&folder.root) {
        return PostgresError::DiskFull {
            path: folder.root.clone(),
        };
    }
    PostgresError::Died {
        reason: last_words(&words),
        log: folder.log.clone(),
    }
}

/// Why `initdb` failed, from its output.
pub(super) fn reason_of_failure(folder: &Folder, output: &str) -> PostgresError {
    if says_disk_full(output) {
        PostgresError::DiskFull {
            path: folder.root.clone(),
        }
    } else {
        PostgresError::Initdb {
            reason: last_words(output),
        }
    }
}

/// Whether less than 1 MB is left beside the folder.
fn is_full(folder: &Path) -> bool {
    statvfs(folder).is_ok_and(|disk| {
        disk.blocks_available().saturating_mul(disk.fragment_size()) < 1024 * 1024
    })
}

/// Last 64 kB at most of the log that was written last.
fn newest_log(log: &Path) -> Option<String> {
    const MOST: u64 = 64 * 1024;
    let newest = fs::read_dir(log)
        .ok()?
        .flatten()
        .max_by_key(|entry| entry.metadata().and_then(|log| log.modified()).ok())?;
    let mut file = File::options()
        .read(true)
        .custom_flags(OFlag::O_NOFOLLOW.bits())
        .open(newest.path())
        .ok()?;
    let length = file.metadata().ok()?.len();
    io::Seek::seek(&mut file, io::SeekFrom::Start(length.saturating_sub(MOST))).ok()?;
    let mut bytes = Vec::new();
    file.take(MOST).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Marks of the lines that say why a PostgreSQL program ended.
const TELLING: [&str; 7] = [
    "FATAL",
    "PANIC",
    "error:",
    "DETAIL",
    "HINT",
    // A settings file with mistakes: the mistakes are named in lines before the fatal one.
    "parameter",
    "syntax error",
];

/// Marks of lines that look alike and tell nothing: clients that came too early, where the log goes on.
const IDLE: [&str; 2] = ["the database system is", "Future log output"];

/// The lines of a program's output that say why it ended, or else its last line.
fn last_words(output: &str) -> String {
    let has = |line: &str, marks: &[&str]| marks.iter().any(|mark| line.contains(mark));
    let telling: Vec<&str> = output
        .lines()
        .filter(|line| has(line, &TELLING) && !has(line, &IDLE))
        .collect();
    if telling.is_empty() {
        output.lines().last().unwrap_or_default().trim().to_owned()
    } else {
        telling.join(" ").trim().to_owned()
    }
}

/// Whether the words of a PostgreSQL program say that the disk is full.
fn says_disk_full(words: &str) -> bool {
    words.contains("No space left on device") || words.contains("Disk quota exceeded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reason_of_a_failed_start_is_found_among_its_words() {
        let words = "LOG:  starting\nFATAL:  lock file \"postmaster.pid\" already exists\nHINT:  Is it running?\n";
        assert_eq!(
            last_words(words),
            "FATAL:  lock file \"postmaster.pid\" already exists HINT:  Is it running?"
        );
        assert_eq!(last_words("one\ntwo\n"), "two");
    }

    #[test]
    fn full_disk_is_told_apart() {
        assert!(says_disk_full(
            "initdb: error: could not write file \"base/1/1255\": No space left on device"
        ));
        assert!(!says_disk_full("initdb: error: Permission denied"));
        assert!(!is_full(Path::new("/")), "this machine has room");
    }
}
