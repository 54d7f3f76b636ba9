//! A decision in the place of another one (khoản 3 Điều 21), and the decision of the managing agency about the head of this
//! one (điểm a khoản 2 Điều 10), which the personnel office enters. The old decision stays.

use chrono::NaiveDate;
use kpi::rating::process::{YearAction, YearActor, YearStatus, check_level};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::decide::{about, check_cap, content};
use super::publish::tell;
use super::{computed, in_season, level, long_text, next, past_day, personnel, whole};
use crate::auth::Access;
use crate::error::AppError;
use crate::org::text;
use crate::rating::process::store::{self, By, NewDecision, Paper, Which};
use crate::rating::process::wire::Decision;
use crate::rating::steps::{authority, reason, write_audit};
use crate::sign::{self, Kind, Signer, Subject};

/// A replacing decision, as typed.
#[derive(Clone, Debug, Default)]
pub struct Replacing {
    /// The decision to replace.
    pub decision: Uuid,
    /// Code of the new level.
    pub level: String,
    /// Why it is replaced.
    pub reason: String,
    /// Number of the new decision.
    pub number: String,
    /// Its day.
    pub decided_on: String,
}

/// Replaces a decision; returns the new one.
///
/// # Errors
/// As [`replace_decision`].
pub async fn replace(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    signer: &Signer,
    form: &Replacing,
) -> Result<Uuid, AppError> {
    let mut db = pool.begin().await?;
    let id = replace_decision(&mut db, access, today, signer, form).await?;
    db.commit().await?;
    Ok(id)
}

/// The decision that stands, by the id of it.
async fn standing(db: &mut PgConnection, agency: Uuid, id: Uuid) -> Result<Decision, AppError> {
    let which = Which {
        id: Some(id),
        ..Which::default()
    };
    let decision = store::decisions(db, agency, which)
        .await?
        .into_iter()
        .next()
        .ok_or(AppError::NotFound)?;
    if decision.replaced_by.is_some() {
        return Err(AppError::Conflict {
            current: "quyết định này đã có quyết định thay thế".to_owned(),
            yours: format!("thay thế quyết định số {}", decision.number),
        });
    }
    Ok(decision)
}

/// As [`replace`], in the caller's transaction: a petition about a year is granted so.
///
/// # Errors
/// `Forbidden` for anybody but the head of the agency, and about himself; `Invalid` on `level`, `reason`, `number`,
/// `decided_on`; `Conflict` when it was replaced meanwhile; the database's failure.
pub async fn replace_decision(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    signer: &Signer,
    form: &Replacing,
) -> Result<Uuid, AppError> {
    let me = authority(db, access, today).await?;
    crate::rating::store::hold_agency(db, access.agency()).await?;
    let old = standing(db, access.agency(), form.decision).await?;
    let year = old.year;
    in_season(year, YearAction::Replace, today)?;
    let whole = whole(db, access, (year, today), None).await?;
    let row = whole.row(old.officer)?;
    let who = personnel(access, old.officer, YearActor::Authority);
    next(row, YearAction::Replace, who)?;
    let new_level = level(&form.level)?;
    let why = reason(&form.reason)?;
    let computed = computed(&row.line);
    check_level(computed, new_level, &why)
        .map_err(|refusal| AppError::from(about(&row.line, refusal)))?;
    if new_level == old.level && computed == Some(old.computed) {
        return Err(AppError::invalid(
            "level",
            "Quyết định thay thế phải khác quyết định cũ về mức hoặc về kết quả tính.",
            new_level.as_str(),
        ));
    }
    let new = NewDecision {
        id: Uuid::now_v7(),
        officer: old.officer,
        level: new_level,
        computed: computed.unwrap_or(new_level),
        mean: row.line.mean,
        reason: why.clone(),
        handling: old.handling.clone(),
    };
    check_cap(&whole, std::slice::from_ref(&new), Some(old.id))?;
    let number = text::name("number", "Số quyết định", &form.number)?;
    let day = past_day("decided_on", "Ngày quyết định", &form.decided_on, today)?;
    let mut signed = content(&new, &row.line);
    if let Some(fields) = signed.as_object_mut() {
        fields.insert("number".into(), json!(number));
        fields.insert("decided_on".into(), json!(day));
        fields.insert("replaces".into(), json!(old.id));
    }
    let subject = Subject {
        kind: Kind::YearDecision,
        officer: Some(kpi::ids::OfficerId(old.officer)),
        period: None,
        year: Some(year),
        record: Some(new.id),
        version: 1,
    };
    let signature = sign::store::sign(db, access.actor.agency, signer, subject, &signed).await?;
    let paper = Paper {
        agency: access.agency(),
        year,
        number,
        day,
        by: By::Here {
            officer: me,
            signature,
        },
        account: access.actor.account.0,
    };
    put_in_place(db, access, &paper, &new, (&old, &why)).await?;
    Ok(new.id)
}

/// Stores the new decision beside the old one; where that one was announced, so is this.
async fn put_in_place(
    db: &mut PgConnection,
    access: &Access,
    paper: &Paper,
    new: &NewDecision,
    (old, why): (&Decision, &str),
) -> Result<(), AppError> {
    let announced = old.published.is_some();
    store::replace(db, paper, new, (old.id, why, announced)).await?;
    let detail = json!({
        "year": paper.year, "number": paper.number, "level": new.level.as_str(), "replaces": old.number, "reason": why
    });
    write_audit(db, access, "replace_decision", Some(new.officer), detail).await?;
    if announced {
        let told = Decision {
            id: new.id,
            number: paper.number.clone(),
            level: new.level,
            ..old.clone()
        };
        tell(db, paper.agency, &told).await?;
    }
    Ok(())
}

/// The decision of the managing agency, as typed.
#[derive(Clone, Debug, Default)]
pub struct Above {
    /// About whom: the head of this agency.
    pub officer: Uuid,
    /// Code of the level.
    pub level: String,
    /// Why it departs from what was computed, or replaces the one before.
    pub reason: String,
    /// Number of the decision.
    pub number: String,
    /// Its day.
    pub decided_on: String,
    /// The managing agency.
    pub authority: String,
}

/// Enters the decision of the managing agency about the head of this one; another one replaces the first. What that
/// agency decided is not measured by the rules of this one.
///
/// # Errors
/// `Forbidden` about oneself; `Invalid` on `level`, `reason`, `number`, `decided_on`, `authority`, or on `status` about anybody
/// else and out of order; the database's failure.
pub async fn enter_decision(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
    form: &Above,
) -> Result<Uuid, AppError> {
    in_season(year, YearAction::EnterDecision, today)?;
    let mut db = pool.begin().await?;
    crate::rating::store::hold_agency(&mut db, access.agency()).await?;
    let whole = whole(&mut db, access, (year, today), Some(form.officer)).await?;
    let row = whole.row(form.officer)?;
    let who = personnel(access, form.officer, YearActor::Personnel);
    let action = match row.status {
        YearStatus::Decided | YearStatus::Published => YearAction::Replace,
        _ => YearAction::EnterDecision,
    };
    next(row, action, who)?;
    let decided = level(&form.level)?;
    let computed = computed(&row.line).unwrap_or(decided);
    let why = long_text("reason", "Lý do", &form.reason, decided != computed)?;
    let new = NewDecision {
        id: Uuid::now_v7(),
        officer: form.officer,
        level: decided,
        computed,
        mean: row.line.mean,
        reason: why.clone(),
        handling: row.handling.clone(),
    };
    let paper = Paper {
        agency: access.agency(),
        year,
        number: text::name("number", "Số quyết định", &form.number)?,
        day: past_day("decided_on", "Ngày quyết định", &form.decided_on, today)?,
        by: By::Above(text::name(
            "authority",
            "Cơ quan quyết định",
            &form.authority,
        )?),
        account: access.actor.account.0,
    };
    match (action, &row.decision) {
        (YearAction::Replace, Some(old)) => {
            let why = reason(&form.reason)?;
            put_in_place(&mut db, access, &paper, &new, (old, &why)).await?;
        }
        _ => {
            store::insert_decisions(&mut db, &paper, std::slice::from_ref(&new)).await?;
            let steps = (YearStatus::Proposed, YearStatus::Decided);
            store::advance(&mut db, (paper.agency, year), &[form.officer], steps).await?;
            let detail = json!({ "year": year, "number": paper.number, "level": decided.as_str() });
            write_audit(
                &mut db,
                access,
                "enter_decision",
                Some(form.officer),
                detail,
            )
            .await?;
        }
    }
    db.commit().await?;
    Ok(new.id)
}
