//! Mẫu số 02: handed in and taken back by the officer, or made for somebody away by the personnel office.

use chrono::NaiveDate;
use kpi::rating::process::{YearAction, YearActor, YearStatus};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::{Whole, in_season, level, long_text, next, personnel, whole};
use crate::auth::Access;
use crate::error::AppError;
use crate::rating::process::store::{self, HandedIn, Seen};
use crate::rating::process::wire::Row;
use crate::rating::steps::{reason, write_audit};

/// What the officer writes in Mẫu số 02.
#[derive(Clone, Debug, Default)]
pub struct HandInForm {
    /// Code of the level that he gives himself.
    pub self_level: String,
    /// What he says of the year.
    pub self_remarks: String,
    /// Version that he saw; 0 for a new one.
    pub version: i32,
}

/// Hands the own sheet in: the months are stored as they are now (điểm a khoản 1, 2 Điều 21).
///
/// # Errors
/// `Invalid` on `year` before the season, on `self_level`, `self_remarks`, on `status` when it is handed in already;
/// `Conflict`; `NotFound` for somebody without a post in the year; the database's failure.
pub async fn hand_in(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    form: &HandInForm,
) -> Result<(), AppError> {
    in_season(year, YearAction::Submit, today)?;
    let me = access.officer()?.0;
    let mut db = pool.begin().await?;
    let whole = whole(&mut db, access, (year, today), Some(me)).await?;
    let row = whole.row(me)?;
    next(row, YearAction::Submit, YearActor::Subject)?;
    let self_level = level(&form.self_level)
        .map_err(|_| AppError::invalid("self_level", "Hãy tự chọn một trong bốn mức.", ""))?;
    let remarks = long_text("self_remarks", "Tự nhận xét", &form.self_remarks, false)?;
    let sheet = HandedIn {
        self_level: Some(self_level),
        self_remarks: remarks,
        ..sheet_of(&whole, row)
    };
    let seen = seen(access, year, me, form.version);
    store::hand_in(&mut db, seen, &sheet).await?;
    let detail = json!({ "year": year });
    write_audit(&mut db, access, "hand_in_year_sheet", Some(me), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Makes the sheet of somebody who is away at that time, with the reason (khoản 3 Điều 19).
///
/// # Errors
/// As [`hand_in`]; `Invalid` on `reason`; `Forbidden` about oneself.
pub async fn hand_in_for_absent(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    (officer, why, version): (Uuid, &str, i32),
) -> Result<(), AppError> {
    let action = YearAction::SubmitForAbsent;
    in_season(year, action, today)?;
    let mut db = pool.begin().await?;
    let whole = whole(&mut db, access, (year, today), Some(officer)).await?;
    let row = whole.row(officer)?;
    next(
        row,
        action,
        personnel(access, officer, YearActor::Personnel),
    )?;
    let sheet = HandedIn {
        absent_reason: Some(reason(why)?),
        ..sheet_of(&whole, row)
    };
    store::hand_in(&mut db, seen(access, year, officer, version), &sheet).await?;
    let detail = json!({ "year": year, "reason": sheet.absent_reason });
    write_audit(&mut db, access, "hand_in_for_absent", Some(officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Takes the own sheet back before the meeting.
///
/// # Errors
/// `Invalid` on `status` once the meeting was held; `Conflict`; the database's failure.
pub async fn take_back(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    version: i32,
) -> Result<(), AppError> {
    let me = access.officer()?.0;
    let mut db = pool.begin().await?;
    let whole = whole(&mut db, access, (year, today), Some(me)).await?;
    let to = next(whole.row(me)?, YearAction::Withdraw, YearActor::Subject)?;
    debug_assert_eq!(to, YearStatus::Draft);
    store::go_back(&mut db, seen(access, year, me, version), to, "").await?;
    let detail = json!({ "year": year });
    write_audit(&mut db, access, "take_back_year_sheet", Some(me), detail).await?;
    db.commit().await?;
    Ok(())
}

fn sheet_of(whole: &Whole, row: &Row) -> HandedIn {
    HandedIn {
        unit: row.line.unit,
        leads: row.leads,
        decided_above: row.decided_above,
        self_level: None,
        self_remarks: String::new(),
        absent_reason: None,
        months: whole.sheet_months(row.line.officer),
        mean: row.line.mean,
    }
}

/// A sheet in the version that a visitor saw.
pub(super) fn seen(access: &Access, year: i32, officer: Uuid, version: i32) -> Seen {
    Seen {
        agency: access.agency(),
        year,
        officer,
        version,
    }
}
