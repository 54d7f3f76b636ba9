//! Opening a month of assessment.

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::PeriodDates;
use serde_json::json;
use sqlx::PgPool;

use super::{audited, reason};
use crate::auth::Access;
use crate::error::AppError;
use crate::period::store::read::lacks;
use crate::period::store::write::{self, Opening};

/// Opens a month with its dates. `insisted` is why, although something is missing that the check names.
///
/// # Errors
/// `Invalid` at a date out of order, on `reason` while something is missing and nobody insists, or for a month that was
/// opened already; the database's failure.
pub async fn open(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    (dates, automatic): (PeriodDates, bool),
    insisted: &str,
) -> Result<(), AppError> {
    dates.check_order(period)?;
    let insisted = reason("reason", insisted, None)?;
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    let day = today.clamp(period.first_day(), period.last_day());
    let lacks = lacks(&mut *db, agency, period, day).await?;
    if !lacks.is_empty() && insisted.is_empty() {
        let named: Vec<&str> = lacks.iter().map(|lack| lack.what.as_str()).collect();
        let sentence = format!(
            "Còn thiếu: {}. Hãy bổ sung, hoặc ghi lý do vẫn mở kỳ.",
            named.join("; ").to_lowercase()
        );
        return Err(AppError::invalid("reason", sentence, ""));
    }
    let opening = Opening {
        by: Some(access.actor.account.0),
        dates,
        automatic,
        reason: &insisted,
    };
    if !write::open(&mut db, agency, period, &opening).await? {
        let sentence = format!("{} đã được mở.", period.label());
        return Err(AppError::invalid("period", sentence, period.to_string()));
    }
    let missing: Vec<&str> = lacks.iter().map(|lack| lack.what.as_str()).collect();
    let detail =
        json!({ "dates": dates, "automatic": automatic, "missing": missing, "reason": insisted });
    audited(&mut db, access, "period.open", period, detail).await?;
    db.commit().await?;
    Ok(())
}
