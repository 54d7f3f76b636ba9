//! Closing a month: no write to it is taken any more.

use chrono::NaiveDate;
use kpi::period::Period;
use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use crate::audit;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::review::store::{is_closed, sheet};

/// Closes a month and locks its confirmed sheets; returns how many were locked and how many stay unconfirmed.
///
/// # Errors
/// `Invalid` before the month's last day or for a closed month; the database's failure.
pub async fn close_month(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
    key: Uuid,
) -> Result<(i64, i64), AppError> {
    let agency = access.actor.agency;
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok((0, 0));
    }
    if today < period.last_day() {
        return Err(AppError::invalid(
            "period",
            format!("{} chưa kết thúc, chưa khóa được.", period.label()),
            period.to_string(),
        ));
    }
    if is_closed(&mut db, agency, period.first_day()).await? {
        return Err(AppError::invalid(
            "period",
            format!("{} đã khóa.", period.label()),
            period.to_string(),
        ));
    }
    let (locked, left) = sheet::close_month(&mut db, agency, period.first_day()).await?;
    let detail = json!({ "period": period.to_string(), "locked": locked, "unconfirmed": left });
    audit::write(
        &mut db,
        agency,
        access.actor.audit(),
        "review.close_month",
        ("period", None),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok((locked, left))
}
