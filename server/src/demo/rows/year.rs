//! Rows of a person's year; the fields are the columns of the tables.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

/// An absence.
#[derive(Clone, Debug, Serialize)]
pub struct AbsenceRow {
    pub agency_id: Uuid,
    pub absence_id: Uuid,
    pub officer_id: Uuid,
    pub kind: String,
    pub from_day: NaiveDate,
    pub until_day: NaiveDate,
    pub document: String,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}

/// A month from another organisation.
#[derive(Clone, Debug, Serialize)]
pub struct OutsideMonthRow {
    pub agency_id: Uuid,
    pub outside_id: Uuid,
    pub officer_id: Uuid,
    pub period: NaiveDate,
    pub score: Decimal,
    pub origin: String,
    pub document: String,
    pub digest: String,
    pub reason: String,
    pub entered_by: Uuid,
    pub entered_at: DateTime<Utc>,
}

/// What makes a year "không hoàn thành".
#[derive(Clone, Debug, Serialize)]
pub struct YearBlockerRow {
    pub agency_id: Uuid,
    pub blocker_id: Uuid,
    pub officer_id: Uuid,
    pub year: i32,
    pub kind: String,
    pub act: String,
    pub document: String,
    pub decided_on: NaiveDate,
    pub recorded_by: Uuid,
    pub recorded_at: DateTime<Utc>,
}
