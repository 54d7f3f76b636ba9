//! Finds the PostgreSQL programs of the machine and their versions. Debian keeps them outside `PATH`, one folder
//! a major version, so several can be installed; data files can only be opened by the major version that wrote them.

use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::error::PostgresError;

/// First major version that can make a database with an ICU locale.
const OLDEST_MAJOR: u32 = 15;

/// Programs of one major version of PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Installation {
    pub(super) major: u32,
    bin: PathBuf,
}

impl Installation {
    /// Path of one of its programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.bin.join(name)
    }
}

/// The programs to use: those of the version that wrote the data, or the newest when there is no data yet.
///
/// `written_by`: cluster folder and major version of existing data.
pub(super) async fn find(written_by: Option<(&Path, u32)>) -> Result<Installation, PostgresError> {
    choose(installed().await, written_by)
}

fn choose(
    found: Vec<Installation>,
    written_by: Option<(&Path, u32)>,
) -> Result<Installation, PostgresError> {
    let newest = found
        .iter()
        .map(|installation| installation.major)
        .max()
        .ok_or(PostgresError::BinariesMissing)?;
    let wanted = written_by.map_or(newest, |(_, major)| major);
    if let Some((path, data)) = written_by
        && !found.iter().any(|installation| installation.major == data)
    {
        return Err(PostgresError::OtherVersion {
            path: path.to_owned(),
            data,
            installed: newest,
        });
    }
    if wanted < OLDEST_MAJOR {
        return Err(PostgresError::TooOld { found: newest });
    }
    found
        .into_iter()
        .find(|installation| installation.major == wanted)
        .ok_or(PostgresError::BinariesMissing)
}

/// Every folder that has both programs, each with its version.
async fn installed() -> Vec<Installation> {
    let mut found = Vec::new();
    for bin in candidates().await {
        if !bin.join("initdb").is_file() {
            continue;
        }
        let Ok(output) = Command::new(bin.join("postgres"))
            .arg("--version")
            .output()
            .await
        else {
            continue;
        };
        if let Some(major) = major_version(&String::from_utf8_lossy(&output.stdout)) {
            found.push(Installation { major, bin });
        }
    }
    found
}

async fn candidates() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .collect();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output().await
        && output.status.success()
    {
        folders.push(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim(),
        ));
    }
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    folders.retain(|folder| folder.is_absolute() && folder.join("postgres").is_file());
    folders
}

/// Major version in `postgres (PostgreSQL) 15.18 (Debian …)`.
fn major_version(words: &str) -> Option<u32> {
    let number = words.split("(PostgreSQL)").nth(1)?.trim_start();
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installation(major: u32) -> Installation {
        Installation {
            major,
            bin: PathBuf::from(format!("/usr/lib/postgresql/{major}/bin")),
        }
    }

    #[test]
    fn version_is_read_from_the_words_of_the_program() {
        assert_eq!(
            major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("mysqld 8.0"), None);
    }

    #[test]
    fn newest_is_taken_for_new_data_and_the_writer_for_existing_data() {
        let both = || vec![installation(15), installation(17)];
        assert_eq!(choose(both(), None).unwrap().major, 17);
        let data = Path::new("/var/lib/congtam/cluster");
        assert_eq!(choose(both(), Some((data, 15))).unwrap().major, 15);
    }

    #[test]
    fn missing_old_and_other_versions_are_refused() {
        let data = Path::new("/var/lib/congtam/cluster");
        let other = choose(vec![installation(17)], Some((data, 15))).unwrap_err();
        assert!(other.to_string().contains("postgresql-15"), "{other}");
        let old = choose(vec![installation(13)], None).unwrap_err();
        assert!(matches!(old, PostgresError::TooOld { found: 13 }));
        let none = choose(Vec::new(), None).unwrap_err();
        assert!(none.to_string().contains("apt install postgresql"));
    }
}
