//! SQL of decisions: deliveries, their rounds, objective causes.

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::assignment::month_lock::Month;
use crate::error::AppError;

/// Whose deliverable it is.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn owner_of_deliverable(
    db: &mut PgConnection,
    agency: AgencyId,
    period: NaiveDate,
    deliverable: Uuid,
) -> Result<OfficerId, AppError> {
    Ok(OfficerId(
        sqlx::query_scalar!(
            "select officer_id from deliverable where agency_id = $1 and period = $2 and deliverable_id = $3",
            agency.0,
            period,
            deliverable
        )
        .fetch_one(db)
        .await?,
    ))
}

/// A deliverable with its current round, locked by its month.
#[derive(Clone, Debug)]
pub struct Round {
    /// The deliverable.
    pub deliverable: Uuid,
    /// Name of the product.
    pub product: String,
    /// delivered, returned, accepted or withdrawn.
    pub status: String,
    /// Version of the deliverable.
    pub version: i32,
    /// Number of the round, from 1.
    pub round: i32,
    /// Day of the work as the officer gives it.
    pub work_day: NaiveDate,
}

/// Deliverables of a locked month with their current rounds, in no order; those that are not of it are left out.
///
/// # Errors
/// The database's failure.
pub async fn rounds_of(
    db: &mut PgConnection,
    month: &Month,
    deliverables: &[Uuid],
) -> Result<Vec<Round>, AppError> {
    Ok(sqlx::query_as!(
        Round,
        r#"select d.deliverable_id as deliverable, a.product_name as product, d.status, d.version, r.round, r.work_day
           from deliverable d
           join assignment a on a.agency_id = d.agency_id and a.period = d.period and a.assignment_id = d.assignment_id
           join lateral (
               select v.round, v.work_day from delivery v
               where v.agency_id = d.agency_id and v.period = d.period and v.deliverable_id = d.deliverable_id
               order by v.round desc limit 1
           ) r on true
           where d.agency_id = $1 and d.period = $2 and d.officer_id = $3 and d.deliverable_id = any($4)"#,
        month.agency.0,
        month.period.first_day(),
        month.officer.0,
        deliverables
    )
    .fetch_all(db)
    .await?)
}

/// What a superior decided about the current round of deliverables.
#[derive(Clone, Debug)]
pub struct Decided<'a> {
    /// accept, return_major or return_minor.
    pub decision: &'a str,
    /// The state that it leads to.
    pub status: &'a str,
    /// Day of the work as confirmed; the officer's own else.
    pub confirmed_day: Option<NaiveDate>,
    /// Why.
    pub reason: &'a str,
    /// Due day of the next round, with a return.
    pub new_due_day: Option<NaiveDate>,
    /// Who decided.
    pub by: OfficerId,
}

impl Decided<'_> {
    /// Whether failed reviews or missed due days may differ afterwards: a return, or a corrected day of the work.
    pub fn changes_counts(&self) -> bool {
        self.decision != "accept" || self.confirmed_day.is_some()
    }
}

/// Stores a decision about the undecided rounds of these deliverables; returns how many rounds were decided.
///
/// # Errors
/// The database's failure.
pub async fn decide_rounds(
    db: &mut PgConnection,
    month: &Month,
    deliverables: &[Uuid],
    decided: &Decided<'_>,
) -> Result<u64, AppError> {
    let period = month.period.first_day();
    let rows = sqlx::query!(
        "update delivery v set decision = $4, reason = $5, confirmed_day = coalesce($6, v.work_day),
            decided_by = $7, decided_at = now()
         where v.agency_id = $1 and v.period = $2 and v.deliverable_id = any($3) and v.decision is null
           and v.round = (select max(w.round) from delivery w where w.agency_id = $1 and w.period = $2
               and w.deliverable_id = v.deliverable_id)",
        month.agency.0,
        period,
        deliverables,
        decided.decision,
        decided.reason,
        decided.confirmed_day,
        decided.by.0
    )
    .execute(&mut *db)
    .await?
    .rows_affected();
    sqlx::query!(
        "update deliverable set status = $4, due_day = coalesce($5, due_day), version = version + 1
         where agency_id = $1 and period = $2 and deliverable_id = any($3)",
        month.agency.0,
        period,
        deliverables,
        decided.status,
        decided.new_due_day
    )
    .execute(db)
    .await?;
    Ok(rows)
}

/// A request to confirm an objective cause.
#[derive(Clone, Debug)]
pub struct CauseOf {
    /// Whose it is.
    pub officer: Uuid,
    /// The deliverable.
    pub deliverable: Uuid,
    /// Name of the product.
    pub product: String,
    /// delay or failed_review.
    pub concerns: String,
    /// How many.
    pub occurrences: i32,
    /// requested, confirmed or refused.
    pub status: String,
    /// Occurrences of this kind that happened.
    pub happened: i32,
    /// Of these excused.
    pub excused: i32,
}

/// A request with its deliverable.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn cause(
    db: &mut PgConnection,
    agency: AgencyId,
    period: NaiveDate,
    cause: Uuid,
) -> Result<CauseOf, AppError> {
    Ok(sqlx::query_as!(
        CauseOf,
        r#"select c.officer_id as officer, c.deliverable_id as deliverable, a.product_name as product, c.concerns,
            c.occurrences, c.status,
            case c.concerns when 'delay' then d.delays else d.failed_reviews end as "happened!",
            case c.concerns when 'delay' then d.excused_delays else d.excused_failed_reviews end as "excused!"
        from cause c
        join deliverable d on d.agency_id = c.agency_id and d.period = c.period and d.deliverable_id = c.deliverable_id
        join assignment a on a.agency_id = d.agency_id and a.period = d.period and a.assignment_id = d.assignment_id
        where c.agency_id = $1 and c.period = $2 and c.cause_id = $3"#,
        agency.0,
        period,
        cause
    )
    .fetch_one(db)
    .await?)
}

/// Stores the decision about a request; a confirmed one excuses its occurrences.
///
/// # Errors
/// The database's failure.
pub async fn decide_cause(
    db: &mut PgConnection,
    month: &Month,
    (id, cause): (Uuid, &CauseOf),
    confirmed: bool,
    reason: &str,
    by: OfficerId,
) -> Result<(), AppError> {
    let period = month.period.first_day();
    sqlx::query!(
        "update cause set status = case when $4 then 'confirmed' else 'refused' end, decision_reason = $5,
            decided_by = $6, decided_at = now()
         where agency_id = $1 and period = $2 and cause_id = $3",
        month.agency.0,
        period,
        id,
        confirmed,
        reason,
        by.0
    )
    .execute(&mut *db)
    .await?;
    if confirmed {
        let of_delay = cause.concerns == "delay";
        sqlx::query!(
            "update deliverable set version = version + 1,
                excused_delays = excused_delays + case when $4 then $5 else 0 end,
                excused_failed_reviews = excused_failed_reviews + case when $4 then 0 else $5 end
             where agency_id = $1 and period = $2 and deliverable_id = $3",
            month.agency.0,
            period,
            cause.deliverable,
            of_delay,
            cause.occurrences
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

/// Names of products whose delivery or cause still waits for a decision, with what waits; at most 50.
///
/// # Errors
/// The database's failure.
pub async fn undecided(
    db: &mut PgConnection,
    month: &Month,
) -> Result<Vec<(String, bool)>, AppError> {
    let rows = sqlx::query!(
        r#"select a.product_name as product, d.status = 'delivered' as "delivery!" from deliverable d
           join assignment a on a.agency_id = d.agency_id and a.period = d.period
               and a.assignment_id = d.assignment_id and a.status = 'active'
           where d.agency_id = $1 and d.period = $2 and d.officer_id = $3 and d.status <> 'withdrawn'
             and (d.status = 'delivered' or exists (select from cause c where c.agency_id = $1 and c.period = $2
                 and c.deliverable_id = d.deliverable_id and c.status = 'requested'))
           order by d.created_at, d.deliverable_id limit 50"#,
        month.agency.0,
        month.period.first_day(),
        month.officer.0
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.product, row.delivery))
        .collect())
}
