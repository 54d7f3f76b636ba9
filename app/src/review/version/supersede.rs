//! Scoring an announced or locked sheet again (Điều 22): a new version beside the old one, signed and with its reason; the
//! figures of the person, the unit and the year follow from it.

use kpi::ids::OfficerId;
use kpi::level::Level;
use kpi::period::Period;
use kpi::review::{SheetAction, SheetActor, sheet_step};
use kpi::scoring::score;
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;

use super::signed::{Why, sign};
use super::store::{self, StoredVersion};
use crate::assignment::figures::{self, Basis, load_input, load_work};
use crate::assignment::month_lock::Month;
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;
use crate::format::number;
use crate::live::notify;
use crate::review::steps::{REASON, step_error, text};
use crate::review::store::sheet::{Concluded, Confirmation, put_concluded};
use crate::sign::Signer;

/// What is decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Points of a common criterion.
    Criterion {
        /// "I.1" … "III.4".
        code: String,
        /// 0 to its maximum.
        points: Decimal,
    },
    /// đ of a leader, in percent.
    Organising(u32),
    /// e of a leader, in percent.
    Unity(u32),
    /// Returns of an assignment for major errors no longer count.
    WaiveReturn {
        /// The assignment.
        assignment: Uuid,
    },
    /// Delays of an assignment no longer count.
    WaiveDelay {
        /// The assignment.
        assignment: Uuid,
    },
}

/// Scores an announced or locked sheet again in the caller's transaction; returns the number of the new version. Whether
/// the signer is the one to decide is the caller's rule; about himself nobody decides.
///
/// # Errors
/// `Forbidden` about oneself; `Invalid` for a sheet that was not announced, without a reason or a change, for a value out
/// of range or an assignment that lost nothing; the database's failure.
pub async fn supersede(
    db: &mut PgConnection,
    access: &Access,
    signer: &Signer,
    period: Period,
    officer: OfficerId,
    changes: &[Change],
    reason: &str,
) -> Result<i32, AppError> {
    if signer.officer() == officer {
        return Err(AppError::Forbidden);
    }
    let agency = access.actor.agency;
    let mut month = Month::lock(db, agency, period, officer, period.last_day()).await?;
    sheet_step(month.status, SheetAction::Supersede, SheetActor::Authority).map_err(step_error)?;
    let missing = "Hãy ghi lý do lập bản thay thế.";
    let reason = text("reason", reason, REASON, Some(missing))?;
    if changes.is_empty() {
        let message = "Bản thay thế cần ít nhất một thay đổi.";
        return Err(AppError::invalid("changes", message, ""));
    }
    let versions = store::list(&mut *db, agency.0, period.first_day(), officer.0).await?;
    let old = versions.first().ok_or(AppError::NotFound)?;
    let mut next = Next::of(old);
    for change in changes {
        next.apply(db, &month, change, &reason).await?;
    }
    month.organising = next.organising.as_ref().map(|(percent, _)| *percent);
    month.unity = next.unity.as_ref().map(|(percent, _)| *percent);
    put_concluded(db, &month, &next.criteria).await?;
    let rows = load_work(db, agency, period.first_day(), officer).await?;
    let input = load_input(db, &month, &rows, Basis::Accepted).await?;
    let outcome = score(&month.rules, &input)?;
    let scored = outcome.scored.as_ref();
    let confirmation = Confirmation {
        criteria: next.criteria,
        remark: old.remark.clone(),
        organising: next.organising,
        unity: next.unity,
        total: scored.map(|scored| scored.total),
        level: scored.map(|scored| scored.level.as_str()),
        by: signer.officer(),
        prepared_by: None,
        input: serde_json::to_value(&input).map_err(AppError::inner)?,
        trace: serde_json::to_value(&outcome.trace).map_err(AppError::inner)?,
    };
    let version = sign(db, &month, signer, &confirmation, Why::Superseded(&reason)).await?;
    let sums = figures::figures(&rows, &outcome, true);
    figures::store(db, &month, sums, "supersede").await?;
    audit::write(
        db,
        agency,
        access.actor.audit(),
        "review.supersede",
        ("sheet", Some(officer.0)),
        json!({ "period": period.to_string(), "version": version, "reason": reason }),
    )
    .await?;
    let result = scored.map_or_else(
        || "chưa đủ dữ liệu để có điểm".to_owned(),
        |scored| {
            let level = Level::label(scored.level).to_lowercase();
            format!("{} điểm, {level}", number(scored.total, 2))
        },
    );
    let said = format!(
        "Phiếu {} của bạn có bản thay thế số {version}: {result}.",
        period.label().to_lowercase()
    );
    let link = format!("/sheet/{officer}?period={period}");
    notify(db, agency.0, officer, &said, &link).await?;
    Ok(version)
}

/// What the new version says, beginning as the old one.
struct Next {
    criteria: Vec<Concluded>,
    organising: Option<(u32, String)>,
    unity: Option<(u32, String)>,
}

impl Next {
    fn of(old: &StoredVersion) -> Self {
        let chosen = |percent: Option<i32>, reason: &str| {
            let percent = percent.and_then(|percent| u32::try_from(percent).ok())?;
            Some((percent, reason.to_owned()))
        };
        Self {
            criteria: old.criteria.0.clone(),
            organising: chosen(old.organising, &old.organising_reason),
            unity: chosen(old.unity, &old.unity_reason),
        }
    }

    async fn apply(
        &mut self,
        db: &mut PgConnection,
        month: &Month,
        change: &Change,
        reason: &str,
    ) -> Result<(), AppError> {
        match change {
            Change::Criterion { code, points } => self.criterion(month, code, *points, reason),
            Change::Organising(percent) => {
                self.organising =
                    Some((allowed(month, "organising", *percent)?, reason.to_owned()));
                Ok(())
            }
            Change::Unity(percent) => {
                self.unity = Some((allowed(month, "unity", *percent)?, reason.to_owned()));
                Ok(())
            }
            Change::WaiveReturn { assignment } => waive(db, month, *assignment, false).await,
            Change::WaiveDelay { assignment } => waive(db, month, *assignment, true).await,
        }
    }

    fn criterion(
        &mut self,
        month: &Month,
        code: &str,
        points: Decimal,
        reason: &str,
    ) -> Result<(), AppError> {
        let found = month.rules.criterion(code);
        let most = found.map_or(Decimal::ZERO, |criterion| criterion.max);
        if found.is_none() || points < Decimal::ZERO || points > most || points.scale() > 2 {
            return Err(AppError::invalid(
                format!("points[{code}]"),
                format!(
                    "Điểm tiêu chí {code} phải từ 0 đến {}, tối đa hai chữ số thập phân.",
                    number(most, 2)
                ),
                points.to_string(),
            ));
        }
        let row = Concluded {
            criterion: code.to_owned(),
            points,
            reason: reason.to_owned(),
        };
        match self.criteria.iter_mut().find(|row| row.criterion == code) {
            Some(old) => *old = row,
            None => self.criteria.push(row),
        }
        Ok(())
    }
}

/// A percentage that the rules allow a leader.
fn allowed(month: &Month, field: &str, percent: u32) -> Result<u32, AppError> {
    let offered = month.role.is_leader() && month.rules.leadership.allowed.contains(&percent);
    if offered {
        Ok(percent)
    } else {
        let message = "Mức này không áp dụng cho phiếu này.";
        Err(AppError::invalid(field, message, percent.to_string()))
    }
}

async fn waive(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    delays: bool,
) -> Result<(), AppError> {
    if store::waive(db, month, assignment, delays).await? > 0 {
        return Ok(());
    }
    let message = if delays {
        "Nhiệm vụ này không còn lần trễ hạn nào bị trừ."
    } else {
        "Nhiệm vụ này không còn lần trả lại nào bị trừ."
    };
    Err(AppError::invalid(
        "assignment",
        message,
        assignment.to_string(),
    ))
}
