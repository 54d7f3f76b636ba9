//! One signing act for everything that is marked: each sheet gets a signature of its own, or nothing is signed.

use chrono::NaiveDate;
use kpi::ids::OfficerId;
use kpi::period::Period;
use sqlx::PgPool;
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::org::store::name_of;
use crate::review::steps::{Conclusion, conclude, day_in};
use crate::review::store::prepared;
use crate::sign::Signer;

/// A sheet that is to be signed, as it was seen: whose, and the version of what is prepared for it.
pub type Marked = (Uuid, i32);

/// Confirms every marked sheet in one transaction; returns how many.
///
/// # Errors
/// `Conflict` naming whoever changed since the page was loaded; `Invalid` as a confirmation would be, naming the person;
/// `Forbidden` for anyone but the direct superior; the database's failure.
pub async fn sign_ready(
    pool: &PgPool,
    (access, signer): (&Access, &Signer),
    today: NaiveDate,
    period: Period,
    (shown, key): (Vec<Marked>, Uuid),
) -> Result<usize, AppError> {
    let mut db = pool.begin().await?;
    if !take_key(&mut db, access, key).await? {
        return Ok(0);
    }
    let officers: Vec<Uuid> = shown.iter().map(|(officer, _)| *officer).collect();
    let ids: Vec<OfficerId> = officers.iter().copied().map(OfficerId).collect();
    let day = day_in(period, today);
    // From the bottom upwards: a leader is confirmed on the confirmed scores of those below.
    let months = Month::lock_all(&mut db, access.actor.agency, period, &ids, day).await?;
    let stored =
        prepared::load_many(&mut *db, access.agency(), period.first_day(), &officers).await?;
    for month in &months {
        let found = stored.iter().find(|one| one.officer == month.officer.0);
        let seen = shown.iter().find(|(id, _)| *id == month.officer.0);
        let found = found.filter(|found| {
            found.ready
                && found.sheet_version == month.version
                && seen.is_some_and(|(_, version)| *version == found.version)
        });
        let Some(found) = found else {
            let name = name_of(&mut *db, access.agency(), month.officer.0).await?;
            return Err(AppError::Conflict {
                current: format!(
                    "phiếu hoặc phần chuẩn bị của {name} vừa đổi; hãy xem lại dòng này"
                ),
                yours: "chưa ký phiếu nào".to_owned(),
            });
        };
        let typed: Conclusion =
            serde_json::from_value(found.content.clone()).map_err(AppError::inner)?;
        let given = Conclusion {
            version: month.version,
            ..typed
        };
        if let Err(refusal) = conclude(&mut db, (access, signer), today, period, &given).await {
            let name = name_of(&mut *db, access.agency(), month.officer.0).await?;
            return Err(named(refusal, &name));
        }
    }
    db.commit().await?;
    Ok(months.len())
}

fn named(refusal: AppError, name: &str) -> AppError {
    match refusal {
        AppError::Invalid { message, .. } => {
            AppError::invalid("shown", format!("{name}: {message} Chưa ký phiếu nào."), "")
        }
        other => other,
    }
}
