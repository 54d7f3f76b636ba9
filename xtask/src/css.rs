//! The style: `style/main.css` and all that it imports, as one minified file.

use std::path::Path;

use anyhow::{Result, anyhow, bail};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

/// Bundles and minifies `main`, and replaces each plain font address by its hashed one.
///
/// # Errors
/// When a file is missing or does not parse, or a font is named that is not shipped.
pub fn bundle(main: &Path, fonts: &[(String, String)]) -> Result<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    let targets = targets();
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            targets,
            ..PrinterOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    name_fonts(printed.code, fonts)
}

/// Browsers since May 2024, the first ones that all know `light-dark()`: it stays as it is written.
fn targets() -> Targets {
    let version = |major: u32, minor: u32| Some((major << 16) | (minor << 8));
    Targets::from(Browsers {
        chrome: version(123, 0),
        edge: version(123, 0),
        firefox: version(120, 0),
        safari: version(17, 5),
        ios_saf: version(17, 5),
        ..Browsers::default()
    })
}

fn name_fonts(mut style: String, fonts: &[(String, String)]) -> Result<String> {
    for (plain, hashed) in fonts {
        style = style.replace(plain.as_str(), hashed);
    }
    let shipped: Vec<&str> = fonts.iter().map(|(_, hashed)| hashed.as_str()).collect();
    for (place, _) in style.match_indices("/fonts/") {
        let rest = style.get(place..).unwrap_or_default();
        let name = rest
            .split(['"', '\'', ')', '?', '#'])
            .next()
            .unwrap_or(rest);
        if !shipped.contains(&name) {
            bail!("the style names the font {name}, which is not shipped");
        }
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fonts() -> Vec<(String, String)> {
        vec![(
            "/fonts/a.woff2".to_owned(),
            "/fonts/a.12ab.woff2".to_owned(),
        )]
    }

    #[test]
    fn a_shipped_font_gets_its_hashed_name() {
        let style = name_fonts("x{src:url(/fonts/a.woff2)}".to_owned(), &fonts()).unwrap();
        assert_eq!(style, "x{src:url(/fonts/a.12ab.woff2)}");
    }

    #[test]
    fn a_font_that_is_not_shipped_is_refused() {
        let error = name_fonts("x{src:url(/fonts/b.woff2)}".to_owned(), &fonts()).unwrap_err();
        assert!(error.to_string().contains("/fonts/b.woff2"), "{error}");
    }

    #[test]
    fn imports_become_one_sheet_with_their_layers() {
        let folder = std::env::temp_dir().join(format!("congtam-css-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(
            folder.join("main.css"),
            "@layer base, ui;\n@import \"ui.css\" layer(ui);\n",
        )
        .unwrap();
        std::fs::write(folder.join("ui.css"), ".meter { color: #ff0000; }\n").unwrap();
        let style = bundle(&folder.join("main.css"), &[]);
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(style.unwrap(), "@layer base;@layer ui{.meter{color:red}}");
    }
}
