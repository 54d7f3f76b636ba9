//! From the module that rustc wrote to the one that the browser loads: wasm-bindgen as a library
//! (its command line would have to be compiled first), then wasm-opt and a minified glue for a release.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::compile::{Profile, frontend_module};
use crate::shell::{command, npm_program, run, target};
use crate::site::NAME;

/// What rustc 1.95 and wasm-bindgen use. The module's own section names them too; this list makes sure.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The parts of the browser's side.
pub struct Module {
    /// The JavaScript that loads the module.
    pub glue: String,
    /// The module itself.
    pub wasm: Vec<u8>,
    /// Scripts that the glue imports, by their path relative to it.
    pub snippets: BTreeMap<String, String>,
}

/// Binds the module that was compiled last.
///
/// # Errors
/// When it was not compiled, or a tool refuses it.
pub fn bind(profile: Profile) -> Result<Module> {
    let file = frontend_module(profile);
    let release = profile == Profile::Release;
    let mut output = Bindgen::new()
        .input_path(&file)
        .out_name(NAME)
        .web(true)?
        .typescript(false)
        // The page names the module; the glue must not guess an address without its hash.
        .omit_default_module_path(true)
        .remove_producers_section(release)
        .generate_output()
        .with_context(|| format!("wasm-bindgen refuses {}", file.display()))?;
    let glue = output.js().to_owned();
    let mut snippets = BTreeMap::new();
    for (owner, texts) in output.snippets() {
        for (place, text) in texts.iter().enumerate() {
            snippets.insert(format!("snippets/{owner}/inline{place}.js"), text.clone());
        }
    }
    for (name, text) in output.local_modules() {
        snippets.insert(format!("snippets/{name}"), text.clone());
    }
    let wasm = output.wasm_mut().emit_wasm();
    if release {
        return Ok(Module {
            glue: minify(&glue)?,
            wasm: optimise(&wasm)?,
            snippets,
        });
    }
    Ok(Module {
        glue,
        wasm,
        snippets,
    })
}

/// Shrinks the module by npm's binaryen; the one that Debian ships yields a module that does not start.
fn optimise(wasm: &[u8]) -> Result<Vec<u8>> {
    let (from, to) = scratch("wasm")?;
    fs::write(&from, wasm)?;
    run(command(npm_program("wasm-opt"))
        .arg("-Oz")
        .args(FEATURES)
        .arg(&from)
        .arg("-o")
        .arg(&to))?;
    Ok(fs::read(&to)?)
}

/// Takes comments and long names out of the glue.
fn minify(glue: &str) -> Result<String> {
    let (from, to) = scratch("js")?;
    fs::write(&from, glue)?;
    run(command(npm_program("esbuild"))
        .arg(&from)
        .args([
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--log-level=warning",
        ])
        .arg(format!("--outfile={}", to.display())))?;
    Ok(fs::read_to_string(&to)?)
}

/// Two files below the target folder: what goes in and what comes out.
fn scratch(extension: &str) -> Result<(PathBuf, PathBuf)> {
    let folder = target().join("site");
    fs::create_dir_all(&folder)?;
    Ok((
        folder.join(format!("bound.{extension}")),
        folder.join(format!("small.{extension}")),
    ))
}

#[cfg(test)]
mod tests {
    use crate::shell::root;

    #[test]
    fn the_library_has_the_version_that_the_module_was_compiled_with() {
        let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
        let version = |package: &str| {
            let start = lock.find(&format!("name = \"{package}\"\n")).unwrap();
            lock[start..].lines().nth(1).unwrap().to_owned()
        };
        assert_eq!(version("wasm-bindgen"), version("wasm-bindgen-cli-support"));
    }
}
