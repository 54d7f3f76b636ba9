//! The officer's own sheet: points and remarks while it is a draft, sending it, taking it back.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::PeriodAct;
use kpi::review::{SheetAction, SheetActor, SheetStatus, sheet_step};
use kpi::rule_set::RuleSet;
use kpi::scoring::score;
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{REMARK, day_in, points, text};
use crate::assignment::figures::{self, Basis, load_input, load_work, recompute};
use crate::assignment::month_lock::Month;
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::format::number;
use crate::review::store::sheet::{
    self, Remarks, Submission, all_own_points, own_points, put_own_points, put_remarks,
    put_submission,
};
use crate::review::wire::Saved;

/// Locks the actor's own month while its sheet is a draft.
async fn own_draft(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    period: Period,
) -> Result<Month, AppError> {
    if today < period.first_day() {
        return Err(AppError::invalid(
            "period",
            format!("{} chưa bắt đầu, chưa tự đánh giá được.", period.label()),
            period.to_string(),
        ));
    }
    let month = Month::lock(
        db,
        access.actor.agency,
        period,
        access.officer()?,
        day_in(period, today),
    )
    .await?;
    month.must_be_open(db).await?;
    if month.status != SheetStatus::Draft {
        return Err(AppError::invalid(
            "period",
            "Phiếu đã gửi; muốn sửa, hãy rút lại phiếu trước khi cấp có thẩm quyền xác nhận.",
            "",
        ));
    }
    Ok(month)
}

fn shown(value: Option<Decimal>) -> String {
    value.map_or_else(|| "chưa chấm".to_owned(), |value| number(value, 2))
}

/// Stores one criterion as it is typed. `seen` is the value that the page showed before: when another one is stored
/// meanwhile, nothing changes and both are named. The same value again is saved already.
///
/// # Errors
/// `Invalid` for the number, a sheet that is not a draft or a closed month; `Conflict`; the database's failure.
pub async fn save_criterion(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (criterion, typed, seen): (&str, &str, &str),
) -> Result<Saved, AppError> {
    let mut db = pool.begin().await?;
    let month = own_draft(&mut db, access, today, period).await?;
    let value = points(&month.rules, criterion, typed)?;
    let seen = points(&month.rules, criterion, seen)?;
    let stored = own_points(&mut db, &month, criterion).await?;
    if stored != value {
        if stored != seen {
            return Err(AppError::Conflict {
                current: shown(stored),
                yours: shown(value),
            });
        }
        put_own_points(&mut db, &month, &[(criterion.to_owned(), value)]).await?;
        let detail = json!({ "period": period.to_string(), "criterion": criterion });
        let subject = ("sheet", Some(month.officer.0));
        audit::write(
            &mut db,
            month.agency,
            access.actor.audit(),
            "review.self_assess",
            subject,
            detail,
        )
        .await?;
        recompute(&mut db, &month, "self_assess").await?;
    }
    let saved = saved(&mut db, &month, shown_number(value), month.version).await?;
    db.commit().await?;
    Ok(saved)
}

fn shown_number(value: Option<Decimal>) -> String {
    value.map_or_else(String::new, |value| number(value, 2))
}

async fn saved(
    db: &mut PgConnection,
    month: &Month,
    value: String,
    version: i32,
) -> Result<Saved, AppError> {
    let points = all_own_points(db, month).await?;
    let now = crate::format::vietnam(chrono::Utc::now());
    Ok(Saved {
        value,
        points: points.iter().map(|(_, points)| *points).sum(),
        version,
        at: now.time().format("%H:%M:%S").to_string(),
    })
}

/// Stores what the officer writes about the month, against the version that the page showed.
///
/// # Errors
/// `Invalid` for too long a text, a sheet that is not a draft or a closed month; `Conflict`; the database's failure.
pub async fn save_remarks(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    version: i32,
    given: Remarks,
) -> Result<Saved, AppError> {
    let mut db = pool.begin().await?;
    let month = own_draft(&mut db, access, today, period).await?;
    let version = put_texts(&mut db, &month, version, &given).await?;
    let saved = saved(&mut db, &month, String::new(), version).await?;
    db.commit().await?;
    Ok(saved)
}

async fn put_texts(
    db: &mut PgConnection,
    month: &Month,
    version: i32,
    given: &Remarks,
) -> Result<i32, AppError> {
    let given = Remarks {
        strengths: text("strengths", &given.strengths, REMARK, None)?,
        shortcomings: text("shortcomings", &given.shortcomings, REMARK, None)?,
    };
    let stored = sheet::remarks(db, month).await?;
    if stored == given {
        return Ok(month.version);
    }
    // A sheet that did not exist when the page was loaded has its first version by now.
    if version.max(1) != month.version {
        return Err(AppError::Conflict {
            current: format!("{} / {}", stored.strengths, stored.shortcomings),
            yours: format!("{} / {}", given.strengths, given.shortcomings),
        });
    }
    put_remarks(db, month, &given).await
}

/// A whole sheet as a form sends it.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Points by criterion, as typed; a criterion that is not named keeps what is stored.
    pub points: BTreeMap<String, String>,
    /// Remarks.
    pub remarks: Remarks,
    /// Version that the page showed; 0 for a sheet that did not exist.
    pub version: i32,
    /// Whether to send it as well.
    pub submit: bool,
}

/// Stores a whole sheet and, when asked, sends it to the competent person (khoản 2 Điều 17): all or nothing.
///
/// # Errors
/// `Invalid` naming the first refused criterion, what is missing before it can be sent, or the state of the sheet;
/// `Conflict`; the database's failure.
pub async fn save_sheet(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (draft, key): (Draft, Uuid),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let month = own_draft(&mut db, access, today, period).await?;
    let given = draft
        .points
        .iter()
        .map(|(code, typed)| Ok((code.clone(), points(&month.rules, code, typed)?)))
        .collect::<Result<Vec<_>, AppError>>()?;
    put_own_points(&mut db, &month, &given).await?;
    put_texts(&mut db, &month, draft.version, &draft.remarks).await?;
    let action = if draft.submit {
        submit(&mut db, &month, today).await?;
        "review.submit"
    } else {
        recompute(&mut db, &month, "self_assess").await?;
        "review.self_assess"
    };
    let subject = ("sheet", Some(month.officer.0));
    let detail = json!({ "period": period.to_string() });
    audit::write(
        &mut db,
        month.agency,
        access.actor.audit(),
        action,
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

/// Sends a complete sheet; the total that goes with it is the one on what the officer reports.
async fn submit(db: &mut PgConnection, month: &Month, today: NaiveDate) -> Result<(), AppError> {
    month.must_allow(db, PeriodAct::Submit).await?;
    require_all(&month.rules, &all_own_points(db, month).await?)?;
    sheet_step(month.status, SheetAction::Submit, SheetActor::Subject).map_err(step_error)?;
    let rows = load_work(db, month.agency, month.period.first_day(), month.officer).await?;
    let input = load_input(db, month, &rows, Basis::Reported).await?;
    let outcome = score(&month.rules, &input)?;
    let sent = Submission {
        total: outcome.scored.as_ref().map(|scored| scored.total),
        input: serde_json::to_value(&input).map_err(AppError::inner)?,
        day: today,
    };
    put_submission(db, month, Some(sent)).await?;
    figures::store(
        db,
        month,
        figures::figures(&rows, &outcome, false),
        "submit",
    )
    .await
}

fn require_all(rules: &RuleSet, given: &[(String, Decimal)]) -> Result<(), AppError> {
    let missing: Vec<&str> = rules
        .criteria
        .iter()
        .filter(|criterion| !given.iter().any(|(code, _)| *code == criterion.code))
        .map(|criterion| criterion.code.as_str())
        .collect();
    match missing.first() {
        None => Ok(()),
        Some(first) => Err(AppError::invalid(
            format!("points[{first}]"),
            format!(
                "Chưa chấm {} tiêu chí: {}. Hãy chấm đủ trước khi gửi; tiêu chí không đạt ghi 0.",
                missing.len(),
                missing.join(", ")
            ),
            "",
        )),
    }
}

pub(in crate::review) fn step_error(error: kpi::assignment::StepError) -> AppError {
    AppError::invalid("status", error.to_string(), "")
}

/// Takes the own sheet back before it is confirmed.
///
/// # Errors
/// `Invalid` for a sheet that was not sent or is confirmed already; the database's failure.
pub async fn withdraw(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    key: Uuid,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let officer = access.officer()?;
    let day = day_in(period, today);
    let month = Month::lock(&mut db, access.actor.agency, period, officer, day).await?;
    month.must_be_open(&mut db).await?;
    month.must_allow(&mut db, PeriodAct::Submit).await?;
    sheet_step(month.status, SheetAction::Withdraw, SheetActor::Subject).map_err(step_error)?;
    put_submission(&mut db, &month, None).await?;
    recompute(&mut db, &month, "withdraw").await?;
    let subject = ("sheet", Some(officer.0));
    let detail = json!({ "period": period.to_string() });
    audit::write(
        &mut db,
        month.agency,
        access.actor.audit(),
        "review.withdraw",
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}
