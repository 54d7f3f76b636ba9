//! The size budget: what a first visit to `/month` transfers, brotli'd. The end-to-end tests measure the
//! real page; here a fixed allowance stands for its HTML, so that a build fails before a browser starts.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::assets::{brotli, files};
use crate::shell::root;
use crate::site;

/// WASM and JavaScript, in bytes.
const CODE_LIMIT: u64 = 300_000;

/// The whole first load, in bytes.
const TOTAL_LIMIT: u64 = 400_000;

/// What the HTML of `/month` may take, in bytes.
const HTML: u64 = 25_000;

/// One kind of file and what it transfers, in bytes.
struct Part {
    kind: &'static str,
    bytes: u64,
}

/// Prints each part of the first load and holds it against the budget.
///
/// # Errors
/// When there is no site, or the budget is exceeded.
pub fn check() -> Result<()> {
    let parts = measure(&site::folder())?;
    let code: u64 = parts
        .iter()
        .filter(|part| ["wasm", "js"].contains(&part.kind))
        .map(|part| part.bytes)
        .sum();
    let total: u64 = parts.iter().map(|part| part.bytes).sum();
    println!("First load of /month, brotli:");
    for part in &parts {
        println!("  {:<10} {:>9}", part.kind, kilobytes(part.bytes));
    }
    println!(
        "  {:<10} {:>9} of {}",
        "wasm + js",
        kilobytes(code),
        kilobytes(CODE_LIMIT)
    );
    println!(
        "  {:<10} {:>9} of {}",
        "total",
        kilobytes(total),
        kilobytes(TOTAL_LIMIT)
    );
    judge(code, total)
}

/// # Errors
/// When one of the two sums is over its limit.
fn judge(code: u64, total: u64) -> Result<()> {
    if code > CODE_LIMIT {
        bail!(
            "WASM and JavaScript take {}, the budget is {}",
            kilobytes(code),
            kilobytes(CODE_LIMIT)
        );
    }
    if total > TOTAL_LIMIT {
        bail!(
            "the first load takes {}, the budget is {}",
            kilobytes(total),
            kilobytes(TOTAL_LIMIT)
        );
    }
    Ok(())
}

fn measure(folder: &Path) -> Result<Vec<Part>> {
    let mut parts: Vec<Part> = ["wasm", "js", "css", "woff2"]
        .into_iter()
        .map(|kind| Part { kind, bytes: 0 })
        .collect();
    let missing = || {
        format!(
            "there is no site in {}; run `cargo xtask build` first",
            relative(folder)
        )
    };
    let everything = files(folder).with_context(missing)?;
    for part in &mut parts {
        for file in &everything {
            if file
                .extension()
                .is_some_and(|extension| extension == part.kind)
            {
                let content = fs::read(file)?;
                // A font is compressed already and sent as it is.
                let sent = if part.kind == "woff2" {
                    content
                } else {
                    brotli(&content)?
                };
                part.bytes += u64::try_from(sent.len())?;
            }
        }
        if part.bytes == 0 {
            bail!("the site has no {} file", part.kind);
        }
    }
    parts.push(Part {
        kind: "html",
        bytes: HTML,
    });
    Ok(parts)
}

fn relative(folder: &Path) -> String {
    folder
        .strip_prefix(root())
        .unwrap_or(folder)
        .display()
        .to_string()
}

/// Bytes as kilobytes of 1000, rounded up to a tenth.
fn kilobytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_themselves_are_within_the_budget_and_one_byte_more_is_not() {
        assert!(judge(CODE_LIMIT, TOTAL_LIMIT).is_ok());
        assert!(judge(CODE_LIMIT + 1, TOTAL_LIMIT).is_err());
        assert!(judge(CODE_LIMIT, TOTAL_LIMIT + 1).is_err());
    }

    #[test]
    fn kilobytes_are_rounded_up() {
        assert_eq!(kilobytes(300_000), "300.0 kB");
        assert_eq!(kilobytes(300_001), "300.1 kB");
    }
}
