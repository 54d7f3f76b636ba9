//! Every public rule names the article it rests on and has a test named after
//! it. Read from the sources, so that a new rule cannot be forgotten.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Files that hold no rule: numbers, names, the wire, words, and the reading of fields.
const NO_RULES: [&str; 15] = [
    "bounds.rs",
    "code.rs",
    "exact.rs",
    "ids.rs",
    "json",
    "json.rs",
    "number.rs",
    "rule_error.rs",
    "rule_set/field.rs",
    "rule_set/field/rows.rs",
    "sign.rs",
    "trace.rs",
    "trace/fraction.rs",
    "wording",
    "wording.rs",
];

/// A public function of the sources.
struct Function {
    file: String,
    /// The type whose method it is.
    of: Option<String>,
    name: String,
    doc: String,
    signature: String,
}

impl Function {
    /// A method that only shows what its value holds: it takes nothing else
    /// and cannot refuse.
    fn is_accessor(&self) -> bool {
        let (_, rest) = self.signature.split_once('(').unwrap();
        let (parameters, result) = rest.split_once(')').unwrap();
        let own = ["self", "&self"].contains(&parameters.trim());
        own && !result.contains("Result<")
    }

    /// "Điều 14", "choice A2", "choices A8, A9".
    fn names_an_article(&self) -> bool {
        let numbered = |mark: &str| {
            let after = self.doc.split(mark).skip(1);
            after
                .into_iter()
                .any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        numbered("Điều ") || numbered("choice A") || numbered("choices A")
    }

    /// What the name of one of its tests contains: its own name, and before a
    /// single word, which others share, that of its type.
    fn wanted(&self) -> String {
        match &self.of {
            Some(of) if !self.name.contains('_') => format!("{}_{}", snake(of), self.name),
            _ => self.name.clone(),
        }
    }

    fn shown(&self) -> String {
        format!("{}: {}", self.file, self.wanted())
    }
}

fn snake(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(c.to_lowercase());
    }
    out
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// Every file below `folder` of this crate: path within it, and text.
fn files(folder: &str) -> Vec<(String, String)> {
    // Tests run in the folder of their crate, which is all that WASM sees.
    let root = Path::new(folder);
    let mut paths = Vec::new();
    sources(root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            (name.to_owned(), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn functions(file: &str, text: &str) -> Vec<Function> {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let (mut of, mut doc, mut found) = (None, String::new(), Vec::new());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let code = line.trim();
        if let Some(of_what) = line.strip_prefix("impl") {
            let target = of_what.rsplit(" for ").next().unwrap();
            let name = target.trim_start_matches("<'a>").trim();
            let end = name.find(|c: char| !c.is_alphanumeric());
            of = Some(name[..end.unwrap_or(name.len())].to_owned());
        } else if line == "}" {
            of = None;
        }
        if let Some(words) = code.strip_prefix("///") {
            doc.push_str(words);
            continue;
        }
        if code.starts_with("#[") {
            continue;
        }
        let public = code
            .strip_prefix("pub fn ")
            .or(code.strip_prefix("pub const fn "));
        if let Some(rest) = public {
            let mut signature = rest.to_owned();
            while !signature.contains('{') {
                signature.push_str(lines.next().unwrap().trim());
            }
            let name = rest.split(['(', '<']).next().unwrap().to_owned();
            found.push(Function {
                file: file.to_owned(),
                of: of.clone(),
                name,
                doc: doc.clone(),
                signature,
            });
        }
        doc.clear();
    }
    found
}

fn rules() -> Vec<Function> {
    let held = |file: &str| {
        let within = |part: &str| file == part || file.starts_with(&format!("{part}/"));
        !file.ends_with("tests.rs") && !NO_RULES.iter().any(|part| within(part))
    };
    files("src")
        .iter()
        .filter(|(file, _)| held(file))
        .flat_map(|(file, text)| functions(file, text))
        .filter(|function| !function.is_accessor())
        .collect()
}

/// Names of all tests of this crate, plain and of properties.
fn tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, text) in files("src").into_iter().chain(files("tests")) {
        let mut test = false;
        for line in text.lines().map(str::trim) {
            if line == "#[test]" {
                test = true;
            } else if let Some(rest) = line.strip_prefix("fn ") {
                if test {
                    names.insert(rest.split('(').next().unwrap().to_owned());
                }
                test = false;
            }
        }
    }
    names
}

/// Whether the words of `wanted` stand one after the other in a test's name.
fn is_named_in(wanted: &str, test: &str) -> bool {
    format!("_{test}_").contains(&format!("_{wanted}_"))
}

#[test]
fn the_sources_are_read_as_they_are() {
    let rules = rules();
    let known = |wanted: &str| rules.iter().any(|function| function.wanted() == wanted);
    for wanted in [
        "score",
        "quota_of",
        "nd_335_2025",
        "check_approval",
        "indicator_achievement",
    ] {
        assert!(known(wanted), "{wanted}");
    }
    // An accessor, a function of a module without rules, a method of tests.
    for other in ["level_short", "parse_number", "unit"] {
        assert!(!known(other), "{other}");
    }
    assert!(rules.len() > 50, "{}", rules.len());
    assert!(tests().len() > 100);
    assert!(is_named_in("rate", "rate_of_nobody") && !is_named_in("rate", "rated"));
    let plain = functions("f", "/// Without.\npub fn f(a: u32) -> u32 {\n");
    assert!(!plain[0].names_an_article() && !plain[0].is_accessor());
}

#[test]
fn every_rule_names_its_article() {
    let without: Vec<String> = rules()
        .iter()
        .filter(|function| !function.names_an_article())
        .map(Function::shown)
        .collect();
    assert!(without.is_empty(), "no article:\n{}", without.join("\n"));
}

#[test]
fn every_rule_has_a_test_named_after_it() {
    let tests = tests();
    let without: Vec<String> = rules()
        .iter()
        .filter(|function| {
            !tests
                .iter()
                .any(|test| is_named_in(&function.wanted(), test))
        })
        .map(Function::shown)
        .collect();
    assert!(without.is_empty(), "no test:\n{}", without.join("\n"));
}

#[test]
fn files_without_rules_are_there() {
    let files = files("src");
    for part in NO_RULES {
        let there = files.iter().any(|(file, _)| file.starts_with(part));
        assert!(there, "{part}");
    }
}
