//! What the address of an import asks for: which upload, which page of its rows and of its problems.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use uuid::Uuid;

/// The view of an upload that the address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// The page of the import.
    here: &'static str,
    /// The upload; none before the first.
    pub preview: Option<Uuid>,
    /// Page of its rows, from 1.
    pub page: u32,
    /// Page of its problems, from 1.
    pub problem_page: u32,
    /// It was just applied.
    pub done: bool,
}

impl Asked {
    /// Reads the address of the page `here`.
    pub fn of(here: &'static str) -> Self {
        let query = use_query_map();
        let value = |name: &str| query.with_untracked(|query| query.get(name));
        let page = |name: &str| {
            let typed = value(name).and_then(|page| page.parse().ok());
            typed.unwrap_or(1_u32).max(1)
        };
        Self {
            here,
            preview: value("preview").and_then(|id| id.parse().ok()),
            page: page("page"),
            problem_page: page("problems"),
            done: value("done").is_some(),
        }
    }

    /// The address of another page of rows.
    pub fn with_page(self, page: u32) -> String {
        Self { page, ..self }.href()
    }

    /// The address of another page of problems.
    pub fn with_problem_page(self, problem_page: u32) -> String {
        Self {
            problem_page,
            ..self
        }
        .href()
    }

    fn href(self) -> String {
        let Some(preview) = self.preview else {
            return self.here.to_owned();
        };
        format!(
            "{}?preview={preview}&page={}&problems={}",
            self.here, self.page, self.problem_page
        )
    }
}
