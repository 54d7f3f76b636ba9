//! What the personnel office prepares: minutes of meetings, opinions of the Party committee, proposals; one step back, with
//! a reason, while nothing is decided. Nobody prepares his own rating.

use chrono::NaiveDate;
use kpi::rating::process::{YearAction, YearActor, YearStatus, check_level};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::hand_in::seen;
use super::{computed, in_season, level, long_text, next, past_day, personnel, whole};
use crate::auth::Access;
use crate::error::AppError;
use crate::org::text;
use crate::rating::process::store::{self, Proposal};
use crate::rating::process::wire::{Minutes, Opinion, Row};
use crate::rating::steps::{document, reason, write_audit};

/// The minutes of a unit's meeting: signed ones that are kept here, or those on paper as typed.
#[derive(Clone, Debug, Default)]
pub struct MeetingForm {
    /// The unit.
    pub unit: Uuid,
    /// The minutes signed here; the rest is then left empty.
    pub kept: bool,
    /// Number of the minutes.
    pub number: String,
    /// Day of the meeting.
    pub day: String,
    /// What it said.
    pub summary: String,
}

/// Records the minutes of a unit's meeting for everybody of it who handed his sheet in (điểm b khoản 1, 2 Điều 21); returns
/// how many.
///
/// # Errors
/// `Invalid` on `number`, `day`, `summary`, on `unit` where nobody waits for a meeting or no minutes are signed; the database's failure.
pub async fn record_meeting(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    form: &MeetingForm,
) -> Result<u64, AppError> {
    in_season(year, YearAction::RecordMeeting, today)?;
    let mut db = pool.begin().await?;
    let minutes = if form.kept {
        let unit = kpi::ids::UnitId(form.unit);
        let id = store::signed_minutes(&mut *db, access.agency(), year, unit).await?;
        let missing = || {
            AppError::invalid(
                "unit",
                "Đơn vị này chưa có biên bản họp năm đã ký ở mục Họp: hãy ký biên bản ở đó, hoặc ghi biên bản giấy.",
                "",
            )
        };
        Minutes {
            id: Some(id.ok_or_else(missing)?),
            number: String::new(),
            day: None,
            summary: String::new(),
        }
    } else {
        Minutes {
            id: None,
            number: text::name("number", "Số biên bản", &form.number)?,
            day: Some(past_day("day", "Ngày họp", &form.day, today)?),
            summary: long_text("summary", "Tóm tắt ý kiến", &form.summary, true)?,
        }
    };
    let whole = whole(&mut db, access, (year, today), None).await?;
    let officers: Vec<Uuid> = whole
        .rows
        .iter()
        .filter(|row| row.line.unit == form.unit)
        .filter(|row| {
            let who = personnel(access, row.line.officer, YearActor::Personnel);
            next(row, YearAction::RecordMeeting, who).is_ok()
        })
        .map(|row| row.line.officer)
        .collect();
    if officers.is_empty() {
        return Err(AppError::invalid(
            "unit",
            "Đơn vị này chưa có ai gửi Mẫu số 02 mà chưa họp.",
            "",
        ));
    }
    let met = store::meet(&mut db, (access.agency(), year), &officers, &minutes).await?;
    for officer in officers {
        let detail = json!({ "year": year, "unit": form.unit, "minutes": minutes.number, "kept": minutes.id });
        write_audit(
            &mut db,
            access,
            "record_year_meeting",
            Some(officer),
            detail,
        )
        .await?;
    }
    db.commit().await?;
    Ok(met)
}

/// What the Party committee wrote, as typed.
#[derive(Clone, Debug, Default)]
pub struct OpinionForm {
    /// About whom.
    pub officer: Uuid,
    /// Its opinion.
    pub opinion: String,
    /// Its day.
    pub day: String,
    /// Number of the paper.
    pub document: String,
    /// Version of the sheet that was seen.
    pub version: i32,
}

/// Records the opinion of the Party committee on a head or deputy (điểm c khoản 1, 2 Điều 21).
///
/// # Errors
/// `Invalid` on `opinion`, `day`, `document`, or on `status` for staff and out of order; `Forbidden` about oneself;
/// `Conflict`; the database's failure.
pub async fn record_opinion(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    form: &OpinionForm,
) -> Result<(), AppError> {
    let action = YearAction::GiveOpinion;
    in_season(year, action, today)?;
    let opinion = Opinion {
        text: long_text("opinion", "Ý kiến của cấp ủy", &form.opinion, true)?,
        day: past_day("day", "Ngày văn bản", &form.day, today)?,
        document: document(&form.document)?,
    };
    let mut db = pool.begin().await?;
    let whole = whole(&mut db, access, (year, today), Some(form.officer)).await?;
    let who = personnel(access, form.officer, YearActor::Committee);
    next(whole.row(form.officer)?, action, who)?;
    store::give_opinion(
        &mut db,
        seen(access, year, form.officer, form.version),
        &opinion,
    )
    .await?;
    let detail = json!({ "year": year, "document": opinion.document });
    write_audit(
        &mut db,
        access,
        "record_committee_opinion",
        Some(form.officer),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// A proposal, as typed.
#[derive(Clone, Debug, Default)]
pub struct ProposalForm {
    /// About whom.
    pub officer: Uuid,
    /// Code of the level.
    pub level: String,
    /// Why it departs from what was computed.
    pub reason: String,
    /// What to do with it (Điều 23).
    pub handling: String,
    /// Version of the sheet that was seen.
    pub version: i32,
}

/// Proposes a level, or another one in its place (điểm d khoản 1, 2 Điều 21).
///
/// # Errors
/// `Invalid` on `level` above the computed one, on `reason` where it departs, on `handling`, or on `status` out of order;
/// `Forbidden` about oneself; `Conflict`; the database's failure.
pub async fn propose(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    form: &ProposalForm,
) -> Result<(), AppError> {
    in_season(year, YearAction::Propose, today)?;
    let proposed = level(&form.level)?;
    let why = long_text("reason", "Lý do", &form.reason, false)?;
    let handling = long_text("handling", "Đề xuất phương án xử lý", &form.handling, false)?;
    let mut db = pool.begin().await?;
    let whole = whole(&mut db, access, (year, today), Some(form.officer)).await?;
    let row = whole.row(form.officer)?;
    let who = personnel(access, form.officer, YearActor::Personnel);
    next(row, YearAction::Propose, who)?;
    let computed = computed(&row.line);
    check_level(computed, proposed, &why)?;
    let proposal = Proposal {
        officer: form.officer,
        level: proposed,
        computed: computed.unwrap_or(proposed),
        reason: why,
        handling,
        version: form.version,
    };
    let account = access.actor.account.0;
    let written = store::propose(&mut db, (access.agency(), year, account), &[proposal]).await?;
    if written != 1 {
        return Err(store::moved());
    }
    let detail = json!({ "year": year, "level": proposed.as_str() });
    write_audit(&mut db, access, "propose_level", Some(form.officer), detail).await?;
    db.commit().await?;
    Ok(())
}

/// Whether the proposal about somebody may simply follow the level computed for him, unless it was made before.
pub(super) fn follows(access: &Access, row: &Row) -> bool {
    let who = personnel(access, row.line.officer, YearActor::Personnel);
    row.status != YearStatus::Proposed
        && computed(&row.line).is_some()
        && next(row, YearAction::Propose, who).is_ok()
}

/// Proposes the computed level for everybody whose turn it is; returns how many. Whom to choose in a surplus stays open.
///
/// # Errors
/// `Invalid` on `status` where nobody waits; `Conflict`; the database's failure.
pub async fn propose_all(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
) -> Result<u64, AppError> {
    in_season(year, YearAction::Propose, today)?;
    let mut db = pool.begin().await?;
    crate::rating::store::hold_agency(&mut db, access.agency()).await?;
    let whole = whole(&mut db, access, (year, today), None).await?;
    let proposals: Vec<Proposal> = whole
        .rows
        .iter()
        .filter(|row| follows(access, row))
        .filter_map(|row| {
            let level = computed(&row.line)?;
            Some(Proposal {
                officer: row.line.officer,
                level,
                computed: level,
                reason: String::new(),
                handling: String::new(),
                version: row.version,
            })
        })
        .collect();
    if proposals.is_empty() {
        return Err(AppError::invalid(
            "status",
            "Chưa có ai đến bước đề xuất: cần biên bản họp, và ý kiến cấp ủy đối với người đứng đầu, cấp phó.",
            "",
        ));
    }
    let account = access.actor.account.0;
    let written = store::propose(&mut db, (access.agency(), year, account), &proposals).await?;
    if usize::try_from(written).ok() != Some(proposals.len()) {
        return Err(store::moved());
    }
    for proposal in &proposals {
        let detail = json!({ "year": year, "level": proposal.level.as_str(), "all": true });
        write_audit(
            &mut db,
            access,
            "propose_level",
            Some(proposal.officer),
            detail,
        )
        .await?;
    }
    db.commit().await?;
    Ok(written)
}

/// Sends a sheet one step back, with the reason, while nothing is decided.
///
/// # Errors
/// `Invalid` on `reason`, or on `status` once decided; `Forbidden` about oneself; `Conflict`; the database's failure.
pub async fn step_back(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    (officer, why, version): (Uuid, &str, i32),
) -> Result<(), AppError> {
    let why = reason(why)?;
    let mut db = pool.begin().await?;
    let whole = whole(&mut db, access, (year, today), Some(officer)).await?;
    let who = personnel(access, officer, YearActor::Personnel);
    let to = next(whole.row(officer)?, YearAction::StepBack, who)?;
    store::go_back(&mut db, seen(access, year, officer, version), to, &why).await?;
    let detail = json!({ "year": year, "to": to.as_str(), "reason": why });
    write_audit(
        &mut db,
        access,
        "step_back_year_sheet",
        Some(officer),
        detail,
    )
    .await?;
    if to == YearStatus::Draft {
        let told = format!("Phiếu xếp loại năm {year} của bạn được trả lại để sửa: {why}");
        let link = format!("/year-sheet/{year}");
        let officer = kpi::ids::OfficerId(officer);
        crate::live::notify(&mut db, access.agency(), officer, &told, &link).await?;
    }
    db.commit().await?;
    Ok(())
}
