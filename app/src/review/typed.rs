//! What stood in a refused form, so that it stands there again after a post without WASM.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// A refusal travels back in the address: longer forms come back with the refused field alone.
#[cfg(feature = "ssr")]
const MOST: usize = 3_000;

/// The fields of a refused form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// Points by criterion.
    #[serde(default)]
    pub points: BTreeMap<String, String>,
    /// Reasons by criterion.
    #[serde(default)]
    pub reasons: BTreeMap<String, String>,
    /// Every other field by its name.
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

impl Typed {
    /// What a refusal brought back, if it brought the whole form.
    pub fn of(refusal: Option<&AppError>) -> Option<Self> {
        match refusal {
            Some(AppError::Invalid { typed, .. }) if typed.starts_with('{') => read(typed),
            _ => None,
        }
    }

    /// The text of a field; `stored` when the refusal brought none back.
    pub fn text(typed: Option<&Self>, name: &str, stored: &str) -> String {
        typed
            .and_then(|typed| typed.texts.get(name))
            .map_or_else(|| stored.to_owned(), Clone::clone)
    }

    /// The same refusal with the whole form in it, as far as an address carries it.
    #[cfg(feature = "ssr")]
    pub fn kept_in(&self, refusal: AppError) -> AppError {
        match (refusal, serde_json::to_string(self)) {
            (AppError::Invalid { field, message, .. }, Ok(typed)) if typed.len() <= MOST => {
                AppError::Invalid {
                    field,
                    message,
                    typed,
                }
            }
            (other, _) => other,
        }
    }
}

#[cfg(any(feature = "ssr", feature = "hydrate"))]
fn read(text: &str) -> Option<Typed> {
    serde_json::from_str(text).ok()
}

#[cfg(not(any(feature = "ssr", feature = "hydrate")))]
fn read(_: &str) -> Option<Typed> {
    None
}

/// The field that a refusal names.
pub fn field_of(refusal: Option<&AppError>) -> &str {
    match refusal {
        Some(AppError::Invalid { field, .. }) => field,
        _ => "",
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_comes_back_whole() {
        let typed = Typed {
            points: BTreeMap::from([("I.1".to_owned(), "<9>".to_owned())]),
            ..Typed::default()
        };
        let refusal = typed.kept_in(AppError::invalid("points[I.1]", "Không.", "9"));
        assert_eq!(field_of(Some(&refusal)), "points[I.1]");
        assert_eq!(Typed::of(Some(&refusal)), Some(typed));
        assert_eq!(Typed::of(Some(&AppError::Forbidden)), None);
    }

    #[test]
    fn a_form_too_long_for_an_address_comes_back_with_the_refused_field() {
        let typed = Typed {
            texts: BTreeMap::from([("remark".to_owned(), "a".repeat(MOST))]),
            ..Typed::default()
        };
        let refusal = AppError::invalid("points[I.1]", "Không.", "9");
        assert_eq!(typed.kept_in(refusal.clone()), refusal);
    }
}
