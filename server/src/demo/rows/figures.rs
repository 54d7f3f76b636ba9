//! Rows of sheets and figures; the fields are the columns of the tables.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::scoring::PeriodInput;
use kpi::trace::Trace;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

/// A period sheet.
#[derive(Clone, Debug, Serialize)]
pub struct SheetRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub officer_id: Uuid,
    pub unit_id: Uuid,
    pub role: String,
    pub status: String,
    pub rule_set: String,
    pub strengths: String,
    pub shortcomings: String,
    pub remark: String,
    pub organising: Option<i32>,
    pub organising_reason: String,
    pub unity: Option<i32>,
    pub unity_reason: String,
    pub self_total: Option<Decimal>,
    pub self_input: Option<PeriodInput>,
    pub submitted_at: Option<DateTime<Utc>>,
    pub confirmed_total: Option<Decimal>,
    pub confirmed_level: Option<String>,
    pub confirmed_by: Option<Uuid>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub locked_at: Option<DateTime<Utc>>,
    pub confirmed_input: Option<PeriodInput>,
    pub confirmed_trace: Option<Trace>,
    pub version: i32,
}

/// Points of one common criterion.
#[derive(Clone, Debug, Serialize)]
pub struct SheetCriterionRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub officer_id: Uuid,
    pub criterion: String,
    pub self_points: Option<Decimal>,
    pub confirmed_points: Option<Decimal>,
    pub reason: String,
}

/// Figures of a person and month.
#[derive(Clone, Debug, Serialize)]
pub struct PersonMonthRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub officer_id: Uuid,
    pub unit_id: Uuid,
    pub assignments: i32,
    pub assigned: Decimal,
    pub volume: Decimal,
    pub quality: Decimal,
    pub progress: Decimal,
    pub accepted: Decimal,
    pub common: Decimal,
    pub score: Option<Decimal>,
    pub level: Option<String>,
    pub waiting: i32,
    pub sheet_status: String,
    pub computed_at: DateTime<Utc>,
}

/// Sums of a unit and month.
#[derive(Clone, Debug, Serialize)]
pub struct UnitMonthRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub unit_id: Uuid,
    pub people: i32,
    pub scored: i32,
    pub assignments: i32,
    pub assigned: Decimal,
    pub volume: Decimal,
    pub quality: Decimal,
    pub progress: Decimal,
    pub score_sum: Decimal,
    pub excellent: i32,
    pub good: i32,
    pub completed: i32,
    pub not_completed: i32,
    pub waiting: i32,
    pub confirmed: i32,
}
