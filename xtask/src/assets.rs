//! Files of the site: content hashes, copies, and the compressed siblings that the server sends as they are.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// Extensions that are compressed already; everything else gets `.br` and `.gz` siblings.
const COMPRESSED: [&str; 8] = ["woff2", "png", "jpg", "jpeg", "webp", "ico", "br", "gz"];

/// The first 16 hexadecimal digits of the SHA-256 of `content`.
pub fn hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Copies a folder and all that is in it but notes (`.md`), which are for people who read the code;
/// a folder that is missing counts as empty.
///
/// # Errors
/// When a file cannot be read or written.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    for file in files(from)? {
        if file.extension().is_some_and(|extension| extension == "md") {
            continue;
        }
        let target = to.join(file.strip_prefix(from)?);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&file, &target).with_context(|| format!("cannot copy {}", file.display()))?;
    }
    Ok(())
}

/// Writes the `.br` and `.gz` siblings of every file in a folder that gains by it.
///
/// # Errors
/// When a file cannot be read or written.
pub fn compress_tree(folder: &Path) -> Result<()> {
    for file in files(folder)? {
        let extension = file
            .extension()
            .and_then(|extension| extension.to_str())
            .unwrap_or_default();
        if COMPRESSED.contains(&extension) {
            continue;
        }
        let content = fs::read(&file)?;
        fs::write(sibling(&file, "br"), brotli(&content)?)?;
        let mut gzip = flate2::write::GzEncoder::new(
            File::create(sibling(&file, "gz"))?,
            flate2::Compression::best(),
        );
        gzip.write_all(&content)?;
        gzip.finish()?;
    }
    Ok(())
}

/// `content` as brotli sends it at its best: quality 11, window of 4 MiB.
///
/// # Errors
/// Never in memory; the encoder's interface allows for it.
pub fn brotli(content: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 22);
    writer.write_all(content)?;
    writer.flush()?;
    drop(writer);
    Ok(packed)
}

/// All files below a folder, in a stable order.
///
/// # Errors
/// When a folder cannot be read.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn sibling(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_hash_is_the_start_of_sha_256() {
        // From FIPS 180-2, appendix B.1.
        assert_eq!(hash(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn packed_text_is_smaller_and_reads_back() {
        let text = "Công Tâm ".repeat(500);
        let packed = brotli(text.as_bytes()).unwrap();
        assert!(packed.len() < text.len() / 10);
        let mut back = String::new();
        brotli::Decompressor::new(packed.as_slice(), 4096)
            .read_to_string(&mut back)
            .unwrap();
        assert_eq!(back, text);
    }
}
