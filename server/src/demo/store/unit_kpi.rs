//! SQL that stores the KPI of units, and the decisions about them by the steps of the product.

use app::error::AppError;
use app::unit_kpi::steps::{Decision, open_levels, record, rules};
use kpi::ids::AgencyId;
use sqlx::PgConnection;
use sqlx::types::Json;
use uuid::Uuid;

use super::CHUNK;
use crate::demo::rows::{
    IndicatorActualRow, IndicatorRow, UnitBasicRow, UnitDecisionRow, UnitYearRow,
};

pub(super) async fn indicator(db: &mut PgConnection, rows: &[IndicatorRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into indicator (agency_id, indicator_id, unit_id, year, function, name, unit_of_measure, direction, accumulates,
             target, weight, owner_id, ordinal, version)
             select agency_id, indicator_id, unit_id, year, function, name, unit_of_measure, direction, accumulates,
             target, weight, owner_id, ordinal, version
             from jsonb_populate_recordset(null::indicator, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn indicator_actual(
    db: &mut PgConnection,
    rows: &[IndicatorActualRow],
) -> sqlx::Result<()> {
    for rows in rows.chunks(CHUNK) {
        sqlx::query!(
            "insert into indicator_actual (agency_id, indicator_id, period, version, actual, source, cut_off, evidence, reason, reported_by, at)
             select agency_id, indicator_id, period, version, actual, source, cut_off, evidence, reason, reported_by, at
             from jsonb_populate_recordset(null::indicator_actual, $1)",
            Json(rows) as _
        )
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

pub(super) async fn unit_basic(db: &mut PgConnection, rows: &[UnitBasicRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into unit_basic (agency_id, unit_id, year, criterion, max, points, reason)
         select agency_id, unit_id, year, criterion, max, points, reason from jsonb_populate_recordset(null::unit_basic, $1)",
        Json(rows) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn unit_year(db: &mut PgConnection, rows: &[UnitYearRow]) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into unit_year (agency_id, unit_id, year, shortcomings_fixed, shortcomings_note, wrongdoing, wrongdoing_document, version)
         select agency_id, unit_id, year, shortcomings_fixed, shortcomings_note, wrongdoing, wrongdoing_document, version
         from jsonb_populate_recordset(null::unit_year, $1)",
        Json(rows) as _
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Recognises the levels; where the rules do not leave the wished one open, the best that they do.
pub(super) async fn decisions(
    db: &mut PgConnection,
    agency: Uuid,
    rows: &[UnitDecisionRow],
) -> Result<(), AppError> {
    for row in rows {
        let day = app::format::vietnam(row.at).date();
        let of = (row.unit_id, row.year, day);
        let rules = rules(&mut *db, AgencyId(agency), row.year, day).await?;
        let open = open_levels(db, &rules, agency, of).await?;
        let wished = open.iter().find(|choice| choice.level == row.level);
        let Some(choice) = wished.or(open.first()) else {
            continue;
        };
        let decision = Decision {
            level: choice.level,
            reason: if choice.needs_reason {
                row.reason.clone()
            } else {
                String::new()
            },
            by: row.decided_by,
            at: row.at,
        };
        record(db, &rules, agency, of, decision).await?;
    }
    Ok(())
}
