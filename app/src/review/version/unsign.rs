//! Withdrawing the signature of a confirmed sheet that is not announced yet: what was concluded stays as a version and as
//! what is prepared, and the sheet waits to be confirmed again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::number::format_vi;
use kpi::period::Period;
use kpi::period::life::PeriodAct;
use kpi::review::{SheetAction, SheetActor, sheet_step};
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::store::{self, StoredVersion};
use crate::assignment::figures::recompute;
use crate::assignment::month_lock::Month;
use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::live::notify;
use crate::org::require_superior;
use crate::review::steps::{Conclusion, REASON, day_in, step_error, text};
use crate::review::store::prepared;
use crate::sign::{self, Signer};

/// Which signature is withdrawn, and why.
#[derive(Clone, Debug)]
pub struct Withdrawal {
    /// Whose sheet.
    pub officer: OfficerId,
    /// The month.
    pub period: Period,
    /// Version of the sheet that was seen.
    pub version: i32,
    /// Why.
    pub reason: String,
}

/// Withdraws the signature of a confirmed sheet.
///
/// # Errors
/// `Forbidden` for anyone but the direct superior; `Invalid` without a reason, for a sheet that is not confirmed or was
/// announced; `Conflict` when it changed meanwhile; the database's failure.
pub async fn unsign(
    pool: &PgPool,
    (access, signer): (&Access, &Signer),
    today: NaiveDate,
    given: &Withdrawal,
    key: Uuid,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(());
    }
    let (officer, period) = (given.officer, given.period);
    let day = day_in(period, today);
    require_superior(&mut *db, access, officer, day).await?;
    let mut month = Month::lock(&mut db, access.actor.agency, period, officer, day).await?;
    sheet_step(month.status, SheetAction::Unsign, SheetActor::Authority).map_err(step_error)?;
    month.must_allow(&mut db, PeriodAct::Confirm).await?;
    let missing = "Hãy ghi lý do rút chữ ký; lý do hiện cho người được đánh giá.";
    let reason = text("reason", &given.reason, REASON, Some(missing))?;
    if given.version != month.version {
        return Err(AppError::Conflict {
            current: format!("phiếu bản {}", month.version),
            yours: format!("rút chữ ký bản {}", given.version),
        });
    }
    let versions = store::list(&mut *db, access.agency(), period.first_day(), officer.0).await?;
    if let Some(newest) = versions.first() {
        if let Some(signature) = newest.signature {
            sign::store::withdraw(&mut db, month.agency, signature, signer, &reason).await?;
        }
        let withdrawal = (newest.number, signer.officer().0, reason.as_str());
        store::put_withdrawal(&mut db, &month, withdrawal).await?;
        let again = serde_json::to_value(as_typed(officer, newest)).map_err(AppError::inner)?;
        let by = signer.officer();
        // The sheet has its next version below.
        let seen = Month {
            version: month.version + 1,
            ..month.clone()
        };
        prepared::put(&mut db, &seen, &again, false, by).await?;
    }
    store::clear_conclusion(&mut db, &month).await?;
    (month.organising, month.unity) = (None, None);
    recompute(&mut db, &month, "unsign").await?;
    audit::write(
        &mut db,
        month.agency,
        access.actor.audit(),
        "review.unsign",
        ("sheet", Some(officer.0)),
        json!({ "period": period.to_string(), "reason": reason }),
    )
    .await?;
    let link = format!("/sheet/{officer}?period={period}");
    let said = format!(
        "Chữ ký xác nhận phiếu {} của bạn đã được rút: {reason}. Phiếu sẽ được xác nhận lại.",
        period.label().to_lowercase()
    );
    notify(&mut db, month.agency.0, officer, &said, &link).await?;
    db.commit().await?;
    Ok(())
}

/// What was concluded, as it would be typed again.
fn as_typed(officer: OfficerId, version: &StoredVersion) -> Conclusion {
    let rows = &version.criteria.0;
    let texts =
        |of: fn(&crate::review::store::sheet::Concluded) -> String| -> BTreeMap<String, String> {
            rows.iter()
                .map(|row| (row.criterion.clone(), of(row)))
                .collect()
        };
    let percent = |value: Option<i32>| value.map_or_else(String::new, |value| value.to_string());
    Conclusion {
        officer: officer.0,
        points: texts(|row| format_vi(row.points, 2)),
        reasons: texts(|row| row.reason.clone()),
        remark: version.remark.clone(),
        organising: percent(version.organising),
        organising_reason: version.organising_reason.clone(),
        unity: percent(version.unity),
        unity_reason: version.unity_reason.clone(),
        ..Conclusion::default()
    }
}
