//! The one refusal of the rules: which value, and why, in Vietnamese.

use serde::{Deserialize, Serialize};

/// An input that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct RuleError {
    /// Path of the offending value, e.g. `items[0].deliverables[1].quantity`;
    /// empty when no single value is at fault.
    pub field: String,
    /// A Vietnamese sentence for the reader.
    pub message: String,
}

impl RuleError {
    /// A refusal of the value at `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }

    /// The same refusal, with `prefix` set before its path.
    #[must_use]
    pub fn within(mut self, prefix: &str) -> Self {
        self.field = match (prefix.is_empty(), self.field.is_empty()) {
            (true, _) => self.field,
            (_, true) => prefix.to_owned(),
            _ if self.field.starts_with('[') => format!("{prefix}{}", self.field),
            _ => format!("{prefix}.{}", self.field),
        };
        self
    }
}
