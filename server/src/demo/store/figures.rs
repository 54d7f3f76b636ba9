//! SQL that stores sheets and figures.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::CHUNK;
use crate::demo::rows::{PersonMonthRow, SheetCriterionRow, SheetRow, UnitMonthRow};

/// Sheets sent at once: each carries its whole trace.
const SHEETS: usize = 200;

pub(super) async fn sheet(db: &mut PgConnection, rows: &[SheetRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(SHEETS) {
        sqlx::query!(
            "insert into sheet (agency_id, period, officer_id, unit_id, role, status, rule_set, strengths, shortcomings, remark,
             organising, organising_reason, unity, unity_reason, self_total, self_input, submitted_at, confirmed_total,
             confirmed_level, confirmed_by, confirmed_at, locked_at, confirmed_input, confirmed_trace, version)
             select agency_id, period, officer_id, unit_id, role, status, rule_set, strengths, shortcomings, remark,
             organising, organising_reason, unity, unity_reason, self_total, self_input, submitted_at, confirmed_total,
             confirmed_level, confirmed_by, confirmed_at, locked_at, confirmed_input, confirmed_trace, version
             from jsonb_populate_recordset(null::sheet, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn sheet_criterion(
    db: &mut PgConnection,
    rows: &[SheetCriterionRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into sheet_criterion (agency_id, period, officer_id, criterion, self_points, confirmed_points, reason)
             select agency_id, period, officer_id, criterion, self_points, confirmed_points, reason
             from jsonb_populate_recordset(null::sheet_criterion, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn person_month(
    db: &mut PgConnection,
    rows: &[PersonMonthRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into person_month (agency_id, period, officer_id, unit_id, assignments, assigned, volume, quality, progress, accepted,
             common, score, level, waiting, sheet_status, computed_at)
             select agency_id, period, officer_id, unit_id, assignments, assigned, volume, quality, progress, accepted,
             common, score, level, waiting, sheet_status, computed_at
             from jsonb_populate_recordset(null::person_month, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn unit_month(db: &mut PgConnection, rows: &[UnitMonthRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into unit_month (agency_id, period, unit_id, people, scored, assignments, assigned, volume, quality, progress,
             score_sum, excellent, good, completed, not_completed, waiting, confirmed)
             select agency_id, period, unit_id, people, scored, assignments, assigned, volume, quality, progress,
             score_sum, excellent, good, completed, not_completed, waiting, confirmed
             from jsonb_populate_recordset(null::unit_month, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
