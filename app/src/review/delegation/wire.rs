//! What the page of delegations is given.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A delegation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationRow {
    /// Its id.
    pub delegation: Uuid,
    /// Who signs.
    pub authority: String,
    /// Who prepares.
    pub delegate: String,
    /// For one unit; none for all of them.
    pub unit: Option<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The document that it rests on.
    pub document: String,
    /// It was ended before its last day.
    pub ended: bool,
}

/// Somebody who can be named, with the post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The officer.
    pub officer: Uuid,
    /// Name and unit.
    pub words: String,
}

/// A unit with its head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadedUnit {
    /// The unit.
    pub unit: Uuid,
    /// Its name.
    pub name: String,
    /// Full name of the head.
    pub head: String,
}

/// Delegations that the viewer may record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegations {
    /// Recorded ones, the newest first, at most 100.
    pub rows: Vec<DelegationRow>,
    /// Heads for whom the viewer may record: himself, or all for the personnel office.
    pub authorities: Vec<Named>,
    /// Units of these heads.
    pub units: Vec<HeadedUnit>,
    /// People who may be asked.
    pub people: Vec<Named>,
    /// Today.
    pub today: NaiveDate,
    /// A key for the next write, so that a retry counts once.
    pub key: Uuid,
}
