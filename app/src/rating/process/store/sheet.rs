//! SQL of Mẫu số 02 and of the steps up to the proposal. A write names the version it saw; a bulk write the state.

use std::collections::HashMap;

use kpi::level::Level;
use kpi::rating::process::YearStatus;
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::AppError;
use crate::rating::process::wire::{Minutes, Opinion, SheetMonth};

/// A sheet as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// How far it is.
    pub status: YearStatus,
    /// Unit of the officer when it was handed in.
    pub unit: Uuid,
    /// The Party committee is asked.
    pub leads: bool,
    /// The managing agency decides.
    pub decided_above: bool,
    /// The level that the officer gave himself.
    pub self_level: Option<Level>,
    /// What he says of the year.
    pub self_remarks: String,
    /// Why the personnel office made it for him.
    pub absent_reason: Option<String>,
    /// The months when it was handed in.
    pub months: Vec<SheetMonth>,
    /// Mean of the year then.
    pub mean: Option<Decimal>,
    /// The meeting.
    pub minutes: Option<Minutes>,
    /// The opinion of the Party committee.
    pub opinion: Option<Opinion>,
    /// What is proposed.
    pub proposed: Option<Level>,
    /// Why it departs from what was computed.
    pub proposal_reason: String,
    /// What to do with it.
    pub handling: String,
    /// Why it was sent back.
    pub back_reason: String,
    /// Version.
    pub version: i32,
}

fn level(code: Option<String>) -> Result<Option<Level>, AppError> {
    code.map(|code| code.parse().map_err(AppError::inner))
        .transpose()
}

/// The sheets of a year by officer; of one officer alone when he is named.
///
/// # Errors
/// The database's failure.
pub async fn sheets(
    db: &mut PgConnection,
    agency: Uuid,
    year: i32,
    officer: Option<Uuid>,
) -> Result<HashMap<Uuid, Stored>, AppError> {
    let rows = sqlx::query!(
        "select officer_id, status, unit_id, leads, decided_above, self_level, self_remarks, absent_reason, months, mean,
                minutes_id, minutes_number, minutes_on, minutes_summary, opinion, opinion_on, opinion_document,
                proposed_level, proposal_reason, handling, back_reason, version
         from year_sheet where agency_id = $1 and year = $2 and ($3::uuid is null or officer_id = $3)",
        agency,
        year,
        officer
    )
    .fetch_all(db)
    .await?;
    rows.into_iter()
        .map(|row| {
            let minutes =
                (row.minutes_id.is_some() || row.minutes_number.is_some()).then(|| Minutes {
                    id: row.minutes_id,
                    number: row.minutes_number.unwrap_or_default(),
                    day: row.minutes_on,
                    summary: row.minutes_summary,
                });
            let opinion = match (row.opinion, row.opinion_on, row.opinion_document) {
                (Some(text), Some(day), Some(document)) => Some(Opinion {
                    text,
                    day,
                    document,
                }),
                _ => None,
            };
            let months = row
                .months
                .map(serde_json::from_value)
                .transpose()
                .map_err(AppError::inner)?;
            Ok((
                row.officer_id,
                Stored {
                    status: row.status.parse().map_err(AppError::inner)?,
                    unit: row.unit_id,
                    leads: row.leads,
                    decided_above: row.decided_above,
                    self_level: level(row.self_level)?,
                    self_remarks: row.self_remarks,
                    absent_reason: row.absent_reason,
                    months: months.unwrap_or_default(),
                    mean: row.mean,
                    minutes,
                    opinion,
                    proposed: level(row.proposed_level)?,
                    proposal_reason: row.proposal_reason,
                    handling: row.handling,
                    back_reason: row.back_reason,
                    version: row.version,
                },
            ))
        })
        .collect()
}

/// Whose sheet of which year, in which version it was seen.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The agency.
    pub agency: Uuid,
    /// The year.
    pub year: i32,
    /// The officer.
    pub officer: Uuid,
    /// The version.
    pub version: i32,
}

/// A sheet that is handed in.
#[derive(Clone, Debug)]
pub struct HandedIn {
    /// Unit of the officer.
    pub unit: Uuid,
    /// The Party committee is asked.
    pub leads: bool,
    /// The managing agency decides.
    pub decided_above: bool,
    /// The level that he gave himself.
    pub self_level: Option<Level>,
    /// What he says of the year.
    pub self_remarks: String,
    /// Why the personnel office made it.
    pub absent_reason: Option<String>,
    /// The months as they are now.
    pub months: Vec<SheetMonth>,
    /// The mean as it is now.
    pub mean: Option<Decimal>,
}

/// Stores a sheet that is handed in; the first write of a year makes it.
///
/// # Errors
/// `Conflict` when it is not in the version that was seen; the database's failure.
pub async fn hand_in(db: &mut PgConnection, seen: Seen, sheet: &HandedIn) -> Result<(), AppError> {
    if seen.version == 0 {
        sqlx::query!(
            "insert into year_sheet (agency_id, year, officer_id, unit_id, leads, version) values ($1, $2, $3, $4, $5, 0)
             on conflict do nothing",
            seen.agency,
            seen.year,
            seen.officer,
            sheet.unit,
            sheet.leads
        )
        .execute(&mut *db)
        .await?;
    }
    let months = serde_json::to_value(&sheet.months).map_err(AppError::inner)?;
    let done = sqlx::query!(
        "update year_sheet set status = 'submitted', unit_id = $5, leads = $6, decided_above = $7, self_level = $8,
                self_remarks = $9, absent_reason = $10, months = $11, mean = $12, submitted_at = now(), back_reason = '',
                version = version + 1
         where agency_id = $1 and year = $2 and officer_id = $3 and version = $4",
        seen.agency,
        seen.year,
        seen.officer,
        seen.version,
        sheet.unit,
        sheet.leads,
        sheet.decided_above,
        sheet.self_level.map(Level::as_str),
        sheet.self_remarks,
        sheet.absent_reason,
        months,
        sheet.mean
    )
    .execute(db)
    .await?;
    changed(done.rows_affected())
}

/// Moves a sheet one step back, with the reason.
///
/// # Errors
/// `Conflict` when it is not in the version that was seen; the database's failure.
pub async fn go_back(
    db: &mut PgConnection,
    seen: Seen,
    to: YearStatus,
    reason: &str,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update year_sheet set status = $5, back_reason = $6, version = version + 1
         where agency_id = $1 and year = $2 and officer_id = $3 and version = $4",
        seen.agency,
        seen.year,
        seen.officer,
        seen.version,
        to.as_str(),
        reason
    )
    .execute(db)
    .await?;
    changed(done.rows_affected())
}

/// Records the minutes of a meeting for these people, all of whom handed their sheets in; returns how many.
///
/// # Errors
/// The database's failure.
pub async fn meet(
    db: &mut PgConnection,
    (agency, year): (Uuid, i32),
    officers: &[Uuid],
    minutes: &Minutes,
) -> Result<u64, AppError> {
    let number = Some(minutes.number.as_str()).filter(|number| !number.is_empty());
    let done = sqlx::query!(
        "update year_sheet set status = 'met', minutes_id = $4, minutes_number = $5, minutes_on = $6, minutes_summary = $7,
                version = version + 1
         where agency_id = $1 and year = $2 and officer_id = any($3) and status = 'submitted'",
        agency,
        year,
        officers,
        minutes.id,
        number,
        minutes.day,
        minutes.summary
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Records what the Party committee wrote about a head or a deputy.
///
/// # Errors
/// `Conflict` when the sheet is not in the version that was seen; the database's failure.
pub async fn give_opinion(
    db: &mut PgConnection,
    seen: Seen,
    opinion: &Opinion,
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update year_sheet set status = 'opinion', opinion = $5, opinion_on = $6, opinion_document = $7, version = version + 1
         where agency_id = $1 and year = $2 and officer_id = $3 and version = $4",
        seen.agency,
        seen.year,
        seen.officer,
        seen.version,
        opinion.text,
        opinion.day,
        opinion.document
    )
    .execute(db)
    .await?;
    changed(done.rows_affected())
}

/// A proposal about one person.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// About whom.
    pub officer: Uuid,
    /// The level proposed.
    pub level: Level,
    /// What the rules computed.
    pub computed: Level,
    /// Why it departs.
    pub reason: String,
    /// What to do with it (Điều 23).
    pub handling: String,
    /// Version of the sheet that was seen.
    pub version: i32,
}

/// Records proposals, as one statement; returns how many sheets were still in the version that was seen.
///
/// # Errors
/// The database's failure.
pub async fn propose(
    db: &mut PgConnection,
    (agency, year, account): (Uuid, i32, Uuid),
    proposals: &[Proposal],
) -> Result<u64, AppError> {
    let list: Vec<Value> = proposals
        .iter()
        .map(|one| {
            serde_json::json!({
                "officer": one.officer, "level": one.level.as_str(), "computed": one.computed.as_str(),
                "reason": one.reason, "handling": one.handling, "version": one.version
            })
        })
        .collect();
    let done = sqlx::query!(
        "update year_sheet s set status = 'proposed', proposed_level = p.level, computed_level = p.computed,
                proposal_reason = p.reason, handling = p.handling, proposed_by = $3, proposed_at = now(), version = s.version + 1
         from jsonb_to_recordset($4) as p(officer uuid, level text, computed text, reason text, handling text, version integer)
         where s.agency_id = $1 and s.year = $2 and s.officer_id = p.officer and s.version = p.version",
        agency,
        year,
        account,
        Value::Array(list)
    )
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

/// Moves sheets on once a decision says so.
///
/// # Errors
/// The database's failure.
pub async fn advance(
    db: &mut PgConnection,
    (agency, year): (Uuid, i32),
    officers: &[Uuid],
    (from, to): (YearStatus, YearStatus),
) -> Result<(), AppError> {
    let done = sqlx::query!(
        "update year_sheet set status = $5, version = version + 1
         where agency_id = $1 and year = $2 and officer_id = any($3) and status = $4",
        agency,
        year,
        officers,
        from.as_str(),
        to.as_str()
    )
    .execute(db)
    .await?;
    if usize::try_from(done.rows_affected()).ok() == Some(officers.len()) {
        Ok(())
    } else {
        Err(moved())
    }
}

fn changed(rows: u64) -> Result<(), AppError> {
    if rows == 1 { Ok(()) } else { Err(moved()) }
}

/// What is answered when somebody else moved a sheet meanwhile.
pub fn moved() -> AppError {
    AppError::Conflict {
        current: "phiếu đã chuyển bước hoặc được sửa".to_owned(),
        yours: "bước vừa gửi; hãy tải lại trang và xem lại".to_owned(),
    }
}
