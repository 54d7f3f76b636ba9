//! Rows of the work of a month; the fields are the columns of the tables.

use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::Serialize;
use uuid::Uuid;

/// Assigned work.
#[derive(Clone, Debug, Serialize)]
pub struct AssignmentRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub assignment_id: Uuid,
    pub officer_id: Uuid,
    pub unit_id: Uuid,
    pub product_id: Uuid,
    pub product_code: String,
    pub product_name: String,
    pub coefficient: Decimal,
    pub kind: String,
    pub quantity: Decimal,
    pub handed_over: Decimal,
    pub taken_from: Option<Uuid>,
    pub due_day: NaiveDate,
    pub expected_output: String,
    pub quantity_done: Decimal,
    pub work_day: Option<NaiveDate>,
    pub status: String,
    pub cancel_reason: Option<String>,
    pub assigned_by: Uuid,
    pub version: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A progress report.
#[derive(Clone, Debug, Serialize)]
pub struct ProgressReportRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub report_id: Uuid,
    pub assignment_id: Uuid,
    pub quantity_done: Decimal,
    pub note: String,
    pub work_day: NaiveDate,
    pub reported_by: Uuid,
    pub at: DateTime<Utc>,
}

/// A deliverable.
#[derive(Clone, Debug, Serialize)]
pub struct DeliverableRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub deliverable_id: Uuid,
    pub assignment_id: Uuid,
    pub officer_id: Uuid,
    pub unit_id: Uuid,
    pub quantity: Decimal,
    pub status: String,
    pub due_day: NaiveDate,
    pub failed_reviews: i32,
    pub delays: i32,
    pub excused_failed_reviews: i32,
    pub excused_delays: i32,
    pub days_late: i32,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

/// One round of a deliverable.
#[derive(Clone, Debug, Serialize)]
pub struct DeliveryRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub delivery_id: Uuid,
    pub deliverable_id: Uuid,
    pub round: i32,
    pub work_day: NaiveDate,
    pub confirmed_day: Option<NaiveDate>,
    pub due_day: NaiveDate,
    pub note: String,
    pub decision: Option<String>,
    pub reason: String,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub at: DateTime<Utc>,
}

/// A request to confirm an objective cause.
#[derive(Clone, Debug, Serialize)]
pub struct CauseRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub cause_id: Uuid,
    pub deliverable_id: Uuid,
    pub officer_id: Uuid,
    pub concerns: String,
    pub occurrences: i32,
    pub reason: String,
    pub evidence: String,
    pub status: String,
    pub decision_reason: String,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<DateTime<Utc>>,
    pub requested_at: DateTime<Utc>,
}

/// Evidence: the number of a document, or a link.
#[derive(Clone, Debug, Serialize)]
pub struct EvidenceRow {
    pub agency_id: Uuid,
    pub period: NaiveDate,
    pub evidence_id: Uuid,
    pub assignment_id: Uuid,
    pub officer_id: Uuid,
    pub kind: String,
    pub label: String,
    pub size: i32,
    pub added_by: Uuid,
    pub at: DateTime<Utc>,
}

/// A sentence for one officer.
#[derive(Clone, Debug, Serialize)]
pub struct NotificationRow {
    pub agency_id: Uuid,
    pub notification_id: Uuid,
    pub officer_id: Uuid,
    pub text: String,
    pub link: String,
    pub at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
}
