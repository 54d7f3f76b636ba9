//! Rows of the agency: organisation, calendar, catalogue; the fields are the columns of the tables.

use chrono::{DateTime, NaiveDate, Utc};
use kpi::period::life::PeriodDates;
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

/// An agency.
#[derive(Clone, Debug, Serialize)]
pub struct AgencyRow {
    pub agency_id: Uuid,
    pub name: String,
    pub code: String,
    pub created_at: DateTime<Utc>,
}

/// A unit.
#[derive(Clone, Debug, Serialize)]
pub struct UnitRow {
    pub agency_id: Uuid,
    pub unit_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub path: String,
    pub code: String,
    pub name: String,
    pub ordinal: i32,
    pub active: bool,
}

/// A group of similar tasks.
#[derive(Clone, Debug, Serialize)]
pub struct TaskGroupRow {
    pub agency_id: Uuid,
    pub task_group_id: Uuid,
    pub name: String,
}

/// An officer.
#[derive(Clone, Debug, Serialize)]
pub struct OfficerRow {
    pub agency_id: Uuid,
    pub officer_id: Uuid,
    pub code: String,
    pub full_name: String,
    pub sort_key: String,
    pub task_group_id: Uuid,
    pub active: bool,
    pub version: i32,
}

/// A post held.
#[derive(Clone, Debug, Serialize)]
pub struct PostRow {
    pub agency_id: Uuid,
    pub post_id: Uuid,
    pub officer_id: Uuid,
    pub unit_id: Uuid,
    pub kind: String,
    pub title: String,
    pub arrangement: String,
    pub from_day: NaiveDate,
    pub until_day: Option<NaiveDate>,
}

/// A day off.
#[derive(Clone, Debug, Serialize)]
pub struct HolidayRow {
    pub agency_id: Uuid,
    pub day: NaiveDate,
    pub name: String,
}

/// A catalogue version.
#[derive(Clone, Debug, Serialize)]
pub struct CatalogueRow {
    pub agency_id: Uuid,
    pub catalogue_id: Uuid,
    pub version_number: i32,
    pub name: String,
    pub status: String,
    pub decision: String,
    pub standard_points: Decimal,
    pub standard_product_id: Uuid,
    pub effective_from: NaiveDate,
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub approved_by: Uuid,
    pub approved_at: DateTime<Utc>,
}

/// A complexity group.
#[derive(Clone, Debug, Serialize)]
pub struct ProductGroupRow {
    pub agency_id: Uuid,
    pub catalogue_id: Uuid,
    pub code: String,
    pub min_points: Decimal,
    pub max_points: Decimal,
    pub ordinal: i32,
}

/// A product.
#[derive(Clone, Debug, Serialize)]
pub struct ProductRow {
    pub agency_id: Uuid,
    pub catalogue_id: Uuid,
    pub product_id: Uuid,
    pub code: String,
    pub task: String,
    pub detail: String,
    pub output: String,
    pub group_code: String,
    pub points: Decimal,
    pub coefficient: Decimal,
    pub unit_of_measure: String,
    pub unit_name: Option<String>,
    pub ordinal: i32,
}

/// A month with its state and dates.
#[derive(Clone, Debug, Serialize)]
pub struct PeriodRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub status: String,
    #[serde(flatten)]
    pub dates: PeriodDates,
}

/// Whose sheet was not confirmed when a month was announced, and why.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOutRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub officer_id: Uuid,
    pub reason: String,
    pub left_out_at: DateTime<Utc>,
}

/// An account; its password is hashed when it is stored.
#[derive(Clone, Debug, Serialize)]
pub struct AccountRow {
    pub agency_id: Uuid,
    pub account_id: Uuid,
    pub officer_id: Option<Uuid>,
    pub login: String,
    pub roles: Vec<String>,
    pub created_at: DateTime<Utc>,
}
