//! SQL that stores the facts of people's years.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::CHUNK;
use crate::demo::rows::{AbsenceRow, OutsideMonthRow, YearBlockerRow};

pub(super) async fn absence(db: &mut PgConnection, rows: &[AbsenceRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into absence (agency_id, absence_id, officer_id, kind, from_day, until_day, document, recorded_by, recorded_at)
             select agency_id, absence_id, officer_id, kind, from_day, until_day, document, recorded_by, recorded_at
             from jsonb_populate_recordset(null::absence, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn outside_month(
    db: &mut PgConnection,
    rows: &[OutsideMonthRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into outside_month (agency_id, outside_id, officer_id, period, score, origin, document, digest, reason,
             entered_by, entered_at)
             select agency_id, outside_id, officer_id, period, score, origin, document, digest, reason,
             entered_by, entered_at
             from jsonb_populate_recordset(null::outside_month, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn year_blocker(
    db: &mut PgConnection,
    rows: &[YearBlockerRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into year_blocker (agency_id, blocker_id, officer_id, year, kind, act, document, decided_on,
             recorded_by, recorded_at)
             select agency_id, blocker_id, officer_id, year, kind, act, document, decided_on,
             recorded_by, recorded_at
             from jsonb_populate_recordset(null::year_blocker, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}
