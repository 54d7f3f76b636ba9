//! The site that the browser loads, written to `dist/site`: WASM and its glue, style, fonts, icons.
//! Every name but those of `public/` carries a hash of its content, so all of it may be cached for ever.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::compile::{Profile, server_binary};
use crate::shell::{npm_root, root};
use crate::wasm::Module;
use crate::{assets, css};

/// The name that the WASM, its glue and the style share: `LeptosOptions::output_name`.
pub const NAME: &str = "congtam";

/// The folder of these files inside the site: `LeptosOptions::site_pkg_dir`.
pub const PACKAGE: &str = "pkg";

/// The file that tells the server the hashes: `LeptosOptions::hash_file`.
pub const HASHES: &str = "hash.txt";

/// The weights and subsets that a Vietnamese page needs.
const FONTS: [&str; 4] = ["latin-400", "latin-600", "vietnamese-400", "vietnamese-600"];

/// Where the site is written: `LeptosOptions::site_root`.
pub fn folder() -> PathBuf {
    root().join("dist/site")
}

/// Writes the whole site beside the old one, then puts it in its place.
///
/// # Errors
/// When a package is missing, the style does not parse, or the disk refuses.
pub fn write(profile: Profile, module: &Module) -> Result<()> {
    let place = folder();
    let fresh = place.with_extension("new");
    remove(&fresh)?;
    let package = fresh.join(PACKAGE);
    fs::create_dir_all(&package)?;

    assets::copy_tree(&root().join("public"), &fresh)?;
    let mut hashes = String::new();
    let fonts = copy_fonts(&fresh.join("fonts"), &mut hashes)?;

    let style = css::bundle(&root().join("style/main.css"), &fonts)?;
    put(&package, "css", style.as_bytes(), &mut hashes)?;

    put(&package, "js", module.glue.as_bytes(), &mut hashes)?;
    put(&package, "wasm", &module.wasm, &mut hashes)?;
    for (name, text) in &module.snippets {
        let file = package.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&package))?;
        fs::write(file, text)?;
    }
    if profile == Profile::Release {
        assets::compress_tree(&fresh)?;
    }
    // Written last and not compressed: only the server reads it.
    fs::write(fresh.join(HASHES), hashes)?;

    remove(&place)?;
    fs::rename(&fresh, &place)
        .with_context(|| format!("cannot move the site to {}", place.display()))?;
    link_beside(&server_binary(profile), &place)
}

/// Lets the binary find the site where it looks without being told: `site` beside itself.
fn link_beside(binary: &Path, site: &Path) -> Result<()> {
    let link = binary.with_file_name("site");
    if fs::read_link(&link).is_ok_and(|old| old == site) {
        return Ok(());
    }
    if link.is_symlink() {
        fs::remove_file(&link)?;
    }
    if let Some(folder) = link.parent() {
        fs::create_dir_all(folder)?;
    }
    symlink(site, &link).with_context(|| format!("cannot link {}", link.display()))
}

/// Writes one of the three files that Leptos knows by its extension.
fn put(package: &Path, extension: &str, content: &[u8], hashes: &mut String) -> Result<()> {
    let hash = assets::hash(content);
    fs::write(package.join(format!("{NAME}.{hash}.{extension}")), content)?;
    hashes.push_str(&format!("{extension}: {hash}\n"));
    Ok(())
}

/// Copies the fonts; gives for each its plain address, as the style names it, and its hashed one.
fn copy_fonts(folder: &Path, hashes: &mut String) -> Result<Vec<(String, String)>> {
    fs::create_dir_all(folder)?;
    let source = npm_root().join("node_modules/@fontsource/be-vietnam-pro/files");
    let mut names = Vec::new();
    for font in FONTS {
        let stem = format!("be-vietnam-pro-{font}-normal");
        let file = source.join(format!("{stem}.woff2"));
        let content =
            fs::read(&file).with_context(|| format!("cannot read the font {}", file.display()))?;
        let hash = assets::hash(&content);
        fs::write(folder.join(format!("{stem}.{hash}.woff2")), content)?;
        hashes.push_str(&format!("font-{font}: {hash}\n"));
        names.push((
            format!("/fonts/{stem}.woff2"),
            format!("/fonts/{stem}.{hash}.woff2"),
        ));
    }
    Ok(names)
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
