//! SQL of progress reports, deliverables, their rounds and causes.

use chrono::NaiveDate;
use kpi::assignment::{days_late_of_rounds, delays_of_rounds};
use kpi::ids::AgencyId;
use kpi::period::Period;
use kpi::scoring::MAX_FAULTS;
use rust_decimal::Decimal;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;

/// What one progress report says.
#[derive(Clone, Debug)]
pub struct Reported<'a> {
    /// The assignment.
    pub assignment: Uuid,
    /// Quantity done so far.
    pub quantity_done: Decimal,
    /// Day of the work.
    pub work_day: NaiveDate,
    /// Note.
    pub note: &'a str,
}

/// Writes a progress report and the assignment's figures; returns the new version.
///
/// # Errors
/// The database's failure.
pub async fn report(
    db: &mut PgConnection,
    month: &Month,
    reported: &Reported<'_>,
) -> Result<i32, AppError> {
    let version = sqlx::query_scalar!(
        "with history as (
             insert into progress_report (agency_id, period, report_id, assignment_id, quantity_done, note, work_day,
                 reported_by)
             values ($1, $2, $4, $3, $5, $6, $7, $8))
         update assignment set quantity_done = $5, work_day = $7, version = version + 1, updated_at = now()
         where agency_id = $1 and period = $2 and assignment_id = $3
         returning version",
        month.agency.0,
        month.period.first_day(),
        reported.assignment,
        Uuid::now_v7(),
        reported.quantity_done,
        reported.note,
        reported.work_day,
        month.officer.0
    )
    .fetch_one(db)
    .await?;
    Ok(version)
}

/// Raises what is reported as done to at least `delivered`: what was delivered is done.
///
/// # Errors
/// The database's failure.
pub async fn raise_done(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    delivered: Decimal,
    work_day: NaiveDate,
) -> Result<(), AppError> {
    sqlx::query!(
        "update assignment set work_day = case when quantity_done < $4 then $5 else work_day end,
             quantity_done = greatest(quantity_done, $4), version = version + 1, updated_at = now()
         where agency_id = $1 and period = $2 and assignment_id = $3",
        month.agency.0,
        month.period.first_day(),
        assignment,
        delivered,
        work_day
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A deliverable, as the steps need it.
#[derive(Clone, Debug)]
pub struct Deliverable {
    /// The deliverable.
    pub deliverable: Uuid,
    /// Its assignment.
    pub assignment: Uuid,
    /// Whose it is.
    pub officer: Uuid,
    /// Name of the product.
    pub product: String,
    /// Quantity.
    pub quantity: Decimal,
    /// delivered, returned, accepted or withdrawn.
    pub status: String,
    /// Due day in force.
    pub due_day: NaiveDate,
    /// Returns for major errors.
    pub failed_reviews: i32,
    /// Missed due days.
    pub delays: i32,
    /// Of the returns excused.
    pub excused_failed_reviews: i32,
    /// Of the delays excused.
    pub excused_delays: i32,
    /// Version of the row.
    pub version: i32,
    /// Rounds so far.
    pub rounds: i32,
    /// Day of the work of the last round, confirmed where it was.
    pub last_day: NaiveDate,
}

/// One deliverable; take the lock of its month first, or it may move.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn find_deliverable(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    deliverable: Uuid,
) -> Result<Deliverable, AppError> {
    Ok(sqlx::query_as!(
        Deliverable,
        r#"select d.deliverable_id as deliverable, d.assignment_id as assignment, d.officer_id as officer,
               a.product_name as product, d.quantity, d.status, d.due_day, d.failed_reviews, d.delays,
               d.excused_failed_reviews, d.excused_delays, d.version, r.round as rounds,
               coalesce(r.confirmed_day, r.work_day) as "last_day!"
           from deliverable d
           join assignment a on a.agency_id = d.agency_id and a.period = d.period and a.assignment_id = d.assignment_id
           join lateral (
               select r.round, r.work_day, r.confirmed_day from delivery r
               where r.agency_id = d.agency_id and r.period = d.period and r.deliverable_id = d.deliverable_id
               order by r.round desc limit 1) r on true
           where d.agency_id = $1 and d.period = $2 and d.deliverable_id = $3"#,
        agency.0,
        period.first_day(),
        deliverable
    )
    .fetch_one(db)
    .await?)
}

/// Inserts a delivered quantity, without its first round.
///
/// # Errors
/// The database's failure.
pub async fn insert_deliverable(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    quantity: Decimal,
    due_day: NaiveDate,
) -> Result<Uuid, AppError> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into deliverable (agency_id, period, deliverable_id, assignment_id, officer_id, unit_id, quantity,
            status, due_day)
         values ($1, $2, $3, $4, $5, $6, $7, 'delivered', $8)",
        month.agency.0,
        month.period.first_day(),
        id,
        assignment,
        month.officer.0,
        month.unit.0,
        quantity,
        due_day
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Inserts a round of a deliverable.
///
/// # Errors
/// The database's failure.
pub async fn insert_round(
    db: &mut PgConnection,
    month: &Month,
    deliverable: Uuid,
    (round, due_day): (i32, NaiveDate),
    work_day: NaiveDate,
    note: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "insert into delivery (agency_id, period, delivery_id, deliverable_id, round, work_day, due_day, note)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        month.agency.0,
        month.period.first_day(),
        Uuid::now_v7(),
        deliverable,
        round,
        work_day,
        due_day,
        note
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Sets the status of a deliverable.
///
/// # Errors
/// The database's failure.
pub async fn set_status(
    db: &mut PgConnection,
    month: &Month,
    deliverable: Uuid,
    status: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "update deliverable set status = $4, version = version + 1
         where agency_id = $1 and period = $2 and deliverable_id = $3",
        month.agency.0,
        month.period.first_day(),
        deliverable,
        status
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Counts the failed reviews and delays of a deliverable from its rounds and writes them; excused ones stay within.
///
/// Days are those of the work: the head's where he confirmed one, the officer's else (điểm b, c khoản 2 Điều 14).
///
/// # Errors
/// The database's failure.
pub async fn recount(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    deliverable: Uuid,
) -> Result<(), AppError> {
    let rounds = sqlx::query!(
        r#"select coalesce(confirmed_day, work_day) as "day!", due_day, coalesce(decision = 'return_major', false) as "failed!"
           from delivery where agency_id = $1 and period = $2 and deliverable_id = $3 order by round"#,
        agency.0,
        period.first_day(),
        deliverable
    )
    .fetch_all(&mut *db)
    .await?;
    let days: Vec<(NaiveDate, NaiveDate)> =
        rounds.iter().map(|row| (row.day, row.due_day)).collect();
    let most = |count: usize| {
        u32::try_from(count)
            .unwrap_or(MAX_FAULTS)
            .min(MAX_FAULTS)
            .try_into()
            .unwrap_or(0)
    };
    let failed: i32 = most(rounds.iter().filter(|row| row.failed).count());
    let delays: i32 = most(usize::try_from(delays_of_rounds(&days)).unwrap_or(usize::MAX));
    let holidays = holidays_of(db, agency, &days).await?;
    let late = i32::try_from(days_late_of_rounds(&days, &holidays)).unwrap_or(0);
    sqlx::query!(
        "update deliverable set failed_reviews = $4, delays = $5, days_late = $6,
             excused_failed_reviews = least(excused_failed_reviews, $4), excused_delays = least(excused_delays, $5)
         where agency_id = $1 and period = $2 and deliverable_id = $3",
        agency.0,
        period.first_day(),
        deliverable,
        failed,
        delays,
        late
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Days off between the first due day and the last day of the work; asked for only where something is late.
async fn holidays_of(
    db: &mut PgConnection,
    agency: AgencyId,
    rounds: &[(NaiveDate, NaiveDate)],
) -> Result<Vec<NaiveDate>, AppError> {
    let late = || rounds.iter().filter(|(day, due)| day > due);
    let (Some(from), Some(until)) = (
        late().map(|(_, due)| *due).min(),
        late().map(|(day, _)| *day).max(),
    ) else {
        return Ok(Vec::new());
    };
    crate::org::store::holidays(db, agency.0, from, until).await
}

/// Faults of a deliverable for which a cause is already asked, undecided.
///
/// # Errors
/// The database's failure.
pub async fn asked_causes(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    deliverable: Uuid,
    concerns: &str,
) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select coalesce(sum(occurrences), 0) as "asked!" from cause
           where agency_id = $1 and period = $2 and deliverable_id = $3 and concerns = $4 and status = 'requested'"#,
        agency.0,
        period.first_day(),
        deliverable,
        concerns
    )
    .fetch_one(db)
    .await?)
}

/// A request to confirm an objective cause.
#[derive(Clone, Debug)]
pub struct NewCause<'a> {
    /// The deliverable.
    pub deliverable: Uuid,
    /// delay or failed_review.
    pub concerns: &'a str,
    /// How many of its faults.
    pub occurrences: i32,
    /// Why.
    pub reason: &'a str,
    /// What shows it.
    pub evidence: &'a str,
}

/// Inserts a request.
///
/// # Errors
/// The database's failure.
pub async fn insert_cause(
    db: &mut PgConnection,
    month: &Month,
    cause: &NewCause<'_>,
) -> Result<Uuid, AppError> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into cause (agency_id, period, cause_id, deliverable_id, officer_id, concerns, occurrences, reason, evidence)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        month.agency.0,
        month.period.first_day(),
        id,
        cause.deliverable,
        month.officer.0,
        cause.concerns,
        cause.occurrences,
        cause.reason,
        cause.evidence
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// Ends the undecided requests of a deliverable that was withdrawn: nothing is left to excuse.
///
/// # Errors
/// The database's failure.
pub async fn end_causes(
    db: &mut PgConnection,
    month: &Month,
    deliverable: Uuid,
) -> Result<(), AppError> {
    sqlx::query!(
        "update cause set status = 'refused', decision_reason = 'Sản phẩm đã được rút lại.', decided_at = now()
         where agency_id = $1 and period = $2 and deliverable_id = $3 and status = 'requested'",
        month.agency.0,
        month.period.first_day(),
        deliverable
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Deliverables of an assignment, withdrawn ones too.
///
/// # Errors
/// The database's failure.
pub async fn count_deliverables(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
) -> Result<i64, AppError> {
    Ok(sqlx::query_scalar!(
        r#"select count(*) as "count!" from deliverable
           where agency_id = $1 and period = $2 and assignment_id = $3"#,
        month.agency.0,
        month.period.first_day(),
        assignment
    )
    .fetch_one(db)
    .await?)
}
