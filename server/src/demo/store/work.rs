//! SQL that stores the work of a month.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::CHUNK;
use crate::demo::rows::{
    AssignmentRow, CauseRow, DeliverableRow, DeliveryRow, EvidenceRow, NotificationRow,
    ProgressReportRow,
};

pub(super) async fn assignment(db: &mut PgConnection, rows: &[AssignmentRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code, product_name,
             coefficient, kind, quantity, handed_over, taken_from, due_day, expected_output, quantity_done,
             work_day, status, cancel_reason, assigned_by, version, created_at, updated_at)
             select agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code, product_name,
             coefficient, kind, quantity, handed_over, taken_from, due_day, expected_output, quantity_done,
             work_day, status, cancel_reason, assigned_by, version, created_at, updated_at
             from jsonb_populate_recordset(null::assignment, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn progress_report(
    db: &mut PgConnection,
    rows: &[ProgressReportRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into progress_report (agency_id, period, report_id, assignment_id, quantity_done, note, work_day, reported_by, at)
             select agency_id, period, report_id, assignment_id, quantity_done, note, work_day, reported_by, at
             from jsonb_populate_recordset(null::progress_report, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn deliverable(
    db: &mut PgConnection,
    rows: &[DeliverableRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity, status, due_day,
             failed_reviews, delays, excused_failed_reviews, excused_delays, days_late, version, created_at)
             select agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity, status, due_day,
             failed_reviews, delays, excused_failed_reviews, excused_delays, days_late, version, created_at
             from jsonb_populate_recordset(null::deliverable, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn delivery(db: &mut PgConnection, rows: &[DeliveryRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into delivery (agency_id, period, delivery_id, deliverable_id, round, work_day, confirmed_day, due_day, note,
             decision, reason, decided_by, decided_at, at)
             select agency_id, period, delivery_id, deliverable_id, round, work_day, confirmed_day, due_day, note,
             decision, reason, decided_by, decided_at, at
             from jsonb_populate_recordset(null::delivery, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn cause(db: &mut PgConnection, rows: &[CauseRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into cause (agency_id, period, cause_id, deliverable_id, officer_id, concerns, occurrences, reason, evidence,
             status, decision_reason, decided_by, decided_at, requested_at)
             select agency_id, period, cause_id, deliverable_id, officer_id, concerns, occurrences, reason, evidence,
             status, decision_reason, decided_by, decided_at, requested_at
             from jsonb_populate_recordset(null::cause, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn evidence(db: &mut PgConnection, rows: &[EvidenceRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into evidence (agency_id, period, evidence_id, assignment_id, officer_id, kind, label, size, added_by, at)
             select agency_id, period, evidence_id, assignment_id, officer_id, kind, label, size, added_by, at
             from jsonb_populate_recordset(null::evidence, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn notification(
    db: &mut PgConnection,
    rows: &[NotificationRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into notification (agency_id, notification_id, officer_id, text, link, at, read_at)
             select agency_id, notification_id, officer_id, text, link, at, read_at
             from jsonb_populate_recordset(null::notification, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
