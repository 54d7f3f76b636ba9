//! Holds the `crate::…` paths of every module to the table of ARCHITECTURE.md: a row may use the rows above it,
//! never below, and its own row only where the table says so.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};

/// Rows from the bottom up; a pair is an allowed sideways use.
const ROWS: &[&[&str]] = &[
    &["error", "format"],
    &["browser"],
    &["ui", "live", "audit", "mail"],
    &["state"],
    &["auth"],
    &["sign"],
    &["org", "rule_set", "catalogue", "period"],
    &["assignment"],
    &["progress"],
    &["review", "unit_kpi"],
    &["rating", "why", "petition"],
    &[
        "dashboard",
        "export",
        "meeting",
        "import",
        "admin",
        "replay",
    ],
    &["report", "digest"],
    &["routes", "shell"],
];
const SIDEWAYS: &[(&str, &str)] = &[
    ("shell", "routes"),
    ("period", "org"),
    ("petition", "rating"),
];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn used_modules(text: &str) -> Vec<String> {
    text.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group
                .split('}')
                .next()
                .unwrap_or("")
                .split(',')
                .map(first_word)
                .collect::<Vec<_>>(),
            None => vec![first_word(rest)],
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    text.trim_start()
        .chars()
        .take_while(|c| c.is_ascii_lowercase() || *c == '_')
        .collect()
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 30, "the sources were not found");
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let module = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .trim_end_matches(".rs");
        if module == "lib" {
            continue;
        }
        let own = row(module)
            .unwrap_or_else(|| panic!("{module} has no row: add it to ARCHITECTURE.md and here"));
        for used in used_modules(&std::fs::read_to_string(&file).unwrap()) {
            if used == module {
                continue;
            }
            let Some(other) = row(&used) else { continue };
            let allowed = other < own || SIDEWAYS.contains(&(module, used.as_str()));
            if !allowed {
                wrong.push(format!("{} uses crate::{used}", inside.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "against the layering of ARCHITECTURE.md:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn nobody_calls_another_features_server_functions() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let module = inside
            .components()
            .next()
            .unwrap()
            .as_os_str()
            .to_str()
            .unwrap()
            .to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        for other in ROWS
            .iter()
            .flat_map(|row| row.iter())
            .filter(|other| **other != module)
        {
            assert!(
                !text.contains(&format!("crate::{other}::api")),
                "{} uses {other}::api",
                inside.display()
            );
        }
    }
}

#[test]
fn only_the_escaping_text_area_stands_in_the_project() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for file in files.iter().filter(|file| !file.ends_with("ui/form.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(
            !text.contains("<textarea"),
            "{}: use ui::TextArea",
            file.display()
        );
        assert!(
            !text.contains("style=\""),
            "{}: the content policy forbids style attributes",
            file.display()
        );
    }
}
