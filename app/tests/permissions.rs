//! Lists every server function of the product: each begins by requiring a permission of the table, or stands in the
//! explicit list of public ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

use std::path::{Path, PathBuf};

use kpi::permission::{Permission, TABLE};

struct Function {
    file: String,
    endpoint: String,
    reads: bool,
    first: String,
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

fn functions() -> Vec<Function> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let mut functions = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for part in text.split("#[server(name").skip(1) {
            let attribute = part.split(")]").next().unwrap();
            let endpoint = attribute
                .split("endpoint = \"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            let body = part.split("AppError> {").nth(1).unwrap();
            let first: String = body
                .split(';')
                .map(str::trim)
                .find(|statement| !statement.starts_with("use "))
                .unwrap()
                .chars()
                .take(300)
                .collect();
            functions.push(Function {
                file: file.strip_prefix(&source).unwrap().display().to_string(),
                endpoint: endpoint.to_owned(),
                reads: attribute.contains("GetUrl"),
                first,
            });
        }
    }
    functions
}

fn permission_of(function: &Function) -> Option<String> {
    let rest = function.first.split("require(").nth(1)?;
    let name = rest.split("Permission::").nth(1)?;
    Some(
        name.chars()
            .take_while(|c| c.is_ascii_alphanumeric())
            .collect(),
    )
}

#[test]
fn every_server_function_begins_with_a_permission_of_the_table() {
    let functions = functions();
    let registered = leptos::server_fn::axum::server_fn_paths().count();
    assert_eq!(
        functions.len(),
        registered,
        "the scan and the registered functions differ"
    );
    assert!(functions.len() > 20);
    let granted: Vec<String> = TABLE
        .iter()
        .map(|(permission, _)| format!("{permission:?}"))
        .collect();
    let mut wrong = Vec::new();
    for function in &functions {
        let public = app::auth::PUBLIC_FUNCTIONS.contains(&function.endpoint.as_str());
        match permission_of(function) {
            Some(name) if granted.contains(&name) && !public => {}
            None if public => {}
            other => wrong.push(format!(
                "{} ({}): {other:?}",
                function.endpoint, function.file
            )),
        }
    }
    assert!(
        wrong.is_empty(),
        "without a row of the permission table:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn public_functions_exist_and_are_few() {
    let functions = functions();
    for public in app::auth::PUBLIC_FUNCTIONS {
        assert!(
            functions
                .iter()
                .any(|function| function.endpoint == *public),
            "{public} is listed but not there"
        );
    }
    assert!(app::auth::PUBLIC_FUNCTIONS.len() <= 5);
}

#[test]
fn whatever_changes_something_is_posted() {
    let writes = [
        "ReportProgress",
        "Deliver",
        "Assign",
        "DecideDelivery",
        "ConfirmReview",
        "PrepareReview",
        "DelegateReview",
        "ManageAccounts",
        "ApproveCatalogue",
        "ManageIndicators",
        "ReportIndicator",
        "AssessUnit",
    ];
    for function in functions().iter().filter(|function| function.reads) {
        let name = permission_of(function).unwrap_or_default();
        // Loading the form of a write needs the same permission; it is a read all the same and says so by its name.
        let loads = function
            .endpoint
            .rsplit('/')
            .next()
            .unwrap()
            .contains("load")
            || function.endpoint.ends_with('s');
        assert!(
            !writes.contains(&name.as_str()) || loads,
            "{} is a GET",
            function.endpoint
        );
    }
}

#[test]
fn every_permission_has_a_row() {
    for permission in Permission::ALL {
        assert!(
            TABLE
                .iter()
                .any(|(row, grants)| row == permission && !grants.is_empty()),
            "{permission:?}"
        );
    }
}
