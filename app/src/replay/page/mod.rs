//! The pages of computing again: what the last runs found, and months under other rules.

mod latest;
mod trial;

pub use latest::ReplayPage;
pub use trial::TrialPage;
