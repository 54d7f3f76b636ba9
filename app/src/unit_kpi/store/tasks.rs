//! The tasks of units in a year, counted from the work that was assigned to their people (khoản 1–4 Điều 8).

use chrono::NaiveDate;
use kpi::unit::Tasks;
use sqlx::PgExecutor;
use uuid::Uuid;

use crate::error::AppError;

/// What a unit and the units below it were given and did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitTasks {
    /// The unit.
    pub unit: Uuid,
    /// The counts that the conditions of Điều 8 ask for.
    pub tasks: Tasks,
    /// Handed in in full, not accepted in full yet: counted as not completed.
    pub waiting: u32,
}

/// Counts the tasks of each unit with the units below it; a unit without any has no row.
///
/// A task is an assignment that was neither cancelled nor handed over in full; of the running year those whose due
/// day is past, and those completed. It is completed when the whole quantity is accepted; late when a due day was missed
/// without a confirmed cause, or is past while it is not completed; short of quality when a review failed without
/// a confirmed cause. It exceeds what was asked when it is completed without either, and was done before its due day, or
/// came on top of the plan (ad hoc or taken over, điểm d khoản 1 Điều 18).
///
/// # Errors
/// The database's failure.
pub async fn tasks(
    db: impl PgExecutor<'_>,
    agency: Uuid,
    units: &[Uuid],
    (from, until, today): (NaiveDate, NaiveDate, NaiveDate),
) -> Result<Vec<UnitTasks>, AppError> {
    let rows = sqlx::query!(
        r#"with below as (
            select s.unit_id as shown, u.unit_id from unit s
            join unit u on u.agency_id = s.agency_id and starts_with(u.path, s.path)
            where s.agency_id = $1 and s.unit_id = any($2)
        ),
        handed as (
            select d.assignment_id,
                sum(d.quantity) filter (where d.status = 'accepted') as accepted,
                sum(d.quantity) filter (where d.status in ('accepted', 'delivered')) as delivered,
                sum(d.delays - d.excused_delays) as delays,
                sum(d.failed_reviews - d.excused_failed_reviews) as failed
            from deliverable d
            where d.agency_id = $1 and d.period between $3 and $4 and d.status <> 'withdrawn'
              and d.unit_id in (select unit_id from below)
            group by d.assignment_id
        ),
        task as (
            select a.unit_id, a.due_day < $5 as past, coalesce(h.accepted, 0) >= a.quantity - a.handed_over as done,
                coalesce(h.delivered, 0) >= a.quantity - a.handed_over as delivered,
                coalesce(h.delays, 0) > 0 as delayed, coalesce(h.failed, 0) > 0 as failed,
                a.kind <> 'plan' or coalesce(a.work_day < a.due_day, false) as beyond
            from assignment a
            left join handed h on h.assignment_id = a.assignment_id
            where a.agency_id = $1 and a.period between $3 and $4 and a.status = 'active'
              and a.quantity > a.handed_over and a.unit_id in (select unit_id from below)
        ),
        counted as (
            select unit_id, count(*) as assigned, count(*) filter (where done) as completed,
                count(*) filter (where delayed or not done) as late,
                count(*) filter (where done and beyond and not delayed and not failed) as exceeded,
                count(*) filter (where failed) as failed,
                count(*) filter (where delivered and not done) as waiting
            from task where past or done group by unit_id
        )
        select b.shown as "unit!", sum(c.assigned)::bigint as "assigned!", sum(c.completed)::bigint as "completed!",
            sum(c.late)::bigint as "late!", sum(c.exceeded)::bigint as "exceeded!", sum(c.failed)::bigint as "failed!",
            sum(c.waiting)::bigint as "waiting!"
        from below b join counted c on c.unit_id = b.unit_id
        group by b.shown"#,
        agency,
        units,
        from,
        until,
        today
    )
    .fetch_all(db)
    .await?;
    let whole = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(rows
        .into_iter()
        .map(|row| UnitTasks {
            unit: row.unit,
            tasks: Tasks {
                assigned: whole(row.assigned),
                completed: whole(row.completed),
                late: whole(row.late),
                exceeded: whole(row.exceeded),
                quality_failed: whole(row.failed),
            },
            waiting: whole(row.waiting),
        })
        .collect())
}
