//! As whom somebody acts on the sheet of another: as the competent person, or preparing for him.

use chrono::NaiveDate;
use kpi::permission::may_decide;
use kpi::review::SheetActor;
use sqlx::PgConnection;

use crate::assignment::month_lock::Month;
use crate::auth::Access;
use crate::error::AppError;
use crate::org::direct_superior;
use crate::review::queue::store::delegated;
use crate::review::steps::day_in;

/// As whom the actor prepares a locked month.
///
/// # Errors
/// `Forbidden` about oneself, and for anybody who neither decides nor prepares for the one who does; the database's failure.
pub async fn acts_as(
    db: &mut PgConnection,
    access: &Access,
    today: NaiveDate,
    month: &Month,
) -> Result<SheetActor, AppError> {
    let me = access.officer()?;
    if !may_decide(me, month.officer) {
        return Err(AppError::Forbidden);
    }
    let day = day_in(month.period, today);
    let superior = direct_superior(&mut *db, access.agency(), month.officer, day)
        .await?
        .ok_or(AppError::Forbidden)?;
    if superior == me {
        return Ok(SheetActor::Authority);
    }
    let who = (superior.0, me.0);
    delegated(db, access.agency(), who, month.unit.0, today)
        .await?
        .then_some(SheetActor::Delegate)
        .ok_or(AppError::Forbidden)
}
