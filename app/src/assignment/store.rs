//! SQL of assignments.

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId};
use kpi::period::Period;
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::month_lock::Month;
use crate::error::AppError;

/// The product of an assignment, copied: a later catalogue never changes a month.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The product.
    pub product: Uuid,
    /// Its code.
    pub code: String,
    /// Its wording.
    pub name: String,
    /// Its conversion coefficient.
    pub coefficient: Decimal,
}

/// Somebody to whom work can be assigned, with what he has in the period.
#[derive(Clone, Debug)]
pub struct Subordinate {
    /// The officer.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// Title of the post.
    pub title: String,
    /// The unit of the post.
    pub unit: Uuid,
    /// Its name.
    pub unit_name: String,
    /// Active assignments of the period.
    pub assignments: i32,
    /// Converted assigned quantity of the period.
    pub assigned: Decimal,
}

/// People whose direct superior the officer is on `day` (khoản 1 Điều 10), by unit and given name; at most 500.
///
/// # Errors
/// The database's failure.
pub async fn subordinates(
    pool: &PgPool,
    agency: Uuid,
    superior: OfficerId,
    day: NaiveDate,
    period: Period,
) -> Result<Vec<Subordinate>, AppError> {
    Ok(sqlx::query_as!(
        Subordinate,
        r#"with reach as (
               select distinct u.path from post p
               join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
               where p.agency_id = $1 and p.officer_id = $2 and p.kind = 'head'
                 and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
           ), own as (
               select distinct on (p.officer_id) p.officer_id, p.kind, p.title, p.unit_id, u.path, u.name, u.ordinal
               from post p join unit u on u.agency_id = p.agency_id and u.unit_id = p.unit_id
               where p.agency_id = $1 and p.officer_id <> $2
                 and p.from_day <= $3 and (p.until_day is null or p.until_day >= $3)
                 and exists (select from reach r where starts_with(u.path, r.path))
               order by p.officer_id, array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc,
                   p.post_id desc
           )
           select o.officer_id as officer, o.full_name as name, own.title, own.unit_id as unit,
               own.name as unit_name, coalesce(m.assignments, 0) as "assignments!",
               coalesce(m.assigned, 0) as "assigned!"
           from own
           join officer o on o.agency_id = $1 and o.officer_id = own.officer_id and o.active
           join lateral (
               select h.officer_id from unit above
               join post h on h.agency_id = $1 and h.unit_id = above.unit_id and h.kind = 'head'
                   and h.officer_id <> own.officer_id
                   and h.from_day <= $3 and (h.until_day is null or h.until_day >= $3)
               where above.agency_id = $1 and starts_with(own.path, above.path)
                 and (own.kind <> 'head' or above.path <> own.path)
               order by length(above.path) desc, h.from_day desc, h.post_id desc
               limit 1) superior on superior.officer_id = $2
           left join person_month m on m.agency_id = $1 and m.period = $4 and m.officer_id = own.officer_id
           order by own.path, o.sort_key, o.officer_id
           limit 500"#,
        agency,
        superior.0,
        day,
        period.first_day()
    )
    .fetch_all(pool)
    .await?)
}

/// A new assignment of one officer.
#[derive(Clone, Debug)]
pub struct NewAssignment<'a> {
    /// The product, copied.
    pub product: &'a Snapshot,
    /// plan, ad_hoc or taken_over.
    pub kind: &'a str,
    /// Quantity.
    pub quantity: Decimal,
    /// The giver's assignment, when taken over.
    pub taken_from: Option<Uuid>,
    /// Due day.
    pub due_day: NaiveDate,
    /// What must come out.
    pub expected_output: &'a str,
    /// Who assigns.
    pub assigned_by: OfficerId,
}

/// Inserts an assignment into a locked month.
///
/// # Errors
/// The database's failure.
pub async fn insert(
    db: &mut PgConnection,
    month: &Month,
    new: &NewAssignment<'_>,
) -> Result<Uuid, AppError> {
    let id = Uuid::now_v7();
    sqlx::query!(
        "insert into assignment (agency_id, period, assignment_id, officer_id, unit_id, product_id, product_code,
            product_name, coefficient, kind, quantity, taken_from, due_day, expected_output, assigned_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        month.agency.0,
        month.period.first_day(),
        id,
        month.officer.0,
        month.unit.0,
        new.product.product,
        new.product.code,
        new.product.name,
        new.product.coefficient,
        new.kind,
        new.quantity,
        new.taken_from,
        new.due_day,
        new.expected_output,
        new.assigned_by.0
    )
    .execute(db)
    .await?;
    Ok(id)
}

/// An assignment with what was delivered of it.
#[derive(Clone, Debug)]
pub struct Assigned {
    /// The assignment.
    pub assignment: Uuid,
    /// Whose it is.
    pub officer: Uuid,
    /// The product.
    pub product: Uuid,
    /// Its code then.
    pub code: String,
    /// Its name then.
    pub name: String,
    /// Its coefficient then.
    pub coefficient: Decimal,
    /// plan, ad_hoc or taken_over.
    pub kind: String,
    /// Assigned quantity.
    pub quantity: Decimal,
    /// Part handed over.
    pub handed_over: Decimal,
    /// Quantity reported as done.
    pub quantity_done: Decimal,
    /// Day of the work last reported.
    pub work_day: Option<NaiveDate>,
    /// Due day.
    pub due_day: NaiveDate,
    /// What must come out.
    pub expected_output: String,
    /// active or cancelled.
    pub status: String,
    /// Version of the row.
    pub version: i32,
    /// Quantity of deliverables that are not withdrawn.
    pub delivered: Decimal,
}

impl Assigned {
    /// Quantity that is done, reported or delivered: it cannot be given to another.
    pub fn done(&self) -> Decimal {
        self.quantity_done.max(self.delivered)
    }
}

/// One assignment; take the lock of its month first, or it may move.
///
/// # Errors
/// `NotFound`; the database's failure.
pub async fn find(
    db: &mut PgConnection,
    agency: AgencyId,
    period: Period,
    assignment: Uuid,
) -> Result<Assigned, AppError> {
    Ok(sqlx::query_as!(
        Assigned,
        r#"select a.assignment_id as assignment, a.officer_id as officer, a.product_id as product,
               a.product_code as code, a.product_name as name, a.coefficient, a.kind, a.quantity, a.handed_over,
               a.quantity_done, a.work_day, a.due_day, a.expected_output, a.status, a.version,
               coalesce((select sum(d.quantity) from deliverable d where d.agency_id = a.agency_id
                   and d.period = a.period and d.assignment_id = a.assignment_id and d.status <> 'withdrawn'), 0)
                   as "delivered!"
           from assignment a where a.agency_id = $1 and a.period = $2 and a.assignment_id = $3"#,
        agency.0,
        period.first_day(),
        assignment
    )
    .fetch_one(db)
    .await?)
}

/// Takes an assignment out of the month; it stays in the history.
///
/// # Errors
/// The database's failure.
pub async fn cancel(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    reason: &str,
) -> Result<(), AppError> {
    sqlx::query!(
        "update assignment set status = 'cancelled', cancel_reason = $4, version = version + 1, updated_at = now()
         where agency_id = $1 and period = $2 and assignment_id = $3",
        month.agency.0,
        month.period.first_day(),
        assignment,
        reason
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Adds to the part that was handed over.
///
/// # Errors
/// The database's failure.
pub async fn add_handed_over(
    db: &mut PgConnection,
    month: &Month,
    assignment: Uuid,
    quantity: Decimal,
) -> Result<(), AppError> {
    sqlx::query!(
        "update assignment set handed_over = handed_over + $4, version = version + 1, updated_at = now()
         where agency_id = $1 and period = $2 and assignment_id = $3",
        month.agency.0,
        month.period.first_day(),
        assignment,
        quantity
    )
    .execute(db)
    .await?;
    Ok(())
}
