//! What the dates of a period do by themselves: move it on, and remind people before a date, each once.

use std::time::Duration;

use chrono::NaiveDate;
use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::period::life::{PeriodAction, PeriodActor, PeriodStatus, due_step, step};
use kpi::review::SheetStatus;
use serde_json::json;
use sqlx::PgPool;

use super::store::announce::{step_sheets, unfinished, wait_for_writes};
use super::store::reminder;
use super::store::write::{hold, put_status};
use crate::error::AppError;
use crate::mail::BaseUrl;
use crate::state::Clock;
use crate::{audit, org};

/// How often it is looked whether a date has come.
const EVERY: Duration = Duration::from_secs(60 * 60);
/// Held while it is looked, so that several servers do not remind twice: "period" in ASCII.
const LOCK: i64 = 0x7065_7269_6f64;

/// Runs for ever: at once, and every hour. Reminders go out by mail too where `mail` is sent.
pub async fn watch(pool: PgPool, clock: Clock, mail: Option<BaseUrl>) {
    loop {
        if let Err(error) = run_due(&pool, clock.today(), mail.as_ref()).await {
            tracing::error!(%error, "the dates of periods could not be followed");
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Moves every month of every agency on as its dates say, and gives the reminders that are due on `today`.
///
/// # Errors
/// The database's failure.
pub async fn run_due(
    pool: &PgPool,
    today: NaiveDate,
    mail: Option<&BaseUrl>,
) -> Result<(), AppError> {
    let mut lock = pool.begin().await?;
    let free = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock($1) as "free!""#, LOCK)
        .fetch_one(&mut *lock)
        .await?;
    if !free {
        return Ok(());
    }
    for (agency, period) in reminder::running(pool).await? {
        // Several states may have passed while the server was off.
        while advance(pool, agency, period, today).await? {}
        remind(pool, (agency, period), today, mail).await?;
    }
    lock.commit().await?;
    Ok(())
}

/// Takes the one step that the dates call for; false when they call for none.
async fn advance(
    pool: &PgPool,
    agency: AgencyId,
    period: Period,
    today: NaiveDate,
) -> Result<bool, AppError> {
    let mut db = pool.begin().await?;
    let held = hold(&mut db, agency, period).await?;
    let Some(dates) = held.dates.filter(|_| held.automatic) else {
        return Ok(false);
    };
    let open = if held.status == PeriodStatus::Announced {
        unfinished(&mut db, agency, period, "/").await?.len()
    } else {
        0
    };
    let open = u32::try_from(open).unwrap_or(u32::MAX);
    let Some(action) = due_step(held.status, &dates, today, open) else {
        return Ok(false);
    };
    let to = step(held.status, action, PeriodActor::Calendar).map_err(AppError::inner)?;
    if action == PeriodAction::Lock {
        wait_for_writes(&mut db, agency, period).await?;
        let steps = (SheetStatus::Announced, SheetStatus::Locked);
        step_sheets(&mut db, agency, period, "/", steps, None).await?;
    }
    put_status(&mut db, agency, period, to, None).await?;
    let detail = json!({
        "period": period.to_string(), "from": held.status.as_str(), "to": to.as_str(),
        "by": PeriodActor::Calendar.as_str(),
    });
    let nobody = audit::Actor::default();
    audit::write(
        &mut db,
        agency,
        nobody,
        "period.step",
        ("period", None),
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(true)
}

/// Of a date so many working days ahead: which of the two reminders, three days and one day before, is due.
fn due_before(today: NaiveDate, date: NaiveDate, holidays: &[NaiveDate]) -> Option<i32> {
    if date < today {
        return None;
    }
    match kpi::period::working_days_late(today, date, holidays) {
        0 | 1 => Some(1),
        2 | 3 => Some(3),
        _ => None,
    }
}

async fn remind(
    pool: &PgPool,
    (agency, period): (AgencyId, Period),
    today: NaiveDate,
    mail: Option<&BaseUrl>,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    let until = today + chrono::Days::new(60);
    let holidays = org::store::holidays(&mut *db, agency.0, today, until).await?;
    let label = period.label().to_lowercase();
    let mut given = Vec::new();
    for person in reminder::people(&mut db, agency, period, today).await? {
        if let Some(days) = due_before(today, person.self_until, &holidays)
            && person.draft
        {
            let text = format!(
                "Hãy gửi tự đánh giá {label} trước hết ngày {}.",
                crate::format::day(person.self_until)
            );
            let link = format!("/month?period={period}");
            given.push(reminder::Given::new(
                "self_until",
                days,
                person.officer,
                text,
                link,
            ));
        }
    }
    for head in reminder::heads(&mut db, agency, period, today).await? {
        if let Some(days) = due_before(today, head.confirm_until, &holidays) {
            let text = format!(
                "Còn {} phiếu {label} chờ bạn xác nhận, hạn {}.",
                head.waiting,
                crate::format::day(head.confirm_until)
            );
            let link = format!("/unit?period={period}");
            given.push(reminder::Given::new(
                "confirm_until",
                days,
                head.officer,
                text,
                link,
            ));
        }
    }
    for office in reminder::personnel(&mut db, agency, period).await? {
        if let Some(days) = due_before(today, office.announce_on, &holidays) {
            let text = format!(
                "Ngày công bố {label} là {}; còn {} phiếu chưa xác nhận.",
                crate::format::day(office.announce_on),
                office.unfinished
            );
            let link = format!("/period?period={period}");
            given.push(reminder::Given::new(
                "announce_on",
                days,
                office.officer,
                text,
                link,
            ));
        }
    }
    reminder::give(&mut db, agency, period, &given, mail).await?;
    db.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_announced_three_working_days_and_one_before() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let wednesday = day("2026-12-02");
        for (today, due) in [
            ("2026-11-26", None),
            // A weekend lies between: Friday is three working days before Wednesday.
            ("2026-11-27", Some(3)),
            ("2026-11-30", Some(3)),
            ("2026-12-01", Some(1)),
            ("2026-12-02", Some(1)),
            ("2026-12-03", None),
        ] {
            assert_eq!(due_before(day(today), wednesday, &[]), due, "{today}");
        }
        let holiday = [day("2026-12-01")];
        assert_eq!(due_before(day("2026-11-30"), wednesday, &holiday), Some(1));
    }
}
