//! SQL of the comparison: roll-up rows and the units they belong to, never a person's row.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use sqlx::PgPool;
use uuid::Uuid;

use super::figures::Figures;
use crate::error::AppError;

/// A unit that has a row of its own in the comparison.
#[derive(Clone, Debug)]
pub struct ShownUnit {
    /// The unit.
    pub unit: Uuid,
    /// Its path, "/BAN/VP/".
    pub path: String,
    /// Its name.
    pub name: String,
    /// It has no unit above it.
    pub root: bool,
    /// There are units below it.
    pub has_units: bool,
    /// It was not dissolved.
    pub active: bool,
}

/// Sums of one shown unit, or of the whole agency, in one month.
#[derive(Clone, Debug)]
pub struct MonthSums {
    /// The shown unit; none for the whole agency.
    pub unit: Option<Uuid>,
    /// First day of the month.
    pub period: NaiveDate,
    /// The sums.
    pub figures: Figures,
}

/// The roots of an agency and the units directly below them, in their own order; at most 200.
///
/// # Errors
/// The database's failure.
pub async fn shown_units(pool: &PgPool, agency: Uuid) -> Result<Vec<ShownUnit>, AppError> {
    Ok(sqlx::query_as!(
        ShownUnit,
        r#"select u.unit_id as unit, u.path, u.name, u.parent_id is null as "root!",
                  exists (select from unit c where c.agency_id = u.agency_id and c.parent_id = u.unit_id) as "has_units!",
                  u.active
           from unit u left join unit p on p.agency_id = u.agency_id and p.unit_id = u.parent_id
           where u.agency_id = $1 and (u.parent_id is null or p.parent_id is null)
           order by u.parent_id is not null, u.ordinal, u.name, u.unit_id limit 200"#,
        agency
    )
    .fetch_all(pool)
    .await?)
}

/// Sums of the months `from` to `until` (first days, both included): of each shown unit with the units below it,
/// of a root its own people alone, and of the whole agency.
///
/// # Errors
/// The database's failure.
pub async fn roll_up(
    pool: &PgPool,
    agency: Uuid,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<MonthSums>, AppError> {
    let rows = sqlx::query!(
        r#"with shown as (
            select u.unit_id, u.path, u.parent_id is null as root
            from unit u left join unit p on p.agency_id = u.agency_id and p.unit_id = u.parent_id
            where u.agency_id = $1 and (u.parent_id is null or p.parent_id is null)
        ),
        placed as (
            select u.unit_id, s.unit_id as shown_id
            from unit u join shown s on s.unit_id = u.unit_id or (not s.root and starts_with(u.path, s.path))
            where u.agency_id = $1
        )
        select p.shown_id as "unit?", m.period,
            sum(m.people) as "people!", sum(m.scored) as "scored!", sum(m.assignments) as "assignments!",
            sum(m.assigned) as "assigned!", sum(m.volume) as "volume!", sum(m.quality) as "quality!",
            sum(m.progress) as "progress!", sum(m.score_sum) as "score_sum!", sum(m.excellent) as "excellent!",
            sum(m.good) as "good!", sum(m.completed) as "completed!", sum(m.not_completed) as "not_completed!",
            sum(m.waiting) as "waiting!", sum(m.confirmed) as "confirmed!"
        from unit_month m join placed p on p.unit_id = m.unit_id
        where m.agency_id = $1 and m.period between $2 and $3
        group by grouping sets ((p.shown_id, m.period), (m.period))
        order by m.period, p.shown_id"#,
        agency,
        from,
        until
    )
    .fetch_all(pool)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MonthSums {
            unit: row.unit,
            period: row.period,
            figures: Figures {
                people: count(row.people),
                scored: count(row.scored),
                assignments: count(row.assignments),
                assigned: short(row.assigned),
                volume: short(row.volume),
                quality: short(row.quality),
                progress: short(row.progress),
                score_sum: short(row.score_sum),
                excellent: count(row.excellent),
                good: count(row.good),
                completed: count(row.completed),
                not_completed: count(row.not_completed),
                waiting: count(row.waiting),
                confirmed: count(row.confirmed),
            },
        })
        .collect())
}

fn count(sum: i64) -> u32 {
    u32::try_from(sum).unwrap_or(0)
}

/// Without the zeros that the column's scale adds: they would travel to every screen.
fn short(sum: Decimal) -> Decimal {
    sum.normalize()
}
