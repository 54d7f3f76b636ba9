//! What every file of properties begins with.

use proptest::prelude::ProptestConfig;

/// No files: the same tests run where there are none.
pub fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    }
}
