//! Notice and publication (điểm đ khoản 1, 2 Điều 21): everybody decided about is notified in writing, and the level becomes
//! public. Nothing is announced before it is signed.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::permission::Permission;
use kpi::rating::process::{YearAction, YearActor, YearStatus};
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::{in_season, next, personnel, whole};
use crate::auth::{Access, check};
use crate::error::AppError;
use crate::live::notify;
use crate::rating::process::store;
use crate::rating::process::wire::Decision;
use crate::rating::steps::{authority, write_audit};

/// Announces every signed decision of a year that is not announced yet; returns how many.
///
/// # Errors
/// `Forbidden` for a leader who does not head the agency; `Invalid` on `status` where nothing is signed; `Conflict`; the
/// database's failure.
pub async fn publish(
    pool: &PgPool,
    access: &Access,
    (year, today): (i32, NaiveDate),
) -> Result<usize, AppError> {
    in_season(year, YearAction::Publish, today)?;
    let mut db = pool.begin().await?;
    let who = if check(access.actor.clone(), Permission::RecordYear).is_ok() {
        YearActor::Personnel
    } else {
        authority(&mut db, access, today).await?;
        YearActor::Authority
    };
    crate::rating::store::hold_agency(&mut db, access.agency()).await?;
    let whole = whole(&mut db, access, (year, today), None).await?;
    let decided: Vec<(Uuid, &Decision)> = whole
        .rows
        .iter()
        .filter(|row| {
            let who = personnel(access, row.line.officer, who);
            next(row, YearAction::Publish, who).is_ok()
        })
        .filter_map(|row| Some((row.line.officer, row.decision.as_ref()?)))
        .collect();
    if decided.is_empty() {
        return Err(AppError::invalid(
            "status",
            "Chưa có quyết định nào đã ký mà chưa thông báo: người đứng đầu cơ quan phải ký quyết định trước.",
            "",
        ));
    }
    let officers: Vec<Uuid> = decided.iter().map(|(officer, _)| *officer).collect();
    let agency = access.agency();
    store::announce(&mut db, (agency, year), &officers).await?;
    let steps = (YearStatus::Decided, YearStatus::Published);
    store::advance(&mut db, (agency, year), &officers, steps).await?;
    for (officer, decision) in &decided {
        tell(&mut db, agency, decision).await?;
        let detail = json!({ "year": year, "number": decision.number });
        write_audit(&mut db, access, "publish_level", Some(*officer), detail).await?;
    }
    let announced = decided.len();
    db.commit().await?;
    Ok(announced)
}

/// The written notice to the officer.
pub(super) async fn tell(
    db: &mut PgConnection,
    agency: Uuid,
    decision: &Decision,
) -> Result<(), AppError> {
    let text = format!(
        "Kết quả xếp loại năm {}: {} (Quyết định số {}).",
        decision.year,
        decision.level.label(),
        decision.number
    );
    let link = format!("/decision/{}", decision.id);
    notify(db, agency, OfficerId(decision.officer), &text, &link).await
}
