//! SQL that stores sheets and figures.

use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

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

/// The versions of concluded sheets: one each.
pub(super) async fn sheet_version(db: &mut PgConnection, agency: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into sheet_version (agency_id, period, officer_id, version_no, rule_set, input, trace, total, level, criteria,
             remark, organising, organising_reason, unity, unity_reason, signed_by, signed_at)
         select s.agency_id, s.period, s.officer_id, 1, s.rule_set, s.confirmed_input, s.confirmed_trace, s.confirmed_total,
             s.confirmed_level, k.criteria, s.remark, s.organising, s.organising_reason, s.unity, s.unity_reason,
             s.confirmed_by, s.confirmed_at
         from sheet s
         join lateral (
             select coalesce(jsonb_agg(jsonb_build_object('criterion', c.criterion, 'points', c.confirmed_points::text,
                 'reason', c.reason) order by c.criterion), '[]') as criteria
             from sheet_criterion c where c.agency_id = s.agency_id and c.period = s.period
                 and c.officer_id = s.officer_id and c.confirmed_points is not null) k on true
         where s.agency_id = $1 and s.status in ('confirmed', 'announced', 'locked')",
        agency
    )
    .execute(db)
    .await?;
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
