//! What the page of periods shows, in at most six statements.

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::period::life::PeriodDates;
use sqlx::PgPool;
use uuid::Uuid;

use crate::auth::Access;
use crate::error::AppError;
use crate::period::store::read;
use crate::period::wire::{ChosenMonth, PeriodsView};
use crate::sign::Kind;
use crate::{org, sign};

/// The months of the agency, and one of them in full.
///
/// # Errors
/// The database's failure.
pub async fn load(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    period: Period,
) -> Result<PeriodsView, AppError> {
    let agency = access.actor.agency;
    let mut db = pool.acquire().await?;
    let months = read::months(&mut *db, agency, period).await?;
    let line = months.iter().find(|month| month.period == period).cloned();
    let until = period.next().last_day();
    let holidays = org::store::holidays(&mut *db, agency.0, period.first_day(), until).await?;
    let (mut lacks, mut units, mut unfinished) = (Vec::new(), Vec::new(), Vec::new());
    let mut announcements = Vec::new();
    if line.is_some() {
        units = read::units(&mut *db, agency, period).await?;
        unfinished = read::first_unfinished(&mut db, agency, period).await?;
        announcements =
            sign::store::of_month(&mut db, agency, Kind::MonthAnnouncement, period).await?;
    } else {
        let day = today.clamp(period.first_day(), period.last_day());
        lacks = read::lacks(&mut *db, agency, period, day).await?;
    }
    Ok(PeriodsView {
        months,
        chosen: ChosenMonth {
            line,
            period,
            proposed: PeriodDates::usual(period, &holidays),
            lacks,
            units,
            unfinished,
            announcements,
        },
        today,
        key: Uuid::now_v7(),
    })
}
