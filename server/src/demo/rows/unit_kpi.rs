//! Rows of the KPI of units; the fields are the columns of the tables.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::level::Level;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

/// An indicator of a unit and year.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorRow {
    pub agency_id: Uuid,
    pub indicator_id: Uuid,
    pub unit_id: Uuid,
    pub year: i32,
    pub function: String,
    pub name: String,
    pub unit_of_measure: String,
    pub direction: String,
    pub accumulates: bool,
    pub target: Decimal,
    pub weight: Decimal,
    pub owner_id: Uuid,
    pub ordinal: i32,
    pub version: i32,
}

/// A report of an indicator's figure.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorActualRow {
    pub agency_id: Uuid,
    pub indicator_id: Uuid,
    pub period: NaiveDate,
    pub version: i32,
    pub actual: Decimal,
    pub source: String,
    pub cut_off: NaiveDate,
    pub evidence: String,
    pub reason: String,
    pub reported_by: Uuid,
    pub at: DateTime<Utc>,
}

/// Points of one group of the common criteria.
#[derive(Clone, Debug, Serialize)]
pub struct UnitBasicRow {
    pub agency_id: Uuid,
    pub unit_id: Uuid,
    pub year: i32,
    pub criterion: String,
    pub max: Decimal,
    pub points: Decimal,
    pub reason: String,
}

/// What the authority recorded about a unit's year.
#[derive(Clone, Debug, Serialize)]
pub struct UnitYearRow {
    pub agency_id: Uuid,
    pub unit_id: Uuid,
    pub year: i32,
    pub shortcomings_fixed: bool,
    pub shortcomings_note: String,
    pub wrongdoing: bool,
    pub wrongdoing_document: String,
    pub version: i32,
}

/// A level to be recognised once everything else is stored: its score is computed from the stored rows.
#[derive(Clone, Debug, Serialize)]
pub struct UnitDecisionRow {
    pub unit_id: Uuid,
    pub year: i32,
    pub level: Level,
    pub reason: String,
    pub decided_by: Option<Uuid>,
    pub at: DateTime<Utc>,
}
