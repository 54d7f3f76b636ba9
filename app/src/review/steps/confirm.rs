//! The competent person confirms or changes sheets (khoản 3 Điều 17) and signs; each score is computed on what was
//! accepted, and stored with its input and trace as a version of its own.

use std::sync::Arc;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::period::Period;
use kpi::period::life::PeriodAct;
use kpi::review::{NoteKind, SheetAction, SheetActor, SheetStatus, sheet_step};
use kpi::scoring::{Outcome, score};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::conclusion::{Chosen, Conclusion, concluded, leadership, told};
use super::{REASON, REMARK, lock_as_superior, step_error, text};
use crate::assignment::figures::{self, Basis, load_input, load_work};
use crate::assignment::month_lock::Month;
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::format::number;
use crate::live::notify;
use crate::review::store::decision::undecided;
use crate::review::store::prepared;
use crate::review::store::sheet::{self, Concluded, Confirmation, all_own_points, put_concluded};
use crate::review::version::{self, Why};
use crate::sign::Signer;

/// Confirms a sheet under a signature.
///
/// # Errors
/// As [`conclude`]; the database's failure.
pub async fn confirm(
    pool: &PgPool,
    (access, signer): (&Access, &Signer),
    today: NaiveDate,
    period: Period,
    (given, key): (Conclusion, Uuid),
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    conclude(&mut db, (access, signer), today, period, &given).await?;
    db.commit().await?;
    Ok(())
}

/// Confirms a sheet in the caller's transaction, with a signature of its own.
///
/// # Errors
/// `Forbidden` for anyone but the direct superior; `Invalid` in a period that is not being confirmed, while something
/// waits for a decision, for a sheet that was not sent, for points out of range or a change without a reason; `Conflict`
/// when the sheet changed meanwhile; the database's failure.
pub(in crate::review) async fn conclude(
    db: &mut PgConnection,
    (access, signer): (&Access, &Signer),
    today: NaiveDate,
    period: Period,
    given: &Conclusion,
) -> Result<(), AppError> {
    let officer = OfficerId(given.officer);
    let mut month = lock_as_superior(&mut *db, access, today, period, officer).await?;
    let Checked {
        instead,
        concluded,
        remark,
        chosen,
    } = checked(&mut *db, &month, today, given).await?;
    let rules = Arc::clone(&month.rules);
    let organising = told(&mut *db, &month, chosen.0, NoteKind::Initiative).await?;
    let unity = told(&mut *db, &month, chosen.1, NoteKind::Complaint).await?;
    month.organising = organising.as_ref().map(|(percent, _)| *percent);
    month.unity = unity.as_ref().map(|(percent, _)| *percent);
    put_concluded(&mut *db, &month, &concluded).await?;
    let rows = load_work(&mut *db, month.agency, period.first_day(), officer).await?;
    let input = load_input(&mut *db, &month, &rows, Basis::Accepted).await?;
    let outcome = score(&rules, &input)?;
    let changed: Vec<String> = concluded
        .iter()
        .filter(|row| !row.reason.is_empty())
        .map(|row| row.criterion.clone())
        .collect();
    let confirmation = Confirmation {
        criteria: concluded,
        remark: with_instead(remark, instead.as_deref()),
        organising,
        unity,
        total: outcome.scored.as_ref().map(|scored| scored.total),
        level: outcome.scored.as_ref().map(|scored| scored.level.as_str()),
        by: signer.officer(),
        prepared_by: prepared::take(&mut *db, &month)
            .await?
            .filter(|by| *by != signer.officer()),
        input: serde_json::to_value(&input).map_err(AppError::inner)?,
        trace: serde_json::to_value(&outcome.trace).map_err(AppError::inner)?,
    };
    version::sign(&mut *db, &month, signer, &confirmation, Why::Confirmed).await?;
    let sums = figures::figures(&rows, &outcome, true);
    figures::store(&mut *db, &month, sums, "confirm").await?;
    audit::write(
        &mut *db,
        month.agency,
        access.actor.audit(),
        "review.confirm",
        ("sheet", Some(officer.0)),
        json!({ "period": period.to_string(), "changed": changed, "instead": instead }),
    )
    .await?;
    let link = format!("/sheet/{officer}?period={period}");
    let said = said(period, &outcome, changed.len());
    notify(&mut *db, month.agency.0, officer, &said, &link).await
}

/// What of a typed conclusion counts.
struct Checked {
    instead: Option<String>,
    concluded: Vec<Concluded>,
    remark: String,
    chosen: (Chosen, Chosen),
}

/// Refuses what could not be signed now, without writing anything.
///
/// # Errors
/// As [`conclude`].
pub(in crate::review) async fn check_conclusion(
    db: &mut PgConnection,
    month: &Month,
    today: NaiveDate,
    given: &Conclusion,
) -> Result<(), AppError> {
    checked(db, month, today, given).await.map(|_| ())
}

async fn checked(
    db: &mut PgConnection,
    month: &Month,
    today: NaiveDate,
    given: &Conclusion,
) -> Result<Checked, AppError> {
    month.must_allow(&mut *db, PeriodAct::Confirm).await?;
    let instead = may_conclude(&mut *db, month, today, &given.instead_reason).await?;
    // A sheet that did not exist when the page was loaded has its first version by now.
    if given.version.max(1) != month.version {
        return Err(AppError::Conflict {
            current: format!("phiếu {}, bản {}", month.status.label(), month.version),
            yours: format!("xác nhận bản {}", given.version),
        });
    }
    refuse_undecided(&mut *db, month).await?;
    let own = all_own_points(&mut *db, month).await?;
    Ok(Checked {
        concluded: concluded(&month.rules, &own, given, instead.is_some())?,
        remark: text("remark", &given.remark, REMARK, None)?,
        chosen: leadership(&month.rules, month, given)?,
        instead,
    })
}

/// Whether the sheet may be concluded now; the reason when it is concluded in place of an officer who never sent it.
async fn may_conclude(
    db: &mut PgConnection,
    month: &Month,
    today: NaiveDate,
    instead: &str,
) -> Result<Option<String>, AppError> {
    confirm_step(month)?;
    if sheet::was_sent(db, month).await? {
        return Ok(None);
    }
    if today <= month.period.last_day() {
        return Err(AppError::invalid(
            "status",
            "Công chức chưa gửi tự đánh giá. Phiếu chưa gửi chỉ xác nhận thay được sau ngày cuối của tháng.",
            "",
        ));
    }
    let missing = "Công chức chưa gửi tự đánh giá. Muốn xác nhận thay, hãy ghi lý do.";
    let reason = text("instead_reason", instead, REASON, Some(missing))?;
    Ok(Some(reason))
}

fn confirm_step(month: &Month) -> Result<SheetStatus, AppError> {
    sheet_step(month.status, SheetAction::Confirm, SheetActor::Authority).map_err(step_error)
}

fn with_instead(remark: String, instead: Option<&str>) -> String {
    match instead {
        None => remark,
        Some(reason) => format!("Xác nhận thay: {reason}\n{remark}")
            .trim_end()
            .to_owned(),
    }
}

async fn refuse_undecided(db: &mut PgConnection, month: &Month) -> Result<(), AppError> {
    let waiting = undecided(db, month).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = waiting
        .iter()
        .take(5)
        .map(|(product, delivery)| {
            let what = if *delivery {
                "chờ nghiệm thu"
            } else {
                "chờ quyết định nguyên nhân khách quan"
            };
            format!("“{product}” {what}")
        })
        .collect();
    Err(AppError::invalid(
        "waiting",
        format!(
            "Còn {} sản phẩm chờ quyết định, chưa xác nhận phiếu được: {}{}.",
            waiting.len(),
            named.join("; "),
            if waiting.len() > named.len() {
                "; …"
            } else {
                ""
            }
        ),
        "",
    ))
}

fn said(period: Period, outcome: &Outcome, changed: usize) -> String {
    let result = match &outcome.scored {
        None => "chưa đủ dữ liệu để có điểm".to_owned(),
        Some(scored) => format!(
            "{} điểm, {}",
            number(scored.total, 2),
            Level::label(scored.level).to_lowercase()
        ),
    };
    let differs = if changed > 0 {
        format!(" {changed} tiêu chí được kết luận khác điểm tự chấm, có ghi lý do.")
    } else {
        String::new()
    };
    format!(
        "Phiếu {} đã được xác nhận: {result}.{differs}",
        period.label().to_lowercase()
    )
}
